import json
import re

import pytest

from huilian.engine.mining import drawing, maps, reading
from huilian.engine.mining.days import Days
from huilian.engine.mining.discovery import END, START, Wait, as_data, discover, from_data
from huilian.engine.mining.judging import judge
from huilian.engine.mining.prescription import prescribe

from .logs import days
from .logs import xes as written
from .test_judging import BODY

LOG = (
    days("A", ("create", "2026-01-01"), ("send", "2026-01-05"), ("tell", "2026-01-06")),
    days("B", ("create", "2026-01-01"), ("send", "2026-01-08"), ("tell", "2026-01-09")),
    days("C", ("create", "2026-01-01"), ("send", "2026-02-01"), ("look", "2026-02-02"), ("tell", "2026-02-02")),
    days("D", ("create", "2026-01-01"), ("tell", "2026-01-02")),
)


@pytest.fixture
def log():
    return reading.read(written(*LOG))


@pytest.fixture
def found(log):
    return discover(log, Days(log.day.min(), log.day.max()))


def test_ways_are_counted_with_their_waits_in_days_and_working_days(found):
    ways = {(way.source, way.target): way for way in found.ways}

    sent = ways["create", "send"]
    assert (sent.count, sent.cases) == (3, 3)
    assert sent.days == Wait(median=7, p90=31, total=42)
    assert sent.workdays == Wait(median=5, p90=21, total=28)
    assert (ways[START, "create"].count, ways["tell", END].count) == (4, 4)
    assert found.activities == {"create": (4, 4), "tell": (4, 4), "send": (3, 3), "look": (1, 1)}


def test_variants_stand_in_order_of_their_cases(found):
    assert (found.variants[0].activities, found.variants[0].cases) == (("create", "send", "tell"), 2)
    assert sum(variant.cases for variant in found.variants) == 4 and len(found.variants) == 3


def test_a_filtered_map_still_shows_every_activity_with_a_way_in_and_out(found):
    kept = found.most(0.3)

    assert len(kept) < len(found.ways)
    assert {way.target for way in kept} == {*found.activities, END}
    assert {way.source for way in kept} == {*found.activities, START}


def test_a_bottleneck_is_where_the_most_days_are_waited(found):
    assert [(way.source, way.target) for way in found.bottlenecks()] == [("create", "send")]


def test_both_maps_mark_deviations_by_shape_and_words_and_the_table_says_the_same(log, found):
    prescription = prescribe(BODY)
    judgment = judge(log, prescription)

    listed = {(row.way.source, row.way.target): row for row in maps.rows(found, prescription, judgment.off)}
    left, right = maps.prescribed(found, prescription), maps.discovered(found, prescription, judgment.off)
    shown = str(drawing.svg(right))

    assert listed["create", "tell"].off == 1 and listed["send", "look"].off == 1 and listed["send", "tell"].off == 0
    assert listed["create", "send"].bottleneck and not listed["send", "tell"].bottleneck
    assert "off the procedure" in shown and "Bottleneck" in shown and 'class="risk lv-red"' in shown
    assert 'class="node outside"' in shown and ">look<" in shown
    assert "not in the log" in str(drawing.svg(left))
    assert {b.id: (b.row, b.lane) for b in left.boxes}.items() >= {
        b.id: (b.row, b.lane) for b in right.boxes if b.kind != "outside"
    }.items()
    for picture in (left, right):
        drawn = str(drawing.svg(picture))
        assert 'role="img"' in drawn and picture.summary in drawn and "style=" not in drawn
        assert not re.search(r"nan|inf\b", drawn)


def test_a_map_survives_being_kept_as_data(found):
    assert from_data(json.loads(json.dumps(as_data(found)))) == found


def test_names_from_a_log_are_escaped(found):
    log = reading.read(written(days("X", ("create", "2026-01-01"), ("&lt;script&gt;", "2026-01-02"))))
    prescription = prescribe(BODY)

    shown = discover(log, Days(log.day.min(), log.day.max()))
    drawn = str(drawing.svg(maps.discovered(shown, prescription, judge(log, prescription).off)))

    assert "<script" not in drawn and "&lt;script&gt;" in drawn
