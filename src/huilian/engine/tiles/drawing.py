"""The lines of a trend, drawn on the server: geometry and classes only, so that it prints and needs no script."""

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from .values import Trend

WIDTH, HEIGHT = 400, 176
LEFT, RIGHT, TOP, BOTTOM = 30, 18, 10, 26
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000)


def scale(most: int) -> tuple[int, int]:
    """(step of the grid, top of the axis) for values up to `most`, with at most four lines."""
    step = next((s for s in STEPS if s * 4 >= most), STEPS[-1] * (most // (STEPS[-1] * 4) + 1))
    return step, step * max(1, -(-most // step))


def trend(reading: Trend):
    """The drawing. The same numbers stand in the page as a table for readers, so it is hidden from them."""
    days, most = len(reading.days), max((max(v, default=0) for _n, v in reading.lines), default=0)
    step, top = scale(most)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(i: int) -> float:
        return LEFT + i * wide / max(1, days - 1)

    def y(value: int) -> float:
        return TOP + high - value / top * high

    grid = format_html_join(
        "",
        '<path class="t-grid" d="M{} {}H{}"/><text class="t-num" x="{}" y="{}">{}</text>',
        ((LEFT, f"{y(v):.1f}", WIDTH - RIGHT, LEFT - 6, f"{y(v) + 4.5:.1f}", v) for v in range(0, top + 1, step)),
    )
    every = max(1, (days - 1) // 4)
    marks = format_html_join(
        "",
        '<text class="t-day" x="{}" y="{}">{}</text>',
        ((f"{x(i):.1f}", HEIGHT - 6, f"{reading.days[i]:%m-%d}") for i in range(0, days, every)),
    )
    lines = "".join(
        f'<path class="t-line t{i}" d="M{"L".join(f"{x(j):.1f} {y(v):.1f}" for j, v in enumerate(values))}"/>'
        for i, (_name, values) in enumerate(reading.lines, 1)
        if values
    )
    return mark_safe(
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f"{grid}{marks}{lines}</svg>"
    )
