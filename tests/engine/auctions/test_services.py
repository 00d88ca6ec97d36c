"""Preparing, bidding, ending: each works, is refused without a trace, and is recorded."""

from datetime import timedelta

import pytest

from huilian.engine.auctions import keeping, services
from huilian.engine.auctions.models import Auction, Entry, Paddle
from huilian.engine.auctions.queries import paddle_of, phase, proof_of, record_of, state_of
from huilian.engine.trail import services as trail
from huilian.engine.trail.queries import history_of
from huilian.foundation import auctions
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.now import frozen

from .conftest import BEFORE, END, FREE, MS, OPEN, bid, prepare

pytestmark = pytest.mark.django_db


def verbs(auction):
    return [event.verb.removeprefix("auctions.") for event in history_of(auction)]


def test_an_auction_is_prepared_announced_bid_for_and_closed(hall):
    bid(hall.one, 100_000)
    bid(hall.two, 105_000, at=END - MS)
    with frozen(END):
        assert phase(Auction.objects.get()) == "round"
    with frozen(END - MS + timedelta(minutes=5)):
        closed = services.close(hall.sale, by=hall.clerk)

    assert closed.state == "ended"
    assert (closed.outcome["paddle"], closed.outcome["cents"]) == (hall.two.number, 105_000)
    assert hall.told == [(closed.number, closed.outcome)]
    assert verbs(closed) == ["open", "admit", "admit", "admit", "announce", "bid", "bid", "close"]


def test_terms_that_cannot_be_held_leave_nothing(cast):
    with pytest.raises(Invalid):
        prepare(cast, step_cents=0)

    assert not Auction.objects.exists()


def test_announcing_and_admitting_too_late_is_refused(cast):
    with frozen(BEFORE):
        sale = prepare(cast)
    with frozen(OPEN), pytest.raises(Conflict):
        services.announce(sale, by=cast.wang_min)
    with frozen(OPEN), pytest.raises(Conflict):
        services.admit(sale, label="a", party_key="a", by=cast.wang_min)

    sale.refresh_from_db()
    assert sale.state == "draft" and not Paddle.objects.exists()


def test_a_bidder_has_one_paddle_and_only_its_secret_opens_it(hall):
    with frozen(BEFORE), pytest.raises(Conflict):
        services.admit(hall.sale, label="again", party_key="one", by=hall.clerk)

    assert paddle_of(hall.sale, hall.keys["one"]) == hall.one
    assert paddle_of(hall.sale, hall.keys["one"].lower().replace("-", " ").replace("o", "0")) == hall.one
    assert paddle_of(hall.sale, "A" * 26) is None
    assert hall.keys["one"].replace("-", "") not in str(list(Paddle.objects.values()))


def test_a_barred_paddle_does_not_bid_and_after_the_beginning_nobody_is_barred(hall):
    with frozen(BEFORE):
        services.bar(hall.one, "保证金由他人账户转入", by=hall.clerk)
        with pytest.raises(Conflict):
            services.bar(hall.one, "保证金由他人账户转入", by=hall.clerk)
        with pytest.raises(Invalid):
            services.bar(hall.two, " ", by=hall.clerk)
    with frozen(OPEN), pytest.raises(Conflict):
        services.bar(hall.two, "太晚", by=hall.clerk)

    with pytest.raises(NotAllowed):
        bid(hall.one, 100_000)
    bid(hall.two, 100_000)
    with pytest.raises(NotAllowed):
        bid(hall.one, 105_000)
    assert verbs(hall.sale).count("bar") == 1 and Entry.objects.count() == 1


def test_a_bid_is_timed_numbered_chained_and_recorded_with_its_proof(hall):
    first, second = bid(hall.one, 100_000), bid(hall.two, 105_000, at=OPEN + MS)

    standing = auctions.replay(keeping.terms_of(hall.sale), map(keeping.plain, keeping.entries_of(hall.sale)))
    assert [first.serial, second.serial] == [1, 2]
    assert standing.link == bytes(second.digest)
    with pytest.raises(Invalid):
        proof_of(second)
    trail.seal()
    assert proof_of(second)["event"] == second.event_id
    event = history_of(hall.sale).last()
    assert event.data["digest"] == standing.link.hex() and event.actor_label == f"№ {hall.two.number}"


@pytest.mark.parametrize(
    "cents,at",
    [(95_000, OPEN), (100_001, OPEN), (100_000, OPEN - MS), (100_000, END), (100_000, END + MS), (10**15, OPEN)],
)
def test_a_bid_that_may_not_be_taken_leaves_nothing(hall, cents, at):
    before = Auction.objects.values().get()

    with pytest.raises(Refused):
        bid(hall.one, cents, at=at)

    assert Auction.objects.values().get() == before
    assert not Entry.objects.exists() and "bid" not in verbs(hall.sale)


def test_a_bid_sent_twice_is_one_bid_and_a_used_page_takes_no_other(hall):
    first = bid(hall.one, 100_000, "page-1")
    bid(hall.two, 105_000, "page-1")

    assert bid(hall.one, 100_000, "page-1", at=END + MS) == first
    with pytest.raises(Conflict):
        bid(hall.one, 110_000, "page-1")
    assert Entry.objects.count() == 2


