"""Starting the site and the browser, and opening pages: shared by the tests and by `shoot.py`."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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


def open_page(browser, site: Site, path: str, w=1440, h=900, *, face="", lang="zh", user=None, js=True, scale=1):
    """A page in a context of its own. `page.problems` gathers console and page errors, `page.foreign` requests to
    other origins, `page.response` the answer. `face` is a preferences cookie such as `size=elder&theme=dark`."""
    context = browser.new_context(
        viewport={"width": w, "height": h},
        locale="en-GB" if lang == "en" else "zh-CN",
        reduced_motion="reduce",
        java_script_enabled=js,
        accept_downloads=True,
        device_scale_factor=scale,
    )
    prefs = "&".join(p for p in (face, "lang=en" if lang == "en" else "") if p)
    if prefs:
        context.add_cookies([{"name": "face", "value": prefs, "url": site.url}])
    if user:
        context.add_cookies([{"name": "sessionid", "value": site.sessions[user], "url": site.url}])
    page = context.new_page()
    page.problems, page.foreign, page.wire = [], [], []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda e: page.wire.append(e["encodedDataLength"]))
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith((site.url, "data:")) else page.foreign.append(r.url))
    page.response = page.goto(site.url + path.format(**site.facts), wait_until="networkidle")
    return page
