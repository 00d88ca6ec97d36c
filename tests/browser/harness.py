"""Starting the site and the browser, and opening pages: shared by the tests and by `shoot.py`."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# The same browser without its windows, a sixth quicker; either will do.
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for path in map(shutil.which, ("chromium-headless-shell", "chromium")) if path), "chromium"
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--lang=zh-CN"),
]
MODES = {
    "std": {},
    "elder": {"data-size": "elder"},
    "dark": {"data-theme": "dark"},
    "contrast": {"data-contrast": "high"},
    "dark contrast": {"data-theme": "dark", "data-contrast": "high"},
}


@dataclass
class Site:
    """A running site: its address, facts of the story for paths, and a session key for each user name."""

    url: str
    facts: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)


@contextmanager
def serving():
    """The product in a process of its own, with hashed and compressed static files."""
    with tempfile.TemporaryDirectory(prefix="huilian-browser-") as home:
        env = {**os.environ, "HUILIAN_HOME": home, "DATABASE_URL": f"sqlite:///{home}/browser.sqlite3"}
        # The place of the site belongs to the pictures; the tests must not depend on the machine's own settings.
        env |= {"HUILIAN_SECRET": "for-tests-only"}
        env |= {"HUILIAN_PLACE": "安澜县", "HUILIAN_OWNER": "安澜县人民政府办公室", "HUILIAN_PHONE": "0999-12345"}
        script = Path(__file__).with_name("serve.py")
        process = subprocess.Popen([sys.executable, script], env=env, stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"the site did not start (exit {process.wait()}); its message stands above")
            yield Site(**json.loads(line))
        finally:
            process.terminate()
            process.wait(10)
            process.stdout.close()


@contextmanager
def browsing():
    """System Chromium with a fresh profile; nothing is downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def new_tab(browser, *, lang="zh", js=True, scale=1):
    """A tab in a context of its own; `show` brings pages into it."""
    context = browser.new_context(
        locale="en-GB" if lang == "en" else "zh-CN",
        reduced_motion="reduce",
        java_script_enabled=js,
        accept_downloads=True,
        device_scale_factor=scale,
    )
    tab = context.new_page()
    tab.js = js
    tab.problems, tab.foreign, tab.wire, tab.loading, tab.loader = [], [], [], {}, ""
    tab.on("console", lambda m: tab.problems.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda e: tab.problems.append(str(e)))
    tab.network = context.new_cdp_session(tab)
    tab.network.send("Network.enable")
    tab.network.on("Network.requestWillBeSent", lambda e: _begun(tab, e))
    tab.network.on("Network.loadingFailed", lambda e: tab.loading.pop(e["requestId"], None))
    tab.network.on("Network.loadingFinished", lambda e: _done(tab, e))
    return tab


def _begun(tab, event) -> None:
    if event["requestId"] == event["loaderId"]:  # a new page: what the one before still asks for is nobody's any more,
        tab.loader = event["loaderId"]  # and may never be said to have ended
        tab.loading.clear()
    if event["loaderId"] == tab.loader:
        tab.loading[event["requestId"]] = event["request"]["url"]
    if not event["request"]["url"].startswith((tab.site, "data:")):
        tab.foreign.append(event["request"]["url"])


def _done(tab, event) -> None:
    tab.loading.pop(event["requestId"], None)
    tab.wire.append(event["encodedDataLength"])


def show(tab, site: Site, path: str, w=1440, h=900, *, face="", lang="zh", user=None, cached=False):
    """Go to a page as somebody: what was gathered and kept of the page before is forgotten, unless `cached` the files,
    too. `tab.problems` gathers console and page errors, `tab.foreign` requests to other origins, `tab.wire` the bytes
    of each answer; `tab.response` is the answer. `face` is a preferences cookie such as `size=elder&theme=dark`."""
    tab.site = site.url
    for gathered in (tab.problems, tab.foreign, tab.wire, tab.loading):
        gathered.clear()
    prefs = "&".join(p for p in (face, "lang=en" if lang == "en" else "") if p)
    cookies = {"face": prefs, "sessionid": site.sessions[user] if user else ""}
    name, _is, value = site.facts.get(f"cookie:{user}", "").partition("=")  # what a browser keeps beside its session
    cookies |= {name: value} if name else {}
    tab.context.clear_cookies()
    tab.context.add_cookies([{"name": k, "value": v, "url": site.url} for k, v in cookies.items() if v])
    tab.set_viewport_size({"width": w, "height": h})
    tab.network.send("Network.setCacheDisabled", {"cacheDisabled": not cached})
    tab.response = tab.goto(site.url + path.format(**site.facts))
    _settle(tab)
    return tab


def _settle(tab) -> None:
    """Until scripts have nothing more to do and nothing more loads. A page that draws nothing is never idle."""
    for _turn in range(1500):
        tab.evaluate("new Promise(done => requestIdleCallback(done, {timeout: 1000}))" if tab.js else "0")
        if not tab.loading:
            return
        tab.wait_for_timeout(20)
    raise AssertionError(f"never ends: {list(tab.loading.values())}")


def open_page(browser, site: Site, path: str, w=1440, h=900, *, face="", lang="zh", user=None, js=True, scale=1):
    """A page in a context of its own, with nothing in its cache."""
    return show(new_tab(browser, lang=lang, js=js, scale=scale), site, path, w, h, face=face, lang=lang, user=user)
