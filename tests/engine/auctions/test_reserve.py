"""A reserve that nobody can read alone, and nobody before the end."""

import pytest

from huilian.engine.auctions import services
from huilian.engine.auctions.models import Auction, ReserveKey
from huilian.engine.auctions.queries import record_of
from huilian.engine.trail import services as trail
from huilian.engine.trail.queries import history_of
from huilian.foundation import auctions
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import BEFORE, END, OPEN, bid, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(cast, told):
    """(auction, paddle, the two keys): a reserve of 1,100 yuan sealed to two people."""
    with frozen(BEFORE):
        sale = prepare(cast)
        keys = [services.hold_reserve_key(sale, by=who) for who in (cast.wang_min, cast.luo_cheng)]
        services.seal_reserve(sale, 110_000, by=cast.wang_min)
        paddle, _key = services.admit(sale, label="one", party_key="one", by=cast.wang_min)
        sale = services.announce(sale, by=cast.wang_min)
    return sale, paddle, keys


def test_the_amount_is_nowhere_in_the_house_and_its_digest_is_in_the_trail_before_bidding(sealed):
    sale, _paddle, _keys = sealed

    rows = [*Auction.objects.values(), *ReserveKey.objects.values(), *(e.data for e in history_of(sale))]
    assert "110000" not in str(rows)
    announced = history_of(sale).get(verb="auctions.announce")
    assert announced.data["terms"]["reserve"] == sale.reserve and announced.at < sale.opens_at


@pytest.mark.parametrize("cents,state,reason", [(105_000, "failed", "reserve"), (110_000, "won", "")])
def test_two_keys_open_it_after_the_end_and_decide(cast, sealed, told, cents, state, reason):
    sale, paddle, (one, two) = sealed
    bid(paddle, cents)
    with frozen(END):
        services.watching()
        assert Auction.objects.get().state == "waiting" and told == []
        services.open_reserve(sale, one, by=cast.wang_min)
        assert Auction.objects.get().state == "waiting" and told == []
        services.open_reserve(sale, two.lower(), by=cast.luo_cheng)

    sale.refresh_from_db()
    assert (sale.outcome["state"], sale.outcome["reason"]) == (state, reason)
    assert len(told) == 1
    trail.seal()
    assert auctions.judge(record_of(sale)["record"]).state == state
    assert [e.verb for e in history_of(sale)][-3:] == ["auctions.turn_key", "auctions.turn_key", "auctions.reserve"]


def test_a_key_turned_early_by_another_twice_or_wrong_changes_nothing(cast, sealed):
    sale, paddle, (one, two) = sealed
    bid(paddle, 110_000)
    with frozen(OPEN), pytest.raises(Conflict):
        services.open_reserve(sale, one, by=cast.wang_min)
    with frozen(END):
        services.watching()
        with pytest.raises(NotAllowed):
            services.open_reserve(sale, one, by=cast.liu_changgui)
        with pytest.raises(Invalid):
            services.open_reserve(sale, two, by=cast.wang_min)
        services.open_reserve(sale, one, by=cast.wang_min)
        with pytest.raises(Conflict):
            services.open_reserve(sale, one, by=cast.wang_min)

    assert Auction.objects.get().state == "waiting"
    assert [bool(k.share) for k in ReserveKey.objects.order_by("pk")] == [True, False]


def test_a_reserve_needs_two_people_and_is_sealed_once_before_the_announcement(cast):
    with frozen(BEFORE):
        sale = prepare(cast)
        services.hold_reserve_key(sale, by=cast.wang_min)
        services.hold_reserve_key(sale, by=cast.wang_min)
        with pytest.raises(Conflict):
            services.seal_reserve(sale, 110_000, by=cast.wang_min)
        with pytest.raises(Conflict):
            services.announce(sale, by=cast.wang_min)
        services.hold_reserve_key(sale, by=cast.luo_cheng)
        with pytest.raises(Conflict):
            services.hold_reserve_key(sale, by=cast.liu_changgui)
        with pytest.raises(Invalid):
            services.seal_reserve(sale, 99_999, by=cast.wang_min)
        services.seal_reserve(sale, 110_000, by=cast.wang_min)
        with pytest.raises(Conflict):
            services.seal_reserve(sale, 120_000, by=cast.wang_min)

    assert ReserveKey.objects.count() == 2
    assert [e.verb for e in history_of(sale)].count("auctions.seal_reserve") == 1
    assert [e.verb for e in history_of(sale)].count("auctions.hold_key") == 3
