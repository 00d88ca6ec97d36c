"""Several bids in the same instant, each on a connection of its own."""

import threading

import pytest
from django.db import connection

from huilian.engine.auctions import keeping
from huilian.engine.auctions.models import Auction, Entry
from huilian.foundation import auctions
from huilian.foundation.errors import Refused

from .conftest import bid


@pytest.mark.django_db(transaction=True)
def test_bids_in_one_instant_stand_in_a_row_and_the_same_one_twice_is_one(hall):
    start, refused = threading.Barrier(9), []

    def go(paddle, cents, token):
        try:
            start.wait(30)
            bid(paddle, cents, token)
        except Refused as why:
            refused.append(why)
        finally:
            connection.close()

    tries = [(hall.one, 100_000, "same")] * 3 + [(hall.two, 100_000 + 5_000 * i, f"t{i}") for i in range(6)]
    threads = [threading.Thread(target=go, args=each) for each in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    entries = keeping.entries_of(Auction.objects.get())
    assert [e.serial for e in entries] == list(range(1, len(entries) + 1))
    assert Entry.objects.filter(token="same").count() <= 1
    assert len(entries) + len(refused) + (2 if Entry.objects.filter(token="same").exists() else 0) == 9
    assert auctions.replay(keeping.terms_of(hall.sale), map(keeping.plain, entries)).best.cents == 125_000
