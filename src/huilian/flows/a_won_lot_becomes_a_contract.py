"""「成交入账」 The signed contract of a lot stands in the owner's books as a draft with its dues and the deal's number.

The bookkeeping agency puts it in force there; rules on letting off the exchange find the deal by its number.
"""

from huilian.areas.watch.collective.models import AccountSet, Asset, Contract
from huilian.areas.watch.collective.services.contracts import draft_contract
from huilian.areas.watch.exchange.models import Deal
from huilian.areas.watch.exchange.papers import contract_text
from huilian.areas.watch.exchange.services import on_signing
from huilian.engine.links.services import link
from huilian.engine.procedures import grounds
from huilian.engine.trail.actors import SYSTEM


@on_signing
def enter(deal: Deal) -> str:
    """The number of the contract in the books of the owner; "" when its books are not kept here."""
    lot = deal.lot
    books = AccountSet.objects.filter(unit=lot.owner, closed_on=None).first()
    if books is None:
        return ""
    decision = grounds.find("decision", lot.decision_no)
    price = {"cycle": Contract.Cycle.YEAR, "yearly_cents": deal.price_cents}
    if not lot.per_year:
        price = {"cycle": Contract.Cycle.ONCE, "yearly_cents": 0, "total_cents": deal.price_cents}
    contract = draft_contract(
        set=books,
        title=lot.title,
        direction=Contract.Direction.EXPENSE if lot.buys else Contract.Direction.INCOME,
        kind=lot.mode.contract_kind,
        asset=Asset.objects.filter(set=books, number=lot.asset_no).first() if lot.asset_no else None,
        party=deal.registration.name,
        party_phone=deal.registration.phone,
        signed_on=deal.signed_on,
        starts_on=deal.starts_on,
        ends_on=deal.ends_on,
        area_mu=lot.area_mu,
        mode=Contract.Mode.EXCHANGE,
        decision_no=lot.decision_no,
        decided_on=decision.decided_on if decision else None,
        deal_no=deal.number,
        land_term_ends=lot.land_term_ends,
        text=contract_text(lot, deal),
        by=SYSTEM,
        **price,
    )
    # The identity number itself is not kept at the exchange; its digest is the same in both areas.
    Contract.objects.filter(pk=contract.pk).update(party_key=deal.registration.party_key)
    link(lot.case, contract, "led_to", by=SYSTEM)
    return contract.number
