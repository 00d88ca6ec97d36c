"""「成交·终结」 How a lot comes to a deal, or ends without one; the caller holds its lock and has decided."""

from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.foundation.masking import mask_name
from huilian.foundation.now import CHINA, now

from .. import rules
from ..models import Deal, Deposit, Lot, Notice, Period, Registration
from .guards import end_of, moved, within
from .paying import owe_back
from .publishing import issue

What = Period.What


def strike(
    lot: Lot, winner: Registration, cents: int, bidders: int, why: str, *, by, expected: int | None = None
) -> Deal:
    """Write the deal down and publish it. The caller holds the lot's lock and has found the winner."""
    deal = Deal.objects.create(
        lot=lot,
        number=next_number("JS"),
        registration=winner,
        price_cents=cents,
        bidders=bidders,
        why=why,
        made_at=now(),
    )
    moved(lot, "award", by, expected=expected, limits=within(lot, What.RESULT), data={"deal": deal.number})
    losers = Deposit.objects.filter(registration__lot=lot).exclude(registration=winner)
    owe_back(lot, losers, _("did not win"))
    kept = Deposit.objects.filter(registration=winner, state=Deposit.State.CONFIRMED)
    kept.update(due_back_on=None, reason="")  # of a second who is first after an objection
    last = end_of(lot, What.RESULT)
    facts = {
        "deal": deal.number,
        "winner": winner.name if winner.kind != "person" else "",
        "winner_masked": _shown(winner),
        "price_cents": cents,
        "bidders": bidders,
        "gain_permille": rules.gain_permille(cents, lot.start_cents, buys=lot.buys),
    }
    issue(lot, Notice.Kind.RESULT, why, least=last, until=rules.closing(last, CHINA), **facts)
    return deal


def end_without_deal(lot: Lot, verb: str, outcome: Lot.Outcome, note: str, by, expected: int | None = None) -> Lot:
    """The common end of a lot that is not traded."""
    lot.outcome = outcome
    lot.save(update_fields=["outcome"])
    moved(lot, verb, by, note=note.strip(), expected=expected)
    owe_back(lot, Deposit.objects.filter(registration__lot=lot), note)
    issue(lot, Notice.Kind.TERMINATION, note.strip(), outcome=str(outcome))
    return lot


def _shown(winner: Registration) -> str:
    return mask_name(winner.name) if winner.kind == Registration.Kind.PERSON else winner.name
