"""An auction of 柳河村's orchard with three bidders, its clock in the test's hand."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from huilian.engine.auctions import closing, services
from huilian.foundation import auctions
from huilian.foundation.now import CHINA, frozen

OPEN = datetime(2026, 11, 22, 9, tzinfo=CHINA)
FREE = OPEN + timedelta(hours=1)
END = FREE + timedelta(minutes=5)
BEFORE = OPEN - timedelta(days=1)
MS = timedelta(milliseconds=1)


@pytest.fixture
def told(monkeypatch):
    """Auctions whose end was told to the area."""
    heard = []
    monkeypatch.setitem(closing._told, "test", lambda auction: heard.append((auction.number, auction.outcome)))
    return heard


@pytest.fixture
def hall(cast, told):
    """`hall.sale` announced; `hall.one`, `.two`, `.first` (with priority) admitted; `.keys` their secrets."""
    with frozen(BEFORE):
        sale = prepare(cast)
        people = {"one": 0, "two": 0, "first": 1}
        given = {
            name: services.admit(sale, label=name, party_key=name, priority=priority, by=cast.wang_min)
            for name, priority in people.items()
        }
        sale = services.announce(sale, by=cast.wang_min)
    paddles = {name: paddle for name, (paddle, _key) in given.items()}
    return SimpleNamespace(
        sale=sale, clerk=cast.wang_min, keys={name: key for name, (_paddle, key) in given.items()}, told=told, **paddles
    )


def prepare(cast, kind=auctions.TIMED, **more):
    values = {"title": "柳河村果园承包", "purpose": "test", "opens_at": OPEN, "free_until": FREE, "place": cast.liuhe,
              "start_cents": 100_000, "step_cents": 5_000, **more}  # fmt: skip
    return services.open_auction(kind=kind, by=cast.wang_min, **values)


def bid(paddle, cents, token="", at=OPEN):
    with frozen(at):
        return services.bid(paddle, cents, token=token, by=services.bidder(paddle))
