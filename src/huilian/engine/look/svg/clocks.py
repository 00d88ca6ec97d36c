"""The working-day clock as a strip and as a ring: one cell for each day of the limit."""

import math

from django.utils.safestring import mark_safe

RUNNING = ("ok", "yellow", "orange")
MOST_CELLS = 20  # longer limits are drawn in proportion, or the cells could not be told apart


def _cells(clock) -> tuple[int, int]:
    limit = max(1, clock.limit)
    if limit <= MOST_CELLS:
        return limit, max(0, min(clock.used, limit))
    return MOST_CELLS, max(0, min(MOST_CELLS, math.ceil(clock.used * MOST_CELLS / limit)))


def clock_bar(clock, width: int = 132, height: int = 8):
    """A strip: used days filled, today half filled, days past the end as hollow cells beyond it."""
    n, used = _cells(clock)
    gap = 2 if n > 9 else 3
    over = min(clock.over, 3)
    room = width - over * 11
    w = (room - gap * (n - 1)) / n
    out = []
    for i in range(n):
        x = i * (w + gap)
        if i == used - 1 and clock.level in RUNNING and not clock.stopped:
            out.append(_cell("now", x + 0.8, w - 1.6, height - 1.6, 0.8) + _cell("on", x, w / 2, height))
        else:
            out.append(_cell("on" if i < used else "off", x, w, height))
    out += [_cell("over", room + 3 + j * 11, 8, height - 1.6, 0.8) for j in range(over)]
    return mark_safe(
        f'<svg class="clockbar lv-{clock.level}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false">{"".join(out)}</svg>'
    )


def _cell(kind: str, x: float, w: float, h: float, y: float = 0) -> str:
    return f'<rect class="seg {kind}" x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h}" rx="1.5"/>'


def clock_ring(clock, size: int = 184):
    """The same as a ring, for the page of one case."""
    n, used = _cells(clock)
    centre, radius = size / 2, size / 2 - 12
    gap = 2.2 if n > 9 else 4
    step = 360 / n

    def point(angle: float) -> str:
        a = math.radians(angle - 90)
        return f"{centre + radius * math.cos(a):.2f} {centre + radius * math.sin(a):.2f}"

    out = []
    for i in range(n):
        kind = "on" if i < used else "off"
        if i == used - 1 and clock.level in RUNNING and not clock.stopped:
            kind = "now"
        start, end = i * step + (gap / 2 if n > 1 else 0.1), (i + 1) * step - (gap / 2 if n > 1 else 0.1)
        big = 1 if end - start > 180 else 0
        arc = f"M{point(start)}A{radius} {radius} 0 {big} 1 {point(end)}"
        out.append(f'<path class="arc {kind}" d="{arc}" stroke-width="14"/>')
    return mark_safe(
        f'<svg class="ring lv-{clock.level}" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        f'aria-hidden="true" focusable="false">{"".join(out)}</svg>'
    )
