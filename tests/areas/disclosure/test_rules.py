"""Periods, days due, colours, what may not be published, and villages alike: literal values."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.areas.serve.disclosure import rules
from huilian.foundation.errors import Invalid
from huilian.foundation.holidays import national
from huilian.foundation.masking import found_in, mask_given

COLUMNS = [
    {"key": "name", "zh": "姓名", "en": "Name", "kind": "name"},
    {"key": "what", "zh": "项目", "en": "Item", "kind": "text"},
    {"key": "phone", "zh": "电话", "en": "Telephone", "kind": "phone"},
    {"key": "paper", "zh": "合同号", "en": "Contract", "kind": "code"},
    {"key": "amount", "zh": "金额", "en": "Amount", "kind": "money"},
]


@pytest.mark.parametrize(
    "cycle,day,key,first,last",
    [
        ("month", date(2026, 2, 14), "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("quarter", date(2026, 12, 31), "2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half", date(2026, 7, 1), "2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", date(2024, 2, 29), "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_day_lies_in_its_period(cycle, day, key, first, last):
    assert rules.period_of(cycle, day) == (key, first, last)
    assert rules.read_period(cycle, key) == (key, first, last)


@pytest.mark.parametrize("cycle,key", [("month", "2026-13"), ("month", "2026Q1"), ("half", "2026H3"), ("year", "x")])
def test_a_period_of_another_kind_is_refused(cycle, key):
    with pytest.raises(Invalid):
        rules.read_period(cycle, key)


def test_a_monthly_duty_is_due_on_the_tenth_and_a_rest_day_moves_it():
    november = rules.due_on(date(2026, 10, 31), 10, "day", national())
    october = rules.due_on(date(2026, 9, 30), 10, "day", national())  # 10 October 2026 is a Saturday that is worked

    assert (november, october) == (date(2026, 11, 10), date(2026, 10, 10))
    assert rules.due_on(date(2026, 12, 31), 10, "day", national()) == date(2027, 1, 11)  # the 10th is a Sunday


def test_what_must_be_read_first_is_due_before_the_event():
    assert rules.due_on(date(2026, 11, 20), 7, "day", national(), before=True) == date(2026, 11, 13)
    assert rules.due_on(date(2026, 11, 20), 5, "workday", national(), before=True) == date(2026, 11, 13)


def test_periods_open_after_their_end_and_plans_at_their_start():
    months = rules.opened("month", "end", date(2026, 9, 15), date(2026, 11, 3))
    plans = rules.opened("year", "start", date(2026, 1, 1), date(2026, 11, 3))

    assert [p.key for p in months] == ["2026-09", "2026-10"]
    assert [p.key for p in plans] == ["2026"]


@pytest.mark.parametrize(
    "today,level",
    [
        (date(2026, 11, 6), "ok"),
        (date(2026, 11, 7), "yellow"),
        (date(2026, 11, 10), "orange"),
        (date(2026, 11, 11), "red"),
    ],
)
def test_the_colour_follows_the_days_left(today, level):
    assert rules.level(date(2026, 11, 10), None, today) == level
    assert rules.level(date(2026, 11, 10), date(2026, 11, 12), today) == "done"


def test_numbers_of_persons_are_found_where_they_stand_and_office_telephones_may_stay():
    rows = [
        ["张建军", "低保", "0632-5551234", "HT-2026-0001", 100],
        ["李敏", "卡号6222021234567890123", "13812345678", "91370000123456789X", 100],
        ["王五", "证件11010519491231002X", "", "6222021234567890123", 100],
    ]

    found = rules.leaks(COLUMNS, rows, "电话13812345678")

    assert found == [(0, 0, "phone"), (2, 1, "account"), (3, 1, "identity")]


def test_names_of_persons_keep_the_family_name_only():
    assert [mask_given(n) for n in ("张三", "张建军", "欧阳建国", "欧阳", "Li Ming", "")] == [
        "张**", "张**", "欧阳**", "欧**", "L* M***", "",
    ]  # fmt: skip
    assert rules.freeze(COLUMNS, [["张建军", "低保", "", "", 1]]) == [["张**", "低保", "", "", 1]]


@pytest.mark.parametrize(
    "row", [["张三", "x", "", "", 1.5], ["张三", "x", "", ""], ["张三", 3, "", "", 1], ["张三", "x", "", "", True]]
)
def test_a_table_that_does_not_hold_what_it_says_is_refused_with_its_row(row):
    with pytest.raises(Invalid) as refused:
        rules.check_table(COLUMNS, [["李四", "x", "", "", 1], row])

    assert refused.value.row == 2


@settings(deadline=None)  # a busy machine is no fault of the numbers
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=60))
def test_quartiles_lie_in_order_between_the_ends(values):
    low, median, high = rules.quartiles(values)

    assert min(values) <= low <= median <= high <= max(values)


def test_quartiles_and_money_a_head_by_hand():
    assert rules.quartiles([10, 20, 30, 40, 50]) == (20, 30, 40)
    assert rules.quartiles([10, 20]) == (13, 15, 18)
    assert (rules.per_head(100, 3), rules.per_head(200, 3), rules.per_head(5, 0)) == (33, 67, 0)
    assert [rules.band_of(n) for n in (0, 999, 1000, 3999, 4000)] == [0, 0, 1, 2, 3]


def test_the_digest_follows_every_character():
    body = {"rows": [["2026-10-16", "机耕路", 4_800_000]], "title": "十月"}

    assert rules.body_digest(body) == rules.body_digest(
        {"title": "十月", "rows": [["2026-10-16", "机耕路", 4_800_000]]}
    )
    assert rules.body_digest(body) != rules.body_digest({**body, "title": "十月 "})


def test_plain_text_hides_no_number():
    assert found_in("共 1,234,567.00 元，2026-10-16，合同 2026-001") == []
    assert found_in("电话 138 1234 5678") == ["phone"]
