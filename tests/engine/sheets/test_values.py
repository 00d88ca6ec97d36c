"""What cells mean."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.engine.sheets import values
from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 11, 22),
        datetime(2026, 11, 22, 9, 30),
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "2026年11月22日",
        " 2026 年 11 月 22 日 ",
        "２０２６－１１－２２",
        "20261122",
        20261122,
        20261122.0,
        46348,
        46348.4,
        "2026-11-22 09:30:00",
        "2026-11-22T09:30:00.000",
        "2026年11月22日9时30分",
        "二〇二六年十一月二十二日",
    ],
    ids=str,
)
def test_a_day_in_the_habits_of_offices(cell):
    assert values.as_date(cell) == date(2026, 11, 22)


@pytest.mark.parametrize("cell", ["2026-02-30", "2026年11月", "11/22/2026", 12, -5, True, "2026-11-22上午", "26.1.2"])
def test_what_is_not_certainly_a_day_is_refused(cell):
    with pytest.raises(Invalid):
        values.as_date(cell)


def test_a_moment_is_in_china_time_and_not_a_second_early():
    assert values.as_datetime(46348 + 9.5 / 24) == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    assert values.as_datetime("2026-11-22 9:05") == datetime(2026, 11, 22, 9, 5, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (1234.5, "1234.50"),
        (0.1 + 0.2, "0.30"),
        (12, "12.00"),
        ("1,234.50", "1234.50"),
        ("￥1，234.5元", "1234.50"),
        ("1.2万元", "12000.00"),
        ("（12.00）", "-12.00"),
        ("-12", "-12.00"),
        ("壹佰", None),
        (1.234, None),
        ("1.2.3", None),
        ("", None),
        ("1e5", None),
    ],
)
def test_money_to_the_fen(cell, yuan):
    if yuan is None:
        with pytest.raises(Invalid):
            values.as_money(cell)
    else:
        assert values.as_money(cell) == Decimal(yuan)


def test_codes_keep_every_digit_or_are_refused():
    assert values.as_code("'11010519491231002x ") == "11010519491231002X"
    assert values.as_code(330281001005.0) == "330281001005"
    with pytest.raises(Invalid):
        values.as_code(110105194912310020.0)
    with pytest.raises(Invalid):
        values.as_code(datetime(2026, 1, 1))


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_every_code_that_excel_can_hold_comes_back_as_it_was(number):
    assert values.as_code(float(number)) == str(number)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=2))
def test_every_amount_survives_being_a_binary_number(amount):
    assert values.as_money(float(amount)) == amount


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_every_day_survives_in_all_its_forms(day):
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        (day - date(1899, 12, 30)).days,
    ]

    assert [values.as_date(form) for form in forms] == [day] * 4
