"""What happens on the site: events with a few photographs, changes of the contract, the end of the work."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.services import attach
from huilian.engine.procedures import grounds
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Change, Event, Photo, Project
from ..photos import place_of
from ..queries.reach import changes_of
from .guards import allow, free_of, locked, move, tell

Upload = tuple[BinaryIO, str]
Kind = Event.Kind
PICTURES = frozenset({"jpg", "png"})


@transaction.atomic
def note_event(
    project: Project,
    kind: str,
    *,
    on: date,
    text: str,
    progress: int | None = None,
    files: Sequence[Upload] = (),
    by: Any,
) -> Event:
    """Note what happened on the site. At most three photographs; their place is kept where they tell it.

    The share of the work done only grows; the supervision committee or the township alone sets it back, after
    measuring again.
    """
    project = locked(project, "warranty" if kind == Kind.DEFECT else "building")
    again = kind == Kind.REMEASURED
    person = allow(by, "works.inspect" if again else "works.record", project.place)
    if kind == Kind.START:
        if project.started_on:
            raise Conflict(_("The work was begun on %(day)s already.") % {"day": project.started_on})
        project.started_on = on
    elif kind == Kind.FINISH:
        raise Invalid(_("Finish the work by its own act."), field="kind")
    elif not project.started_on:
        raise Conflict(_("Note first that the work was begun."))
    event = _event(project, kind, on, text, progress, files, person, by)
    if event.progress < project.progress and not again:
        raise Invalid(
            _("%(now)s %% was done already. Only the committee or the township sets this back, after measuring again.")
            % {"now": project.progress},
            field="progress",
        )
    project.progress = event.progress
    project.save(update_fields=["progress", "started_on"])
    tell(project, "event", by, kind=kind, on=on.isoformat(), progress=event.progress, photos=len(files))
    return event


def _event(project: Project, kind, on, text, progress, files, person, by) -> Event:
    progress = project.progress if progress is None else progress
    if not text.strip():
        raise Invalid(_("Write in a sentence what happened."), field="text")
    if on > today() or (project.signed_on and on < project.signed_on):
        raise Invalid(_("This day lies before the contract or has not come yet."), field="on")
    if not 0 <= progress <= 100:
        raise Invalid(_("The share done lies between 0 and 100 per cent."), field="progress")
    if len(files) > rules.PHOTOS:
        raise Invalid(_("Keep at most %(n)s photographs of one event.") % {"n": rules.PHOTOS}, field="files")
    event = Event.objects.create(
        project=project, kind=kind, on=on, text=text.strip(), progress=progress, noted_at=now(), noted_by=person
    )
    for file, name in files:
        where = place_of(file)
        kept = attach(file, name, project.case, kind="work_photo", by=by, accepted=PICTURES)
        Photo.objects.create(event=event, attachment=kept, latitude=where and where[0], longitude=where and where[1])
    return event


@transaction.atomic
def finish(
    project: Project, *, on: date, text: str, files: Sequence[Upload] = (), by: Any, expected: int | None = None
) -> Project:
    """The work is finished, or the goods are there; the acceptance comes next."""
    project = locked(project, "building")
    person = allow(by, "works.record", project.place)
    if project.limit_class.is_purchase:
        project.started_on = project.started_on or on
    elif not project.started_on:
        raise Conflict(_("Note first that the work was begun."))
    elif project.progress < 100:
        raise Conflict(_("Only %(n)s %% is noted as done. Note the last stage first.") % {"n": project.progress})
    if project.changes.filter(state=Change.State.ASKED).exists():
        raise Conflict(_("A change still waits to be decided on."))
    _event(project, Kind.FINISH, on, text, 100, files, person, by)
    project.progress, project.finished_on = 100, on
    return move(project, "finish", by, to="village_head", expected=expected, data={"on": on.isoformat()})


@transaction.atomic
def ask_change(
    project: Project, *, reason: str, quantities: str, amount_cents: int, decision_no: str = "", by: Any
) -> Change:
    """Ask for more or less work. Above the county's share of the contract a new decision comes first."""
    project = locked(project, "building")
    person = allow(by, "works.propose", project.place)
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence."), field="reason")
    if not amount_cents:
        raise Invalid(_("Write the amount, more or less than nothing."), field="amount_cents")
    if (project.contract_cents or 0) + changes_of(project) + amount_cents <= 0:
        raise Invalid(_("So much less would leave nothing of the contract."), field="amount_cents")
    share = _within(project, amount_cents, decision_no)
    change = Change.objects.create(
        project=project,
        position=project.changes.count() + 1,
        reason=reason.strip(),
        quantities=quantities.strip(),
        amount_cents=amount_cents,
        share_permille=share,
        decision_no=decision_no.strip(),
        asked_on=today(),
        asked_by=person,
    )
    tell(project, "ask_change", by, n=change.position, cents=amount_cents, reason=change.reason)
    return change


def _within(project: Project, cents: int, decision_no: str) -> int:
    """The share of all changes with this one. Raises Invalid above the county's share without a new decision."""
    approved = project.changes.filter(state=Change.State.APPROVED).values_list("amount_cents", flat=True)
    share = rules.change_share(project.contract_cents or 0, approved, cents)
    most = project.limit_class.change_permille
    if share > most:
        if not decision_no.strip() or decision_no.strip() == project.decision_no:
            raise Invalid(
                _(
                    "With this one the changes reach %(share)s %% of the contract; above %(most)s %% the villagers "
                    "decide anew. Give the number of that decision."
                )
                % {"share": f"{share / 10:.1f}", "most": f"{most / 10:.0f}"},
                field="decision_no",
            )
        total = (project.contract_cents or 0) + changes_of(project) + cents
        grounds.require(
            "decision", decision_no, place=project.place, purpose="work", amount_cents=total, about=project.title
        )
    return share


@transaction.atomic
def decide_change(change: Change, *, approve: bool, note: str = "", by: Any) -> Change:
    """Approve or refuse a change: the township where the class needs a decision, else the village's head."""
    project = locked(change.project, "building")
    upper = project.limit_class.needs_decision
    person = allow(by, "works.review" if upper else "works.decide", project.place)
    free_of(project.contractor, by)
    change = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state != Change.State.ASKED:
        raise Conflict(_("This change was decided on already: %(state)s.") % {"state": change.get_state_display()})
    if person is not None and person.pk == change.asked_by_id:
        raise NotAllowed(_("You asked for this change yourself, so somebody else decides on it."))
    if approve:
        change.share_permille = _within(project, change.amount_cents, change.decision_no)
    elif not note.strip():
        raise Invalid(_("Give the reason in a sentence."), field="note")
    change.state = Change.State.APPROVED if approve else Change.State.REFUSED
    change.decided_on, change.decided_by, change.note = today(), person, note.strip()
    change.save()
    tell(project, "decide_change", by, n=change.position, state=change.state, amount=money.text(change.amount_cents))
    return change