def test_suspended_bidding_stands_still_and_goes_on_with_its_time(hall):
    with frozen(OPEN):
        services.suspend(hall.sale, "停电", by=hall.clerk)
        with pytest.raises(Conflict):
            services.suspend(hall.sale, "停电", by=hall.clerk)
    with pytest.raises(Conflict):
        bid(hall.one, 100_000)
    with frozen(END), pytest.raises(Conflict):
        services.close(hall.sale, by=hall.clerk)
    with frozen(OPEN + timedelta(hours=3)):
        services.resume(hall.sale, by=hall.clerk)
        with pytest.raises(Conflict):
            services.resume(hall.sale, by=hall.clerk)

    sale = Auction.objects.get()
    assert sale.closes_at == END + timedelta(hours=3)
    bid(hall.one, 100_000, at=sale.closes_at - MS)
    assert [e["kind"] for e in state_of(sale)["entries"]] == ["pause", "resume", "bid"]
    assert verbs(sale)[-3:] == ["pause", "resume", "bid"]


def test_a_terminated_auction_takes_no_bids_and_tells_why(hall):
    with frozen(OPEN):
        with pytest.raises(Invalid):
            services.cancel(hall.sale, "", by=hall.clerk)
        services.cancel(hall.sale, "权属有争议", by=hall.clerk)

    with pytest.raises(Conflict):
        bid(hall.one, 100_000)
    assert hall.told == [(hall.sale.number, {"state": "cancelled", "reason": "权属有争议"})]
    assert verbs(hall.sale)[-1] == "cancel"


def test_closing_before_the_end_is_refused_and_the_worker_closes_what_is_over(hall):
    bid(hall.one, 100_000)
    with frozen(END - MS), pytest.raises(Conflict):
        services.close(hall.sale, by=hall.clerk)
    with frozen(END - MS):
        assert services.watching() == 0
    with frozen(END):
        assert services.watching() == 1
        assert services.watching() == 0

    assert Auction.objects.get().outcome["paddle"] == hall.one.number


def test_sealed_prices_are_handed_in_then_shown(cast, told):
    with frozen(BEFORE):
        sale = prepare(cast, auctions.SEALED)
        one, two = (services.admit(sale, label=n, party_key=n, by=cast.wang_min)[0] for n in ("one", "two"))
        services.announce(sale, by=cast.wang_min)
    with frozen(OPEN):
        for paddle, cents in ((one, 123_456), (two, 120_000)):
            digest = auctions.seal_digest(sale.number, paddle.number, cents, "aa")
            services.seal(paddle, digest, token="", by=services.bidder(paddle))
        with pytest.raises(Conflict):
            services.seal(one, digest, token="", by=services.bidder(one))
        assert state_of(Auction.objects.get())["entries"] == []
        assert state_of(Auction.objects.get())["serial"] == 0
        with pytest.raises(Conflict):
            services.reveal(one, 123_456, "aa", token="", by=services.bidder(one))
    with frozen(FREE):
        services.reveal(two, 120_000, "aa", token="", by=services.bidder(two))
        with pytest.raises(Invalid):
            services.reveal(one, 123_455, "aa", token="", by=services.bidder(one))
        services.reveal(one, 123_456, "aa", token="", by=services.bidder(one))
        assert state_of(Auction.objects.select_related("best__paddle").get())["best"]["paddle"] == one.number
    with frozen(END):
        services.close(sale, by=cast.wang_min)

    sale.refresh_from_db()
    assert (sale.outcome["paddle"], sale.outcome["cents"], sale.outcome["serial"]) == (one.number, 123_456, 1)
    trail.seal()
    assert auctions.judge(record_of(sale)["record"]).paddle == one.number
    assert verbs(sale)[-5:] == ["seal", "seal", "reveal", "reveal", "close"]


def test_the_record_is_signed_judged_again_and_there_only_after_the_end(hall):
    bid(hall.one, 100_000)
    with pytest.raises(Conflict):
        record_of(hall.sale)
    with frozen(END):
        sale = services.close(hall.sale, by=hall.clerk)
    with pytest.raises(Conflict):
        record_of(sale)
    trail.seal()

    told = record_of(sale)
    assert auctions.judge(told["record"]).paddle == hall.one.number
    assert told["note"].startswith(f"huilian auction record 1\n{sale.number}\n")


def test_nothing_in_the_feed_names_a_bidder_and_it_goes_on_from_any_entry(hall):
    bid(hall.one, 100_000)
    bid(hall.two, 105_000)
    bid(hall.first, 105_000)
    sale = Auction.objects.select_related("best__paddle").get()

    with frozen(OPEN + MS):
        state = state_of(sale, after=1)
    assert [e["serial"] for e in state["entries"]] == [2, 3]
    assert state["best"] == {"paddle": hall.first.number, "priority": 1, "cents": 105_000, "serial": 3}
    assert (state["phase"], state["closes_at"]) == ("free", round(END.timestamp() * 1000))
    assert not {"one", "two", "first"} & set(str(state).replace("'", " ").split())
