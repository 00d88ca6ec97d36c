"""What rules read of the exchange: nothing of the bidders before the end, then everything that tells them apart."""

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.datasets import DATASETS
from huilian.areas.watch.exchange.models import Lot
from huilian.engine.screening.reading import looking, rows
from huilian.engine.screening.subjects import resolve

pytestmark = pytest.mark.django_db
TOLD = {dataset.name: dataset for dataset in DATASETS}


def read(name: str) -> list[dict]:
    dataset = TOLD[name]
    with looking() as cursor:
        return [
            dict(zip(dataset.names, row, strict=True))
            for some in rows(cursor, dataset, dataset.query())
            for row in some
        ]


def test_who_bids_is_not_read_before_the_lot_is_over(desk):
    lot = desk.published()
    desk.join(lot, 0)
    desk.join(lot, 1)

    assert [row["number"] for row in read("lot")] == [lot.number]
    assert [row["kind"] for row in read("lot_notice")] == ["listing"]
    assert read("registration") == read("bid") == read("deposit") == read("deal") == []


def test_afterwards_bidders_prices_deposits_and_the_deal_are_read(desk):
    lot, deal, joined = desk.result({0: 1_600_000, 1: 1_700_000})

    assert {row["registration_id"] for row in read("registration")} == {r.pk for r in joined.values()}
    assert {row["phone_norm"] for row in read("registration")} == {"13800138000", "13800138001"}
    assert sorted((row["price_cents"], bool(row["is_final"])) for row in read("bid")) == [
        (1_600_000, True),
        (1_700_000, True),
    ]
    assert len(read("deposit")) == 2
    (sold,) = read("deal")
    assert (sold["deal_id"], sold["registration_id"], bool(sold["stands"])) == (deal.pk, joined[1].pk, True)
    assert read("lot")[0]["village_code"] == int(lot.place.code)


def test_only_the_last_round_of_a_negotiation_is_the_final_price(desk):
    lot = desk.published(method=Lot.Method.NEGOTIATION)
    joined = [desk.join(lot, n) for n in (0, 1)]
    with desk.at(lot.opens_at):
        lot = desk.closed(lot)
        for round_, cents in ((1, (1_500_000, 1_520_000)), (2, (1_560_000, 1_550_000))):
            for one, price in zip(joined, cents, strict=True):
                services.put_price(one, price_cents=price, round=round_, by=desk.clerk)
        services.award(lot, by=desk.clerk)

    assert sorted(row["price_cents"] for row in read("bid") if row["is_final"]) == [1_550_000, 1_560_000]
    assert len(read("bid")) == 4


def test_the_owner_answers_for_the_lot_and_the_exchange_for_its_bidders(desk):
    lot = desk.published()
    code = int(lot.place.code)

    found = resolve([(f"lot:{lot.pk}", code), (f"bidding:{lot.pk}", code)])

    assert found[f"lot:{lot.pk}"].unit == lot.owner
    assert found[f"bidding:{lot.pk}"].unit == desk.cast.exchange
    assert found[f"bidding:{lot.pk}"].url.endswith(f"{lot.number}/")
