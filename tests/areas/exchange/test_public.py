"""The public pages of trading."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Lot, Registration, Subscriber
from huilian.areas.watch.exchange.services import telling
from huilian.foundation.errors import Invalid

from .conftest import bidder


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def test_lots_are_found_and_read_without_an_account(desk, client):
    lot = desk.published()
    hidden = desk.applied(title="未公告的林地")

    listed = client.get("/trading/").content.decode()
    assert lot.title in listed and hidden.title not in listed
    assert client.get(f"/trading/{hidden.number}/").status_code == 404
    assert lot.title in client.get("/trading/", {"q": "东塘", "board": "property"}).content.decode()
    assert "15,000.00" in client.get(f"/trading/{lot.number}/").content.decode()
    assert lot.number in client.get("/trading/feed.atom").content.decode()


def test_a_bidder_registers_with_the_telephone_and_looks_with_number_and_code(desk, client):
    lot = desk.published()
    given = bidder(1, claims="0")

    wrong = client.post(f"/trading/{lot.number}/register/", {**given, "account_no": "x"})
    assert wrong.status_code == 422 and not Registration.objects.exists()
    done = client.post(f"/trading/{lot.number}/register/", given).content.decode()
    made = Registration.objects.get()
    code = done.split("<b>")[2].split("</b>")[0]
    assert made.number in done and made.device
    look = client.post("/trading/mine/", {"number": made.number, "code": code}).content.decode()
    assert "已报名" in look
    assert client.post("/trading/mine/", {"number": made.number, "code": "AAAAAAAA"}).status_code == 422
    client.post("/trading/mine/", {"number": made.number, "code": code, "give_up": "1"})
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_anybody_asks_and_objects_on_the_page_of_a_lot(desk, client):
    lot = desk.published()
    assert client.post(f"/trading/{lot.number}/", {"text": "水电谁管？"}).status_code == 302
    who = {"name": "何大勇", "phone": "13800001111", "text": "面积不对", "object": "1"}
    assert client.post(f"/trading/{lot.number}/", who).status_code == 302
    with desk.at(lot.registers_until + timedelta(minutes=1)):
        assert client.post(f"/trading/{lot.number}/", {"text": "还能问吗？"}).status_code == 422

    page = client.get(f"/trading/{lot.number}/").content.decode()
    assert "水电谁管？" in page and "何大勇" not in page


def test_a_certificate_is_checked_by_its_number(desk, client):
    lot, deal, _joined, when = desk.confirmed({1: 1_700_000})
    with desk.at(when):
        deal = services.sign(lot, contract_no="HT-1", signed_on=when.date(), starts_on=when.date(), by=desk.clerk)
        services.turn_deposit(deal, by=desk.cashier)
        services.pay_in(deal, amount_cents=1_500_000, bank_ref="P1", on=when.date(), by=desk.cashier)
        deal = services.certify(services.settle(deal, by=desk.cashier).lot, by=desk.clerk)

    page = client.get(f"/trading/certificate/{deal.certificate_no}/").content.decode()
    assert deal.certificate_no in page and "周*乙" in page and "周云乙" not in page
    assert "没有出具过" in client.get("/trading/certificate/", {"number": "JZ20260101-9999"}).content.decode()
    assert Lot.objects.get(pk=lot.pk).case.step == "filing"


def test_notices_go_to_those_who_confirmed_their_address(desk, client, monkeypatch):
    sent = []
    monkeypatch.setattr(telling, "_send", lambda options, address, title, text: sent.append((address, text)))
    token = telling.subscribe("reader@example.org")
    with pytest.raises(Invalid):
        telling.subscribe("no address")
    notice = desk.published().notices.get()
    assert telling.send_notice(notice=notice.pk) == 0
    assert client.get(f"/trading/follow/{token}/").status_code == 302
    assert telling.send_notice(notice=notice.pk) == 1 and sent[0][0] == "reader@example.org"
    assert notice.lot.number in sent[0][1]
    telling.subscribe("other@example.org")
    stop = re.search(r"/trading/follow/\S+", sent[0][1])[0]
    client.get(stop.replace(":", ":x", 1))  # not our signature
    assert Subscriber.objects.count() == 2
    assert client.get(stop).status_code == 302

    assert [one.email for one in Subscriber.objects.all()] == ["other@example.org"]
    assert client.get(stop).status_code == 302
