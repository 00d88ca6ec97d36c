"""The drawings: cells of the clock, places and lines of the flow chart."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.utils.translation import override

from huilian.engine.look import svg
from huilian.engine.look.guide import CLOCKS, _case
from huilian.engine.look.levels import ClockFace
from huilian.engine.look.svg.flow_layout import NODE_H, NODE_W, Plan, fit, width_of


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda c: f"{c.level}-{c.limit}")
def test_every_clock_is_well_formed_and_has_no_style(clock):
    for drawing in (svg.clock_bar(clock), svg.clock_ring(clock)):
        assert ET.fromstring(drawing).get("aria-hidden") == "true" and "style" not in drawing


def test_a_clock_has_a_cell_for_each_day_and_hollow_ones_past_the_end():
    drawing = svg.clock_bar(ClockFace("red", 7, 7, -2))

    assert (drawing.count("seg on"), drawing.count("seg over"), drawing.count("seg off")) == (7, 2, 0)


def test_today_is_half_filled_while_the_clock_runs():
    drawing = svg.clock_bar(ClockFace("yellow", 7, 5, 2))

    assert (drawing.count("seg on"), drawing.count("seg now"), drawing.count("seg off")) == (5, 1, 2)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("调查核实", ["调查核实"]), ("Answered at once", ["Answered at", "once"]), ("一二三四五六七八九", None)],
)
def test_words_are_broken_to_fit_and_never_wider_than_their_room(text, lines):
    got = fit(text, 96, 13, 2)

    assert all(width_of(line, 13) <= 96 for line in got) and len(got) <= 2
    assert lines is None or got == lines


def test_the_chart_says_in_words_what_it_shows_and_marks_the_current_step():
    with override("en"):
        drawing = svg.flow(_case()["chart"])
    tree = ET.fromstring(drawing)

    assert tree.get("role") == "img" and "Eleven steps" in drawing and drawing.count('class="halo"') == 1
    assert "style" not in drawing


def test_words_of_a_chart_are_escaped():
    chart = svg.Chart("<b>", "x & y", (svg.Lane("<i>"),), (svg.Node("a", "<script>", 0),), ())

    assert "<script>" not in svg.flow(chart) and "&lt;script&gt;" in svg.flow(chart)


def test_no_two_nodes_share_a_place_and_no_forward_line_runs_through_a_box():
    chart = _case()["chart"]
    plan = Plan(chart.nodes, chart.edges)
    boxes = {n.id: plan.spot(n.id) for n in chart.nodes}

    assert len(set(boxes.values())) == len(boxes)
    for edge in chart.edges:
        for x0, y0, x1, y1 in _straights(plan.route(edge)[0]):
            for name, (bx, by) in boxes.items():
                if name in (edge.source, edge.target):
                    continue
                crosses = x0 < bx + NODE_W and x1 > bx and y0 < by + NODE_H and y1 > by
                assert not crosses, f"{edge.source} → {edge.target} runs through {name}"


def _straights(path: str):
    """The straight pieces of a path as boxes (left, top, right, bottom)."""
    x = y = 0.0
    for command, rest in re.findall(r"([MHVq])([^MHVq]*)", path):
        n = [float(v) for v in re.findall(r"-?[\d.]+", rest)]
        before = (x, y)
        if command == "M":
            x, y = n
            continue
        if command == "H":
            x = n[0]
        elif command == "V":
            y = n[0]
        else:
            x, y = x + n[2], y + n[3]
        yield min(before[0], x), min(before[1], y), max(before[0], x), max(before[1], y)
