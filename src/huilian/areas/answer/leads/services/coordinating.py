"""With others: letters to other organs, meetings on leads with tasks, taking stock."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Unit
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from ..models import Lead, Letter, Meeting, MeetingItem, Note, StockItem, Stocktake, Task
from ..queries.reach import must_step_back, stock_items, visible_to
from .guards import allow, allow_any, begin, end, in_state, keep, note

S, K = Lead.State, Letter.Kind
ANSWER = {K.TRANSFER: "receipt", K.ASSIST: "assist", K.UPWARD: "upward"}


@transaction.atomic
def send_letter(
    lead: Lead, *, kind: str, to: Unit | None = None, to_name: str = "", text: str, joint: bool = False, by
) -> Letter:
    """A transfer, a request for assistance or a report upward, with an answer due. Its words are sealed here; the paper
    itself goes by the secret post."""
    lead = allow_any(by, ["leads.keep", "leads.handle"], lead)
    if kind not in K.values:
        raise Invalid(_("Choose one of the kinds."), field="kind")
    if not lead.is_open:
        in_state(lead, S.REGISTERED)
    if (to is None) == (not to_name.strip()):
        raise Invalid(_("Name a unit of the county or an organ outside it, one of them."), field="to")
    if to is not None and to == lead.unit:
        raise Invalid(_("Nothing of a lead goes to the unit it concerns."), field="to")
    made = Letter.objects.create(
        number=next_number("XH", on=today()), lead=lead, kind=kind, to=to, to_name=to_name.strip(), sent_on=today(),
        joint=joint,
    )  # fmt: skip
    note(lead, Note.Kind.LETTER, text, by=by)
    late = end(lead, "transfer", by=by) if kind == K.TRANSFER else False
    begin(made, ANSWER[kind], by=by, place=lead.place)
    keep(lead, "leads.send_letter", by, kind=made.get_kind_display(), number=made.number, late=late)
    return made


@transaction.atomic
def take_receipt(letter: Letter, *, receipt_no: str, text: str = "", by) -> Letter:
    """The receipt or the answer came. A transferred lead leaves the register of open ones with it."""
    lead = allow_any(by, ["leads.keep", "leads.handle"], letter.lead)
    made = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if made.answered_on:
        raise Conflict(_("It was answered already."))
    if made.kind == K.TRANSFER and not receipt_no.strip():
        raise Invalid(_("A transfer needs the number of its receipt."), field="receipt_no")
    made.answered_on, made.receipt_no = today(), receipt_no.strip()
    made.save()
    if text.strip():
        note(lead, Note.Kind.RESULT, text, by=by)
    late = end(made, ANSWER[made.kind], by=by)
    if made.kind == K.TRANSFER:
        lead.state = S.MOVED
        end(lead, "opinion", by=by)
    keep(lead, "leads.take_receipt", by, number=made.number, late=late)
    return made


@transaction.atomic
def hold_meeting(*, held_on: date, present: Iterable[User], by) -> Meeting:
    """A meeting on leads begins."""
    require(by, "leads.keep")
    people = list(dict.fromkeys([by, *present]))
    if len(people) < 2:
        raise Invalid(_("A meeting has at least two."), field="present")
    made = Meeting.objects.create(number=next_number("XY", on=held_on), held_on=held_on, chair=by)
    made.present.set(people)
    record("leads.hold_meeting", made, by=by, data={"people": len(people)})
    return made


@transaction.atomic
def table(meeting: Meeting, lead: Lead, *, by) -> MeetingItem:
    """Put a lead before the meeting. Whoever must keep away from it cannot sit there meanwhile."""
    meeting = _open_meeting(meeting, by)
    lead = allow(by, "leads.keep", lead)
    if kept := [user for user in meeting.present.all() if must_step_back(user, lead)]:
        raise Conflict(_("%(names)s must leave for this lead: hold it in a meeting without them.")
                       % {"names": "、".join(map(str, kept))})  # fmt: skip
    made, _made = MeetingItem.objects.get_or_create(meeting=meeting, lead=lead)
    record("leads.table", meeting, by=by, data={"lead": lead.number})
    return made


@transaction.atomic
def conclude(item: MeetingItem, *, text: str, by) -> MeetingItem:
    """What the meeting concluded on a lead, sealed to the lead's team."""
    _open_meeting(item.meeting, by)
    lead = allow(by, "leads.keep", item.lead)
    item.part = note(lead, Note.Kind.MEETING, text, by=by).part
    item.save()
    keep(lead, "leads.conclude", by, meeting=item.meeting.number)
    return item


