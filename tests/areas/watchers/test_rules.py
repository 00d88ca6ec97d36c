"""Terms, quotas, months: literal values."""

from datetime import date

import pytest

from huilian.areas.hear.watchers import rules


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        (date(2026, 6, 3), 12, date(2027, 6, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2026, 1, 1), 60, date(2030, 12, 31)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(begin, months, end):
    assert rules.last_day(begin, months) == end


def test_two_unfit_years_in_a_row_are_out():
    assert rules.is_out({2025: "unfit", 2026: "unfit"})
    assert not rules.is_out({2024: "unfit", 2026: "unfit"})
    assert not rules.is_out({2025: "unfit", 2026: "fair"})


def test_a_quarterly_checkpoint_comes_in_the_last_month_of_a_quarter():
    assert [m for m in range(202601, 202613) if rules.is_due(m, 3)] == [202603, 202606, 202609, 202612]
    assert rules.is_due(202605, 1) and not rules.is_due(202605, 0)


@pytest.mark.parametrize(
    ("quotas", "wanted", "there", "given"),
    [
        ({"a": 100, "b": 100, "c": 50}, 10, {"a": 50, "b": 50, "c": 50}, {"a": 4, "b": 4, "c": 2}),
        ({"a": 100, "b": 100, "c": 50}, 10, {"a": 3, "b": 20, "c": 20}, {"a": 3, "b": 5, "c": 2}),
        ({"a": 1, "b": 1}, 5, {"a": 1, "b": 1}, {"a": 1, "b": 1}),
        ({"a": 1, "b": 0}, 2, {"a": 5, "b": 5}, {"a": 2, "b": 0}),
    ],
)
def test_strata_give_by_quota_and_never_more_than_are_there(quotas, wanted, there, given):
    assert rules.shares(quotas, wanted, there) == given


def test_a_share_of_nothing_is_no_share():
    assert rules.percent(0, 0) is None and rules.percent(2, 3) == 67


def test_the_worst_mark_is_counted_by_topic():
    assert rules.poor_topics([{"openness": 3}, {"openness": 1, "farmers": 3}]) == {"openness": 1, "farmers": 1}
