"""What can be asked of an open page. Each function returns what is wrong, so that a test can compare with nothing."""

from pathlib import Path

import axe_playwright_python

from .harness import MODES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR = ["color-contrast", "link-in-text-block"]
SIZE = ["target-size"]
WORDS = [  # rules that need a text, or the language of the page
    *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "button-name", "document-title"),
    *("frame-title", "html-has-lang", "html-lang-valid", "image-alt", "input-button-name", "label"),
    *("label-content-name-mismatch", "link-name", "select-name", "summary-name", "svg-img-alt", "valid-lang"),
]

_RUN = """async ([all, some]) => {
  const options = {resultTypes: ['violations'], selectors: false, preload: false, iframes: false, runOnly: some ?? all};
  if (!some) options.rules = {'target-size': {enabled: true}};
  const found = await axe.run(document, options);
  return found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 140),
    v.nodes[0].failureSummary.slice(0, 260)]);
}"""


def axe(page, some: list[str] | None = None) -> list:
    """Violations of WCAG 2.0 to 2.2, A and AA, as the page stands now, of all rules or of `some`.
    Works under the strict content policy."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return page.evaluate(_RUN, [TAGS, some])


def set_mode(page, mode: str) -> None:
    """Show the page as another cookie would: the modes are attributes of <html>. A face that is always dark stays."""
    page.evaluate(
        """wanted => { const h = document.documentElement; h.was ??= {...h.dataset};
        for (const k of ['size', 'theme', 'contrast']) h.dataset[k] = wanted['data-' + k] ?? h.was[k]; }""",
        MODES[mode],
    )


def weight(page) -> tuple[float, int]:
    """KiB on the wire and number of requests since the page was opened in its fresh context."""
    return sum(page.wire) / 1024, len(page.wire)


def reflow(page, width: int) -> list[str]:
    """What sticks out sideways at `width` CSS pixels; 320 is 1280 at 400 %."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(
        """w => document.documentElement.scrollWidth <= w ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)
        .slice(0, 4).map(e => e.outerHTML.slice(0, 120))""",
        width,
    )


def touch_targets(page, least: int) -> list:
    """What can be pressed and is lower than `least` pixels: [words, height]. Links inside a sentence are let off."""
    return page.evaluate(
        """least => [...document.querySelectorAll('a, button, summary, select, textarea, input:not([type=hidden])')]
        .filter(e => e.checkVisibility() && !e.matches('.skiplink, p:not(.go, .files) a, td a'))
        .map(e => {
          const box = e.matches('[type=checkbox], [type=radio]') ? e.closest('label, .field') ?? e : e;
          const words = (e.textContent.trim() || e.name || '').slice(0, 20);
          return [words, Math.round(box.getBoundingClientRect().height)];
        })
        .filter(([, height]) => height && height < least)""",
        least,
    )


def keyboard(page, stops: int = 40) -> list[str]:
    """Tab stops that cannot be seen or have no ring of two pixels."""
    page.evaluate(
        """() => { document.activeElement?.blur(); window.scrollTo(0, 0); window.lost = []; window.met = new Set();
        document.addEventListener('focusin', ({target: e}) => {
          if (met.has(e)) return;
          met.add(e);
          const s = getComputedStyle(e), r = e.getBoundingClientRect();
          const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
          if (!(r.width > 0 && ring)) lost.push(e.outerHTML.slice(0, 120));
        }); }"""
    )
    seen = -1
    for at in range(stops):
        page.keyboard.press("Tab")
        if at % 8 == 7 and seen == (seen := page.evaluate("met.size")):
            break  # round once
    return page.evaluate("lost")
