"""The shape of each level, so that colour is never the only sign."""

from django.utils.html import format_html

BODY = {  # in a 20 by 20 box
    "yellow": "M10 1.8 18.8 17.4H1.2Z",  # triangle
    "orange": "M10 .8 19.2 10 10 19.2 .8 10Z",  # diamond
    "red": "M6.2 .9h7.6l5.3 5.3v7.6l-5.3 5.3H6.2L.9 13.8V6.2Z",  # octagon
    "ok": "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z",  # circle with hands
    "done": "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z",  # circle with a tick
    "pause": "M3 2h14v16H3Z",  # square with two bars
}
GLYPH = {
    "yellow": "M10 7v4.6M10 14.3v.2",
    "orange": "M10 5.6v5.4M10 14v.2",
    "red": "M10 5v6.2M10 14.6v.2",
    "ok": "M10 5.4V10l3 2",
    "done": "m6 10.3 2.8 2.8L14.2 7.5",
    "pause": "M7.8 6.5v7M12.2 6.5v7",
}


def shape(level: str, size: int = 18, cls: str = ""):
    """The sign of a level, `size` pixels wide. The words beside it carry the meaning, so it is hidden from readers."""
    return format_html(
        '<svg class="shape lv-{} {}" viewBox="0 0 20 20" width="{}" height="{}" aria-hidden="true" focusable="false">'
        '<path class="s-body" d="{}"/><path class="s-glyph" d="{}"/></svg>',
        level, cls, size, size, BODY[level], GLYPH[level],
    )  # fmt: skip
