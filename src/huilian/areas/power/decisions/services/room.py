"""In the room: who came, who said what, who voted how."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import rules
from ..models import AgendaItem, Attendance, Meeting, Opinion, Seat, StepBack, Vote
from ..queries.chain import spec_of
from ..queries.recusal import concerned
from .guards import allow, locked_item, locked_meeting
from .meetings import in_state

How, S = Attendance.How, Meeting.State


@transaction.atomic
def mark(meeting: Meeting, seats: list[Seat], how: str, *, by) -> list[Attendance]:
    """Note how these people are there. People with an account may note themselves where the meeting is held online.

    Raises Invalid for somebody who is not due (left, died), Conflict for somebody who is there already.
    """
    meeting = locked_meeting(meeting)
    in_state(meeting, S.OPEN)
    if how not in (How.SIGNED, How.SHEET, How.ONLINE):
        raise Invalid(_("Say how they are there."), field="how")
    for seat in seats:
        _may_mark(meeting, seat, how, by)
    found = {a.seat_id: a for a in meeting.attendances.filter(seat__in=seats)}
    for seat in seats:
        attendance = found.get(seat.pk)
        if attendance is None:
            raise Invalid(_not_due(meeting, seat), field="seat")
        if attendance.how:
            raise Conflict(_("%(name)s is counted already. Nobody is counted twice.") % {"name": seat.name})
        attendance.how, attendance.at = how, now()
    Attendance.objects.bulk_update(found.values(), ["how", "at"])
    _count(meeting)
    record("decisions.mark", meeting, by=by, data={"how": how, "people": len(seats)})
    return list(found.values())


@transaction.atomic
def represent(meeting: Meeting, absent: Seat, carrier: Seat, *, by) -> Attendance:
    """「委托」 Somebody present votes for somebody absent, for as many as the majority of this body allows."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.OPEN)
    found = {a.seat_id: a for a in meeting.attendances.filter(seat__in=[absent, carrier])}
    if absent.pk not in found or carrier.pk not in found:
        raise Invalid(_not_due(meeting, absent if absent.pk not in found else carrier), field="absent")
    away, there = found[absent.pk], found[carrier.pk]
    if away.how or there.how in ("", How.PROXY):
        raise Conflict(_("Only somebody present votes for somebody absent."))
    if there.carried.count() >= meeting.body.proxies:
        raise Invalid(
            _("In %(body)s one person votes for %(n)s absent at most.")
            % {"body": meeting.body, "n": meeting.body.proxies},
            field="carrier",
        )
    away.how, away.at, away.carrier = How.PROXY, now(), there
    away.save(update_fields=["how", "at", "carrier"])
    _count(meeting)
    record("decisions.represent", meeting, by=by, data={})
    return away


