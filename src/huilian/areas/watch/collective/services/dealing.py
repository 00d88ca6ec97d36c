"""「成交入账」 A contract that came of a deal on the exchange, entered as a draft for the bookkeeping agency."""

from typing import Any

from django.db import transaction

from huilian.engine.directory.models import Unit

from ..models import AccountSet, Asset, Contract
from .contracts import draft_contract


@transaction.atomic
def enter_deal(
    owner: Unit, *, price_cents: int, per_year: bool, buys: bool, asset_no: str, party_key: str, by: Any, **terms: Any
) -> Contract | None:
    """Draft the contract of a deal in the books of `owner`, its dues laid out; None when its books are not kept here.

    `price_cents` is a year's amount if `per_year`, else the whole. `party_key` is the digest of the party's identity
    number: the exchange does not keep the number itself, and the digest is the same in both areas.
    """
    books = AccountSet.objects.filter(unit=owner, closed_on=None).first()
    if books is None:
        return None
    price: dict[str, Any] = {"cycle": Contract.Cycle.YEAR, "yearly_cents": price_cents}
    if not per_year:
        price = {"cycle": Contract.Cycle.ONCE, "yearly_cents": 0, "total_cents": price_cents}
    contract = draft_contract(
        set=books,
        direction=Contract.Direction.EXPENSE if buys else Contract.Direction.INCOME,
        asset=Asset.objects.filter(set=books, number=asset_no).first() if asset_no else None,
        mode=Contract.Mode.EXCHANGE,
        by=by,
        **price,
        **terms,
    )
    contract.party_key = party_key
    contract.save(update_fields=["party_key"])
    return contract
