"""Timed bidding (`go_online`, `stop_bidding`): paddles, bids, the end; two keys; the panel by draw."""

from datetime import timedelta

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Lot, Seat
from huilian.areas.watch.exchange.services import catalogue
from huilian.engine.auctions import services as auctions
from huilian.engine.auctions.models import Auction
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation import now as clock
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment

from .conftest import bidder

STEP = 10_000


@pytest.fixture
def hall(desk, monkeypatch):
    """A timed lot with two bidders after registration; the steady clock stands beside the frozen one."""
    monkeypatch.setattr(clock, "steady", lambda: clock.now().timestamp())

    def open_(**more):
        lot = desk.published(method=Lot.Method.TIMED, **more)
        given = [services.register(lot, bidder(n)) for n in (1, 2)]
        for (registration, _code), priority in zip(given, (0, 2), strict=True):
            desk.deposit(registration)
            services.examine(registration, qualified=True, priority=priority, by=desk.clerk)
        with desk.at(lot.registers_until + timedelta(minutes=5)):
            lot = desk.closed(lot)
        return Lot.objects.select_related("auction").get(pk=lot.pk), given

    return open_


def test_a_timed_lot_goes_to_the_highest_bid_when_its_auction_ends(desk, hall):
    lot, ((one, code_1), (two, code_2)) = hall()
    assert lot.auction.state == "announced" and lot.auction.opens_at == lot.opens_at
    with desk.at(lot.registers_until + timedelta(minutes=9)):
        with pytest.raises(Invalid) as wrong:
            services.take_paddle(one, code_2)
        assert wrong.value.field == "code"
        paddles = [services.take_paddle(r, code)[0] for r, code in ((one, code_1), (two, code_2.lower()))]
        with pytest.raises(Conflict):
            services.take_paddle(one, code_1)
    assert [p.priority for p in paddles] == [0, 1]
    with desk.at(lot.opens_at):
        with pytest.raises(Conflict, match="网"):
            services.put_price(one, price_cents=1_600_000, by=desk.clerk)
        with pytest.raises(Conflict, match="网"):
            services.award(lot, by=desk.clerk)
        with pytest.raises(Conflict):
            services.fail(lot, note="无人", by=desk.clerk)
        auctions.bid(paddles[0], 1_600_000, token="t1", by=auctions.bidder(paddles[0]))
    with desk.at(lot.opens_at + timedelta(minutes=2)):
        auctions.bid(paddles[1], 1_600_000 + STEP, token="t2", by=auctions.bidder(paddles[1]))
    with desk.at(lot.opens_at + timedelta(hours=2)):
        auctions.close(lot.auction, by=SYSTEM)

    lot = Lot.objects.get(pk=lot.pk)
    deal = lot.deals.get()
    assert lot.case.step == "result" and (deal.registration, deal.price_cents, deal.bidders) == (two, 1_610_000, 2)
    assert one.deposits.get().due_back_on and two.deposits.get().due_back_on is None


def test_suspending_a_lot_stops_its_bidding_and_gives_the_time_back(desk, hall):
    lot, ((one, code), _other) = hall()
    with desk.at(lot.registers_until + timedelta(minutes=9)):
        paddle, _secret = services.take_paddle(one, code)
    with desk.at(lot.opens_at + timedelta(minutes=1)):
        services.suspend(lot, note="系统核查", by=desk.head)
        with pytest.raises(Conflict):
            auctions.bid(paddle, 1_600_000, token="t", by=auctions.bidder(paddle))
    with desk.at(lot.opens_at + timedelta(minutes=31)):
        services.resume(lot, by=desk.head)
        assert Auction.objects.get().state == "announced"
        services.terminate(lot, note="村里撤回", by=desk.head)

    assert Auction.objects.get().state == "cancelled"


def test_a_reserve_is_sealed_to_two_keys_and_decides_only_when_both_are_turned(desk, hall):
    lot, ((one, code), _other) = hall(has_reserve=True)
    assert lot.auction.state == "draft"
    with desk.at(lot.registers_until + timedelta(minutes=9)):
        with pytest.raises(NotAllowed):
            services.hold_key(lot, by=desk.clerk)
        keys = {user: services.hold_key(lot, by=user) for user in (desk.head, desk.watcher)}
        with pytest.raises(NotAllowed):
            services.seal_reserve(lot, cents=1_700_000, by=desk.clerk)
        services.seal_reserve(lot, cents=1_700_000, by=desk.village)
        paddle, _secret = services.take_paddle(one, code)
    with desk.at(lot.opens_at):
        auctions.bid(paddle, 1_700_000, token="t", by=auctions.bidder(paddle))
    with desk.at(lot.opens_at + timedelta(hours=2)):
        auctions.close(Auction.objects.get(), by=SYSTEM)
        services.turn_key(lot, key=keys[desk.head], by=desk.head)
        assert not lot.deals.exists()
        services.turn_key(lot, key=keys[desk.watcher], by=desk.watcher)

    assert lot.deals.get().price_cents == 1_700_000


def test_without_a_bid_nobody_wins_and_the_exchange_ends_it(desk, hall):
    lot, _given = hall()
    with desk.at(moment(lot.opens_at) + timedelta(hours=2)):
        auctions.close(lot.auction, by=SYSTEM)
        lot = services.fail(lot, note="无人出价", by=desk.clerk)

    assert (lot.outcome, lot.deals.count()) == ("unsold", 0)


def test_a_panel_is_drawn_from_a_published_list_without_those_who_must_step_back(desk):
    from .test_bidders import TENDER

    lot = desk.published(**TENDER)
    for n in range(9):
        employer = "柳河村股份经济合作社" if n == 3 else "县公路中心"
        given = {"number": f"Z{n}", "name": f"专家{n}", "field": "道路工程", "employer": employer}
        catalogue.save_expert(None, given, by=desk.head)
    with pytest.raises(Conflict):
        services.draw_panel(lot, by=desk.clerk)
    with pytest.raises(Invalid) as even:
        services.announce_panel(lot, wanted=6, by=desk.clerk)
    assert even.value.field == "wanted"
    with pytest.raises(NotAllowed):
        services.announce_panel(lot, by=desk.village)
    draw = services.announce_panel(lot, recused={"Z5": "与投标人是同学"}, by=desk.clerk)
    assert {c["key"] for c in draw.excluded} == {"Z3", "Z5"} and len(draw.candidates) == 7
    seats = services.draw_panel(lot, words="甲乙丙", by=desk.clerk)
    with pytest.raises(Conflict):
        services.announce_panel(lot, by=desk.clerk)

    draw.refresh_from_db()
    assert [s.expert.number for s in seats] == draw.result and Seat.objects.count() == 5
