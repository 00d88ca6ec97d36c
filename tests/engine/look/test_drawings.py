"""The drawings: cells of the clock, places and lines of the flow chart."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.utils.translation import override

from huilian.engine.look import svg
from huilian.engine.look.guide import CLOCKS, _case
from huilian.engine.look.levels import ClockFace
from huilian.engine.look.svg.flow_layout import NODE_H, NODE_W, Plan, fit, width_of
from huilian.engine.look.svg.flow_upright import Upright


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


def _long() -> svg.Chart:
    """Twenty-four steps in five lanes, with ways that skip rows and ways that lead back."""
    nodes = tuple(svg.Node(f"n{i}", f"第{i}环节集体研究决定", (i * 3) % 5) for i in range(24))
    edges = [svg.Edge(f"n{i}", f"n{i + 1}") for i in range(23)]
    edges += [svg.Edge(f"n{a}", f"n{b}", "dash", "情况紧急") for a, b in ((1, 9), (3, 5), (9, 23), (19, 22))]
    edges += [svg.Edge(f"n{a}", f"n{b}", "back", "退回补正") for a, b in ((5, 0), (8, 6), (20, 2))]
    return svg.Chart("长", "长", tuple(svg.Lane(f"岗位{i}") for i in range(5)), nodes, tuple(edges), upright=True)


def test_an_upright_chart_of_many_steps_has_no_line_through_a_box_and_nothing_outside_its_frame():
    chart = _long()
    plan = Upright(chart)
    boxes = {n.id: plan.spot(n.id) for n in chart.nodes}

    for edge in chart.edges:
        path, (lx, _ly) = plan.route(edge)
        half = (width_of(edge.label, 12) + 10) / 2 if edge.label else 0
        assert lx - half >= 0 and lx + half <= plan.wide, edge
        for x0, y0, x1, y1 in _straights(path):
            assert x0 >= 0 and x1 <= plan.wide and y0 >= 0 and y1 <= plan.high, edge
            for name, (bx, by) in boxes.items():
                if name in (edge.source, edge.target):
                    continue
                crosses = x0 < bx + NODE_W and x1 > bx and y0 < by + NODE_H and y1 > by
                assert not crosses, f"{edge.source} → {edge.target} runs through {name}"


def test_an_upright_chart_grows_downwards_only_and_its_ways_keep_apart():
    chart = _long()
    plan = Upright(chart)
    tracks = [
        (back, track, sorted((plan.row[a], plan.row[b])))
        for back, found in plan.tracks.items()
        for (a, b), track in found.items()
    ]

    assert plan.wide < 960
    for i, (back, track, (first, last)) in enumerate(tracks):
        for other_back, other, (a, b) in tracks[i + 1 :]:
            assert (back, track) != (other_back, other) or last < a or first > b
    assert ET.fromstring(svg.flow(chart)).get("class") == "flow upright"