@transaction.atomic
def give_task(item: MeetingItem, *, kind: str, user: User, due_on: date, by) -> Task:
    """Give something to do to somebody of the lead's team."""
    _open_meeting(item.meeting, by)
    lead = allow(by, "leads.keep", item.lead)
    if kind not in Task.Kind.values:
        raise Invalid(_("Choose one of the kinds."), field="kind")
    if not visible_to(user).filter(pk=lead.pk).exists():
        raise Invalid(_("A task goes to somebody of the lead's team."), field="user")
    if due_on < item.meeting.held_on:
        raise Invalid(_("It is due after the meeting."), field="due_on")
    made = Task.objects.create(item=item, kind=kind, user=user, due_on=due_on)
    notify([user], "leads.task", lead, {"number": lead.number, "due": due_on.isoformat()},
           link=f"/desk/leads/lead/{lead.number}/")  # fmt: skip
    keep(lead, "leads.give_task", by, kind=made.get_kind_display(), due=due_on.isoformat())
    return made


@transaction.atomic
def finish_task(task: Task, *, by) -> Task:
    """It is done."""
    lead = allow(by, "leads.see", task.item.lead)
    made = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if made.user != by or made.done_on:
        raise NotAllowed(_("Who was given the task finishes it, once."))
    made.done_on = today()
    made.save()
    keep(lead, "leads.finish_task", by, kind=made.get_kind_display())
    return made


@transaction.atomic
def close_meeting(meeting: Meeting, *, by) -> Meeting:
    """Close the minutes: every lead on the table has its conclusion."""
    meeting = _open_meeting(meeting, by)
    if meeting.items.filter(part="").exists() or not meeting.items.exists():
        raise Conflict(_("A lead on the table has no conclusion yet."))
    meeting.closed_at = now()
    meeting.save()
    record("leads.close_meeting", meeting, by=by, data={"leads": meeting.items.count()})
    return meeting


@transaction.atomic
def take_stock(*, name: str, since: date, until: date, rank: str = "", due_on: date, by) -> Stocktake:
    """「大起底」 Lay every lead of a stretch of time on the table again; those one must not see are left to others."""
    require(by, "leads.keep")
    if not since <= until <= today() <= due_on:
        raise Invalid(_("The stretch of time lies before today, the end of the round after it."), field="until")
    if not name.strip():
        raise Invalid(_("Give it a name."), field="name")
    found = Lead.objects.filter(received_at__date__range=(since, until), repeat_of=None)
    if rank:
        found = found.filter(rank=rank)
    made = Stocktake.objects.create(
        number=next_number("XD", on=today()), name=name.strip(), since=since, until=until, rank=rank,
        began_on=today(), due_on=due_on,
    )  # fmt: skip
    items = StockItem.objects.bulk_create(StockItem(stocktake=made, lead=lead) for lead in found.order_by("pk"))
    record("leads.take_stock", made, by=by, data={"leads": len(items)})
    return made


@transaction.atomic
def check_again(item: StockItem, *, verdict: str, text: str, by) -> StockItem:
    """Look at a lead again; what was found is sealed, the verdict is one of three."""
    lead = allow_any(by, ["leads.handle", "leads.keep"], item.lead)
    made = _stock(item, by)
    if verdict not in StockItem.Verdict.values or (verdict == "going") != lead.is_open:
        raise Invalid(_("An open lead is still being handled; a closed one stands or is disposed of anew."),
                      field="verdict")  # fmt: skip
    if made.signed_on:
        raise Conflict(_("It is signed off already."))
    made.verdict, made.checker, made.checked_on = verdict, by, today()
    made.save()
    note(lead, Note.Kind.RESULT, text, by=by)
    keep(lead, "leads.check_again", by, verdict=made.get_verdict_display(), round=made.stocktake.number)
    return made


@transaction.atomic
def sign_off(item: StockItem, *, by) -> StockItem:
    """「销号」 By another than who looked. A lead to be disposed of anew is open again, its month begins."""
    lead = allow_any(by, ["leads.keep", "leads.approve3"], item.lead)
    made = _stock(item, by)
    if not made.checked_on or made.signed_on:
        raise Conflict(_("It was not looked at yet, or it is signed off."))
    if made.checker == by:
        raise NotAllowed(_("Somebody else signs off."))
    made.signer, made.signed_on = by, today()
    made.save()
    if made.verdict == StockItem.Verdict.AGAIN:
        end(lead, "feedback", by=by)
        lead.state, lead.closed_at = (S.ASSIGNED if lead.handler else S.REGISTERED), None
        begin(lead, "opinion", by=by, place=lead.place)
    keep(lead, "leads.sign_off", by, verdict=made.get_verdict_display(), round=made.stocktake.number)
    return made


def _stock(item: StockItem, by) -> StockItem:
    if not stock_items(item.stocktake, by).filter(pk=item.pk).exists():
        raise NotAllowed(_("This lead is not yours to see."))
    return StockItem.objects.select_for_update(of=("self",)).select_related("stocktake").get(pk=item.pk)


def _open_meeting(meeting: Meeting, by) -> Meeting:
    require(by, "leads.keep")
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if found.closed_at:
        raise Conflict(_("The minutes are closed."))
    return found
