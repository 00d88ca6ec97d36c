"""Limits of talks and days of duties, by literal hours."""

from datetime import date, datetime, timedelta

import pytest

from huilian.areas.answer.office import rules

LIMITS = {
    "longest": 480, "rest_after": 120, "meal_after": 300, "look_every": 30, "night_from": 22 * 60, "night_to": 8 * 60,
    "warn_before": 15,
}  # fmt: skip
NINE = datetime(2026, 6, 3, 9, 0)


@pytest.mark.parametrize(
    ("hour", "minutes", "fault"),
    [(9, 180, ""), (9, 0, "order"), (9, 481, "longest"), (7, 60, "night"), (20, 121, "night"), (20, 120, ""),
     (8, 480, ""), (23, 30, "night"), (18, 300, "night")],
)  # fmt: skip
def test_a_talk_is_planned_within_its_limits(hour, minutes, fault):
    begins = NINE.replace(hour=hour)
    assert rules.fault_of(begins, begins + timedelta(minutes=minutes), LIMITS) == fault


def test_a_night_that_begins_at_midnight():
    early = {**LIMITS, "night_from": 0, "night_to": 360}
    assert rules.fault_of(NINE.replace(hour=20), NINE.replace(hour=23), early) == ""
    assert rules.fault_of(NINE.replace(hour=22), NINE + timedelta(hours=16), early) == "night"
    assert rules.in_night(NINE.replace(hour=5), early) and not rules.in_night(NINE.replace(hour=6), early)


def codes(at, *marks):
    when = [(kind, NINE + timedelta(minutes=m)) for kind, m in marks]
    return [(w.code, w.left) for w in rules.warnings(when, LIMITS, NINE + timedelta(minutes=at))]


def test_a_running_talk_warns_of_rest_meal_looks_length_and_night():
    assert codes(10) == [] and codes(10, ("start", 0), ("end", 5)) == []
    assert codes(110, ("start", 0), ("look", 100)) == [("rest_after", 10)]
    assert codes(125, ("start", 0), ("look", 120)) == [("rest_after", -5)]
    assert codes(125, ("start", 0), ("rest", 100), ("look", 120)) == []  # away
    assert codes(125, ("start", 0), ("rest", 100), ("resume", 115), ("look", 120)) == []
    assert codes(290, ("start", 0), ("rest", 200), ("resume", 220), ("look", 285)) == [("meal_after", 10)]
    assert codes(40, ("start", 0)) == [("look_every", -10)]
    assert codes(470, ("start", 0), ("meal", 300), ("look", 465)) == [("longest", 10)]
    assert codes(770, ("start", 700), ("look", 765)) == [("night", 10)]
    assert codes(790, ("start", 700), ("look", 785)) == [("night", -1)]


def test_periods_end_on_their_last_day():
    assert rules.period_of("month", date(2026, 2, 3)) == ("2026-02", date(2026, 2, 28))
    assert rules.period_of("quarter", date(2026, 5, 31)) == ("2026-Q2", date(2026, 6, 30))
    assert rules.period_of("year", date(2026, 5, 31)) == ("2026", date(2026, 12, 31))
    assert rules.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
