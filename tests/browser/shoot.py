"""Pictures of all registered pages, for somebody to look at.

python tests/browser/shoot.py http://127.0.0.1:8000 pictures --sign-in zhou_hui=PASSWORD --fact case=HX20261120-0001
python tests/browser/shoot.py self pictures --only /look/     # starts a site of its own with the tests' story
"""

import argparse
import re
import sys
from contextlib import nullcontext
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[2] / "src")]

from tests.browser import harness  # noqa: E402  (found only through the path above)
from tests.browser.pages import DESK, KIOSK, PAGES, PHONE, WALL  # noqa: E402

VIEWS = {  # name: (cookie, language, size or None for the page's own)
    "zh": ("", "zh", None),
    "en": ("", "en", None),
    "elder": ("size=elder", "zh", None),
    "dark": ("theme=dark", "zh", None),
    "contrast": ("contrast=high", "zh", None),
    "phone": ("", "zh", PHONE),
    "phone-en": ("", "en", PHONE),
}


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="a running site, or `self`")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--views", default="zh,en,elder,dark,phone", help=f"of {', '.join(VIEWS)}")
    parser.add_argument("--sign-in", action="append", default=[], metavar="USER=PASSWORD")
    parser.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", help="for {names} in paths")
    return parser.parse_args()


def _sign_in(browser, url: str, user: str, password: str) -> str:
    """The session that the ordinary sign-in page gives."""
    page = browser.new_context().new_page()
    page.goto(f"{url}/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_load_state()
    keys = [c["value"] for c in page.context.cookies() if c["name"] == "sessionid"]
    if not keys:
        raise SystemExit(f"{user} could not sign in at {page.url}")
    return keys[0]


def main() -> None:
    wishes = _options()
    wishes.folder.mkdir(parents=True, exist_ok=True)
    given = harness.Site(wishes.url.rstrip("/"), dict(f.split("=", 1) for f in wishes.fact))
    with harness.serving() if wishes.url == "self" else nullcontext(given) as site, harness.browsing() as browser:
        for pair in wishes.sign_in:
            user, password = pair.split("=", 1)
            site.sessions[user] = _sign_in(browser, site.url, user, password)
        for page in (p for p in PAGES if wishes.only in p.name):
            if page.user and page.user not in site.sessions:
                print(f"left out, nobody is signed in as {page.user}: {page.path}")
                continue
            for view in wishes.views.split(","):
                face, lang, size = VIEWS[view]
                if size and (page.size != DESK):
                    continue
                _shoot(browser, site, page, view, face, lang, size or page.size, wishes.folder)


def _shoot(browser, site, page, view, face, lang, size, folder) -> None:
    tab = harness.open_page(browser, site, page.path, *size, face=face, lang=lang, user=page.user)
    tab.wait_for_timeout(300)  # charts draw after the network is still
    name = re.sub(r"[^\w一-鿿]+", "-", page.path.format(**site.facts)).strip("-") or "home"
    file = folder / f"{name}-{size[0]}-{view}.png"
    tab.screenshot(path=file, full_page=size not in (KIOSK, WALL))
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    print(file.name, tab.response.status, "TOO WIDE" if wide else "", *tab.problems[:3])
    tab.context.close()


if __name__ == "__main__":
    main()
