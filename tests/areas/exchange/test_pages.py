"""The desk of the exchange."""

from datetime import timedelta

import pytest
from django.urls import reverse

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Deposit, Lot, Registration
from huilian.areas.watch.exchange.queries.desk import figures
from huilian.areas.watch.exchange.queries.unities import checks_of
from huilian.foundation.now import moment, now

from .conftest import values

MAX_QUERIES = 40


def typed(**more) -> dict:
    given = values()
    plain = {k: v.pk if hasattr(v, "pk") else v for k, v in given.items() if k != "said"}
    yuan = {k: str(given[k] / 100) for k in given if k.endswith("_cents") and given[k]}
    return {**{k: v for k, v in plain.items() if v is not None}, **yuan, "said_pay_cycle": "按年", **more}


def test_the_village_applies_from_its_desk_and_keeps_what_it_typed_when_refused(desk, client):
    client.force_login(desk.village)
    given = typed()

    offered = client.get("/desk/exchange/apply/").content.decode()
    assert f'href="?right={given["right"]}&amp;mode={given["mode"]}"' in offered
    asked = client.get("/desk/exchange/apply/", {name: given[name] for name in ("right", "mode")}).content.decode()
    assert "said_pay_cycle" in asked and "said_creditor" not in asked
    refused = client.post("/desk/exchange/apply/", typed(term_months="600"))
    assert refused.status_code == 422 and "20年" in refused.content.decode() and not Lot.objects.exists()
    sent = client.post("/desk/exchange/apply/", typed())

    lot = Lot.objects.get()
    assert sent.url == reverse("desk-case", args=[lot.number])
    assert (lot.start_cents, lot.said) == (1_500_000, {"pay_cycle": "按年", "allowed_use": ""})


@pytest.mark.parametrize("who", ["village", "town", "clerk", "cashier", "head", "watcher"])
def test_everybody_of_the_exchange_opens_the_list_and_a_lot(desk, client, who, django_assert_max_num_queries):
    lot, _deal, _joined = desk.result({1: 1_700_000, 2: 1_650_000})
    client.force_login(getattr(desk, who))

    with django_assert_max_num_queries(MAX_QUERIES):
        home = client.get("/desk/exchange/", {"board": "property", "step": "result", "q": "东塘"})
    page = client.get(reverse("desk-case", args=[lot.number]))

    assert lot.title in home.content.decode()
    text = page.content.decode()
    assert "周*乙" in text and "周云乙" not in text and "五统一" in text
    inside = client.get(f"/desk/exchange/lot/{lot.number}/")
    assert inside.status_code == (403 if who in ("village", "town") else 200)


def test_the_exchange_works_on_a_lot_from_its_page(desk, client):
    lot = desk.published()
    one, _code = services.register(lot, {"kind": "person", **_bidder()})
    client.force_login(desk.cashier)
    base = f"/desk/exchange/lot/{lot.number}"
    money = {
        "amount_cents": "2000", "payer": one.name, "payer_account": one.account_no, "bank_ref": "B1",
        "arrived_at": f"{now():%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    assert client.post(f"{base}/deposit/{one.pk}/", money).status_code == 302
    assert client.post(f"{base}/confirm/{Deposit.objects.get().pk}/").status_code == 302
    assert client.post(f"{base}/examine/{one.pk}/", {"qualified": "yes", "priority": "0"}).status_code == 403
    client.force_login(desk.clerk)
    assert client.post(f"{base}/examine/{one.pk}/", {"qualified": "no", "priority": "0"}).status_code == 422
    assert client.post(f"{base}/examine/{one.pk}/", {"qualified": "yes", "priority": "0"}).status_code == 302
    assert client.get(f"{base}/nonsense/{one.pk}/").status_code == 404
    with desk.at(lot.opens_at):
        desk.closed(lot)
        client.logout()
        client.force_login(desk.clerk)
        assert client.post(f"{base}/price/{one.pk}/", {"price_cents": "15000", "round": "1"}).status_code == 302
        assert "协议成交" in client.get(f"{base}/").content.decode()

    one.refresh_from_db()
    assert (one.state, Deposit.objects.get().state) == (Registration.State.QUALIFIED, "confirmed")


def _bidder() -> dict:
    from .conftest import bidder

    return bidder(1)


@pytest.mark.parametrize("kind", ["application", "notice", "confirmation"])
def test_papers_are_pdf(desk, client, kind):
    lot, _deal, _joined, when = desk.confirmed({1: 1_700_000})
    with desk.at(when):
        client.force_login(desk.village)
        answer = client.get(f"/desk/exchange/paper/{lot.number}/{kind}/")
        assert client.get(f"/desk/exchange/paper/{lot.number}/nonsense/").status_code == 404

    assert answer.content.startswith(b"%PDF-")


def test_figures_count_deals_from_their_confirmation(desk):
    lot, _deal, _joined, _when = desk.confirmed({1: 1_650_000})

    found = {f.board.key: f for f in figures(Lot.objects.all())}
    assert (found["property"].lots, found["property"].deals, found["property"].gain_permille) == (1, 1, 100)
    assert (found["land"].lots, found["land"].gain_permille) == (0, None)
    assert lot.outcome == "sold"


def test_the_five_unities_are_read_off_the_record(desk):
    lot = desk.published()
    kept = {c.unity.key: c.kept for c in checks_of(lot)}
    assert kept == {"guidance": None, "platform": True, "information": None, "process": True, "service": True}
    services.post_on_board(lot.notices.get(), on=moment(now()).date(), by=desk.village)
    services.attend(lot, step="notice", on=now().date(), opinion="公告无误", by=desk.watcher)

    kept = {c.unity.key: c.kept for c in checks_of(Lot.objects.get())}
    assert kept["guidance"] is True and kept["information"] is True
    with desk.at(lot.registers_until + timedelta(days=9)):
        lot.notices.update(posted_on=None)
        assert {c.unity.key: c.kept for c in checks_of(Lot.objects.get())}["information"] is False
