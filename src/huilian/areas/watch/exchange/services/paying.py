"""「保证金·结算」 Deposits in and back, the price through the exchange's account, the money on to the owner."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text as money
from huilian.foundation.names import norm
from huilian.foundation.now import moment, now, today

from ..models import Deal, Deposit, Lot, Period, Registration, Settlement
from .guards import allow, end_of, locked, moved, noted, within, written

State, Kind = Deposit.State, Settlement.Kind
HELD = (State.ARRIVED, State.CONFIRMED)


@transaction.atomic
def note_deposit(
    registration: Registration,
    *,
    amount_cents: int,
    payer: str,
    payer_account: str,
    bank_ref: str,
    arrived_at: datetime,
    by,
) -> Deposit:
    """Note a deposit that arrived on the exchange's account.

    Money from somebody else's account, too little, too late or a second time is kept as not accepted, with the reason
    and the day by which it goes back: it has arrived, so it must not be lost from sight.
    """
    lot = locked(registration.lot)
    allow(by, "exchange.money", lot.place)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if arrived_at > now():
        raise Invalid(_("The money cannot have arrived in the future."), field="arrived_at")
    account = "".join(payer_account.split())
    deposit = Deposit(
        registration=registration,
        amount_cents=amount_cents,
        payer=written(payer, "payer", _("Write who paid."))[:80],
        payer_account=account,
        bank_ref=written(bank_ref, "bank_ref", _("Write the number of the bank line."))[:40],
        arrived_at=arrived_at,
    )
    if reason := _wrong(lot, registration, deposit):
        deposit.state, deposit.reason = State.REJECTED, reason
        deposit.due_back_on = end_of(lot, Period.What.REFUND)
    try:
        with transaction.atomic():
            deposit.save()
    except IntegrityError as twice:
        raise Conflict(_("This bank line is entered already."), field="bank_ref") from twice
    noted("deposit", lot, by, registration=registration.number, state=deposit.state)
    return deposit


@transaction.atomic
def confirm_deposit(deposit: Deposit, *, by) -> Deposit:
    """The money has been found on the bank's own statement: it counts."""
    lot, deposit = _both(deposit, "exchange.money", by)
    if deposit.state != State.ARRIVED:
        raise Conflict(_("This deposit is %(state)s.") % {"state": deposit.get_state_display()})
    return _ended(lot, deposit, State.CONFIRMED, by, None)


@transaction.atomic
def refund(deposit: Deposit, *, refund_ref: str, on: date | None = None, by) -> Deposit:
    """Pay a deposit back, to the account it came from. Not while it is still needed."""
    lot, deposit = _both(deposit, "exchange.money", by)
    if deposit.due_back_on is None or deposit.state not in (*HELD, State.REJECTED):
        raise Conflict(
            _("This deposit is not to be paid back: it is %(state)s.") % {"state": deposit.get_state_display()}
        )
    if (on or today()) > today():
        raise Invalid(_("It cannot have been paid back in the future."), field="on")
    deposit.refund_ref = written(refund_ref, "refund_ref", _("Write the number of the refund."))[:40]
    return _ended(lot, deposit, State.REFUNDED, by, on or today())


@transaction.atomic
def pay_in(deal: Deal, *, amount_cents: int, bank_ref: str, on: date, by) -> Settlement:
    """The winner pays into the exchange's account; never more than the price."""
    lot, deal = _deal(deal, by, "settle")
    if amount_cents <= 0 or paid(deal) + amount_cents > deal.price_cents:
        raise Invalid(
            _("Of %(price)s yuan %(left)s are still to be paid.")
            % {"price": money(deal.price_cents), "left": money(deal.price_cents - paid(deal))},
            field="amount_cents",
        )
    return _movement(lot, deal, Kind.PRICE, amount_cents, bank_ref, on, by)


@transaction.atomic
def turn_deposit(deal: Deal, *, by) -> Settlement | None:
    """The winner's deposit turns into price; None where there is nothing to turn."""
    lot, deal = _deal(deal, by, "settle")
    deposit = Deposit.objects.select_for_update(of=("self",)).filter(
        registration=deal.registration_id, state=State.CONFIRMED
    ).first()  # fmt: skip
    if deposit is None:
        return None
    if paid(deal) + deposit.amount_cents > deal.price_cents:
        raise Conflict(_("The deposit is more than what is left to pay. Pay it back instead."))
    _ended(lot, deposit, State.TURNED, by, today())
    return _movement(lot, deal, Kind.DEPOSIT, deposit.amount_cents, f"BZJ-{deposit.bank_ref}"[:40], today(), by)


