"""Words, money, dates and the clock in words."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from huilian.engine.look import levels, text
from huilian.foundation.now import CHINA, frozen

NOON = datetime(2026, 11, 20, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ({"zh": "热线", "en": "Hotline"}, "热线", "Hotline"),
        ({"zh": "热线"}, "热线", "热线"),
        ("青石镇", "青石镇", "青石镇"),
        (None, "", ""),
    ],
)
def test_bilingual_data_is_said_in_the_language_spoken_and_falls_back_to_chinese(value, zh, en):
    with override("zh-hans"):
        assert text.say(value) == zh
    with override("en"):
        assert text.say(value) == en


@pytest.mark.parametrize(
    ("value", "words"),
    [(123450, "1,234.50"), (Decimal("1234.5"), "1,234.50"), (-8000, "−80.00"), (0, "0.00"), (None, "")],
)
def test_whole_numbers_are_cents_and_decimals_are_yuan(value, words):
    assert text.money(value) == words


def test_a_day_shows_its_year_only_when_it_is_not_this_year():
    with frozen(NOON):
        assert (text.day(date(2026, 12, 1)), text.day(date(2027, 1, 4))) == ("12-01", "2027-01-04")


def test_a_moment_is_shown_in_china_time():
    with frozen(NOON):
        assert text.moment(datetime.fromisoformat("2026-11-19T23:30:00+00:00")) == "11-20 07:30"


@pytest.mark.parametrize(
    ("clock", "zh", "en"),
    [
        (levels.ClockFace("ok", 15, 3, 12), "剩 12 个工作日", "12 workdays left"),
        (levels.ClockFace("orange", 7, 6, 1), "剩 1 个工作日", "1 workday left"),
        (levels.ClockFace("orange", 7, 7, 0), "今日到期", "Due today"),
        (levels.ClockFace("red", 3, 3, -2), "超期 2 个工作日", "2 workdays overdue"),
        (levels.ClockFace("pause", 7, 2, 5), "暂停计时", "Clock paused"),
        (levels.ClockFace("done", 3, 2, 1, stopped=True), "按期办结", "Closed in time"),
        (levels.ClockFace("red", 3, 3, -4, stopped=True), "超期 4 个工作日办结", "Closed 4 workdays late"),
        (levels.ClockFace("ok", 4, 1, 3, unit="hour"), "剩 3 个工作小时", "3 working hours left"),
        (levels.ClockFace("ok", 60, 1, 59, unit="day"), "剩 59 天", "59 days left"),
    ],
)
def test_the_clock_in_words(clock, zh, en):
    with override("zh-hans"):
        assert clock.text == zh
    with override("en"):
        assert clock.text == en


@pytest.mark.parametrize(
    ("colour", "state", "level"),
    [
        (0, "running", "ok"),
        (3, "running", "red"),
        (2, "paused", "pause"),
        (0, "stopped", "done"),
        (3, "stopped", "red"),
    ],
)
def test_the_level_follows_from_the_stored_colour_and_state(colour, state, level):
    assert levels.level_of(colour, state) == level
