"""Fixtures of the browser suite. One site and one browser for the whole session; a page has its own context."""

import os
from pathlib import Path

import pytest

from . import harness


@pytest.fixture(scope="session")
def site():
    """The running product; see story.py for what is in it."""
    with harness.serving() as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """System Chromium. Without it these tests are skipped on a desk, and fail where CI is set."""
    if not Path(harness.CHROMIUM).exists():
        words = f"{harness.CHROMIUM} is not installed: apt-get install chromium-headless-shell fonts-noto-cjk"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    with harness.browsing() as running:
        yield running


@pytest.fixture
def open_page(browser, site):
    """`open_page(path, w, h, face=, lang=, user=, js=)`; contexts are closed after the test."""
    opened = []

    def go(path, w=1440, h=900, **wishes):
        page = harness.open_page(browser, site, path, w, h, **wishes)
        opened.append(page.context)
        return page

    yield go
    for context in opened:
        context.close()
