"""Horizontal bars. The number stands beside the bar in the page, so the drawing is hidden from readers."""

from collections.abc import Sequence

from django.utils.safestring import mark_safe


def hbar(value: float, most: float, cls: str = ""):
    """A bar `value` of `most` long."""
    part = 0 if not most else max(0, min(100, value / most * 100))
    return mark_safe(
        f'<svg class="hbar {cls}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bg" width="100" height="10" rx="1"/>'
        f'<rect class="fg" width="{part:.1f}" height="10" rx="1"/></svg>'
    )


def stack(parts: Sequence[tuple[str, float]], most: float, cls: str = ""):
    """One bar made of `parts` = [(level, value)], at most `most` long. Levels differ in height too."""
    out, x = [], 0.0
    height = {"red": 10, "orange": 8, "yellow": 6}
    for level, value in parts:
        if value and most:
            w, h = value / most * 100, height.get(level, 4)
            out.append(f'<rect class="st lv-{level}" x="{x:.2f}" y="{(10 - h) / 2}" width="{w:.2f}" height="{h}"/>')
            x += w
    return mark_safe(
        f'<svg class="hbar {cls}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="bg" width="100" height="10" rx="1"/>{"".join(out)}</svg>'
    )
