"""「成交入账」 The signed contract of a lot stands in the owner's books as a draft with its dues and the deal's number.

The bookkeeping agency puts it in force there; rules on letting off the exchange find the deal by its number.
"""

from huilian.areas.watch.collective.services.dealing import enter_deal
from huilian.areas.watch.exchange.papers import contract_text
from huilian.areas.watch.exchange.services import on_signing
from huilian.engine.links.services import link
from huilian.engine.procedures import grounds
from huilian.engine.trail.actors import SYSTEM


@on_signing
def enter(deal) -> str:
    """The number of the contract in the books of the owner; "" when its books are not kept here."""
    lot, winner = deal.lot, deal.registration
    decision = grounds.find("decision", lot.decision_no)
    contract = enter_deal(
        lot.owner,
        price_cents=deal.price_cents,
        per_year=lot.per_year,
        buys=lot.buys,
        asset_no=lot.asset_no,
        party_key=winner.party_key,
        title=lot.title,
        kind=lot.mode.contract_kind,
        party=winner.name,
        party_phone=winner.phone,
        signed_on=deal.signed_on,
        starts_on=deal.starts_on,
        ends_on=deal.ends_on,
        area_mu=lot.area_mu,
        decision_no=lot.decision_no,
        decided_on=decision.decided_on if decision else None,
        deal_no=deal.number,
        land_term_ends=lot.land_term_ends,
        text=contract_text(lot, deal),
        by=SYSTEM,
    )
    if contract is None:
        return ""
    link(lot.case, contract, "led_to", by=SYSTEM)
    return contract.number
