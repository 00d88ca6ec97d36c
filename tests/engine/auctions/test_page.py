"""The page of an auction without its script, and the feed of the screens."""

import json
import re

import pytest

from huilian.engine.auctions import live, services
from huilian.engine.auctions.models import Auction, Entry
from huilian.engine.auctions.queries import by_number
from huilian.engine.trail import services as trail
from huilian.foundation import auctions
from huilian.foundation.now import frozen

from .conftest import BEFORE, END, FREE, MS, OPEN, bid, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    live._kept.clear()


@pytest.fixture
def address(hall):
    return f"/auctions/{hall.sale.number}/"


def fields(response):
    """Hidden values of the form with the big button."""
    text = response.content.decode()
    form = text[text.index('class="auction-bid"') :].partition("</form>")[0]
    return dict(re.findall(r'name="(cents|token|back|sure|amount|secret)" value="([^"]*)"', form))


def test_a_bidder_takes_the_paddle_bids_after_being_asked_and_reads_that_the_bid_is_highest(client, hall, address):
    with frozen(OPEN):
        assert 'class="auction-bid"' not in client.get(address).content.decode()
        client.post(f"{address}enter/", {"secret": hall.keys["one"]})
        values = fields(client.get(address))
        asked = client.post(f"{address}bid/", values)
        assert "壹仟元整" in asked.content.decode() and not Entry.objects.exists()
        sure = fields(asked)
        for _twice in range(2):
            done = client.post(f"{address}bid/", sure, follow=True)

    assert done.redirect_chain[-1][0] == address
    (entry,) = Entry.objects.all()
    assert (entry.cents, entry.paddle) == (100_000, hall.one)
    text = done.content.decode()
    assert re.search(r"data-lead>", text) and re.search(r"data-behind hidden>", text)


def test_a_wrong_secret_takes_nothing_and_without_a_paddle_nobody_bids(client, hall, address):
    with frozen(OPEN):
        client.post(f"{address}enter/", {"secret": "A" * 26})
        client.post(f"{address}bid/", {"cents": 100_000, "token": "t", "sure": "1"})
        client.post(f"{address}enter/", {"secret": hall.keys["one"]})
        client.post(f"{address}leave/")
        client.post(f"{address}bid/", {"cents": 100_000, "token": "t", "sure": "1"})

    assert not Entry.objects.exists()


def test_a_bid_that_came_too_late_is_told_why_on_the_same_page(client, hall, address):
    with frozen(OPEN):
        client.post(f"{address}enter/", {"secret": hall.keys["one"]})
        bid(hall.two, 100_000)
        told = client.post(
            f"{address}bid/",
            {"cents": 100_000, "token": "t", "sure": "1", "back": "https://evil.example/"},
            follow=True,
        )

    assert told.redirect_chain[-1][0] == address
    assert "1,050.00" in told.content.decode() and Entry.objects.count() == 1


def test_a_sealed_price_is_handed_in_shown_and_never_kept_before(client, cast, told):
    with frozen(BEFORE):
        sale = prepare(cast, auctions.SEALED)
        _paddle, key = services.admit(sale, label="one", party_key="one", by=cast.wang_min)
        services.announce(sale, by=cast.wang_min)
    address = f"/auctions/{sale.number}/"
    mine = {"amount": "1,234.56", "secret": key}
    with frozen(OPEN):
        asked = client.post(f"{address}seal/", mine)
        client.post(f"{address}seal/", fields(asked))
        client.post(f"{address}seal/", {"amount": "abc", "secret": key})
        assert "123456" not in str([*Entry.objects.values()])
    with frozen(FREE):
        client.post(f"{address}seal/", {**mine, "amount": "1234.57"})
        client.post(f"{address}seal/", mine)

    assert [(e.kind, e.cents) for e in Entry.objects.order_by("serial")] == [("seal", 0), ("reveal", 123_456)]


def feed(client, sale, after=0, **headers):
    return client.get(f"/live/auctions/{sale.number}?after={after}", headers=headers)


def test_a_screen_that_was_away_gets_all_it_missed_in_order(client, hall, monkeypatch):
    monkeypatch.setattr("huilian.engine.auctions.queries.MOST", 3)
    monkeypatch.setattr(live, "FRESH", -1)
    for i in range(10):
        bid((hall.one, hall.two)[i % 2], 100_000 + i * 5_000, at=OPEN + i * MS)

    seen, more = [], True
    while more:
        state = json.loads(feed(client, hall.sale, len(seen)).content)
        seen += [e["serial"] for e in state["entries"]]
        more = state["more"] or seen[-1] < state["serial"]
    assert seen == list(range(1, 11))


def test_what_has_not_changed_is_not_sent_or_read_again(client, hall, django_assert_num_queries):
    with frozen(OPEN):
        first = feed(client, hall.sale)
        with django_assert_num_queries(0):
            again = feed(client, hall.sale, **{"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert feed(client, hall.sale, "x" * 3).status_code == 200
    assert client.get("/live/auctions/JJ0").status_code == 404


def test_the_record_is_a_file_after_the_end_and_a_sentence_before(client, hall, address):
    bid(hall.one, 100_000)
    assert client.get(f"{address}record.json").status_code != 200
    with frozen(END):
        services.watching()
    trail.seal()

    answer = client.get(f"{address}record.json")
    assert auctions.judge(json.loads(answer.content)["record"]).paddle == hall.one.number
    assert by_number(hall.sale.number).state == Auction.State.ENDED
    page = client.get(address).content.decode()
    assert str(hall.one.number) in page and "recompute" in page


def test_a_draft_is_nobodys_business_and_the_page_asks_little(
    client, cast, hall, address, django_assert_max_num_queries
):
    with frozen(BEFORE):
        draft = prepare(cast)
    assert client.get(f"/auctions/{draft.number}/").status_code == feed(client, draft).status_code == 404
    with frozen(OPEN), django_assert_max_num_queries(8):
        client.get(address)
