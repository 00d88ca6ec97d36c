"""Two people in the same instant, each on a connection of their own: one act counts, nothing doubles."""

import threading
from contextvars import copy_context
from datetime import timedelta

import pytest
from django.db import connection

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Deal, Deposit, Lot, Registration
from huilian.foundation.errors import Conflict, Refused
from huilian.foundation.now import moment, now

from .conftest import bidder

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each act came to: what it gave, or the refusal."""
    start, came = threading.Barrier(len(acts)), [None] * len(acts)

    def go(n, act):
        try:
            start.wait(30)
            came[n] = act()
        except Refused as why:
            came[n] = why
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(go, n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def test_deposits_and_qualifications_in_one_instant(desk):
    lot = desk.published()
    one, two, three = (services.register(lot, bidder(n))[0] for n in (1, 2, 3))

    def paid(registration, bank_ref):
        given = {"amount_cents": lot.deposit_cents, "payer": registration.name, "arrived_at": now(),
                 "payer_account": registration.account_no, "bank_ref": bank_ref}  # fmt: skip
        return lambda: services.note_deposit(registration, by=desk.cashier, **given)

    same_line = at_once(paid(one, "L1"), paid(one, "L1"))
    assert sum(isinstance(each, Conflict) for each in same_line) == 1 and Deposit.objects.count() == 1
    at_once(paid(two, "L2"), paid(two, "L3"))
    assert sorted(two.deposits.values_list("state", flat=True)) == ["arrived", "rejected"]
    both = at_once(*[lambda: services.confirm_deposit(one.deposits.get(), by=desk.cashier)] * 2)
    assert sum(isinstance(each, Conflict) for each in both) == 1 and one.deposits.get().state == "confirmed"
    at_once(*[lambda r=r: services.examine(r, qualified=True, by=desk.clerk) for r in (one, two, three)])
    assert list(Registration.objects.values_list("state", flat=True)) == ["qualified"] * 3
    twice = at_once(*[lambda: services.register(lot, bidder(4))] * 2)
    assert sum(isinstance(each, Conflict) for each in twice) == 1 and lot.registrations.count() == 4


def test_one_winner_one_confirmation_and_one_contract(desk):
    lot = desk.published()
    joined = {n: desk.join(lot, n) for n in (1, 2)}
    with desk.at(lot.opens_at):
        lot = desk.closed(lot)
        for n, registration in joined.items():
            services.put_price(registration, price_cents=1_600_000 + n, by=desk.clerk)
        came = at_once(*[lambda: services.award(lot, by=desk.clerk)] * 2)
    assert sum(isinstance(each, Refused) for each in came) == 1
    assert Deal.objects.get().price_cents == 1_600_002

    with desk.at(moment(lot.opens_at) + timedelta(days=8)):
        came = at_once(*[lambda: services.confirm(lot, by=desk.clerk)] * 2)
        assert sum(isinstance(each, Refused) for each in came) == 1
        terms = {"signed_on": now().date(), "starts_on": now().date(), "by": desk.clerk}
        came = at_once(*[lambda n=n: services.sign(lot, contract_no=f"HT-{n}", **terms) for n in (1, 2)])
    assert sum(isinstance(each, Refused) for each in came) == 1
    assert Lot.objects.get().case.step == "settle" and Deal.objects.get().contract_no.startswith("HT-")
