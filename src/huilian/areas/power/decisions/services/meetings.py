"""「会议」 Calling a meeting with its agenda, opening it, keeping its papers, closing it with verdicts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now, today

from .. import rules
from ..codes import read_sheet
from ..models import AgendaItem, Attendance, Meeting, Motion, Sheet
from ..queries.chain import objection_to, previous_day, quorum_on, serves, spec_of
from ..queries.roll import seats_on
from .guards import allow, locked, locked_meeting
from .motions import settle

NUMBER = "HY"
PICTURES = frozenset({"jpg", "png"})
PAPERS = PICTURES | {"pdf", "docx"}
S, Outcome = Meeting.State, AgendaItem.Outcome


@transaction.atomic
def call(
    unit: Unit,
    body_key: str,
    motions: Sequence[Motion],
    *,
    starts_at: datetime,
    venue: str,
    mode: str = Meeting.Mode.ROOM,
    from_paper: bool = False,
    noticed_on: date | None = None,
    by,
) -> Meeting:
    """Call a meeting of a body on these motions; those who are due and have an account are told.

    The agenda is final: nothing is voted on that does not stand on it. Gap and notice of the chain are kept, or it is
    refused. A meeting that was held on paper (`from_paper`) is taken as it was; what it broke is kept beside it.
    """
    starts_at = moment(starts_at)
    day, body = starts_at.date(), quorum_on(body_key, starts_at.date())
    if body is None:
        raise Invalid(_("No majority of this body is in force on that day."), field="body")
    if from_paper != (starts_at < now()):
        raise Invalid(
            _("The meeting lies ahead. Call it; it is entered from paper only afterwards.")
            if from_paper
            else _("This moment is past. Enter a meeting that was held as one from paper."),
            field="starts_at",
        )
    if not motions:
        raise Invalid(_("Put at least one motion on the agenda."), field="motions")
    noticed = noticed_on if from_paper else today()
    meeting = Meeting(
        unit=unit, place=unit.place, township=copies_of(unit.place)["township"], body=body, mode=mode,
        starts_at=starts_at, venue=venue.strip(), noticed_on=noticed, is_from_paper=from_paper,
    )  # fmt: skip
    meeting.recorder = allow(by, "decisions.keep", meeting)
    if not meeting.venue:
        raise Invalid(_("Write where it meets."), field="venue")
    meeting.number = next_number(NUMBER, on=day)
    meeting.save()
    for n, motion in enumerate(motions, 1):
        _put_on(meeting, n, locked(motion), day, noticed)
    record("decisions.call", meeting, by=by, data={"body": body.key, "items": len(motions)}, place=unit.place.code)
    touch([int(unit.place.code)])
    if not from_paper:
        users = [
            s.person.user
            for s in seats_on(meeting.place, body, day).select_related("person__user")
            if s.person and s.person.user
        ]
        params = {"number": meeting.number, "body": body.name, "when": f"{starts_at:%Y-%m-%d %H:%M}"}
        notify(users, "decisions.called", meeting, params, reverse("decisions-meeting", args=[meeting.number]))
    return meeting


def _put_on(meeting: Meeting, ordinal: int, motion: Motion, day: date, noticed: date | None) -> None:
    spec, previous = spec_of(motion), previous_day(motion)
    if motion.place_id != meeting.place_id or not motion.case.is_open or not serves(meeting.body, spec.body):
        raise Invalid(
            _("“%(motion)s” does not wait for a meeting of %(body)s.") % {"motion": motion, "body": meeting.body},
            field="motions",
        )
    if motion.items.filter(outcome="").exists():
        raise Conflict(_("“%(motion)s” stands on an agenda already.") % {"motion": motion})
    if motion.items.filter(step=motion.case.step, outcome="passed").exists():
        raise Conflict(
            _("“%(motion)s” has passed this step; it waits for its minutes or signatures.") % {"motion": motion}
        )
    if objection_to(motion):
        raise Conflict(_("The supervision committee objects. Answer it; until it has signed nothing goes on."))
    if not meeting.is_from_paper:
        first = rules.earliest(previous, spec.gap, noticed or today(), spec.notice)
        if day < first:
            raise Invalid(
                _("“%(motion)s” can be taken up on %(day)s at the earliest: %(gap)s days after the step before, "
                  "%(notice)s days of notice.")
                % {"motion": motion, "day": first, "gap": spec.gap, "notice": spec.notice},
                field="starts_at",
            )  # fmt: skip
    AgendaItem.objects.create(
        meeting=meeting, motion=motion, ordinal=ordinal, step=motion.case.step, held_on=day, previous_on=previous,
        is_secret=motion.matter.is_secret and spec.decides, is_decisive=spec.decides,
        breaches=rules.breaches(
            held=day, previous=previous, gap_days=spec.gap, noticed=noticed, notice_days=spec.notice
        ) if meeting.is_from_paper else [],
    )  # fmt: skip


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by) -> Meeting:
    """Call a meeting off before it has begun; its motions can be put on another agenda."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.CALLED)
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence."), field="reason")
    meeting.state, meeting.closed_at = S.CANCELLED, now()
    meeting.save(update_fields=["state", "closed_at"])
    meeting.items.update(outcome=Outcome.POSTPONED)
    record("decisions.cancel", meeting, by=by, data={"reason": reason.strip()})
    return meeting


