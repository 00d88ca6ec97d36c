"""Statements, matches and typed amounts, as pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.areas.watch.collective.rules.matching import Moved, beyond_doubt, proposals
from huilian.areas.watch.collective.rules.statements import Entry, Last, check, in_order
from huilian.areas.watch.collective.rules.sums import amount
from huilian.foundation.errors import Invalid

TODAY = date(2026, 6, 18)


def day(n):
    return date(2026, 6, n)


def chain(*amounts, start=100_000, first=1):
    found, balance = [], start
    for at, cents in enumerate(amounts):
        balance += cents
        found.append(Entry(at + 2, day(first + at), cents, balance))
    return found


def test_a_statement_that_follows_the_last_one_has_no_fault():
    assert check(chain(500, -200), last=Last(day(1), 100_000), today=TODAY) == []


@given(st.lists(st.integers(-50_000, 50_000).filter(bool), min_size=2, max_size=12))
def test_one_row_left_out_is_always_noticed(amounts):
    whole = chain(*amounts)

    for gone in range(1, len(whole) - 1):
        faults = check(whole[:gone] + whole[gone + 1 :], last=None, today=TODAY)

        assert [f.row for f in faults] == [whole[gone + 1].row]


def test_a_gap_between_two_statements_names_both_balances():
    (fault,) = check(chain(500), last=Last(day(1), 90_000), today=TODAY)

    assert "900.00" in str(fault) and "1,000.00" in str(fault)


def test_rows_of_the_last_statement_are_refused():
    (fault,) = check(chain(500, 300, first=1), last=Last(day(2), 100_500), today=TODAY)

    assert fault.row == 2 and fault.field == "date"


def test_a_day_to_come_is_refused():
    assert check([Entry(2, date(2026, 7, 1), 5, 5)], last=None, today=TODAY)[0].field == "date"


def test_newest_first_is_turned_round():
    entries = [Entry(2, day(3), 300, 800), Entry(3, day(3), 200, 500), Entry(4, day(1), 300, 300)]

    assert [e.row for e in in_order(entries)] == [4, 3, 2]


def test_what_is_beyond_doubt_needs_amount_and_name_and_no_second_choice():
    lines = [Moved(1, day(3), 500, "甲"), Moved(2, day(3), 700, "乙"), Moved(3, day(3), 900, "丙")]
    vouchers = [
        Moved(11, day(4), 500, "甲"),
        Moved(12, day(4), 700, "乙"),
        Moved(13, day(5), 700, "乙"),
        Moved(14, day(4), 900, "丁"),
    ]

    assert beyond_doubt(lines, vouchers) == [(1, 11)]


def test_a_voucher_drafted_from_an_entry_is_its_own():
    lines = [Moved(1, day(3), 500, "甲"), Moved(2, day(3), 500, "甲")]
    vouchers = [Moved(11, day(9), 500, hint=2), Moved(12, day(3), 500, "甲")]

    assert sorted(beyond_doubt(lines, vouchers)) == [(1, 12), (2, 11)]


def test_proposals_rank_the_name_above_the_day_and_find_sums():
    line = Moved(1, day(10), -900, "安澜农资店")
    vouchers = [
        Moved(11, day(10), -900, "别人"),
        Moved(12, day(6), -900, "安澜农资店"),
        Moved(13, day(10), -400, "安澜农资店"),
        Moved(14, day(10), -500, "安澜农资店"),
        Moved(15, day(10), 900, "安澜农资店"),
    ]

    found = proposals(line, vouchers)

    assert [p.keys for p in found][:2] == [(13, 14), (12,)]
    assert (11,) in [p.keys for p in found] and (15,) not in [p.keys for p in found]


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("", 0),
        ("1,234.5", 123_450),
        ("￥300", 30_000),
        ("=12*300", 360_000),
        ("=12×300＋50", 365_000),
        ("=(1+2)*3-4/2", 700),
        ("=10/3", 333),
        ("=0.005", 1),
        ("=-5+8", 300),
    ],
)
def test_an_amount_is_typed_or_worked_out(typed, cents):
    assert amount(typed) == cents


@pytest.mark.parametrize("typed", ["=1/0", "=2**9", "=__import__('os')", "=1+", "=(1", "=" + "9" * 90, "abc", "=1e9"])
def test_what_is_no_sum_is_refused_with_a_sentence(typed):
    with pytest.raises(Invalid):
        amount(typed)
