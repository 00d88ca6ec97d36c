"""What holds on every page of `pages.py`, in both languages. A page is opened once for each language."""

from dataclasses import dataclass, field

import pytest

from . import checks
from .harness import MODES
from .harness import open_page as open_
from .pages import PAGES, Page

pytestmark = pytest.mark.browser


@dataclass
class Visit:
    """What was seen in one opening of a page."""

    status: int
    lang: str
    policy: str
    problems: list
    foreign: list
    kib: float
    requests: int
    axe: dict
    wide: dict = field(default_factory=dict)
    low: dict = field(default_factory=dict)
    lost: list = field(default_factory=list)


@pytest.fixture(scope="session")
def visits(browser, site):
    """Visits already made, so that each check reads them instead of opening the page again."""
    made: dict[tuple[Page, str], Visit] = {}

    def visit(page: Page, lang: str) -> Visit:
        if (page, lang) not in made:
            made[page, lang] = _visit(browser, site, page, lang)
        return made[page, lang]

    return visit


def _visit(browser, site, page: Page, lang: str) -> Visit:
    tab = open_(browser, site, page.path, *page.size, lang=lang, user=page.user)
    kib, requests = checks.weight(tab)
    seen = Visit(
        status=tab.response.status,
        lang=tab.locator("html").get_attribute("lang"),
        policy=tab.response.headers.get("content-security-policy", ""),
        problems=[p for p in tab.problems if not (page.status >= 400 and f"status of {page.status}" in p)],
        foreign=tab.foreign,
        kib=kib,
        requests=requests,
        axe=checks.axe_in_modes(tab, MODES if lang == "zh" else ("std", "elder")),  # colours know no language
    )
    if page.touch:
        seen.low["std"] = checks.touch_targets(tab, page.touch)
        checks.set_mode(tab, "elder")
        seen.low["elder"] = checks.touch_targets(tab, 60)
        checks.set_mode(tab, "std")
    if lang == "zh":
        seen.lost = checks.keyboard(tab)
    if page.reflow:
        seen.wide = {w: wrong for w in (320, 390, 720) if (wrong := checks.reflow(tab, w))}
    tab.context.close()
    return seen


every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
both_languages = pytest.mark.parametrize("lang", ["zh", "en"])


@every_page
@both_languages
def test_answers_in_the_language_asked_for(visits, page, lang):
    seen = visits(page, lang)

    assert (seen.status, seen.lang) == (page.status, {"zh": "zh-CN", "en": "en"}[lang])


@every_page
@both_languages
def test_no_axe_violation_in_any_mode(visits, page, lang):
    assert visits(page, lang).axe == {}


@every_page
@both_languages
def test_no_error_in_the_console_and_nothing_from_elsewhere(visits, page, lang):
    seen = visits(page, lang)

    assert (seen.problems, seen.foreign) == ([], [])
    assert "default-src 'none'" in seen.policy and "unsafe" not in seen.policy


@every_page
@both_languages
def test_nothing_sticks_out_at_320_390_and_720_pixels(visits, page, lang):
    assert visits(page, lang).wide == {}


@every_page
def test_stays_within_its_weight(visits, page):
    seen = visits(page, "zh")

    assert seen.kib <= page.weight and seen.requests <= page.requests


@every_page
@both_languages
def test_what_is_pressed_is_large_enough(visits, page, lang):
    assert {mode: low for mode, low in visits(page, lang).low.items() if low} == {}


@every_page
def test_every_tab_stop_is_seen(visits, page):
    assert visits(page, "zh").lost == []
