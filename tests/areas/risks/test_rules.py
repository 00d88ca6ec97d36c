"""Grades, coverage, stages and dates, with literal values."""

from datetime import date

import pytest

from huilian.areas.power.risks import rules


@pytest.mark.parametrize(
    ("importance", "count", "expected"),
    [(3, 52, 1), (3, 12, 1), (3, 11, 2), (2, 52, 1), (2, 12, 2), (2, 11, 3), (1, 52, 2), (1, 51, 3), (1, 0, 3)],
)
def test_grade_of_importance_and_use(importance, count, expected):
    assert rules.grade(importance, rules.frequency(count, 52, 12), 6, 3) == expected


def test_no_stage_is_skipped_and_the_last_has_no_next():
    assert rules.next_stage(["a", "b"], "a") == "b" and rules.next_stage(["a", "b"], "b") is None


def test_months_end_on_the_last_day_of_a_shorter_month():
    assert rules.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert rules.months_later(date(2026, 6, 3), 6) == date(2026, 12, 3)
    assert rules.months_later(date(2026, 1, 1), -3) == date(2025, 10, 1)
    assert rules.quarter(2026, 4) == (date(2026, 10, 1), date(2027, 1, 1))


def test_coverage_and_missing_types():
    assert rules.missing_types(["post", "system"]) == ["procedure"]
    assert rules.coverage([("post", "before"), ("post", "before")])["post"] == {"before": 2, "during": 0, "after": 0}


def test_colour_lead_time_and_middle():
    assert [rules.colour(v, 5, 10, 20) for v in (4.9, 5, 10, 20)] == [0, 1, 2, 3]
    days = rules.lead_times(date(2026, 6, 1), date(2026, 6, 4), date(2026, 6, 9))
    assert days == {"to_notice": 3, "to_correction": 5, "in_all": 8}
    assert (rules.middle([]), rules.middle([1, 9, 2]), rules.middle([1, 2])) == (None, 2.0, 1.5)


def test_what_a_directory_changes_keeps_the_kind_of_the_risk():
    old = [{"number": "1", "kind": "duty", "grade": 1}, {"number": "2", "kind": "duty", "grade": 2}]
    new = [{"number": "2", "kind": "duty", "grade": 3}, {"number": "3", "kind": "system", "grade": 1}]
    found = rules.differences(old, new, ("grade",))
    assert [(row["number"], row["change"], row["kind"]) for row in found] == [
        ("1", "removed", "duty"), ("2", "changed", "duty"), ("3", "added", "system"),
    ]  # fmt: skip
    assert found[1]["fields"] == [("grade", 2, 3)]
