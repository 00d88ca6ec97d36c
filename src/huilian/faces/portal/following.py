"""Opening a matter by number and code: bound to the session, slower after wrong tries, never locked for good.

One way in for everything people can follow: matters of the hotline, applications, complaints about how one was handled.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.hear.petitions.queries import public as petitions
from huilian.areas.power.monitoring.queries import public as monitoring
from huilian.areas.serve.services.queries import public as services
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict
from huilian.foundation.now import now

KEY = "portal_follow"
OPEN_SECONDS = 1800  # after that long without a page the code is asked for again
FREE_TRIES = 4
LONGEST_WAIT = 60  # seconds; a code has 31¹⁰ values, so waiting is for courtesy's sake enough
FORGET_TRIES = 900
CITIZEN = Actor("citizen", label="")


@dataclass(frozen=True)
class Kind:
    """One kind of matter: how it is found with a code and, later in the session, without; the page that shows it."""

    opened: Callable
    found: Callable
    page: str


KINDS = {
    "order": Kind(hotline.order_followed, hotline.order_followed, "portal-follow-case"),
    "application": Kind(services.application_by_code, services.application_numbered, "portal-application"),
    "petition": Kind(petitions.petition_by_code, petitions.petition_numbered, "portal-petition"),
    "visit": Kind(petitions.visit_by_code, petitions.visit_numbered, "portal-visit"),
    "complaint": Kind(monitoring.complaint_by_code, monitoring.complaint_numbered, "portal-complaint"),
}


class Waiting(Conflict):
    """Too many wrong tries; `seconds` must pass first."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            ngettext(
                "Several tries were wrong. Please wait %(n)s second, then try again; nothing is locked.",
                "Several tries were wrong. Please wait %(n)s seconds, then try again; nothing is locked.",
                seconds,
            )
            % {"n": seconds}
        )
        self.seconds = seconds


def enter(request, number: str, code: str) -> str:
    """Open the matter for this session and return the name of its page.

    Raises Waiting, or Conflict when number and code do not belong together.
    """
    keys = [f"portal-try-{number.strip().upper()[:32]}"]
    if request.session.session_key:
        keys.append(f"portal-try-{request.session.session_key}")
    _require_patience(keys)
    kind = next((key for key, kind in KINDS.items() if kind.opened(number, code) is not None), None)
    if kind is None:
        for key in keys:
            tries, _last = cache.get(key, (0, 0))
            cache.set(key, (tries + 1, now().timestamp()), FORGET_TRIES)
        raise Conflict(
            _(
                "Number and code do not belong together. Look at both once more; 0, 1, I, L and O do not occur in a "
                "code."
            )
        )
    cache.delete_many(keys)
    bind(request, number, kind)
    return KINDS[kind].page


def _require_patience(keys: list[str]) -> None:
    for key in keys:
        tries, last = cache.get(key, (0, 0))
        if tries < FREE_TRIES:
            continue
        wait = min(LONGEST_WAIT, 2 ** (tries - FREE_TRIES + 1))
        left = last + wait - now().timestamp()
        if left > 0:
            raise Waiting(int(left) + 1)


def bind(request, number: str, kind: str = "order") -> None:
    """Let this session see the matter for a while; its key changes, so that nobody else's old key opens it."""
    request.session.cycle_key()
    request.session[KEY] = {"number": number.strip().upper(), "kind": kind, "at": now().timestamp()}


def _kept(request) -> dict | None:
    """Number and kind of what this session has opened and not left alone for too long."""
    kept = {"kind": "order", **request.session.get(KEY, {})}
    if "number" not in kept:
        return None
    moment = now().timestamp()
    if not 0 <= moment - kept["at"] <= OPEN_SECONDS:
        request.session.pop(KEY, None)
        return None
    if moment - kept["at"] > 60:  # the session is not saved for every click
        request.session[KEY] = {**kept, "at": moment}
    return kept


def opened(request) -> dict | None:
    """Number and page of what this session has opened."""
    kept = _kept(request)
    return {"number": kept["number"], "page": KINDS[kept["kind"]].page} if kept else None


def matter_open(request, kind: str):
    """The matter of this kind that this session has opened, or None."""
    kept = _kept(request)
    return KINDS[kind].found(kept["number"]) if kept and kept["kind"] == kind else None


def order_open(request):
    return matter_open(request, "order")


def close(request) -> None:
    request.session.pop(KEY, None)
