"""「签约·鉴证·归档」 From the confirmed deal to the certificate, or to a winner who backs out."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.services import make
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text as money
from huilian.foundation.now import today

from .. import papers, rules
from ..models import Deal, Deposit, Lot, Period
from .deciding import standing_deal
from .guards import allow, locked, moved, within
from .paying import HELD, owe_back, paid, passed_on
from .striking import end_without_deal

What = Period.What
Enter = Callable[[Deal], str]
_entered: list[Enter] = []


def on_signing(enter: Enter) -> Enter:
    """Let `enter(deal)` put the signed contract into the owner's books and give its number ("" if it keeps none)."""
    _entered.append(enter)
    return enter


@transaction.atomic
def sign(
    lot: Lot, *, signed_on: date, starts_on: date, contract_no: str = "", ends_on: date | None = None, by,
    expected: int | None = None,
) -> Deal:  # fmt: skip
    """Note the signed contract. Where the owner's books are kept here it is entered there as a draft with its dues."""
    lot = locked(lot, "contract")
    allow(by, "exchange.run", lot.place)
    deal = standing_deal(lot)
    if not deal.confirmed_on <= signed_on <= today():
        raise Invalid(_("It was signed between the confirmation of the deal and today."), field="signed_on")
    ends_on = ends_on or (rules.term_ends(starts_on, lot.term_months) if lot.term_months else starts_on)
    if ends_on < starts_on:
        raise Invalid(_("It ends before it starts."), field="ends_on")
    if lot.land_term_ends and ends_on > lot.land_term_ends:
        raise Invalid(
            _("The contract of the land ends on %(day)s; nothing can be let beyond it.") % {"day": lot.land_term_ends},
            field="ends_on",
        )
    deal.signed_on, deal.starts_on, deal.ends_on = signed_on, starts_on, ends_on
    deal.state, deal.contract_no = Deal.State.SIGNED, contract_no.strip()
    deal.save()
    for enter in _entered if not deal.contract_no else ():
        deal.contract_no = deal.contract_no or enter(deal)
    if not deal.contract_no:
        raise Invalid(_("Write the number of the contract."), field="contract_no")
    deal.save(update_fields=["contract_no"])
    moved(lot, "sign", by, expected=expected, limits=within(lot, What.SETTLE), data={"contract": deal.contract_no})
    if lot.buys:  # the owner pays: the winner's deposit has done its duty with the contract
        owe_back(lot, Deposit.objects.filter(registration=deal.registration), _("contract signed"))
    return deal


@transaction.atomic
def certify(lot: Lot, *, by, expected: int | None = None) -> Deal:
    """「鉴证书」 Issue the certificate as a PDF with a code that leads to its public check."""
    lot = locked(lot, "certify")
    allow(by, "exchange.run", lot.place)
    deal = standing_deal(lot)
    deal.certificate_no, deal.certified_on = next_number("JZ"), today()
    deal.state = Deal.State.CERTIFIED
    deal.save(update_fields=["certificate_no", "certified_on", "state"])
    deal.lot = lot
    make(papers.certificate(deal), lot.case, kind="lot_certificate", by=by, number=deal.certificate_no)
    moved(lot, "certify", by, expected=expected, data={"certificate": deal.certificate_no})
    return deal


@transaction.atomic
def archive(lot: Lot, *, by, expected: int | None = None) -> Lot:
    """Close the file: every deposit has come to its end, all that came in was passed on to the owner."""
    lot = locked(lot, "filing")
    allow(by, "exchange.run", lot.place)
    open_ = Deposit.objects.filter(registration__lot=lot, state__in=(*HELD, "rejected")).count()
    if open_:
        raise Conflict(_("%(count)s deposits have not come to an end: pay them back first.") % {"count": open_})
    deal = standing_deal(lot)
    if left := paid(deal) - passed_on(deal):
        raise Conflict(_("%(left)s yuan have not been paid out to the owner yet.") % {"left": money(left)})
    return moved(lot, "archive", by, expected=expected)


@transaction.atomic
def break_off(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """「悔标」 The winner does not sign or does not pay: the deposit is forfeited, the lot may be listed again."""
    lot = locked(lot, "contract", "settle")
    allow(by, "exchange.decide", lot.place)
    deal = standing_deal(lot)
    if deal.settlements.exists():
        raise Conflict(_("Money for this deal has moved. Settle that first."))
    deal.state = Deal.State.BROKEN
    deal.save(update_fields=["state"])
    for deposit in deal.registration.deposits.select_for_update(of=("self",)).filter(state="confirmed"):
        deposit.state, deposit.ended_on = Deposit.State.FORFEITED, today()
        deposit.due_back_on, deposit.reason = None, note.strip()[:200]
        deposit.save()
        record("exchange.forfeited", lot.case, by=by, data={"registration": deal.registration.number})
    return end_without_deal(lot, "break_off", Lot.Outcome.BROKEN, note, by, expected)
