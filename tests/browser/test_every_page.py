"""What holds on every page of `pages.py`, in both languages. A page is opened once for each language."""

import pytest

from . import checks, harness
from .pages import PAGES

pytestmark = pytest.mark.browser
FIRST = {page.path: page for page in reversed(PAGES)}  # the same page for another screen has the same colours


@pytest.fixture(scope="session")
def tabs(browser):
    """One tab for each language, which all pages share; `show` makes them strangers again."""
    return {lang: harness.new_tab(browser, lang=lang) for lang in ("zh", "en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_is_sound(tabs, site, page, lang):
    """Language, policy, console, weight, accessibility in every mode, size of what is pressed, focus, reflow."""
    chinese = lang == "zh"
    tab = harness.show(tabs[lang], site, page.path, *page.size, lang=lang, user=page.user, cached=not chinese)
    wrong = {}

    if (tab.response.status, tab.locator("html").get_attribute("lang")) != (page.status, "zh-CN" if chinese else "en"):
        wrong["answer"] = tab.response.status, tab.locator("html").get_attribute("lang")
    policy = tab.response.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        wrong["policy"] = policy
    wrong["console"] = [p for p in tab.problems if not (page.status >= 400 and f"status of {page.status}" in p)]
    wrong["from elsewhere"] = tab.foreign
    kib, requests = checks.weight(tab)
    if chinese and (kib > page.weight or requests > page.requests):
        wrong["weight"] = kib, requests
    for mode in harness.MODES if chinese else ("std", "elder"):
        checks.set_mode(tab, mode)
        wrong[f"axe {mode}"] = _axe(tab, mode, chinese, page is FIRST[page.path])
        if page.touch and mode in ("std", "elder"):
            wrong[f"pressed {mode}"] = checks.touch_targets(tab, page.touch if mode == "std" else 60)
    checks.set_mode(tab, "std")
    if chinese:
        wrong["focus"] = checks.keyboard(tab)
    if page.reflow:
        wrong |= {f"wider than {w}": checks.reflow(tab, w) for w in (320, 390, 720)}

    assert {question: found for question, found in wrong.items() if found} == {}


def _axe(tab, mode: str, chinese: bool, colours: bool) -> list:
    """All rules in the plain mode, then those which a mode or the language can change. Larger letters need less
    contrast, so colours are looked at in the plain size; and colours know no language."""
    if mode == "elder":
        return checks.axe(tab, checks.SIZE)
    if mode == "std":
        return checks.axe(tab) if chinese else checks.axe(tab, checks.SIZE + checks.WORDS)
    return checks.axe(tab, checks.COLOUR) if colours else []
