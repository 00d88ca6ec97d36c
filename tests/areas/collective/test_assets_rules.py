"""The pure part of assets, contracts, debts and shares."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.areas.watch.collective.rules import assets, contracts, debts, schedules, shares
from huilian.foundation.errors import Invalid


def days(a, b):
    return st.dates(min_value=a, max_value=b)


TERMS = st.fixed_dictionaries(
    {
        "starts_on": days(date(1995, 1, 1), date(2030, 12, 31)),
        "length": st.integers(0, 12_000),
        "cycle": st.sampled_from(["month", "quarter", "half", "year", "once"]),
        "yearly_cents": st.integers(1, 10**10),
        "rise_permille": st.integers(-50, 200),
        "pay_day": st.sampled_from(["", "01-01", "02-29", "03-15", "06-30", "12-31"]),
    }
)


@settings(max_examples=300, deadline=None)
@given(TERMS, st.one_of(st.none(), st.integers(1, 10**12)))
def test_the_lines_of_a_schedule_cover_every_day_once_and_add_up_to_the_cent(terms, total):
    starts = terms["starts_on"]
    ends = starts + timedelta(days=terms.pop("length"))

    lines = schedules.schedule(ends_on=ends, total_cents=total, **terms)

    if not lines:
        assert total is None  # less than half a cent for so short a time
        return
    assert lines[0].covers_from == starts and lines[-1].covers_to == ends
    for one, after in itertools.pairwise(lines):
        assert after.covers_from == one.covers_to + timedelta(days=1)
        assert after.due_on >= one.due_on
    assert all(line.amount_cents >= 0 for line in lines)
    assert [line.position for line in lines] == list(range(1, len(lines) + 1))
    if total is not None:
        assert sum(line.amount_cents for line in lines) == total


@settings(max_examples=100, deadline=None)
@given(TERMS, st.integers(1, 30))
def test_every_whole_year_without_rise_comes_to_the_amount_of_a_year(terms, years):
    starts = terms["starts_on"]
    ends = schedules.months_after(starts, 12 * years) - timedelta(days=1)
    terms.update(rise_permille=0, pay_day="", cycle="month" if terms["cycle"] == "once" else terms["cycle"])
    terms.pop("length")

    lines = schedules.schedule(ends_on=ends, **terms)

    by_year = {}
    for line in lines:
        year = schedules.full_years(starts, line.covers_from)
        by_year[year] = by_year.get(year, 0) + line.amount_cents
    assert set(by_year.values()) == {terms["yearly_cents"]} and len(by_year) == years


def test_half_years_of_a_plain_lease():
    lines = schedules.schedule(
        starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), cycle="half", yearly_cents=1_000_001, rise_permille=100
    )

    assert [(line.due_on.isoformat(), line.amount_cents) for line in lines] == [
        ("2026-01-01", 500_001),
        ("2026-07-01", 500_000),
        ("2027-01-01", 550_001),
        ("2027-07-01", 550_000),
    ]


def test_a_contract_between_two_days_of_payment_has_a_part_at_both_ends():
    lines = schedules.schedule(
        starts_on=date(2026, 10, 1), ends_on=date(2028, 3, 31), cycle="year", yearly_cents=3_650_000, pay_day="01-01"
    )

    assert [(str(x.covers_from), str(x.covers_to), x.amount_cents) for x in lines] == [
        ("2026-10-01", "2026-12-31", 920_000),
        ("2027-01-01", "2027-12-31", 3_650_000),
        ("2028-01-01", "2028-03-31", 907_514),  # 91 of 366 days
    ]


def test_the_last_day_of_a_month_does_not_wander():
    lines = schedules.schedule(
        starts_on=date(2026, 1, 31), ends_on=date(2026, 5, 30), cycle="month", yearly_cents=1_200
    )

    assert [str(x.due_on) for x in lines] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"ends_on": date(2200, 1, 1)}, "ends_on"),
        ({"cycle": "week"}, "cycle"),
        ({"pay_day": "13-01"}, "pay_day"),
        ({"yearly_cents": -1}, "yearly_cents"),
    ],
)
def test_terms_that_cannot_be_are_refused(change, field):
    terms = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "cycle": "year", "yearly_cents": 100}

    with pytest.raises(Invalid) as refusal:
        schedules.schedule(**{**terms, **change})

    assert refusal.value.field == field


def test_depreciation_of_a_whole_life_is_the_value_less_what_is_left():
    common = {"acquired_on": date(2024, 1, 20), "original_cents": 100_000, "salvage_cents": 5_000, "life_months": 36}
    off, months = 0, []

    for year in range(2024, 2028):
        for month in range(1, 13):
            cents = assets.depreciation(month=year * 100 + month, depreciated_cents=off, **common)
            off += cents
            if cents:
                months.append(year * 100 + month)

    assert off == 95_000 and len(months) == 36 and months[0] == 202402


def test_a_month_that_was_left_out_is_made_up_for_after_the_end():
    common = {"acquired_on": date(2024, 1, 1), "original_cents": 1_200, "salvage_cents": 0, "life_months": 12}

    assert assets.depreciation(month=202502, depreciated_cents=1_100, **common) == 100
    assert assets.depreciation(month=202502, depreciated_cents=1_200, **common) == 0


@pytest.mark.parametrize(
    ("class_key", "status", "account"),
    [
        ("building", "let", "511"),
        ("infrastructure", "in_use", "514-02"),
        ("vehicle", "in_use", "513-07"),
        ("welfare", "let", "511"),
    ],
)
def test_what_is_let_burdens_operations_and_what_serves_all_the_public_good(class_key, status, account):
    assert assets.expense_account(class_key, status) == account


def test_a_price_at_nine_tenths_is_not_low_and_a_cent_less_is():
    assert not assets.price_is_low(90_000, 100_000)
    assert assets.price_is_low(89_999, 100_000)
    assert not assets.price_is_low(1, None)


def test_an_area_may_differ_by_two_per_cent_without_a_reason():
    assert not assets.area_needs_reason(Decimal("100"), Decimal("102"), "")
    assert assets.area_needs_reason(Decimal("100"), Decimal("102.001"), "")
    assert not assets.area_needs_reason(Decimal("100"), Decimal("120"), "重新测绘")


def test_a_count_finds_what_is_missing_what_is_new_and_what_is_otherwise():
    before = {"A": {"name": "仓库", "status": "in_use"}, "B": {"name": "水泵", "status": "in_use"}}

    found = assets.count_differences(before, {"B": {"status": "idle"}, "C": {"name": "旧车"}})

    assert [(d.number, d.what) for d in found] == [("A", "missing"), ("B", "status"), ("C", "surplus")]


def test_interest_follows_what_was_still_open():
    plain = debts.interest(1_000_000, 500, date(2026, 1, 1), date(2027, 1, 1))
    half = debts.interest_of([(date(2026, 1, 1), 1_000_000), (date(2026, 7, 2), -500_000)], 500, date(2027, 1, 1))

    assert plain == 50_000
    assert half == debts.interest(1_000_000, 500, date(2026, 1, 1), date(2026, 7, 2)) + debts.interest(
        500_000, 500, date(2026, 7, 2), date(2027, 1, 1)
    )


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12), st.lists(st.decimals("0.0001", "9999", places=4), min_size=1, max_size=60))
def test_no_cent_is_lost_or_made_when_a_sum_is_shared_out(total, weights):
    given_out = shares.largest_remainder(total, weights)

    assert sum(given_out) == total
    whole = sum(weights, Decimal(0))
    assert all(abs(Decimal(g) - Decimal(total) * w / whole) < 1 for g, w in zip(given_out, weights, strict=True))


def test_losses_come_first_then_the_reserve_then_the_members():
    plan = shares.plan(
        net_income_cents=1_000_000, carried_cents=-200_000, shares=[Decimal(1), Decimal(3)], least_permille=300
    )

    assert (plan.available_cents, plan.reserve_cents, plan.members_cents) == (800_000, 240_000, 560_000)
    assert plan.amounts == (140_000, 420_000)


@pytest.mark.parametrize(
    "change",
    [
        {"net_income_cents": 100, "carried_cents": -100},
        {"reserve_permille": 299},
        {"members_cents": 700_001},
        {"shares": []},
    ],
)
def test_a_plan_that_takes_what_is_not_there_is_refused(change):
    terms = {"net_income_cents": 1_000_000, "carried_cents": 0, "shares": [Decimal(1)], "least_permille": 300}

    with pytest.raises(Invalid):
        shares.plan(**{**terms, **change})


def test_ten_days_in_the_open_are_ten_days():
    assert shares.shown_long_enough(date(2026, 3, 1), date(2026, 3, 11))
    assert not shares.shown_long_enough(date(2026, 3, 1), date(2026, 3, 10))
    assert not shares.shown_long_enough(None, date(2026, 3, 10))


def test_a_contract_says_what_its_file_lacks():
    facts = {"total_cents": 5_000_000, "deal_no": "", "decision_no": "", "published_on": None, "filed_on": None}

    lacking = contracts.gaps({**facts, "is_oral": False, "has_scan": False}, exchange_limit_cents=5_000_000)

    assert lacking == ["no_deal", "no_decision", "no_publication", "no_filing", "no_scan"]
    assert "no_deal" not in contracts.gaps(
        {**facts, "is_oral": True, "has_scan": False}, exchange_limit_cents=5_000_001
    )


def test_the_columns_of_the_ageing_table_and_the_days_before_an_end():
    day = date(2026, 6, 30)

    ages = [contracts.age_of(day - timedelta(days=n), day) for n in (0, 1, 15, 16, 60, 61, 180, 365, 366)]
    ends = [contracts.ends_within(day + timedelta(days=n), day) for n in (-1, 0, 30, 31, 60, 90, 91)]

    assert ages == [0, 1, 1, 2, 2, 3, 3, 4, 5]
    assert ends == [0, 30, 30, 60, 60, 90, None]


def test_money_is_laid_on_the_oldest_first():
    assert contracts.allocate([300, 200, 500], 450) == [300, 150, 0]
