"""Contracts and works that name a deal name one that was struck: in this village, with this party, at this price."""

from datetime import date, timedelta

import pytest

from huilian.areas.watch.collective.models import Contract
from huilian.areas.watch.collective.queries.timeline import life_of_contract
from huilian.areas.watch.collective.services import contracts
from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Deal
from huilian.areas.watch.exchange.queries.grounds import check, find
from huilian.engine.procedures import grounds
from huilian.foundation.errors import Invalid
from tests.areas.collective import books as b
from tests.areas.collective.things import lease
from tests.areas.exchange.conftest import MONDAY, cast, desk, stage, told  # noqa: F401

UNKNOWN = "JS20250101-0009"


@pytest.fixture
def kept(desk, monkeypatch):  # noqa: F811
    """The exchange answers for deals, nobody for decisions."""
    monkeypatch.setitem(grounds._providers, "deal", (check, find))
    return desk


@pytest.fixture
def signed(kept):
    """A pond let for 17,000 yuan a year, its contract a draft in the books of 柳河村."""
    kept.books = b.opened(kept.cast)
    _lot, _deal, _joined, when = kept.confirmed({1: 1_700_000, 2: 1_650_000})
    with kept.at(when):
        deal = services.sign(_lot, signed_on=when.date(), starts_on=date(2026, 7, 1), by=kept.clerk)
        yield kept, deal, Contract.objects.get()


def test_the_contract_of_a_deal_comes_into_force_and_leads_back_to_it(signed):
    desk, deal, contract = signed  # noqa: F811

    assert contracts.activate(contract, by=desk.cast.ma_jun).status == "active"
    found = next(s for s in life_of_contract(contract) if s.kind == "deal")
    assert (found.number, found.on, found.url) == (deal.number, deal.confirmed_on, f"/trading/{deal.lot.number}/")


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"deal_no": UNKNOWN}, "没有编号"),
        ({"party": "何大勇"}, "竞得"),
        ({"yearly_cents": 1_600_000}, "不利"),
    ],
)
def test_a_draft_that_left_its_deal_stays_a_draft(signed, changed, word):
    desk, _deal, contract = signed  # noqa: F811
    Contract.objects.filter(pk=contract.pk).update(**changed)

    with pytest.raises(Invalid, match=word) as refused:
        contracts.activate(contract, by=desk.cast.ma_jun)
    assert refused.value.field == "deal_no" and Contract.objects.get().status == "draft"


def test_a_deal_that_broke_is_a_ground_for_nothing(signed):
    desk, deal, _draft = signed  # noqa: F811
    Deal.objects.update(state=Deal.State.BROKEN)

    with pytest.raises(Invalid, match="悔标"):
        contracts.note_papers(lease(desk.cast, desk.books, party=deal.registration.name), deal_no=deal.number,
                              by=desk.cast.ma_jun)  # fmt: skip


def test_what_was_signed_before_the_first_lot_names_any_number(kept):
    old = lease(kept.cast, b.opened(kept.cast))
    kept.applied()

    assert contracts.note_papers(old, deal_no=UNKNOWN, by=kept.cast.ma_jun).deal_no == UNKNOWN
    assert find(UNKNOWN) is None


def test_a_work_is_built_by_who_won_it_at_no_more_than_the_price(kept):
    lot, deal, joined, when = kept.confirmed(
        {1: 18_000_000, 2: 18_500_000, 3: 19_000_000}, board="engineering", right="village_works", mode="works",
        start_cents=20_000_000, per_year=False, said={}, title="三组道路硬化",
    )  # fmt: skip
    asked = {"place": lot.place, "purpose": "work", "on": MONDAY.date() + timedelta(days=30)}
    won = joined[1].name
    with kept.at(when):
        assert grounds.require("deal", deal.number, party=won, amount_cents=18_000_000, **asked).winner == won
        for party, cents in ((joined[2].name, 18_000_000), (won, 18_000_001)):
            with pytest.raises(Invalid):
                grounds.require("deal", deal.number, party=party, amount_cents=cents, **asked)
        with pytest.raises(Invalid):
            grounds.require("deal", deal.number, **asked | {"place": kept.cast.qingshi})
