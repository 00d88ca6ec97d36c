"""Tiles: what is declared, what a rate says, how a trend is drawn."""

from datetime import date, datetime

import pytest

from huilian.engine.tiles import drawing, values
from huilian.engine.tiles.period import last_days, month_of
from huilian.engine.tiles.registry import SHAPES, Asked, declared
from huilian.foundation.now import frozen


def test_every_tile_has_words_and_a_part_that_draws_it():
    from django.template.loader import get_template

    for tile in declared().values():
        assert str(tile.title) and tile.shape in SHAPES
        get_template(tile.template)


def test_nothing_counted_is_no_rate():
    assert str(values.Rate(0, 0)) == "—"


@pytest.mark.parametrize("part,whole,words", [(1, 1, "100%"), (9999, 10000, "99.9%"), (1, 3, "33.3%"), (0, 7, "0.0%")])
def test_a_rate_is_hundred_only_where_it_is_all(part, whole, words):
    assert str(values.Rate(part, whole)) == words


def test_from_nothing_there_is_no_change_in_per_cent():
    assert (str(values.Change(5, 0)), str(values.Change(8, 10)), str(values.Change(11, 10))) == (
        "—",
        "−20.0%",
        "+10.0%",
    )


def test_the_year_before_february_and_the_month_before_january():
    assert (month_of("2026-02").year_ago.key, month_of("2026-01").before.key) == ("2025-02", "2025-12")


def test_a_month_that_runs_is_looked_at_now_and_one_that_is_over_at_its_end():
    with frozen(datetime(2026, 11, 20, 9)) as moment:
        assert month_of("2026-11").as_of == moment
        assert f"{month_of('2026-10').as_of:%m-%d %H:%M}" == "11-01 00:00"
        assert (last_days(30).until - last_days(30).since).days == 30


def test_the_fullest_place_is_hottest_and_an_empty_one_coldest():
    assert values.heat_of([0, 50, 100]) == [1, 3, 5]
    assert values.heat_of([0, 0]) == [1, 1]


def test_a_query_shared_by_tiles_is_asked_once():
    asked, calls = Asked("user", last_days(1), {}), []

    def count(user):
        calls.append(user)
        return len(calls)

    assert (asked.once(count), asked.once(count), calls) == (1, 1, ["user"])


def test_a_trend_draws_both_lines_and_whole_steps():
    svg = drawing.trend(values.Trend([date(2026, 11, d) for d in (1, 2, 3)], [("a", [0, 7, 3]), ("b", [1, 1, 1])]))

    assert svg.count('class="t-line') == 2 and ">8</text>" in svg
    assert drawing.scale(7) == (2, 8) and drawing.scale(0) == (1, 1)