@transaction.atomic
def settle(deal: Deal, *, by, expected: int | None = None) -> Deal:
    """The price is in whole. A lot priced by the year is settled with the first year."""
    lot, deal = _deal(deal, by, "settle")
    if paid(deal) < deal.price_cents and not lot.buys:
        raise Conflict(
            _("%(left)s yuan are still to be paid into the exchange's account.")
            % {"left": money(deal.price_cents - paid(deal))}
        )
    deal.settled_on, deal.state = today(), Deal.State.SETTLED
    deal.save(update_fields=["settled_on", "state"])
    moved(lot, "settle", by, expected=expected, limits=within(lot, Period.What.CERTIFICATE))
    return deal


@transaction.atomic
def pay_owner(deal: Deal, *, amount_cents: int, bank_ref: str, on: date, by) -> Settlement:
    """Pass the money on to the owner; never more than came in."""
    lot, deal = _deal(deal, by, "settle", "certify", "filing", "archived")
    if amount_cents <= 0 or passed_on(deal) + amount_cents > paid(deal):
        raise Invalid(_("Only what has come in can be paid out."), field="amount_cents")
    return _movement(lot, deal, Kind.OWNER, amount_cents, bank_ref, on, by)


def paid(deal: Deal) -> int:
    """What has come in for a deal, in cents."""
    return deal.settlements.exclude(kind=Kind.OWNER).aggregate(sum=Sum("amount_cents"))["sum"] or 0


def passed_on(deal: Deal) -> int:
    """What of it was paid out to the owner, in cents."""
    return deal.settlements.filter(kind=Kind.OWNER).aggregate(sum=Sum("amount_cents"))["sum"] or 0


def owe_back(lot: Lot, deposits: QuerySet[Deposit], reason: str = "") -> None:
    """From now on these deposits are to be paid back, within the period of the board."""
    due = end_of(lot, Period.What.REFUND)
    deposits.filter(state__in=HELD, due_back_on=None).update(due_back_on=due, reason=str(reason)[:200])


def _wrong(lot: Lot, registration: Registration, deposit: Deposit) -> str:
    """Why a deposit cannot count; empty when it can (own name, own account, enough, in time, once a lot)."""
    if norm(deposit.payer) != registration.name_norm:
        return _("paid by somebody else than the bidder")
    if deposit.payer_account != registration.account_no:
        return _("from another account than the bidder named")
    if deposit.amount_cents != lot.deposit_cents:
        return _("not the amount of the notice")
    if lot.registers_until is None or deposit.arrived_at > lot.registers_until:
        return _("arrived after registration had ended")
    if registration.state in ("refused", "withdrawn"):
        return _("the bidder no longer takes part")
    if registration.deposits.filter(state__in=HELD).exists():
        return _("paid a second time for the same lot")
    return ""


def _both(deposit: Deposit, action: str, by) -> tuple[Lot, Deposit]:
    lot = locked(deposit.registration.lot, going=False)
    allow(by, action, lot.place)
    found = Deposit.objects.select_for_update(of=("self",)).select_related("registration")
    return lot, found.get(pk=deposit.pk)


def _ended(lot: Lot, deposit: Deposit, state: State, by, on: date | None) -> Deposit:
    deposit.state, deposit.ended_on = state, on
    deposit.save(update_fields=["state", "ended_on", "refund_ref", "reason"])
    noted("deposit", lot, by, registration=deposit.registration.number, state=state)
    return deposit


def _deal(deal: Deal, by, *steps: str) -> tuple[Lot, Deal]:
    lot = locked(deal.lot, *steps)
    allow(by, "exchange.money", lot.place)
    return lot, Deal.objects.select_for_update(of=("self",)).select_related("registration").get(pk=deal.pk)


def _movement(lot: Lot, deal: Deal, kind: Kind, cents: int, bank_ref: str, on: date, by) -> Settlement:
    if on > today() or on < moment(deal.made_at).date():
        raise Invalid(_("The money moved between the deal and today."), field="on")
    ref = written(bank_ref, "bank_ref", _("Write the number of the bank line."))[:40]
    if Settlement.objects.filter(bank_ref=ref).exists():
        raise Conflict(_("This bank line is entered already."), field="bank_ref")
    made = Settlement.objects.create(deal=deal, kind=kind, amount_cents=cents, bank_ref=ref, on=on)
    noted("money", lot, by, deal=deal.number, kind=kind, amount=cents)
    return made
