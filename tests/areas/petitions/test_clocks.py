"""Every clock of the law, with literal days around 春节 2026 (15–23 February off, 14 and 28 February worked)."""

from datetime import date, datetime

import pytest

from huilian.areas.hear.petitions import rules, services
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.workdays import WorkCalendar
from tests.stage import once

from .conftest import (
    ANSWER,
    NOTICE,
    accepted,
    answered,
    at,
    delivered,
    due,
    forwarded,
    refused,
    set_up,
    took,
    verbs,
)

told, stage, cast = once(set_up, at=datetime(2026, 1, 5, 9))


@pytest.fixture
def office(stage):
    """No moment of its own: every test stands where it wants."""
    return stage.world


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ((2026, 1, 30), date(2026, 2, 14)),  # a Saturday, but one that is worked
        ((2026, 2, 1), date(2026, 2, 24)),  # the 16th is within the holidays: the day after them
        ((2026, 2, 8), date(2026, 2, 24)),  # the 23rd is the last day off
        ((2026, 2, 9), date(2026, 2, 24)),  # the 24th itself
        ((2026, 2, 13), date(2026, 2, 28)),  # a Saturday that is worked
        ((2026, 2, 14), date(2026, 3, 2)),  # the 1st of March is a Sunday
    ],
)
def test_registered_and_passed_on_within_fifteen_natural_days(office, received, last):
    with at(*received):
        taken = took(office)

        assert due(taken.petition) == last


def test_accepted_or_not_within_fifteen_days_of_being_passed_on(office):
    with at(2026, 1, 20):
        petition = took(office).petition
    with at(2026, 2, 5):  # late, but the organ has its own fifteen days
        petition = services.forward(petition, unit=office.cast.housing, by=office.clerk)

    assert due(petition) == date(2026, 2, 24)  # the 20th is a day off


def test_answered_within_sixty_days_of_acceptance_not_of_receipt(office):
    with at(2025, 12, 8):
        petition = forwarded(office)
    with at(2025, 12, 19):
        petition = services.accept(petition, text=NOTICE, by=office.handler)

    assert due(petition) == date(2026, 2, 24)  # 17 February is 正月初一
    assert petition.case.round == 1


def test_at_most_thirty_more_days_approved_by_the_head_and_told(office):
    with at(2025, 12, 19):
        petition = accepted(office)
    with at(2026, 2, 10):
        with refused(Invalid, "30", petition):
            services.ask_more_time(petition, days=31, reason="需要补测", by=office.handler)
        services.ask_more_time(petition, days=30, reason="需要补测", by=office.handler)
        with refused(NotAllowed, "负责人"):
            services.decide_more_time(petition, approve=True, by=office.handler)
        services.decide_more_time(petition, approve=True, by=office.boss)
        with refused(NotAllowed, ""):
            services.tell_more_time(petition, by=office.clerk)
        services.tell_more_time(petition, by=office.handler)

        assert due(petition) == date(2026, 3, 19)
        assert verbs(petition.case)[-3:] == [
            "procedures.ask_extension", "procedures.grant_extension", "procedures.tell_extension",
        ]  # fmt: skip


def test_simple_handling_is_decided_on_in_three_and_answered_in_ten_working_days(office):
    with at(2026, 2, 13):
        petition = took(office).petition
        petition = services.forward(petition, unit=office.cast.housing, simple=True, by=office.clerk)
        assert due(petition) == date(2026, 2, 25)  # 14, 24, 25 February
        petition = services.accept(petition, text=NOTICE, by=office.handler)

        assert due(petition) == date(2026, 3, 5)  # 14, 24–28 February, 2–5 March
        with refused(Conflict, "", petition):
            services.ask_more_time(petition, days=5, reason="人手不够", by=office.handler)


