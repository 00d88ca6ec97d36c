"""A clock that is set, jumps or goes back: no bid is taken, nothing is closed, and time goes on only forwards."""

from datetime import timedelta

import pytest

from huilian.engine.auctions import services
from huilian.engine.auctions.models import Auction, Entry
from huilian.foundation import now as clock
from huilian.foundation.errors import Conflict
from huilian.foundation.now import frozen

from .conftest import BEFORE, END, MS, OPEN, bid

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def set_clock(monkeypatch):
    """`set_clock(by)`: somebody sets the wall clock; the steady one knows nothing of it."""
    true, offset = clock.steady, []

    def by(amount):
        offset.append(amount.total_seconds())
        monkeypatch.setattr(clock, "steady", lambda: true() - sum(offset))

    return by


@pytest.mark.parametrize(
    "by", [timedelta(hours=2), -timedelta(minutes=20), timedelta(seconds=3), -timedelta(seconds=3)]
)
def test_after_a_jump_no_bid_is_taken_and_bidding_is_suspended_at_the_true_time(hall, set_clock, by):
    at = OPEN + timedelta(minutes=30)
    bid(hall.one, 100_000, at=at)
    set_clock(by)
    with pytest.raises(Conflict):
        bid(hall.two, 105_000, at=at + MINUTE + by)
    with frozen(at + MINUTE + by):
        assert services.watching() == 0

    sale = Auction.objects.get()
    assert (sale.state, sale.paused_at) == ("suspended", at + MINUTE)
    assert Entry.objects.get(serial=2).text == services.CLOCK
    with frozen(at + 5 * MINUTE):
        services.resume(sale, by=hall.clerk)
    bid(hall.two, 105_000, at=at + 6 * MINUTE)
    assert Auction.objects.get().closes_at == END + 4 * MINUTE


def test_a_jump_forward_past_the_end_closes_nothing_and_one_noticed_after_the_true_end_does(hall, set_clock):
    bid(hall.one, 100_000)
    set_clock(timedelta(days=1))
    with frozen(END - MS + timedelta(days=1)):
        with pytest.raises(Conflict):
            services.close(hall.sale, by=hall.clerk)
        services.watching()
    assert Auction.objects.get().state == "suspended"


def test_when_the_true_end_has_passed_a_wrong_clock_still_closes(hall, set_clock):
    bid(hall.one, 100_000)
    set_clock(timedelta(days=1))
    with frozen(END + timedelta(days=1)):
        assert services.watching() == 1
    assert Auction.objects.get().outcome["paddle"] == hall.one.number


def test_time_of_an_auction_never_runs_backwards_even_after_a_restart_of_the_machine(hall):
    bid(hall.one, 100_000, at=OPEN + MINUTE)
    Auction.objects.update(seen_boot="before the restart")

    with pytest.raises(Conflict):
        bid(hall.two, 105_000, at=OPEN)
    with frozen(OPEN):
        services.watching()
    sale = Auction.objects.get()
    assert (sale.state, sale.paused_at) == ("suspended", OPEN + MINUTE)
    with frozen(OPEN), pytest.raises(Conflict):
        services.resume(sale, by=hall.clerk)
    with frozen(OPEN + MINUTE):
        services.resume(sale, by=hall.clerk)


def test_a_clock_that_drifts_as_clocks_do_disturbs_nobody(hall, set_clock):
    bid(hall.one, 100_000)
    set_clock(timedelta(seconds=1.5))

    bid(hall.two, 105_000, at=OPEN + MINUTE)
    with frozen(OPEN + 3 * MINUTE):
        services.watching()
    assert Auction.objects.get().state == "announced"


def test_before_bidding_a_jump_is_noted_and_nothing_suspended(hall, set_clock):
    set_clock(timedelta(hours=1))
    with frozen(BEFORE + 2 * timedelta(hours=1)):
        services.watching()

    assert Auction.objects.get().state == "announced"
    bid(hall.one, 100_000)
