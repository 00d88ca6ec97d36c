"""A pond of 柳河村 on its way through the exchange; bidders with made-up identity numbers."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Board, Lot, Mode, Right
from huilian.areas.watch.exchange.seeding import seed
from huilian.engine.procedures import grounds
from huilian.engine.procedures.services import publish_all
from huilian.foundation.codes import identity_check_digit
from huilian.foundation.now import CHINA, frozen, moment
from huilian.project import discover
from tests.stage import once

MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=CHINA)


def identity(n: int) -> str:
    """An identity number with a right check digit, the division being one of GB/T 2260."""
    first = f"110101{1960 + n % 40}0101{n:03d}"
    return first + identity_check_digit(first)


def values(right="pond", mode="lease", board="property", **more) -> dict:
    given = {
        "board": Board.objects.get(key=board),
        "right": Right.objects.get(key=right),
        "mode": Mode.objects.get(key=mode),
        "method": Lot.Method.SEALED,
        "title": "柳河村东塘养殖水面出租",
        "location": "柳河村东",
        "area_mu": "32.5",
        "use": "养殖",
        "term_months": 36,
        "ownership_proof": "不动产权第0012号",
        "valuation_cents": 1_600_000,
        "start_cents": 1_500_000,
        "per_year": True,
        "step_cents": 10_000,
        "deposit_cents": 200_000,
        "decision_no": "JY20260520-0001",
        "said": {"pay_cycle": "year"},
    }
    return {**given, **more}


def bidder(n: int, **more) -> dict:
    given = {
        "kind": "person",
        "name": f"周云{'甲乙丙丁戊己庚辛'[n]}",
        "identity": identity(n),
        "phone": f"1380013800{n}",
        "account_no": f"62220000000{n:04d}",
        "account_bank": "安澜农商银行",
    }
    return {**given, **more}


@contextmanager
def agreed():
    """Any number of a decision will do inside: what a decision must be is tested where decisions are kept."""
    kept, grounds._providers = grounds._providers, {}
    try:
        yield
    finally:
        grounds._providers = kept


class Desk(SimpleNamespace):
    """The people of the exchange and short ways through the steps that a test is not about."""

    def applied(self, **more) -> Lot:
        return services.apply(self.cast.liuhe_cooperative, values(**more), by=self.village)

    def ready(self, **more) -> Lot:
        lot = services.opine(self.applied(**more), opinion="同意进场", by=self.town)
        return services.accept(lot, by=self.clerk)

    def published(self, **more) -> Lot:
        return services.publish(self.ready(**more), by=self.clerk).lot

    def join(self, lot: Lot, n: int, priority: int = 0, **more):
        """A bidder who has registered, paid the deposit and been found qualified."""
        registration, _code = services.register(lot, bidder(n, **more))
        if lot.deposit_cents:
            self.deposit(registration)
        return services.examine(registration, qualified=True, priority=priority, by=self.clerk)

    def deposit(self, registration, **more):
        from huilian.foundation.now import now

        given = {
            "amount_cents": registration.lot.deposit_cents,
            "payer": registration.name,
            "payer_account": registration.account_no,
            "bank_ref": f"L{registration.number}",
            "arrived_at": now(),
            **more,
        }
        made = services.note_deposit(registration, by=self.cashier, **given)
        return services.confirm_deposit(made, by=self.cashier) if made.state == "arrived" else made

    def at(self, when: datetime):
        return frozen(moment(when))

    def closed(self, lot: Lot) -> Lot:
        """Registration ended; call inside `at(lot.opens_at)`."""
        return services.close_registration(lot, by=self.clerk)

    def result(self, prices: dict[int, int], **more):
        """A lot whose sealed prices gave a winner: (lot, deal, registrations by n)."""
        lot = self.published(**more)
        joined = {n: self.join(lot, n) for n in prices}
        with self.at(lot.opens_at):
            lot = self.closed(lot)
            for n, cents in prices.items():
                services.put_price(joined[n], price_cents=cents, by=self.clerk)
            deal = services.award(lot, by=self.clerk)
        return Lot.objects.get(pk=lot.pk), deal, joined

    def confirmed(self, prices: dict[int, int], **more):
        lot, _deal, joined = self.result(prices, **more)
        when = moment(lot.opens_at) + timedelta(days=8)
        with self.at(when):
            deal = services.confirm(lot, by=self.clerk)
        return Lot.objects.get(pk=lot.pk), deal, joined, when


def set_up(cast) -> Desk:
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "lot"])
    return Desk(
        cast=cast, village=cast.pan_yue, town=cast.yan_bin, clerk=cast.su_ping, cashier=cast.deng_hai,
        head=cast.fang_yi, watcher=cast.meng_ting,
    )  # fmt: skip


told, stage, cast = once(set_up, at=MONDAY)


@pytest.fixture
def desk(stage):
    with frozen(MONDAY), agreed():
        yield stage.world