def test_only_delivery_stops_the_clock_and_lateness_stays(office):
    with at(2025, 12, 19):
        petition = accepted(office)
    with at(2026, 2, 24):
        petition = services.answer(petition, ANSWER, by=office.handler)
        assert petition.case.clock.is_open
    with at(2026, 2, 25):
        petition = services.deliver(petition, way="post", proof="XA1234", by=office.handler)
        services.ask_review(petition, reason="没有说明原因")

        petition.refresh_from_db()
        assert petition.is_late and petition.case.clock.is_open


@pytest.mark.parametrize(
    ("handed_over", "last"),
    [((2026, 1, 14), date(2026, 2, 13)), ((2026, 1, 16), date(2026, 2, 24)), ((2026, 1, 30), date(2026, 3, 2))],
)
def test_a_review_can_be_asked_for_within_thirty_days_of_the_answer(office, handed_over, last):
    with at(*handed_over):
        petition = delivered(office)
        assert petition.ask_until == last
    with at(last.year, last.month, last.day + 1), refused(Conflict, "法院", petition):
        services.ask_review(petition, reason="不同意处理意见")
    with at(last.year, last.month, last.day, 23):
        services.ask_review(petition, reason="不同意处理意见")

    petition.case.refresh_from_db()
    assert petition.case.step == "review"


def test_review_and_final_review_take_thirty_days_each_and_hearings_are_not_counted(office):
    with at(2026, 1, 5):
        petition = delivered(office)
    with at(2026, 1, 20):
        services.ask_review(petition, reason="不同意处理意见")
        assert due(petition) == date(2026, 2, 24)  # 19 February is a day off
    with at(2026, 2, 3):
        review = services.decide_review(
            petition, organ="安澜县人民政府", result="upheld", text="原处理意见事实清楚，予以维持。", by=office.reviewer
        )
        assert review.ask_until == date(2026, 3, 5)
    with at(2026, 3, 5):
        services.ask_review(petition, reason="仍不同意")
        assert due(petition) == date(2026, 4, 7)  # 4–6 April is 清明
    with at(2026, 3, 10):
        services.begin_hearing(petition, by=office.reviewer)
    with at(2026, 3, 20):
        services.end_hearing(petition, by=office.reviewer)

        assert due(petition) == date(2026, 4, 14)  # ten days of the hearing are not counted


def test_after_the_final_review_the_same_facts_are_no_longer_accepted_and_what_is_left_is_said(office):
    from huilian.areas.hear.petitions.models import Ground

    final = Ground.objects.get(key="final")
    with at(2026, 3, 2):
        petition = delivered(office)
        for _stage in range(2):
            services.ask_review(petition, reason="不同意处理意见")
            services.decide_review(
                petition, organ="安澜县人民政府", result="upheld", text="原处理意见事实清楚，予以维持。",
                by=office.reviewer,
            )  # fmt: skip
        petition.case.refresh_from_db()
        assert (petition.case.state, petition.case.outcome) == ("closed", "final")

        again = took(office).petition
        with refused(Invalid, "复核", again):
            services.refuse(again, ground=final, text="同一事实和理由，不再受理。", by=office.clerk)
        again = services.link_repeat(again, petition, by=office.clerk)
        again = services.refuse(again, ground=final, text="同一事实和理由，不再受理。", by=office.clerk)

    assert again.case.state == "refused" and "法院" in again.ground.guidance


def test_visits_may_go_one_level_up_and_no_higher():
    assert not rules.skips(competent=5, visited=4)  # a village's matter at the township
    assert not rules.skips(competent=5, visited=3)  # one above the township, which is competent
    assert rules.skips(competent=5, visited=2)
    assert rules.skips(competent=4, visited=1)
    assert not rules.skips(competent=3, visited=2)


def test_the_last_day_to_ask_for_a_review_needs_no_calendar_of_the_county():
    assert rules.ask_until(date(2026, 6, 3), WorkCalendar({})) == date(2026, 7, 3)


def test_the_answer_is_signed_after_acceptance_only(office):
    with at(2026, 3, 2):
        petition = forwarded(office)
        with refused(Conflict, "", petition):
            services.answer(petition, ANSWER, by=office.handler)
        assert answered(office).answered_at