@transaction.atomic
def unmark(meeting: Meeting, seat: Seat, *, by) -> Attendance:
    """Take back a mark that was set by mistake, as long as the person has neither spoken nor voted."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.OPEN)
    found = meeting.attendances.filter(seat=seat).first()
    if found is None or not found.how:
        raise Conflict(_("This person is not counted as present."))
    used = Vote.objects.filter(attendance=found).exists() or Opinion.objects.filter(attendance=found).exists()
    used = used or StepBack.objects.filter(attendance=found).exists()
    if used or found.carried.exists():
        raise Conflict(_("%(name)s has spoken or voted, so the mark stays.") % {"name": seat.name})
    found.how, found.at, found.carrier = "", None, None
    found.save(update_fields=["how", "at", "carrier"])
    _count(meeting)
    record("decisions.unmark", meeting, by=by, data={})
    return found


@transaction.atomic
def count_present(meeting: Meeting, *, present: int, by) -> Meeting:
    """Enter how many came to a meeting of a body without a roll."""
    meeting = locked_meeting(meeting)
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.OPEN)
    if meeting.body.is_rolled:
        raise Conflict(_("%(body)s has a roll: mark the people one by one.") % {"body": meeting.body})
    if not 0 <= present <= meeting.due:
        raise Invalid(_("No more than %(due)s can be present.") % {"due": meeting.due}, field="present")
    meeting.present = present
    meeting.save(update_fields=["present"])
    record("decisions.count", meeting, by=by, data={"present": present})
    return meeting


@transaction.atomic
def step_back(item: AgendaItem, seat: Seat, *, reason: str, by) -> StepBack:
    """「回避」 Somebody present is concerned by this item: from now on they neither speak nor vote nor count on it."""
    item = locked_item(item)
    in_state(item.meeting, S.OPEN)
    _may_mark(item.meeting, seat, How.ONLINE, by)
    if not reason.strip():
        raise Invalid(_("Write why they step back."), field="reason")
    who = _present(item.meeting, seat, proxies=True)
    if item.yes is not None or item.votes.filter(attendance=who).exists():
        raise Conflict(_("The vote on this item is taken already."))
    back, made = StepBack.objects.get_or_create(
        item=item, attendance=who, defaults={"reason": reason.strip()[:120], "at": now()}
    )
    if not made:
        raise Conflict(_("%(name)s has stepped back already.") % {"name": seat.name})
    record("decisions.step_back", item.meeting, by=by, data={"item": item.ordinal, "reason": back.reason})
    return back


@transaction.atomic
def speak(item: AgendaItem, seat: Seat, *, words: str, by) -> Opinion:
    """Write down what somebody present says. Where the chain says so, the head of the body speaks last."""
    item = locked_item(item)
    allow(by, "decisions.keep", item.meeting)
    in_state(item.meeting, S.OPEN)
    who = _present(item.meeting, seat)
    if not words.strip():
        raise Invalid(_("Write the opinion."), field="words")
    _free(item, who)
    if item.opinions.filter(attendance=who).exists():
        raise Conflict(_("%(name)s has spoken on this item already.") % {"name": seat.name})
    if spec_of(item.motion, item.motion.case.definition.step(item.step)).head_last:
        there = item.meeting.attendances.exclude(how__in=["", How.PROXY]).exclude(seat__is_head=True)
        there = there.exclude(pk__in=item.backs.values("attendance"))
        silent = there.exclude(pk__in=item.opinions.values("attendance")).count()
        if rules.speaks_too_early(seat.is_head, silent):
            raise Conflict(_("The head speaks last: %(n)s of those present have not spoken yet.") % {"n": silent})
    said = Opinion.objects.create(item=item, attendance=who, words=words.strip(), at=now())
    record("decisions.speak", item.meeting, by=by, data={"item": item.ordinal})
    return said


@transaction.atomic
def cast(item: AgendaItem, seat: Seat, choice: str, *, by) -> Vote:
    """A named vote: entered by the clerk, or cast by the person online. Each once; a secret ballot has no names."""
    item = locked_item(item)
    in_state(item.meeting, S.OPEN)
    _may_mark(item.meeting, seat, How.ONLINE, by)
    if item.is_secret:
        raise Invalid(_("This is a secret ballot. Enter only the count and who counted."))
    if item.yes is not None:
        raise Conflict(_("The count of this item is entered already."))
    if choice not in Vote.Choice.values:
        raise Invalid(_("Choose yes, no or abstain."), field="choice")
    who = _present(item.meeting, seat, proxies=True)
    _free(item, who)
    vote, made = Vote.objects.get_or_create(item=item, attendance=who, defaults={"choice": choice, "at": now()})
    if not made:
        raise Conflict(_("%(name)s has voted on this item already.") % {"name": seat.name})
    record("decisions.cast", item.meeting, by=by, data={"item": item.ordinal, "choice": choice})
    return vote


@transaction.atomic
def tally(item: AgendaItem, *, yes: int, no: int, abstain: int, tellers: str = "", by) -> AgendaItem:
    """Enter the count of a show of hands or of a ballot box. A secret ballot is counted by two named people."""
    item = locked_item(item)
    meeting = item.meeting
    allow(by, "decisions.keep", meeting)
    in_state(meeting, S.OPEN)
    if item.votes.exists():
        raise Conflict(_("This item is voted on by name; the names are the count."))
    there = meeting.attendances.exclude(how="").select_related("seat__person")
    if names := [a.seat.name for a in concerned(item, there.exclude(pk__in=item.backs.values("attendance")))]:
        raise Conflict(_("%(names)s are concerned by this item and step back first.") % {"names": _(", ").join(names)})
    present = meeting.present - item.backs.count()
    fault = rules.count_fault(due=meeting.due, present=present, yes=yes, no=no, abstain=abstain)
    if fault:
        raise Invalid(
            _("%(present)s are present; there cannot be more votes than that.") % {"present": present},
            field="yes",
        )
    if item.is_secret and len(tellers.replace("，", "、").replace(",", "、").split("、")) < 2:
        raise Invalid(_("Two people count a secret ballot. Name them both."), field="tellers")
    item.yes, item.no, item.abstain, item.tellers = yes, no, abstain, tellers.strip()
    item.save(update_fields=["yes", "no", "abstain", "tellers"])
    record("decisions.tally", meeting, by=by, data={"item": item.ordinal, "yes": yes, "no": no, "abstain": abstain})
    return item


def _may_mark(meeting: Meeting, seat: Seat, how: str, by) -> None:
    """The clerk may for everybody; a person for themself, online."""
    person = getattr(by, "person", None)
    if person and seat.person_id == person.pk and how == How.ONLINE:
        if meeting.mode == Meeting.Mode.ROOM:
            raise NotAllowed(_("This meeting is held in the room. Sign there."))
        return
    allow(by, "decisions.keep", meeting)


def _present(meeting: Meeting, seat: Seat, *, proxies: bool = False) -> Attendance:
    found = meeting.attendances.filter(seat=seat).first()
    if found is None:
        raise Invalid(_not_due(meeting, seat), field="seat")
    if not found.how or (found.how == How.PROXY and not proxies):
        raise Conflict(_("%(name)s is not here.") % {"name": seat.name})
    return found


def _free(item: AgendaItem, who: Attendance) -> None:
    """Refuse whoever is concerned by the item: stepped back, or must."""
    if item.backs.filter(attendance=who).exists():
        raise Conflict(_("%(name)s has stepped back from this item.") % {"name": who.seat.name})
    if concerned(item, [who]):
        raise Conflict(_("%(name)s is concerned by this item and steps back first.") % {"name": who.seat.name})


def _not_due(meeting: Meeting, seat: Seat) -> str:
    day = moment(meeting.starts_at).date()
    if seat.ended_on and seat.ended_on <= day:
        return _("%(name)s does not belong to the body since %(day)s (%(why)s) and is not counted.") % {
            "name": seat.name, "day": seat.ended_on, "why": seat.get_ended_why_display(),
        }  # fmt: skip
    return _("%(name)s is not due at this meeting.") % {"name": seat.name}


def _count(meeting: Meeting) -> None:
    meeting.present = meeting.attendances.exclude(how="").count()
    meeting.save(update_fields=["present"])
