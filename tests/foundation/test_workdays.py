"""Working days, periods, office hours."""

from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.foundation.errors import Invalid
from huilian.foundation.holidays import announced_years, library_years, national
from huilian.foundation.now import CHINA
from huilian.foundation.workdays import (
    DEFAULT_HOURS,
    LocalDay,
    OpeningHours,
    WorkCalendar,
    add_months,
    add_open_time,
    open_time,
    period_end,
    statutory_days,
)

calendar = national()
days = st.dates(date(2007, 1, 1), date(2026, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-18", 3, "2026-09-22"),
        ("2026-09-28", 7, "2026-10-13"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-01-28", 15, "2026-02-25"),
        ("2025-12-31", 5, "2026-01-08"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2024-09-13", 2, "2024-09-18"),
    ],
)
def test_working_day_limits_skip_holidays_and_count_weekends_worked(start, n, due):
    assert calendar.add(d(start), n) == d(due)
    assert period_end("workday", d(start), n, calendar) == d(due)


def test_natural_days_and_months_do_not_end_on_a_rest_day():
    assert period_end("day", d("2026-09-26"), 7, calendar) == d("2026-10-08")
    assert period_end("month", d("2026-01-31"), 1, calendar) == d("2026-02-28")  # a Saturday that works


@pytest.mark.parametrize(("year", "working"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_the_announced_years_have_the_published_number_of_working_days(year, working):
    assert calendar.count(date(year - 1, 12, 31), date(year, 12, 31)) == working


def test_every_deadline_of_ten_years_equals_the_library():
    first, last = d("2016-01-01"), d("2026-03-31")
    every = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    working = [day for day in every if chinese_calendar.is_workday(day)]

    differences, following = 0, 0
    for day in every:
        if day > d("2025-12-01"):
            break
        while working[following] <= day:
            following += 1
        differences += sum(calendar.add(day, n) != working[following + n - 1] for n in range(1, 16))

    assert differences == 0


@settings(deadline=None)
@given(days, st.integers(0, 400))
def test_adding_and_counting_are_inverse(day, n):
    assert calendar.count(day, calendar.add(day, n)) == n


@settings(deadline=None)
@given(days, st.integers(1, 60))
def test_a_due_day_is_a_working_day_and_later(day, n):
    due = calendar.add(day, n)
    assert due > day and calendar.is_workday(due)
    assert calendar.add(due, -n) <= due - timedelta(days=n)


@settings(deadline=None)
@given(days, st.integers(1, 60))
def test_going_back_from_a_working_day_undoes_going_forward(day, n):
    day = calendar.next_workday(day)
    assert calendar.add(calendar.add(day, n), -n) == day


@settings(deadline=None)
@given(days)
def test_the_reason_agrees_with_the_answer(day):
    assert calendar.why(day).works == calendar.is_workday(day) == chinese_calendar.is_workday(day)


@settings(deadline=None)
@given(days, days)
def test_more_time_never_ends_earlier(one, other):
    early, late = sorted((one, other))
    for kind in ("workday", "day", "month"):
        assert period_end(kind, early, 5, calendar) <= period_end(kind, late, 5, calendar)


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2190, 12, 31)), st.integers(1, 40))
def test_years_far_away_are_tabled_when_first_asked_for(day, n):
    assert calendar.count(day, calendar.add(day, n)) == n


def test_reasons_name_the_holiday():
    assert calendar.why(d("2026-10-03"))[:3] == (False, "holiday", "national_day")
    assert calendar.why(d("2026-10-10"))[:2] == (True, "makeup")
    assert calendar.why(d("2026-10-11"))[:2] == (False, "weekend")
    assert calendar.why(d("2026-10-12"))[:2] == (True, "workday")


def test_a_year_without_notice_is_provisional_and_has_its_thirteen_days():
    assert len(statutory_days(2027)) == 13
    assert calendar.provisional(d("2027-01-08")) and not calendar.provisional(d("2026-12-31"))
    assert calendar.why(d("2027-02-06"))[1:] == ("holiday", "spring_festival", True)
    assert calendar.add(d("2026-12-31"), 1) == d("2027-01-04")


def test_the_statutory_days_computed_agree_with_the_announced_years():
    for year in announced_years().values():
        computed = {day for day in statutory_days(year.number) if year.number >= 2025}
        assert all(not calendar.is_workday(day) for day in computed)


def test_the_new_year_of_2023_rests_on_the_last_day_of_2022():
    assert calendar.why(d("2022-12-31"))[:3] == (False, "holiday", "new_year")
    assert sorted(library_years()) == list(range(2007, 2022))


def test_a_place_may_work_and_rest_otherwise():
    local = WorkCalendar(
        calendar.years, (LocalDay(d("2026-07-10"), False, "防汛应急"), LocalDay(d("2026-07-11"), True, "防汛补班"))
    )

    assert local.add(d("2026-07-09"), 1) == d("2026-07-11")
    assert local.why(d("2026-07-10")) == (False, "local_rest", "防汛应急", False)
    assert calendar.is_workday(d("2026-07-10"))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-15", 12, "2027-05-15"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start, n, end):
    assert add_months(d(start), n) == d(end)


@pytest.mark.parametrize("day", [date(1949, 12, 31), date(2201, 1, 1)])
def test_dates_beyond_reason_are_refused(day):
    with pytest.raises(Invalid, match=str(day.year)):
        calendar.add(day, 1)


def test_unknown_kinds_and_negative_lengths_are_refused():
    with pytest.raises(Invalid):
        period_end("week", d("2026-01-05"), 1, calendar)
    with pytest.raises(Invalid):
        period_end("day", d("2026-01-05"), -1, calendar)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-03T09:00", 2, "2026-03-03T11:00"),
        ("2026-03-03T11:00", 2, "2026-03-03T15:00"),  # over the midday rest
        ("2026-03-03T17:00", 4, "2026-03-04T12:00"),
        ("2026-02-13T17:30", 4, "2026-02-14T14:30"),  # the Saturday before Spring Festival works
        ("2026-02-14T17:00", 4, "2026-02-24T12:00"),
        ("2026-03-07T10:00", 1, "2026-03-09T09:30"),
    ],
)
def test_office_hours_count_only_while_the_office_is_open(start, hours, end):
    done = add_open_time(at(start), timedelta(hours=hours), calendar, DEFAULT_HOURS)

    assert done == at(end)
    assert open_time(at(start), done, calendar, DEFAULT_HOURS) == timedelta(hours=hours)


def test_summer_hours_follow_winter_hours():
    winter, summer = ((time(8), time(12)),), ((time(7), time(11)),)
    hours = OpeningHours(((date(2026, 1, 1), winter), (date(2026, 6, 1), summer)))

    assert hours.on(date(2025, 12, 1)) == winter and hours.on(date(2026, 6, 1)) == summer
