"""Draws boxes on a grid and curved lines between them as SVG. Geometry only; the page's styles give the colours."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe

from huilian.engine.look.svg.flow_layout import fit, width_of
from huilian.engine.look.svg.shapes import BODY, GLYPH

LANE, ROW, WIDE, HIGH, EDGE = 200, 120, 132, 50, 46
SIGN = {"off": "red", "slow": "yellow"}  # an octagon says: not prescribed; a triangle: here cases wait
LABEL_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)  # along a line


@dataclass(frozen=True)
class Box:
    """A step. `kind`: "", end (a start or an end) or outside (unknown to the procedure); `mark` warns in words."""

    id: str
    name: str
    sub: str
    row: int
    lane: int
    kind: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """A way. `kind`: "", off (not prescribed), slow (a bottleneck) or unseen; `words` stand on it, line by line.

    `width` is 1 to 6: how often it was gone.
    """

    source: str
    target: str
    words: tuple[str, ...] = ()
    kind: str = ""
    width: int = 1


@dataclass(frozen=True)
class Picture:
    """A map. `summary` says in words what it shows."""

    key: str
    title: str
    summary: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def svg(picture: Picture, *, lanes: int = 0, rows: int = 0):
    """The picture; `lanes` and `rows` make two pictures equally large."""
    spots = {box.id: (EDGE + box.lane * LANE + LANE / 2, 34 + box.row * ROW + HIGH / 2) for box in picture.boxes}
    lanes = max([lanes, *(box.lane + 1 for box in picture.boxes)])
    rows = max([rows, *(box.row + 1 for box in picture.boxes)])
    wide, high, key = lanes * LANE + 2 * EDGE, rows * ROW + 24, escape(picture.key)
    taken = [(x - WIDE / 2, y - HIGH / 2, x + WIDE / 2, y + HIGH / 2) for x, y in spots.values()]
    paths, labels = [], []
    for line in sorted(picture.lines, key=lambda line: -line.width):
        points = _curve(spots[line.source], spots[line.target], line.source == line.target)
        d = "M{:.0f} {:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}".format(*(v for point in points for v in point))
        paths.append(f'<path class="edge w{line.width} {line.kind}" d="{d}" marker-end="url(#{key}-a{line.kind})"/>')
        if line.words:
            labels.append(_label(line, points, taken, wide))
    markers = "".join(
        f'<marker id="{key}-a{kind}" viewBox="0 0 8 8" refX="6.4" refY="4" markerUnits="userSpaceOnUse" '
        f'markerWidth="11" markerHeight="11" orient="auto"><path class="ah {kind}" d="M0 .6 7 4 0 7.4Z"/></marker>'
        for kind in dict.fromkeys(["", *(line.kind for line in picture.lines)])
    )
    boxes = "".join(_box(box, *spots[box.id]) for box in picture.boxes)
    return mark_safe(
        f'<svg class="flow procmap" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(picture.title)}</title>'
        f'<desc id="{key}-d">{escape(picture.summary)}</desc><defs>{markers}</defs>'
        f"{''.join(paths)}{boxes}{''.join(labels)}</svg>"
    )


def _curve(a: tuple[float, float], b: tuple[float, float], same: bool) -> tuple[tuple[float, float], ...]:
    """Four points of a curve from box to box: down straight, over more than one row and back around the boxes."""
    (ax, ay), (bx, by) = a, b
    half, tall = WIDE / 2, HIGH / 2
    if same:
        return (ax + half, ay - 10), (ax + half + 40, ay - 34), (ax + half + 40, ay + 34), (ax + half + 3, ay + 12)
    down = by > ay
    if ax == bx and (abs(by - ay) > ROW or not down):
        side = 1 if down else -1
        bulge = side * min(30 + 0.12 * abs(by - ay), LANE / 2 - half + EDGE - 8)
        start, end = ax + side * half, bx + side * (half + 3)
        return (start, ay + 8), (start + bulge, ay + 8), (end + bulge, by - 8), (end, by - 8)
    if ay == by:
        side = 1 if bx > ax else -1
        rise = -34 if abs(bx - ax) > LANE else 0
        return (ax + side * half, ay), (ax + side * LANE / 2, ay + rise), (bx - side * LANE / 2, by + rise), \
               (bx - side * (half + 3), by)  # fmt: skip
    turn = 1 if down else -1
    lean = 0 if ax == bx else 18 if bx > ax else -18
    out, into = (ax + lean + 14 * turn * (ax != bx), bx - lean + 14 * turn * (ax != bx))
    middle = abs(by - ay) / 2
    return (
        (out, ay + turn * tall),
        (ax + lean, ay + turn * (tall + middle / 2)),
        (bx - lean, by - turn * (tall + middle)),
        (into, by - turn * (tall + 3)),
    )


def _label(line: Line, points, taken: list[tuple[float, float, float, float]], wide: float) -> str:
    """The words at the place along the line where they cover least."""
    sign = SIGN.get(line.kind)
    w = max(width_of(word, 12) for word in line.words) + 12 + (18 if sign else 0)
    h = 5 + 15 * len(line.words)
    spots = [(min(x, wide - w / 2 - 2), y) for x, y in (_at(points, t) for t in LABEL_PLACES)]
    x, y = min(spots, key=lambda s: sum(_cover(s[0] - w / 2, s[1] - h / 2, w, h, other) for other in taken))
    left, top = x - w / 2, y - h / 2
    taken.append((left, top, left + w, top + h))
    place = f'x="{left:.0f}" y="{top:.0f}" width="{w:.0f}" height="{h}"'
    out = f'<g class="elabel {line.kind}"><rect class="elab-bg" {place} rx="4"/>'
    if sign:
        out += (
            f'<g class="risk lv-{sign}" transform="translate({left + 4:.0f} {y - 8:.0f}) scale(.8)">'
            f'<path class="s-body" d="{BODY[sign]}"/><path class="s-glyph" d="{GLYPH[sign]}"/></g>'
        )
    middle = x + (9 if sign else 0)
    for i, word in enumerate(line.words):
        out += f'<text class="elab" x="{middle:.0f}" y="{top + 14 + 15 * i:.0f}">{escape(word)}</text>'
    return out + "</g>"


def _at(points, t: float) -> tuple[float, float]:
    weights = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return tuple(sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in (0, 1))


def _cover(left: float, top: float, w: float, h: float, other: tuple[float, float, float, float]) -> float:
    """How much of `other` a label would hide."""
    wide = min(left + w, other[2]) - max(left, other[0])
    high = min(top + h, other[3]) - max(top, other[1])
    return max(wide, 0) * max(high, 0)


def _box(box: Box, x: float, y: float) -> str:
    left, top = x - WIDE / 2, y - HIGH / 2
    rx = HIGH / 2 if box.kind == "end" else 9
    words = fit(box.name, WIDE - 14, 14, 1 if box.sub else 2)
    lines = [("n-t small", word) for word in words] + ([("n-s", box.sub)] if box.sub else [])
    start = y + 5 - (len(lines) - 1) * 8.5
    texts = "".join(
        f'<text class="{cls}" x="{x:.0f}" y="{start + 17 * i:.0f}">{escape(word)}</text>'
        for i, (cls, word) in enumerate(lines)
    )
    out = (
        f'<g class="node {box.kind}"><title>{escape(" ".join(filter(None, (box.name, box.sub, box.mark))))}</title>'
        f'<rect class="box" x="{left:.0f}" y="{top:.0f}" width="{WIDE}" height="{HIGH}" rx="{rx:.0f}"/>{texts}'
    )
    if box.mark:
        w = width_of(box.mark, 12) + 26
        out += (
            f'<g class="elabel off" transform="translate({x - w / 2:.0f} {top - 17:.0f})"><rect class="elab-bg" '
            f'width="{w:.0f}" height="18" rx="4"/><g class="risk lv-red" '
            f'transform="translate(3 2) scale(.7)"><path class="s-body" d="{BODY["red"]}"/>'
            f'<path class="s-glyph" d="{GLYPH["red"]}"/></g>'
            f'<text class="elab" x="{w / 2 + 8:.0f}" y="13">{escape(box.mark)}</text></g>'
        )
    return out + "</g>"
