"""A small line that shows which way a number goes."""

from collections.abc import Sequence

from django.utils.safestring import mark_safe


def spark(values: Sequence[float], width: int = 96, height: int = 28, cls: str = ""):
    """The line through `values`, oldest first; nothing when there are fewer than two."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1
    points = [
        (i * width / (len(values) - 1), height - 3 - (v - low) / span * (height - 6)) for i, v in enumerate(values)
    ]
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    return mark_safe(
        f'<svg class="spark {cls}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true" '
        f'focusable="false"><path class="sp-a" d="{line}L{width} {height}L0 {height}Z"/><path class="sp-l" d="{line}"/>'
        f'<circle class="sp-d" cx="{x:.1f}" cy="{y:.1f}" r="2.6"/></svg>'
    )
