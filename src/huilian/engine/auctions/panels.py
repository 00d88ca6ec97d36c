"""The live part of a page: `{% include "auctions/live.html" with live=live %}`, `live` being made here."""

import secrets
from datetime import datetime

from django.http import HttpRequest

from huilian.foundation import auctions
from huilian.foundation.now import CHINA

from . import keeping, live, queries
from .models import Auction, Entry, Paddle

SESSION = "paddles"  # number of the auction -> key of the paddle that this browser has shown the secret of
SHOWN = 20
MORE_STEPS = 20


def paddle_here(request: HttpRequest, auction: Auction) -> Paddle | None:
    pk = request.session.get(SESSION, {}).get(auction.number)
    return auction.paddles.filter(pk=pk, confirmed=True).first() if pk else None


def live_part(request: HttpRequest, auction: Auction) -> dict[str, object]:
    """What the part needs: the state, the paddle of this browser, the lowest bid it may make, a fresh token.

    `back` is this page; after a bid the bidder stands on it again.
    """
    state = queries.state_of(auction, max(0, auction.serial - SHOWN))
    mine = paddle_here(request, auction)
    best = auction.best
    terms = keeping.terms_of(auction, {p.number: p.priority for p in (mine, best and best.paddle) if p})
    least = auctions.next_cents(terms, best and keeping.plain(best), terms.rank(mine.number) if mine else None)
    kinds = dict(Entry.Kind.choices)
    return {
        "auction": auction,
        "state": state,
        "phase": state["phase"],
        "running": state["phase"] in (queries.BEFORE, queries.FREE, queries.ROUND, Auction.State.SUSPENDED),
        "mine": mine,
        "leads": bool(mine and best and best.paddle_id == mine.pk),
        "least": least,
        "steps": [least + i * auction.step_cents for i in range(1 + MORE_STEPS)],
        "entries": [
            {**e, "word": kinds[e["kind"]], "clock": f"{datetime.fromtimestamp(e['at'] / 1000, CHINA):%H:%M:%S}"}
            for e in reversed(state["entries"])
        ],
        "kinds": list(kinds.items()),
        "feed": f"{live.PATH}{auction.number}",
        "token": secrets.token_hex(16),
        "back": request.get_full_path(),
        "pause": auction.entries.filter(kind=auctions.PAUSE).last() if auction.paused_at else None,
    }
