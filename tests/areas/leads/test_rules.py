"""Weights, grades, hidden counts, links, months."""

from datetime import date

import pytest

from huilian.areas.answer.leads import rules


def test_weights_make_a_hundred_and_grades_begin_where_they_say():
    assert sum(rules.WEIGHTS.values()) == 100
    assert [rules.grade(n) for n in (100, 80, 79, 60, 59, 40, 39, 0)] == list("AABBCCDD")
    with pytest.raises(ValueError, match="power"):
        rules.total({**dict.fromkeys(rules.WEIGHTS, 0), "power": 11})


def test_a_hidden_count_cannot_be_got_from_the_sum():
    assert rules.suppressed({"a": 9, "b": 2, "c": 5, "d": 0}) == {"a": 9, "b": None, "c": None, "d": 0}
    assert rules.suppressed({"a": 1, "b": 2, "c": 5}) == {"a": None, "b": None, "c": 5}
    assert rules.suppressed({"a": 3, "b": 7}) == {"a": 3, "b": 7}


def test_links_go_over_marks_at_most_three_steps():
    marks = {"1": ["p"], "2": ["p", "q"], "3": ["q", "r"], "4": ["r", "s"], "5": ["s"], "6": ["t"]}
    assert rules.linked("1", marks) == {"2": 1, "3": 2, "4": 3}


def test_a_month_later_is_the_same_day_or_the_last():
    assert rules.months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert rules.months_later(date(2026, 6, 3), 18) == date(2027, 12, 3)
