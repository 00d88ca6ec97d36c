"""Rules of bidding, by literal moments; and against a second, plain judge."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.auction_judge import compare, make, product
from huilian.foundation import auctions
from huilian.foundation.auctions import BID, PAUSE, RESERVE, RESUME, REVEAL, SEAL, Entry
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.hashing import plain

OPEN = datetime(2026, 11, 22, 1, tzinfo=UTC)
FREE = OPEN + timedelta(hours=1)
END = FREE + timedelta(minutes=5)
MS = timedelta(milliseconds=1)


def terms(kind=auctions.TIMED, reserve="", **paddles):
    given = {int(name[1:]): priority for name, priority in paddles.items()} or {11: 0, 12: 0, 13: 1, 14: 2}
    return auctions.Terms("JJ1", kind, OPEN, FREE, 300, 100_000, 5_000, reserve, given)


def entries(*told):
    return [Entry(i + 1, *each) for i, each in enumerate(told)]


def after(*told, t=None):
    return auctions.replay(t or terms(), entries(*told))


def test_a_bid_a_millisecond_before_the_end_starts_the_round_again_and_one_at_the_end_is_too_late():
    standing = after((BID, END - MS, 11, 100_000))

    assert standing.closes_at == END - MS + timedelta(minutes=5)
    with pytest.raises(Conflict, match=r"too late|已经结束"):
        after((BID, END, 11, 100_000))
    with pytest.raises(Conflict):
        after((BID, END + MS, 11, 100_000))


def test_a_bid_in_the_free_period_before_its_last_moment_leaves_the_end_where_it_is():
    assert after((BID, FREE, 11, 100_000)).closes_at == END
    assert after((BID, FREE + MS, 11, 100_000)).closes_at == END + MS


@pytest.mark.parametrize("cents", [0, 95_000, 100_001, 102_500, -5_000, 10**15])
def test_an_amount_that_is_too_low_too_high_or_no_whole_step_is_refused(cents):
    with pytest.raises(Refused):
        after((BID, OPEN, 11, cents))


def test_a_bid_is_above_the_highest_but_a_priority_may_match_it():
    first = (BID, OPEN, 11, 105_000)
    with pytest.raises(Conflict):
        after(first, (BID, OPEN, 12, 105_000))

    assert after(first, (BID, OPEN, 14, 105_000)).best.paddle == 14
    assert after(first, (BID, OPEN, 14, 105_000), (BID, OPEN, 13, 105_000)).best.paddle == 13
    with pytest.raises(Conflict):
        after(first, (BID, OPEN, 13, 105_000), (BID, OPEN, 14, 105_000))


def test_before_the_beginning_and_without_a_confirmed_paddle_nobody_bids():
    with pytest.raises(Conflict):
        after((BID, OPEN - MS, 11, 100_000))
    with pytest.raises(NotAllowed):
        after((BID, OPEN, 99, 100_000))


def test_entries_have_serials_without_gaps_and_time_never_runs_backwards():
    with pytest.raises(Conflict):
        auctions.replay(terms(), [Entry(2, BID, OPEN, 11, 100_000)])
    with pytest.raises(Conflict):
        after((BID, OPEN + MS, 11, 100_000), (BID, OPEN, 12, 105_000))


def test_a_pause_gives_its_time_back_and_at_least_a_round():
    late = END - MS
    standing = after((PAUSE, late, 0, 0, "power cut"), (RESUME, late + timedelta(hours=2)))

    assert standing.closes_at == late + timedelta(hours=2, minutes=5)
    early = after((PAUSE, OPEN, 0, 0, "power cut"), (RESUME, OPEN + timedelta(hours=2)))
    assert (early.free_until, early.closes_at) == (FREE + timedelta(hours=2), END + timedelta(hours=2))
    with pytest.raises(Conflict):
        after((PAUSE, OPEN, 0, 0, "power cut"), (BID, OPEN, 11, 100_000))
    with pytest.raises(Invalid):
        after((PAUSE, OPEN, 0, 0, " "))


def sealed(paddle, cents, at=OPEN):
    return SEAL, at, paddle, 0, auctions.seal_digest("JJ1", paddle, cents, "aa")


def test_sealed_the_highest_wins_and_among_equals_priority_then_the_earlier_seal():
    t = terms(auctions.SEALED)

    def winner(*order, show):
        shown = [(REVEAL, FREE, paddle, 120_000, "aa") for paddle in show]
        return auctions.outcome(t, after(*[sealed(p, 120_000) for p in order], *shown, t=t)).paddle

    assert winner(12, 11, show=(11, 12)) == 12
    assert winner(12, 11, 14, 13, show=(12, 11, 14, 13)) == 13
    assert winner(12, 11, show=(11,)) == 11


def test_sealed_what_is_shown_late_early_twice_or_does_not_fit_is_refused():
    t = terms(auctions.SEALED)
    mine = sealed(11, 120_000)
    for told in (
        [sealed(11, 120_000, FREE)],
        [mine, sealed(11, 130_000)],
        [mine, (REVEAL, FREE - MS, 11, 120_000, "aa")],
        [mine, (REVEAL, END, 11, 120_000, "aa")],
        [mine, (REVEAL, FREE, 11, 125_000, "aa")],
        [mine, (REVEAL, FREE, 12, 120_000, "aa")],
        [mine, (REVEAL, FREE, 11, 120_000, "aa"), (REVEAL, FREE, 11, 120_000, "aa")],
        [(SEAL, OPEN, 11, 0, "not a digest")],
        [(BID, OPEN, 11, 120_000)],
    ):
        after(*told[:-1], t=t)
        with pytest.raises(Refused):
            after(*told, t=t)


def test_below_the_reserve_nobody_wins_and_until_it_is_opened_nobody_knows():
    t = terms(reserve=auctions.reserve_digest("JJ1", 110_000, "aa"))
    low, high = (BID, OPEN, 11, 105_000), (BID, OPEN, 11, 110_000)
    opened = (RESERVE, END, 0, 110_000, "aa")

    assert auctions.outcome(t, after(high, t=t)).state == auctions.WAITING
    assert auctions.outcome(t, after(low, opened, t=t)).reason == "reserve"
    assert auctions.outcome(t, after(high, opened, t=t)).paddle == 11
    assert auctions.outcome(t, after(t=t)).reason == "no_bid"
    with pytest.raises(Conflict):
        after(high, (RESERVE, END - MS, 0, 110_000, "aa"), t=t)
    with pytest.raises(Invalid):
        after(high, (RESERVE, END, 0, 100_000, "aa"), t=t)


def record(t, told):
    now, rows = auctions.begin(t), []
    for entry in told:
        now = auctions.take(t, now, entry)
        rows.append({**entry.plain(), "digest": now.link.hex()})
    return plain({"terms": t.plain(), "entries": rows})


def test_a_record_is_judged_again_and_any_change_is_found():
    told = record(terms(), entries((BID, OPEN, 11, 100_000), (BID, OPEN, 12, 105_000)))

    assert auctions.judge(told).paddle == 12
    for change in (
        {"entries": [told["entries"][0], {**told["entries"][1], "cents": 110_000}]},
        {"entries": told["entries"][1:]},
        {"entries": told["entries"][::-1]},
        {"terms": {**told["terms"], "start_cents": 95_000}},
        {"terms": {**told["terms"], "paddles": [[11, 0], [12, 1]]}},
        {"terms": {}},
        {"entries": [{}]},
    ):
        with pytest.raises(Refused):
            auctions.judge({**told, **change})


def test_no_random_auction_is_judged_otherwise_by_the_plain_judge():
    seen, different = compare(1500, seed=7)

    assert different == []
    assert seen["decided among equal prices"] > 20 and seen["timed won"] > 100 and seen["sealed won"] > 50


@given(st.randoms(use_true_random=False))
def test_whatever_is_tried_serials_have_no_gaps_the_end_never_comes_nearer_and_the_record_gives_the_same(draw):
    t, attempts = make(draw)
    taken, outcome = product(t, attempts)
    told = [Entry(i + 1, *(getattr(attempts[j], n) for n in ("kind", "at", "paddle", "cents", "text")))
            for i, j in enumerate(taken)]  # fmt: skip

    closes = [auctions.replay(t, told[:i]).closes_at for i in range(len(told) + 1)]
    assert closes == sorted(closes)
    if outcome != ("suspended",):
        end = auctions.judge(record(t, told))
        assert (end.state, end.reason, end.paddle, end.cents) == outcome[:4]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "dutch"},
        {"free_until": OPEN},
        {"round_seconds": 1},
        {"start_cents": -1},
        {"step_cents": 0},
    ],
)
def test_terms_that_cannot_be_held_are_refused(change):
    values = {name: getattr(terms(), name) for name in auctions.Terms.__slots__}

    with pytest.raises(Invalid):
        auctions.check(auctions.Terms(**{**values, **change}))
