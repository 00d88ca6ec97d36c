"""The flow chart of a procedure with swim lanes: what it shows. `flow_layout` places and routes, this file draws."""

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .flow_layout import COL_W, LANE_H, LANE_X, NODE_H, NODE_W, TOP, Plan, fit, width_of
from .flow_upright import HEAD, LANE_W, Upright
from .shapes import BODY


@dataclass(frozen=True)
class Risk:
    """A risk point at a node: its number in the list below the chart, its level, and whether it has been raised."""

    no: int
    level: str
    hit: bool = False


@dataclass(frozen=True)
class Lane:
    """Who does it: one lane."""

    name: str
    sub: str = ""


@dataclass(frozen=True)
class Node:
    """A step. `state` is done, now, todo or skip; `kind` is start, step, gate or end; `lane` counts from 0.

    `col` places it by hand; without it the layout finds a column.
    """

    id: str
    name: str
    lane: int
    sub: str = ""
    state: str = "todo"
    kind: str = "step"
    risks: tuple[Risk, ...] = ()
    col: int | None = None


@dataclass(frozen=True)
class Edge:
    """A way from one node to another. `kind` is empty, dash (a side way), skip or back (returned for rework)."""

    source: str
    target: str
    kind: str = ""
    label: str = ""


@dataclass(frozen=True)
class Chart:
    """A whole chart. `summary` says in words what the picture shows, for those who cannot see it."""

    title: str
    summary: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    key: str = "flow"  # makes ids unique where a page has two charts
    risks: tuple = field(default=())  # for the list below: dicts no, name, level, hit, note
    upright: bool = False  # lanes side by side, steps from top to bottom: for many steps, and for paper


def flow(chart: Chart):
    """The chart as SVG."""
    if chart.upright:
        plan = Upright(chart)
        wide, high, lanes = plan.wide, plan.high, [_head(plan, i, lane) for i, lane in enumerate(chart.lanes)]
    else:
        plan = Plan(chart.nodes, chart.edges)
        wide, high = LANE_X + plan.columns * COL_W + 6, TOP + len(chart.lanes) * LANE_H + 6
        lanes = [_lane(i, lane, wide) for i, lane in enumerate(chart.lanes)]
    key = escape(chart.key)
    out = [
        f'<svg class="flow{" upright" if chart.upright else ""}" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}" role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(chart.title)}</title>'
        f'<desc id="{key}-d">{escape(chart.summary)}</desc><defs>{_arrow(key, "")}{_arrow(key, "done")}</defs>'
    ]
    out += lanes
    labels = []
    by_id = {n.id: n for n in chart.nodes}
    for edge in chart.edges:
        path, spot = plan.route(edge)
        a, b = by_id[edge.source], by_id[edge.target]
        done = a.state == "done" and b.state in ("done", "now") and edge.kind not in ("dash", "back")
        mark = "done" if done else ""
        out.append(f'<path class="edge {edge.kind} {mark}" d="{path}" marker-end="url(#{key}-a{mark})"/>')
        if edge.label:
            labels.append(_label(edge.label, *spot))
    out += labels
    out += [_node(node, *plan.spot(node.id)) for node in chart.nodes]
    return mark_safe("".join(out) + "</svg>")


def _arrow(key: str, mark: str) -> str:
    return (
        f'<marker id="{key}-a{mark}" viewBox="0 0 8 8" refX="6.4" refY="4" markerUnits="userSpaceOnUse" '
        f'markerWidth="9" markerHeight="9" orient="auto"><path class="ah {mark}" d="M0 .6 7 4 0 7.4Z"/></marker>'
    )


def _lane(i: int, lane: Lane, wide: int) -> str:
    y, middle = TOP + i * LANE_H, (LANE_X - 8) / 2 + 1
    lines = [("", t) for t in fit(lane.name, LANE_X - 20, 14, 2)]
    lines += [(" sub", t) for t in fit(lane.sub, LANE_X - 20, 12, 2)] if lane.sub else []
    start = y + LANE_H / 2 - (len(lines) - 1) * 9 + 5
    words = "".join(
        f'<text class="lane-t{cls}" x="{middle}" y="{start + k * 18}">{escape(t)}</text>'
        for k, (cls, t) in enumerate(lines)
    )
    return (
        f'<rect class="lane l{i % 2}" x="1" y="{y}" width="{wide - 2}" height="{LANE_H}"/>'
        f'<rect class="lane-h" x="1" y="{y}" width="{LANE_X - 8}" height="{LANE_H}"/>{words}'
    )


