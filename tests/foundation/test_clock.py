"""The clock as a function of its events."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.foundation import clock as law
from huilian.foundation.clock import Event, Ladder, explain, read, recompute
from huilian.foundation.errors import Invalid
from huilian.foundation.holidays import national
from huilian.foundation.now import CHINA

calendar = national()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def state(unit, length, start, *more):
    return recompute([Event("start", at(start), length), *more], unit, calendar)


def test_seven_working_days_over_the_national_holiday():
    s = state("workday", 7, "2026-09-28 10:00")

    assert str(s.due_on) == "2026-10-13" and not s.provisional
    assert s.due_at == at("2026-10-13 23:59:59.999999")
    assert s.colour(at("2026-10-13 23:59")) == law.ORANGE and s.colour(at("2026-10-14 00:00")) == law.RED


@pytest.mark.parametrize(
    ("limit", "now", "level", "left"),
    [
        (3, "2026-03-02 09:00", "ok", 3),
        (3, "2026-03-04 09:00", "yellow", 1),
        (3, "2026-03-05 09:00", "orange", 0),
        (3, "2026-03-06 09:00", "red", 0),
        (7, "2026-03-06 09:00", "ok", 3),
        (7, "2026-03-09 09:00", "yellow", 2),
        (7, "2026-03-10 09:00", "orange", 1),
        (7, "2026-03-11 09:00", "orange", 0),
        (15, "2026-03-16 09:00", "yellow", 5),
        (1, "2026-03-02 09:00", "yellow", 1),
    ],
)
def test_the_default_ladder_turns_yellow_orange_and_red(limit, now, level, left):
    got = read(state("workday", limit, "2026-03-02 08:00"), at(now), calendar)

    assert (got.level, got.left) == (level, left)


def test_a_ladder_is_data():
    strict = Ladder(yellow_share=1, orange_long=2, long_over=1)
    s = recompute([Event("start", at("2026-03-02 08:00"), 5)], "workday", calendar, strict)

    assert s.yellow_at == s.started_at and s.orange_at == at("2026-03-05 00:00")


def test_a_pause_takes_out_the_days_after_it_up_to_the_day_of_resumption():
    pause, resume = Event("pause", at("2026-03-04 10:00"), reason="hearing"), Event("resume", at("2026-03-10 10:00"))
    s = state("workday", 5, "2026-03-02 09:00", pause, resume)

    assert str(s.due_on) == "2026-03-13"  # 3rd and 4th, then 11th, 12th, 13th
    lines = {str(line.day): line for line in explain(s, at("2026-03-11 09:00"), calendar)}
    assert lines["2026-03-04"].ordinal == 2
    assert lines["2026-03-05"][1:5] == (False, None, "pause", "hearing")
    assert lines["2026-03-10"].code == "pause" and lines["2026-03-11"].ordinal == 3


def test_a_pause_ended_on_its_own_day_takes_nothing():
    pause, resume = Event("pause", at("2026-03-04 10:00")), Event("resume", at("2026-03-04 16:00"))

    assert (
        state("workday", 5, "2026-03-02 09:00", pause, resume).due_on == state("workday", 5, "2026-03-02 09:00").due_on
    )


def test_a_paused_clock_does_not_run_and_turns_no_colour():
    s = state("workday", 3, "2026-03-02 09:00", Event("pause", at("2026-03-03 10:00"), reason="testing"))

    assert s.red_at is None and s.colour(at("2027-01-04 00:00")) == law.OK
    got = read(s, at("2026-06-01 09:00"), calendar)
    assert (got.level, got.used, got.left) == ("pause", 1, 2)


def test_an_extension_is_given_once():
    once = Event("extend", at("2026-03-04 10:00"), 5, "复杂")

    s = state("workday", 5, "2026-03-02 09:00", once)
    assert (s.limit, s.extension, str(s.due_on)) == (10, 5, "2026-03-16")
    with pytest.raises(Invalid):
        state("workday", 5, "2026-03-02 09:00", once, once._replace(at=at("2026-03-05 10:00")))


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event("pause", at("2026-03-02 09:00"))],
        [Event("start", at("2026-03-02 09:00"), 3), Event("resume", at("2026-03-03 09:00"))],
        [Event("start", at("2026-03-02 09:00"), 3), Event("start", at("2026-03-03 09:00"), 3)],
        [Event("start", at("2026-03-02 09:00"), 3), Event("stop", at("2026-03-03 09:00")),
         Event("pause", at("2026-03-04 09:00"))],
        [Event("start", at("2026-03-02 09:00"), -3)],
    ],
)  # fmt: skip
def test_events_that_make_no_sense_are_refused(events):
    with pytest.raises(Invalid):
        recompute(events, "workday", calendar)


def test_an_unknown_unit_is_refused():
    with pytest.raises(Invalid, match="week"):
        state("week", 1, "2026-03-02 09:00")


def test_an_answer_on_the_last_day_is_in_time_and_after_midnight_late():
    in_time = state("workday", 3, "2026-03-02 09:00", Event("stop", at("2026-03-05 23:59:59")))
    late = state("workday", 3, "2026-03-02 09:00", Event("stop", at("2026-03-09 00:00")))

    assert not in_time.late and in_time.colour(at("2026-04-01 00:00")) == law.OK
    assert late.late and late.colour(at("2026-04-01 00:00")) == law.RED
    assert read(late, at("2026-04-01 00:00"), calendar).over == 2


def test_a_reopened_clock_runs_as_if_it_had_never_stopped():
    stop, reopen = Event("stop", at("2026-03-04 09:00")), Event("reopen", at("2026-03-09 09:00"))

    s = state("workday", 3, "2026-03-02 09:00", stop, reopen)
    assert s.state == "running" and s.colour(at("2026-03-09 09:00")) == law.RED


def test_a_restart_is_a_new_period_with_its_own_extension():
    events = [
        Event("extend", at("2026-03-03 09:00"), 2),
        Event("stop", at("2026-03-04 09:00")),
        Event("restart", at("2026-03-09 09:00"), 3),
        Event("extend", at("2026-03-10 09:00"), 1),
    ]

    s = state("workday", 3, "2026-03-02 09:00", *events)
    assert (str(s.started_at.date()), str(s.due_on), s.limit) == ("2026-03-09", "2026-03-13", 4)


def test_natural_days_move_to_the_day_after_the_rest_and_say_so():
    s = state("day", 7, "2026-09-26 09:00")

    assert str(s.due_on) == "2026-10-08"
    codes = [line.code for line in explain(s, at("2026-09-27 09:00"), calendar)]
    assert codes == ["day_zero"] + ["natural_day"] * 7 + ["rest_shift"] * 5


def test_a_pause_within_the_rest_at_the_end_keeps_the_time_that_was_left():
    pause, resume = Event("pause", at("2026-10-03 09:00")), Event("resume", at("2026-11-02 09:00"))

    s = state("day", 7, "2026-09-26 09:00", pause, resume)  # would end on the 8th, five days after the pause began

    assert str(s.due_on) == "2026-11-09"  # the 7th is a Saturday


def test_hours_run_around_the_clock_and_stand_still_in_a_pause():
    pause, resume = Event("pause", at("2026-10-01 22:00")), Event("resume", at("2026-10-02 10:00"))
    s = state("hour", 24, "2026-10-01 20:00", pause, resume)

    assert s.due_at == at("2026-10-03 08:00") and s.red_at > s.due_at
    got = read(s, at("2026-10-02 12:00"), calendar)
    assert (got.level, got.used, got.left) == ("ok", 4 * 60, 20 * 60)


def test_four_office_hours_cross_the_weekend():
    s = state("workhour", 4, "2026-03-06 16:30")

    assert s.due_at == at("2026-03-09 11:30")
    minutes = {str(x.day): x.minutes for x in explain(s, at("2026-03-09 12:00"), calendar)}
    assert minutes == {"2026-03-06": 60, "2026-03-07": 0, "2026-03-08": 0, "2026-03-09": 210}


def test_a_limit_into_a_year_without_notice_is_provisional():
    assert state("workday", 7, "2026-12-28 09:00").provisional
    assert not state("workday", 3, "2026-12-28 09:00").provisional
    assert not state("hour", 240, "2026-12-28 09:00").provisional


moments = st.datetimes(datetime(2016, 1, 1), datetime(2026, 6, 30), timezones=st.just(CHINA))


@settings(deadline=None)
@given(moments, st.sampled_from(["workday", "day", "month"]), st.integers(0, 60), st.data())
def test_explain_reading_and_due_day_tell_one_story(start, unit, length, data):
    events = [Event("start", start, length if unit != "month" else length % 13)]
    here = start
    for _n in range(data.draw(st.integers(0, 3))):
        since = here + timedelta(days=data.draw(st.integers(0, 9)), hours=1)
        here = since + timedelta(days=data.draw(st.integers(0, 9)), hours=1)
        events += [Event("pause", since, reason="hearing"), Event("resume", here)]
    s = recompute(events, unit, calendar)
    lines = list(explain(s, s.due_at, calendar))

    assert lines[0].code == "day_zero" and lines[-1].day >= s.due_on
    counted = sum(line.counted for line in lines if line.day <= s.due_on)
    if unit == "workday":
        assert counted == s.limit
    elif s.limit:
        assert calendar.is_workday(s.due_on)
    got = read(s, s.due_at, calendar)
    assert got.left == 0 and got.over == 0 and got.level in ("orange", "ok", "yellow")
    assert s.yellow_at <= s.orange_at < s.red_at
    assert [s.colour(m) for m in (s.yellow_at, s.orange_at, s.red_at)][-1] == law.RED


@settings(deadline=None)
@given(moments, st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_a_pause_never_shortens_a_limit(start, length, before, during):
    plain = recompute([Event("start", start, length)], "workday", calendar)
    since = start + timedelta(days=before)
    pause = [Event("pause", since), Event("resume", since + timedelta(days=during))]
    if since <= plain.due_at:
        paused = recompute([Event("start", start, length), *pause], "workday", calendar)

        assert paused.due_on >= plain.due_on
        assert (
            calendar.count(plain.due_on, paused.due_on)
            == calendar.count(since.date(), (since + timedelta(days=during)).date())
            or since.date() >= plain.due_on
        )
