"""「异议·暂停·终止」 What interrupts a lot: objections, and what the head of the exchange decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.procedures.models import CaseStep
from huilian.engine.procedures.services.lifecycle import follow_clock
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import CHINA, moment, now

from .. import rules
from ..models import Deal, Deposit, Lot, Notice, Objection, Period
from .guards import PUBLIC, allow, end_of, locked, moved, noted, past, within, written
from .online import stop_bidding
from .paying import owe_back
from .publishing import issue
from .striking import end_without_deal

About, What = Objection.About, Period.What
OBJECTED = {About.PAPERS: ("notice",), About.RESULT: ("result",)}


@transaction.atomic
def object_to(lot: Lot, *, about: str, name: str, phone: str, text: str, by=PUBLIC) -> Objection:
    """Object to the notice while registration runs, or to the result while it is published: the clock stands still."""
    lot = locked(lot, *OBJECTED[About(about)])
    last = lot.registers_until if about == About.PAPERS else result_until(lot)
    if past(last):
        raise Conflict(
            _("The time in which one may object ended at %(at)s.") % {"at": f"{moment(last):%Y-%m-%d %H:%M}"}
        )
    objection = Objection.objects.create(
        lot=lot,
        deal=standing_deal(lot) if about == About.RESULT else None,
        about=about,
        name=written(name, "name", _("Write your name; it is not published."))[:80],
        phone=written(phone, "phone", _("Give a telephone number for the answer."))[:32],
        text=written(text, "text", _("Write what is wrong."))[:1000],
        raised_at=now(),
        due_on=end_of(lot, What.ANSWER),
    )
    if (clock := _clock(lot)) and clock.state == Clock.State.RUNNING:
        clocks.pause(clock, reason=_("objection"), by=by)
        _relight(lot)
    noted("objected", lot, by, about=about)
    return objection


@transaction.atomic
def answer_objection(objection: Objection, *, answer: str, upheld: bool, by) -> Objection:
    """Answer an objection. One upheld against the result overturns the deal: the winner is found anew."""
    lot = locked(objection.lot, going=False)
    allow(by, "exchange.decide", lot.place)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if objection.answered_at:
        raise Conflict(_("This objection is answered."))
    objection.answer = written(answer, "answer", _("Write the answer."))[:1000]
    objection.upheld, objection.answered_at = upheld, now()
    objection.save(update_fields=["answer", "upheld", "answered_at"])
    noted("objection_answered", lot, by, upheld=upheld)
    if lot.objections.filter(answered_at=None).exists() or lot.case.step not in ("notice", "result"):
        return objection
    if (clock := _clock(lot)) and clock.state == Clock.State.PAUSED:
        clocks.resume(clock, by=by)
        _relight(lot)
    return objection


@transaction.atomic
def overturn(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """「异议成立」 The result does not stand: the deal is struck out and its winner with it."""
    lot = locked(lot, "result")
    allow(by, "exchange.decide", lot.place)
    deal = standing_deal(lot)
    if not deal.objections.filter(upheld=True).exists():
        raise Conflict(_("No objection to the result has been upheld."))
    deal.state = Deal.State.OVERTURNED
    deal.save(update_fields=["state"])
    winner = deal.registration
    winner.state, winner.note = winner.State.REFUSED, note.strip()[:200]
    winner.save(update_fields=["state", "note"])
    owe_back(lot, Deposit.objects.filter(registration=winner), note)
    moved(lot, "overturn", by, note=note.strip(), expected=expected)
    issue(lot, Notice.Kind.CORRECTION, note.strip(), overturned=deal.number)
    return lot


@transaction.atomic
def confirm(lot: Lot, *, by, expected: int | None = None) -> Deal:
    """「成交确认」 The result stood its time without an open objection: the deal is confirmed."""
    lot = locked(lot, "result")
    allow(by, "exchange.run", lot.place)
    if lot.objections.filter(answered_at=None).exists():
        raise Conflict(_("An objection is not answered yet."))
    deal = standing_deal(lot)
    if deal.objections.filter(upheld=True).exists():
        raise Conflict(_("An objection to the result was upheld; the winner must be found anew."))
    if not past(result_until(lot)):
        raise Conflict(
            _("The result is still published until %(day)s.") % {"day": f"{moment(result_until(lot)):%Y-%m-%d}"}
        )
    deal.state, deal.confirmed_on = Deal.State.CONFIRMED, now().date()
    deal.save(update_fields=["state", "confirmed_on"])
    lot.outcome = Lot.Outcome.SOLD
    lot.save(update_fields=["outcome"])
    moved(lot, "confirm", by, expected=expected, limits=within(lot, What.CONTRACT))
    return deal


@transaction.atomic
def suspend(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """「暂停」 Let everything stand still: dispute, force majeure, an order. Registration stands still too."""
    lot = locked(lot)
    allow(by, "exchange.decide", lot.place)
    lot.suspended_at = now()
    lot.save(update_fields=["suspended_at"])
    moved(lot, "suspend", by, note=note.strip(), expected=expected)
    stop_bidding(lot, "suspend", note.strip(), by=by)
    if (clock := _clock(lot)) and clock.state == Clock.State.RUNNING:
        clocks.pause(clock, reason=_("suspension"), by=by)
        _relight(lot)
    issue(lot, Notice.Kind.SUSPENSION, note.strip())
    return lot


@transaction.atomic
def resume(lot: Lot, *, by, expected: int | None = None) -> Lot:
    """Let it go on; registration and trading move by as long as it stood still."""
    lot = locked(lot, going=False)
    allow(by, "exchange.decide", lot.place)
    if lot.suspended_at is None:
        raise Conflict(_("%(lot)s is not suspended.") % {"lot": lot})
    stood = now() - lot.suspended_at
    if lot.registers_until and lot.registers_until > lot.suspended_at:
        lot.registers_until += stood
    if lot.opens_at and lot.opens_at > lot.suspended_at:
        lot.opens_at += stood
    lot.suspended_at = None
    lot.save(update_fields=["suspended_at", "registers_until", "opens_at"])
    moved(lot, "resume", by, expected=expected)
    clock = _clock(lot)
    if clock and clock.state == Clock.State.PAUSED and not lot.objections.filter(answered_at=None).exists():
        clocks.resume(clock, by=by)
        _relight(lot)
    stop_bidding(lot, "resume", "", by=by)
    issue(lot, Notice.Kind.RESUMPTION, until=lot.registers_until)
    return lot


@transaction.atomic
def terminate(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """「终止」 End it for good: the owner's decision was withdrawn, the thing is contested or gone."""
    lot = locked(lot, going=False)
    allow(by, "exchange.decide", lot.place)
    note = written(note, "note", _("Give the reason in a sentence."))
    if deal := lot.deals.exclude(state__in=("overturned", "broken")).first():
        if deal.state != Deal.State.ANNOUNCED:
            raise Conflict(
                _("The deal is confirmed. What remains is to carry it out or to note that the winner backed out.")
            )
        deal.state = Deal.State.OVERTURNED
        deal.save(update_fields=["state"])
    if lot.suspended_at:
        lot.suspended_at = None
        lot.save(update_fields=["suspended_at"])
    stop_bidding(lot, "terminate", note, by=by)
    return end_without_deal(lot, "terminate", Lot.Outcome.TERMINATED, note, by, expected)


def standing_deal(lot: Lot) -> Deal:
    """The deal that stands, locked."""
    found = Deal.objects.select_for_update(of=("self",)).select_related("registration")
    return found.exclude(state__in=("overturned", "broken")).get(lot=lot)


def result_until(lot: Lot):
    """Until when the result stays published: its clock, with the days it stood still."""
    clock = _clock(lot)
    if clock is None:
        raise Invalid(_("The result has no clock."))
    return rules.closing(clock.due_on, CHINA)


def _clock(lot: Lot) -> Clock | None:
    stay = CaseStep.objects.select_related("clock").filter(case=lot.case, left_at=None).order_by("-id").first()
    return stay.clock if stay else None


def _relight(lot: Lot) -> None:
    case = lot.case
    follow_clock(case)
    case.save(update_fields=["lamp", "due_on", "colour", "is_paused"])