def _head(plan: Upright, i: int, lane: Lane) -> str:
    """A lane that runs from top to bottom under its name."""
    x, middle = plan.left + i * LANE_W, plan.left + (i + 0.5) * LANE_W
    lines = [("", t) for t in fit(lane.name, LANE_W - 12, 14, 1)]
    lines += [(" sub", t) for t in fit(lane.sub, LANE_W - 12, 12, 1)] if lane.sub else []
    start = HEAD / 2 + 6 - (len(lines) - 1) * 9
    words = "".join(
        f'<text class="lane-t{cls}" x="{middle}" y="{start + k * 18}">{escape(t)}</text>'
        for k, (cls, t) in enumerate(lines)
    )
    return (
        f'<rect class="lane l{i % 2}" x="{x}" y="1" width="{LANE_W}" height="{plan.high - 2}"/>'
        f'<rect class="lane-h" x="{x}" y="1" width="{LANE_W}" height="{HEAD}"/>{words}'
    )


def _label(text: str, x: float, y: float) -> str:
    w = width_of(text, 12) + 10
    return (
        f'<rect class="elab-bg" x="{x - w / 2:.1f}" y="{y - 9:.1f}" width="{w:.1f}" height="18" rx="4"/>'
        f'<text class="elab" x="{x:.1f}" y="{y + 4:.1f}">{escape(text)}</text>'
    )


def _node(node: Node, x: float, y: float) -> str:
    out = [f'<g class="node {node.state} {node.kind}"><title>{escape(f"{node.name} {node.sub}".strip())}</title>']
    if node.state == "now":
        out.append(f'<rect class="halo" x="{x - 5}" y="{y - 5}" width="{NODE_W + 10}" height="{NODE_H + 10}" rx="13"/>')
    if node.kind == "gate":
        q, middle = 12, y + NODE_H / 2
        out.append(
            f'<path class="box" d="M{x + q} {y}H{x + NODE_W - q}L{x + NODE_W} {middle}L{x + NODE_W - q} {y + NODE_H}'
            f'H{x + q}L{x} {middle}Z"/>'
        )
    else:
        rx = NODE_H / 2 if node.kind in ("start", "end") else 9
        out.append(f'<rect class="box" x="{x}" y="{y}" width="{NODE_W}" height="{NODE_H}" rx="{rx}"/>')
    out.append(_words(node, x + NODE_W / 2, y))
    if node.state == "done":
        out.append(
            f'<g transform="translate({x - 7} {y - 7})"><circle class="tick-c" cx="9" cy="9" r="9"/>'
            '<path class="tick" d="m5 9.3 2.7 2.7L13 6.6"/></g>'
        )
    if node.state == "now":
        words = _("Now")
        w = width_of(words, 12) + 12
        out.append(
            f'<g transform="translate({x - 2} {y - 20})"><rect class="flag" width="{w:.0f}" height="20" rx="4"/>'
            f'<text class="flag-t" x="{w / 2:.0f}" y="14.5">{escape(words)}</text></g>'
        )
    for k, risk in enumerate(node.risks):
        hit = "hit" if risk.hit else ""
        low = 15 if risk.level == "yellow" else 13.8  # a triangle's middle lies lower
        out.append(
            f'<g class="risk lv-{risk.level} {hit}" transform="translate({x + NODE_W - 14 - k * 27} {y - 17}) '
            f'scale(1.2)"><path class="s-body" d="{BODY[risk.level]}"/>'
            f'<text class="r-n" x="10" y="{low}">{risk.no}</text></g>'
        )
    return "".join(out) + "</g>"


def _words(node: Node, middle: float, y: float) -> str:
    """Name and sub-line; a long name takes both lines and leaves out the sub-line."""
    room = NODE_W - (30 if node.kind == "gate" else 12)
    name = fit(node.name, room, 15, 1) if width_of(node.name, 15) <= room else fit(node.name, room, 13, 2)
    small = " small" if len(name) > 1 or width_of(node.name, 15) > room else ""
    if len(name) == 1 and node.sub:
        sub = fit(node.sub, room, 12, 1)[0]
        return (
            f'<text class="n-t{small}" x="{middle}" y="{y + 22}">{escape(name[0])}</text>'
            f'<text class="n-s" x="{middle}" y="{y + 40}">{escape(sub)}</text>'
        )
    start = y + NODE_H / 2 + 5 - (len(name) - 1) * 8.5
    return "".join(
        f'<text class="n-t{small}" x="{middle}" y="{start + k * 17}">{escape(t)}</text>' for k, t in enumerate(name)
    )
