"""The feed of an auction for hundreds of screens: `/live/auctions/<number>?after=<serial>`.

Plain short polling of something small: no session, no language, the same answer for everybody, made from one reading
of the database in a fifth of a second for each process. So it is answered before all other middleware. A screen asks
from the last entry it has, so one that was away, or whose server was killed, misses nothing.
"""

import json
import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huilian.foundation.now import now

from . import queries
from .models import Auction

PATH = "/live/auctions/"
FRESH = 0.2  # seconds
KEPT = 50  # auctions; a county has a few at a time


class Feed:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        after = request.GET.get("after", "0")
        given = answer(request.path_info.removeprefix(PATH), int(after) if after.isdecimal() and len(after) < 9 else 0)
        if given is None:
            return HttpResponse(status=404)
        tag = f'"{given["serial"]}-{given["phase"]}-{given["closes_at"]}-{after}"'
        same = request.headers.get("If-None-Match") == tag
        response = HttpResponse(b"" if same else json.dumps(given), content_type="application/json")
        response.status_code = 304 if same else 200
        response["ETag"], response["Cache-Control"] = tag, "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class _Kept:
    """The last reading of one auction."""

    def __init__(self) -> None:
        self.lock, self.at, self.state = threading.Lock(), -1.0, None

    def fresh(self, number: str) -> dict | None:
        if time.monotonic() - self.at > FRESH and self.lock.acquire(blocking=self.state is None):
            try:  # One reads; the others answer with what is there.
                if time.monotonic() - self.at > FRESH:
                    auction = queries.by_number(number)
                    public = auction is not None and auction.state != Auction.State.DRAFT
                    self.state = queries.state_of(auction, max(0, auction.serial - queries.MOST)) if public else None
                    self.at = time.monotonic()
            finally:
                self.lock.release()
        return self.state


_kept: dict[str, _Kept] = {}


def answer(number: str, after: int) -> dict | None:
    """The state with entries above `after`, at most a fifth of a second old, with the server's time of this moment."""
    if number not in _kept and len(_kept) >= KEPT:
        _kept.clear()
    state = _kept.setdefault(number, _Kept()).fresh(number)
    if state is None:
        _kept.pop(number, None)
        return None
    if state["entries"] and state["entries"][0]["serial"] > after + 1:
        return queries.state_of(queries.by_number(number), after)
    newer = [entry for entry in state["entries"] if entry["serial"] > after]
    return {**state, "entries": newer, "now": round(now().timestamp() * 1000)}
