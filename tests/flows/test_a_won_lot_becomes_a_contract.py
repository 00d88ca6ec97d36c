"""The signed contract of a lot in the owner's books (`enter_deal`)."""

from datetime import date

from huilian.areas.watch.collective.models import Contract
from huilian.areas.watch.exchange import services
from huilian.engine.links.models import Link
from tests.areas.collective import books as b
from tests.areas.exchange.conftest import cast, desk, stage, told  # noqa: F401  the people of the exchange


def test_a_won_lot_becomes_a_contract_with_its_dues_and_the_number_of_the_deal(desk):  # noqa: F811
    books = b.opened(desk.cast)
    lot, deal, joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    with desk.at(when):
        deal = services.sign(lot, signed_on=when.date(), starts_on=date(2026, 7, 1), by=desk.clerk)

    contract = Contract.objects.get(set=books)
    assert (deal.contract_no, contract.deal_no, contract.mode) == (contract.number, deal.number, "exchange")
    assert (contract.status, contract.decision_no) == ("draft", lot.decision_no)
    assert (contract.yearly_cents, contract.total_cents, contract.ends_on) == (1_700_000, 5_100_000, date(2029, 6, 30))
    assert [due.amount_cents for due in contract.dues.all()] == [1_700_000] * 3
    assert contract.party_key == joined[1].party_key and "东塘" in contract.text
    assert Link.objects.get(kind="led_to").source_id == lot.number
