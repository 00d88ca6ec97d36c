"""No page is left out: what answers a GET with a page of its own is visited by `test_every_page.py`."""

import re
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, get_resolver, resolve

from .pages import PAGES

# Names of routes that are no page. Files have an extension in their route and need no line.
NO_PAGE = {
    "part of a page, asked for by its script": {
        *("board-feed", "hotline-lines", "hotline-matters", "hotline-places", "hotline-units"),
        *("register-choices", "inspections-sync"),
    },
    "a file": {
        *("exchange-paper", "inspections-paper", "audits-paper"),
        *("document", "attachment", "portal-item-photo", "collective-books-text", "seals-book"),
        *("decisions-book", "decisions-paper", "campaigns-paper"),
    },
    "read by programs": {"healthz", "log-checkpoint", "log-keys", "log-head", "log-proof", "log-receipt", "log-tile"},
    "leads on to another page": {
        *(
            "portal-leave",
            "report-leave",
            "portal-say",
            "portal-apply",
            "desk-search",
            "desk-notice",
            "look-guide",
            "decisions-call-for",
            "portal-trading-follow",
        ),
    },
    "the same form as one that is visited": {
        *("hotline-programme-new", "hotline-question-new", "hotline-promise-kept", "register-import-columns"),
        *("hotline-media-new", "hotline-media-act"),
        *("watchers-scan", "watchers-code-card", "watchers-words"),
        *("vault-make", "vault-words", "vault-renew", "vault-sheets", "vault-retire"),
        *("leads-meet", "leads-take-stock", "leads-write-paper", "leads-evidence"),
        *("office-act", "office-adopt", "office-open"),
        *("campaigns-act", "campaigns-change", "campaigns-propose"),
        *("inspections-plan", "inspections-change", "inspections-note", "inspections-write", "inspections-act"),
        *("inspections-invite", "inspections-call", "inspections-meeting", "inspections-task"),
        "petitions-act",
        "tips-visit-record",
    },
    "a list of what is visited one by one": {
        *("leads-meetings", "leads-stock", "inspections-talks", "inspections-meetings"),
        *("office-offices", "office-exchange", "campaigns-mine"),
    },
    "a state in the middle that no session begins with": {
        *("sign-in-code", "collective-books-import-run", "portal-petition-sent", "portal-reception-booked"),
    },
}


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern
        else:
            yield from routes(pattern, prefix + str(pattern.pattern))


def takes_post_only(view) -> bool:
    """Whether `require_POST` stands before it, under whatever other decorators."""
    while view is not None:
        if any(cell.cell_contents == ["POST"] for cell in getattr(view, "__closure__", None) or ()):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def visited() -> set[str]:
    found = set()
    for page in PAGES:
        path = urlsplit(page.path).path
        for fact in ("7", "HX20261122-0001"):
            try:
                found.add(resolve(re.sub(r"\{\w+\}", fact, path)).route)
            except Resolver404:
                continue
    return found


def test_every_page_is_visited_or_said_to_be_none():
    seen, none = visited(), set().union(*NO_PAGE.values())
    left = {
        route: pattern.name or route.strip("/")
        for route, pattern in routes(get_resolver())
        if route not in seen and not takes_post_only(pattern.callback) and not re.search(r"\.[a-z<][^/]*$", route)
    }

    assert {route: name for route, name in left.items() if name not in none} == {}
    assert none - set(left.values()) == set(), "these are visited, gone or files by their name: take out their lines"
