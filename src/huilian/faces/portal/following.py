"""Opening a matter by number and code: bound to the session, slower after wrong tries, never locked for good."""

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.areas.hear.hotline import queries as hotline
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict
from huilian.foundation.now import now

KEY = "portal_follow"
OPEN_SECONDS = 1800  # after that long without a page the code is asked for again
FREE_TRIES = 4
LONGEST_WAIT = 60  # seconds; a code has 31¹⁰ values, so waiting is for courtesy's sake enough
FORGET_TRIES = 900
CITIZEN = Actor("citizen", label="")


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


def enter(request, number: str, code: str):
    """Open the matter for this session. Raises Waiting, or Conflict when number and code do not belong together."""
    keys = [f"portal-try-{number.strip().upper()[:32]}"]
    if request.session.session_key:
        keys.append(f"portal-try-{request.session.session_key}")
    _require_patience(keys)
    order = hotline.order_followed(number, code)
    if order is None:
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
    bind(request, order.case.number)
    return order


def _require_patience(keys: list[str]) -> None:
    for key in keys:
        tries, last = cache.get(key, (0, 0))
        if tries < FREE_TRIES:
            continue
        wait = min(LONGEST_WAIT, 2 ** (tries - FREE_TRIES + 1))
        left = last + wait - now().timestamp()
        if left > 0:
            raise Waiting(int(left) + 1)


def bind(request, number: str) -> None:
    """Let this session see the matter for a while; its key changes, so that nobody else's old key opens it."""
    request.session.cycle_key()
    request.session[KEY] = {"number": number, "at": now().timestamp()}


def order_open(request):
    """The matter this session has opened, or None."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    moment = now().timestamp()
    if not 0 <= moment - kept["at"] <= OPEN_SECONDS:
        request.session.pop(KEY, None)
        return None
    if moment - kept["at"] > 60:  # the session is not saved for every click
        request.session[KEY] = {**kept, "at": moment}
    return hotline.order_followed(kept["number"])


def close(request) -> None:
    request.session.pop(KEY, None)
