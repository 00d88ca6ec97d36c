"""A citizen books a place in the queue of a leader's reception: on a telephone, without an account, by code."""

import re
from datetime import timedelta

import pytest

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Visit
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .conftest import verbs

GIVEN = {"matter": "三组水渠修复进度", "name": "张桂兰", "phone": "13812345678", "people": 2}


@pytest.fixture
def slot(office):
    starts = now() + timedelta(days=2)
    values = {
        "leader": office.leader.person, "unit": office.cast.petitions, "room": "县人民来访接待大厅", "is_remote": False,
        "starts_at": starts, "ends_at": starts + timedelta(hours=3), "seats": 1,
    }  # fmt: skip
    return services.save_slot(None, values, by=office.clerk)


def test_booked_followed_given_up_and_booked_by_the_next(slot, client):
    assert "县人民来访接待大厅" in client.get("/receptions/").content.decode()
    sent = client.post(f"/receptions/{slot.pk}/", GIVEN, follow=True).content.decode()
    visit, code = Visit.objects.get(), re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", sent)[0]
    assert visit.number in sent and (visit.turn, visit.people) == (1, 2) and code not in visit.code_digest
    assert client.post("/receptions/booked/", {"code": code}).headers["Location"] == "/follow/visit/"

    client.post("/leave/")
    assert client.get("/follow/visit/").status_code == 302
    client.post("/follow/", {"number": visit.number, "code": code})
    assert "三组水渠修复进度" in client.get("/follow/visit/").content.decode()
    assert client.post(f"/receptions/{slot.pk}/", GIVEN).status_code == 422
    client.post("/follow/visit/give-up/")
    visit.refresh_from_db()
    assert visit.state == "gone" and verbs(visit)[-2:] == ["petitions.book", "petitions.give_up"]
    second = services.book_online(slot, **GIVEN).visit
    assert second.turn == 2 and "三组" not in client.get("/receptions/").content.decode()


def test_what_is_refused_changes_nothing(office, slot, client):
    with pytest.raises(Invalid):
        services.book_online(slot, **{**GIVEN, "people": 6})
    booked = services.book_online(slot, **GIVEN)
    with pytest.raises(Conflict):
        services.book_online(slot, **GIVEN)
    visit = services.arrive(booked.visit, by=office.clerk)
    with pytest.raises(Conflict):
        services.give_up(visit)
    assert Visit.objects.get().state == "here"
    assert client.post("/follow/", {"number": visit.number, "code": "22222-22222"}).status_code == 422
    services.save_slot(slot, {"seats": 4}, by=office.clerk)
    wrong = client.post(f"/receptions/{slot.pk}/", {**GIVEN, "name": ""})
    assert wrong.status_code == 422 and Visit.objects.count() == 1
