"""How a vote is judged: pure figures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.areas.power.decisions import rules
from huilian.areas.power.decisions.rules import Majority, Share

HALF, TWO_THIRDS = Share(1, 2, more=True), Share(2, 3)
REPS = Majority(TWO_THIRDS, HALF)  # 村民代表会议: two thirds come, more than half of those present
MEMBERS = Majority(TWO_THIRDS, TWO_THIRDS, of_all=True)  # 成员大会: two thirds of all
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("majority", "due", "present", "yes", "outcome"),
    [
        (REPS, 30, 20, 11, "passed"),
        (REPS, 30, 20, 10, "not_passed"),  # half is not more than half
        (REPS, 30, 19, 19, "no_quorum"),
        (MEMBERS, 30, 20, 20, "passed"),
        (MEMBERS, 30, 25, 19, "not_passed"),  # three quarters of those present, not two thirds of all
        (MEMBERS, 31, 21, 21, "passed"),
        (MEMBERS, 31, 20, 20, "no_quorum"),
        (REPS, 0, 0, 0, "no_quorum"),
        (Majority(HALF, HALF), 300, 150, 150, "no_quorum"),
        (Majority(HALF, HALF), 300, 151, 76, "passed"),
    ],
)
def test_the_same_hands_pass_with_one_majority_and_fail_with_the_other(majority, due, present, yes, outcome):
    assert rules.judge(majority, due=due, present=present, yes=yes).outcome == outcome


def test_a_verdict_says_how_many_it_takes():
    assert rules.judge(REPS, due=31, present=25, yes=0) == rules.Verdict("not_passed", 21, 13)
    assert rules.judge(MEMBERS, due=31, present=25, yes=0) == rules.Verdict("not_passed", 21, 21)


@given(st.integers(1, 9), st.integers(1, 9), st.booleans(), st.integers(1, 500), st.integers(0, 600))
def test_the_least_number_is_the_first_that_is_enough(num, den, more, whole, n):
    share = Share(min(num, den), max(num, den), more)

    assert share.met(n, whole) == (n >= share.least(whole))


@given(st.integers(1, 200), st.data())
def test_one_more_yes_never_turns_a_passed_vote_down(due, data):
    present = data.draw(st.integers(0, due))
    yes = data.draw(st.integers(0, max(present - 1, 0)))

    for majority in (REPS, MEMBERS):
        if rules.judge(majority, due=due, present=present, yes=yes).outcome == "passed":
            assert rules.judge(majority, due=due, present=present, yes=min(yes + 1, present)).outcome == "passed"


@pytest.mark.parametrize(
    ("figures", "fault"),
    [
        ((10, 11, 0, 0, 0), "present"),
        ((10, 8, 7, 1, 1), "votes"),
        ((10, 8, 7, -1, 0), "present"),
        ((10, 8, 7, 1, 0), ""),
    ],
)
def test_a_count_that_cannot_be_true_is_noticed(figures, fault):
    due, present, yes, no, abstain = figures

    assert rules.count_fault(due=due, present=present, yes=yes, no=no, abstain=abstain) == fault


def test_who_stands_on_a_roll_twice_is_named_and_unknown_people_are_not():
    assert rules.doubled(["a", "", "b", "a", "", "c"]) == ["a"]


def test_the_head_waits_until_all_others_have_spoken():
    assert rules.speaks_too_early(True, 1)
    assert not rules.speaks_too_early(True, 0) and not rules.speaks_too_early(False, 5)


def test_a_meeting_waits_for_its_gap_and_its_notice():
    first, noticed = date(2026, 6, 1), date(2026, 6, 2)

    assert rules.earliest(first, 5, noticed, 3) == first + 5 * DAY
    assert rules.earliest(first, 1, noticed, 3) == noticed + 3 * DAY
    assert rules.earliest(None, 9, noticed, 3) == noticed + 3 * DAY


def test_what_a_meeting_on_paper_broke_is_named():
    def broke(held, noticed=date(2026, 6, 1)):
        return rules.breaches(held=held, previous=date(2026, 6, 10), gap_days=2, noticed=noticed, notice_days=3)

    assert broke(date(2026, 6, 9)) == ["order"]
    assert broke(date(2026, 6, 11)) == ["gap"]
    assert broke(date(2026, 6, 12), noticed=None) == ["notice"]
    assert broke(date(2026, 6, 12)) == []


def test_ten_percent_more_is_within_ten_percent_and_a_cent_more_is_not():
    assert rules.within(1_100, 1_000, 10) and not rules.within(1_101, 1_000, 10)
