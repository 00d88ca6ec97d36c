"""「进场申请」 The owner applies, the township gives its opinion, the exchange reviews."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.documents.services import attach
from huilian.engine.procedures import grounds
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.services.lifecycle import township_of
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text as money

from .. import rules
from ..models import Lot, Period
from .guards import allow, changed, locked, moved, unit_with, within, written

TYPED = (
    "board", "right", "mode", "method", "title", "description", "location", "said", "asset_no", "area_mu", "use",
    "term_months", "land_term_ends", "ownership_proof", "valuation_cents", "valued_by", "start_cents", "per_year",
    "step_cents", "has_reserve", "deposit_cents", "decision_no", "sitting_tenant",
)  # fmt: skip
CARRIED = tuple(name for name in TYPED if name != "decision_no")  # what a lot listed again takes over
PAPERS = frozenset({"pdf", "jpg", "png", "docx", "xlsx"})
Upload = tuple[BinaryIO, str]


@transaction.atomic
def apply(
    owner: Unit, values: Mapping, files: Sequence[Upload] = (), *, place: Place | None = None, again: Lot | None = None,
    by,
) -> Lot:  # fmt: skip
    """Apply to trade something of `owner`. It goes to the township, or to the exchange where no township lies above.

    Raises Invalid for a right that is never traded, a way that is not on the list, a term too long, a decision that
    does not exist or says something else.
    """
    place = place or owner.place
    allow(by, "exchange.apply", place)
    lot = Lot(owner=owner, place=place, place_path=place.path, township=township_of(place), again=again)
    _fill(lot, values)
    lot.case = cases.open_case(
        "lot", title=lot.title, by=by, place=place, unit=owner, source=lot.board.key, data={"decision": lot.decision_no}
    )
    lot.save()
    _keep_papers(lot, files, by)
    return _send(lot, by)


@transaction.atomic
def apply_again(lot: Lot, values: Mapping, files: Sequence[Upload] = (), *, by, expected: int | None = None) -> Lot:
    """Correct an application that was sent back and send it on."""
    lot = locked(lot, "applied")
    allow(by, "exchange.apply", lot.place)
    _fill(lot, values)
    lot.save()
    _keep_papers(lot, files, by)
    return _send(lot, by, expected)


@transaction.atomic
def opine(lot: Lot, *, opinion: str, by, expected: int | None = None) -> Lot:
    """The township agrees that it is traded, in its own words."""
    lot = locked(lot, "town")
    allow(by, "exchange.opine", lot.place)
    lot.town_opinion = written(opinion, "opinion", _("Write the opinion of the township."))[:300]
    lot.save(update_fields=["town_opinion"])
    return moved(lot, "opine", by, expected=expected, limits=within(lot, Period.What.REVIEW))


@transaction.atomic
def accept(lot: Lot, *, by, expected: int | None = None) -> Lot:
    """The exchange finds the papers in order: decision, proof of ownership, price. The decision is asked once more."""
    lot = locked(lot, "review")
    allow(by, "exchange.run", lot.place)
    _decided(lot)
    return moved(lot, "accept", by, expected=expected)


@transaction.atomic
def send_back(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """Send an application back with everything that is to be corrected, at once."""
    lot = locked(lot, "town", "review")
    allow(by, _answers(lot), lot.place)
    return moved(lot, "return", by, note=note.strip(), unit=lot.owner, expected=expected)


@transaction.atomic
def refuse(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """Refuse to trade it, with the ground."""
    lot = locked(lot, "town", "review")
    allow(by, _answers(lot), lot.place)
    return moved(lot, "refuse", by, note=note.strip(), expected=expected)


@transaction.atomic
def withdraw(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """The owner takes it back before it is published."""
    lot = locked(lot, "applied", "town", "review", "ready")
    allow(by, "exchange.apply", lot.place)
    return moved(lot, "withdraw", by, note=note.strip(), unit=lot.owner, expected=expected)


@transaction.atomic
def list_again(lot: Lot, values: Mapping, *, by) -> Lot:
    """「重新交易」 List a lot again that found no taker or lost its winner; a worse price needs a new decision."""
    old = locked(lot, "unsold", "broken", "terminated", going=False)
    if old.listed_again.exclude(case__state__in=("refused", "withdrawn")).exists():
        raise Conflict(_("%(lot)s is listed again already.") % {"lot": old})
    given = {name: getattr(old, name) for name in CARRIED} | {"decision_no": old.decision_no} | dict(values)
    worse = not rules.reaches(given["start_cents"], old.start_cents, buys=old.buys)
    if worse and given["decision_no"] == old.decision_no:
        raise Invalid(
            _("A price worse than %(price)s yuan needs a new decision.") % {"price": money(old.start_cents)},
            field="decision_no",
        )
    return apply(old.owner, given, place=old.place, again=old, by=by)


def _answers(lot: Lot) -> str:
    return "exchange.opine" if lot.case.step == "town" else "exchange.run"


def _send(lot: Lot, by, expected: int | None = None) -> Lot:
    if lot.place.level > lot.place.Level.TOWNSHIP:
        return moved(lot, "submit", by, unit=unit_with("exchange_town", lot.township), expected=expected)
    return moved(lot, "submit_direct", by, expected=expected, limits=within(lot, Period.What.REVIEW))


def _keep_papers(lot: Lot, files: Sequence[Upload], by) -> None:
    for file, name in files:
        attach(file, name, lot.case, kind="lot_paper", by=by, accepted=PAPERS)
    changed(lot)


def _decided(lot: Lot) -> None:
    """The decision behind the listing; what is bought may not cost more than was decided."""
    grounds.require(
        "decision",
        lot.decision_no,
        place=lot.place,
        purpose="listing",
        amount_cents=lot.start_cents if lot.buys else None,
        about=lot.title,
    )


def _fill(lot: Lot, values: Mapping) -> None:
    """Take over what was typed and check it."""
    for name in TYPED:
        if name in values:
            value = values[name]
            setattr(lot, name, value.strip() if isinstance(value, str) else value)
    right, mode = lot.right, lot.mode
    if right.never_because:
        raise Invalid(
            _("“%(right)s” is not traded: %(why)s.") % {"right": right, "why": right.never_because}, field="right"
        )
    if not right.is_active or right.board_id != lot.board_id:
        raise Invalid(_("“%(right)s” is not traded on this board.") % {"right": right}, field="right")
    if not right.modes.filter(pk=mode.pk).exists():
        raise Invalid(
            _("“%(right)s” does not pass by way of “%(mode)s”.") % {"right": right, "mode": mode}, field="mode"
        )
    written(lot.title, "title", _("Give the lot a title."))
    written(lot.ownership_proof, "ownership_proof", _("Name the proof of ownership."))
    lot.said = {name: str(lot.said.get(name, "")).strip() for name in mode.fields}
    _money(lot)
    _term(lot)
    _decided(lot)


def _money(lot: Lot) -> None:
    if not lot.start_cents or lot.start_cents <= 0:
        raise Invalid(_("Write the starting price or ceiling."), field="start_cents")
    if lot.method == Lot.Method.TIMED and lot.step_cents <= 0:
        raise Invalid(_("Online bidding goes in whole steps. Write how much one step is."), field="step_cents")
    if lot.method == Lot.Method.TENDER and not lot.buys:
        raise Invalid(_("A tender is for works and purchases; choose another method."), field="method")
    if lot.method == Lot.Method.TIMED and lot.buys:
        raise Invalid(
            _("Online bidding raises the price; for works and purchases choose another method."), field="method"
        )
    most = lot.board.deposit_permille
    if most is not None and lot.deposit_cents > lot.start_cents * most // 1000:
        raise Invalid(
            _("On this board the deposit is at most %(share)s ‰ of the price.") % {"share": most}, field="deposit_cents"
        )
    if lot.deposit_cents < 0 or lot.deposit_cents > lot.start_cents:
        raise Invalid(_("The deposit lies between nothing and the starting price."), field="deposit_cents")


def _term(lot: Lot) -> None:
    most = lot.right.most_years
    if most and lot.term_months and lot.term_months > most * 12:
        raise Invalid(
            _("“%(right)s” runs for at most %(years)s years (%(basis)s).")
            % {"right": lot.right, "years": most, "basis": lot.right.basis},
            field="term_months",
        )
    if lot.mode.contract_kind in ("lease", "contracting") and not lot.term_months:
        raise Invalid(_("Write the term in months."), field="term_months")