@transaction.atomic
def begin(meeting: Meeting, *, chair: str, due: int | None = None, by) -> Meeting:
    """Open the meeting on its day. Who is due is read from the roll; `due` is counted where a body has none."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.CALLED)
    day = moment(meeting.starts_at).date()
    if not meeting.is_from_paper and today() != day:
        raise Conflict(_("This meeting is on %(day)s. It is opened on its day, or called off.") % {"day": day})
    if not chair.strip():
        raise Invalid(_("Write who chairs."), field="chair")
    if meeting.body.is_rolled:
        seats = list(seats_on(meeting.place, meeting.body, day))
        if twice := rules.doubled(seat.identity_digest for seat in seats):
            names = _(", ").join(sorted({s.name for s in seats if s.identity_digest in twice}))
            raise Invalid(_("The roll holds somebody twice: %(names)s. Mend the roll first.") % {"names": names})
        due = len(seats)
    if not due:
        raise Invalid(
            _("The roll of %(body)s is empty. Enter who belongs to it first.") % {"body": meeting.body}
            if meeting.body.is_rolled
            else _("Write how many are due."),
            field="due",
        )
    if meeting.body.is_rolled:
        Attendance.objects.bulk_create(Attendance(meeting=meeting, seat=seat) for seat in seats)
    meeting.state, meeting.chair, meeting.due, meeting.opened_at = S.OPEN, chair.strip(), due, now()
    meeting.present = 0
    meeting.save()
    record("decisions.begin", meeting, by=by, data={"due": due})
    return meeting


@transaction.atomic
def keep_minutes(meeting: Meeting, upload: BinaryIO, name: str, *, by) -> Meeting:
    """Keep the signed minutes. Without them no motion of this meeting goes on."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    if meeting.state not in (S.OPEN, S.CLOSED) or meeting.minutes_id:
        raise Conflict(_("There are minutes already, or the meeting has not begun."))
    meeting.minutes = attach(upload, name, meeting, kind="decision_minutes", by=by, accepted=PAPERS)
    meeting.minutes_at = now()
    meeting.save(update_fields=["minutes", "minutes_at"])
    if meeting.state == S.CLOSED:
        _settle_all(meeting, by)
    touch([int(meeting.place.code)])
    return meeting


@transaction.atomic
def keep_sheet(
    meeting: Meeting, upload: BinaryIO, name: str, *, kind: str = Sheet.Kind.SIGNING, page: int | None = None, by
) -> Sheet:
    """Keep a scan. Of a signing sheet the code is read; where it cannot be read, the page must be said.

    Raises Invalid when the code is that of another meeting, Conflict when the page is kept already.
    """
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    was_read = False
    if kind == Sheet.Kind.SIGNING:
        found = read_sheet(upload)
        if found and found.number != meeting.number:
            raise Invalid(_("This sheet belongs to the meeting %(number)s.") % {"number": found.number}, field="file")
        was_read, page = bool(found), found.page if found else page
        if not page:
            raise Invalid(_("No code could be read. Write which page of the sheet this is."), field="page")
        if meeting.sheets.filter(kind=kind, page=page).exists():
            raise Conflict(_("Page %(page)s of the signing sheet is kept already.") % {"page": page})
    kept = attach(upload, name, meeting, kind="decision_sheet", by=by, accepted=PAPERS)
    return Sheet.objects.create(
        meeting=meeting,
        kind=kind,
        attachment=kept,
        page=page if kind == Sheet.Kind.SIGNING else None,
        was_read=was_read,
    )


@transaction.atomic
def close(meeting: Meeting, *, guests: str = "", by) -> Meeting:
    """Close the meeting: each item that was counted is judged, what was not voted on stays where it is."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.OPEN)
    items = list(meeting.items.select_related("motion__case__procedure", "motion__matter"))
    for item in items:
        _judge(meeting, item)
    meeting.state, meeting.closed_at, meeting.guests = S.CLOSED, now(), guests.strip()
    meeting.save(update_fields=["state", "closed_at", "guests"])
    said = {item.motion.case.number: item.outcome for item in items}
    record("decisions.close", meeting, by=by, data={"present": meeting.present, "outcomes": said})
    if meeting.minutes_id:
        _settle_all(meeting, by)
    touch([int(meeting.place.code)])
    return meeting


def _judge(meeting: Meeting, item: AgendaItem) -> None:
    votes = list(item.votes.values_list("choice", flat=True))
    if votes:
        item.yes, item.no, item.abstain = (votes.count(choice) for choice in ("yes", "no", "abstain"))
    if item.yes is None:
        item.outcome = Outcome.POSTPONED
    else:
        if spec_of(item.motion, item.motion.case.definition.step(item.step)).head_last:
            _all_have_spoken(meeting, item)
        back = item.backs.count()  # who steps back counts on neither side
        verdict = rules.judge(
            meeting.body.majority, due=meeting.due - back, present=meeting.present - back, yes=item.yes
        )
        item.outcome = verdict.outcome
    item.save(update_fields=["yes", "no", "abstain", "outcome"])


def _all_have_spoken(meeting: Meeting, item: AgendaItem) -> None:
    silent = meeting.attendances.exclude(how__in=["", "proxy"]).exclude(pk__in=item.opinions.values("attendance"))
    silent = silent.exclude(pk__in=item.backs.values("attendance"))
    if names := [a.seat.name for a in silent.select_related("seat")]:
        raise Invalid(
            _("On “%(motion)s” everybody states an opinion. Still to come: %(names)s.")
            % {"motion": item.motion, "names": _(", ").join(names)}
        )


def in_state(meeting: Meeting, state: str) -> None:
    if meeting.state != state:
        raise Conflict(_("The meeting is “%(state)s”; nothing was changed.") % {"state": meeting.get_state_display()})


def _settle_all(meeting: Meeting, by) -> None:
    for item in meeting.items.filter(outcome=Outcome.PASSED).select_related("motion"):
        settle(locked(item.motion), by)
