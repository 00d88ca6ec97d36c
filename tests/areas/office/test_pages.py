"""Pages at the desk: within their weight, no name on them, a booking and a sheet from the phone, papers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.answer.office import services
from huilian.areas.answer.office.models import Check, DutyTask, Item, Slot, Talk
from huilian.engine.vault.models import Look
from huilian.engine.vault.web import COOKIE

from .conftest import NAME, PERSON, PLAN
from .test_offices import adopted


@pytest.fixture
def at(client, office):
    def enter(user, key: bool = True):
        client.logout()
        client.force_login(user)
        if key:
            client.cookies[COOKIE] = office.token(user)
        return client

    return enter


def get(client, url, queries=24, kib=45) -> str:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    assert len(asked) <= queries, (url, len(asked), "\n".join(q["sql"][:110] for q in asked))
    assert len(answer.content) <= kib * 1024, f"{len(answer.content) / 1024:.0f} KiB"
    return answer.content.decode()


def test_pages_of_talks_open_within_their_weight_and_name_nobody(office, at):
    talk = office.inside()
    services.mark(talk, "start", by=office.talker)
    services.report_incident(talk, kind="ill", happened_at=talk.medical_at, text="晕厥", by=office.guard)
    client = at(office.guard)
    for page, queries in (
        ("", 20), (f"talk/{talk.number}/", 50), (f"room/{office.room.pk}/", 24), (f"talk/{talk.number}/open/", 24),
        (f"sheet/talk/{talk.number}/during/", 20), (f"act/talk/{talk.number}/incident/", 20),
    ):  # fmt: skip
        text = get(client, f"/desk/office/{page}", queries)
        assert NAME not in text and "硝苯地平" not in text
    for page in (f"talk/{talk.number}/", "talk/TH20260603-0999/"):
        assert at(office.cast.he_wei, key=False).get(f"/desk/office/{page}").status_code == 403
        assert at(office.talker).get(f"/desk/office/{page}").status_code in (200, 404)
    for wrong in ("sheet/talk/x/before/", "sheet/room/x/room/", "act/talk/x/none/", "act/handover/x/take/",
                  f"paper/none/{talk.number}.pdf", "paper/use/x.pdf", f"sealed/plan/{talk.number}.txt"):  # fmt: skip
        assert at(office.talker).get(f"/desk/office/{wrong}").status_code == 404, wrong


def test_a_talk_is_booked_agreed_and_prepared_on_the_pages(office, at):
    client = at(office.talker)
    given = {
        "room": office.room.pk, "case_number": office.number, "begins_at": "2026-06-03T10:00", "people": 4,
        "ends_at": "2026-06-03T23:30", "second": office.second.pk, "guard": office.guard.pk, "risk": 2, "plan": PLAN,
        **PERSON,
    }  # fmt: skip
    assert client.post("/desk/office/book/", given).status_code == 422 and not Talk.objects.exists()
    client.post("/desk/office/book/", {**given, "ends_at": "2026-06-03T12:00"})
    url = f"/desk/office/act/talk/{Talk.objects.get().number}/"
    at(office.approver).post(f"{url}decide/", {"agree": "yes"})
    client = at(office.guard)
    client.post(f"{url}medical/", {"is_fit": "yes", "text": "血压正常"})
    items = Item.objects.filter(list="before")
    sheet = f"/desk/office/sheet/talk/{Talk.objects.get().number}/before/"
    assert client.post(sheet, {f"m{items[0].pk}": "bad"}).status_code == 422
    client.post(sheet, {f"m{item.pk}": "good" for item in items})
    at(office.talker).post(f"{url}hand-over/", {"taker": office.guard.pk, "is_well": "on"})
    talk = Talk.objects.get()
    at(office.guard).post(f"/desk/office/act/handover/{talk.handovers.get().pk}/take/")
    client.post(f"{url}start/")
    talk.refresh_from_db()
    assert talk.state == "inside" and talk.marks.get().kind == "start"
    assert client.post(f"{url}decide/", {"agree": "no"}).status_code == 403


def test_the_sealed_part_opens_for_a_purpose_and_papers_are_made(office, at):
    talk = office.ended()
    incident = services.report_incident(talk, kind="ill", happened_at=talk.medical_at, text="晕厥", by=office.guard)
    services.follow_up(incident, text="已送医", by=office.guard)
    client, url = at(office.guard), f"/desk/office/talk/{talk.number}/open/"
    assert client.post(url, {"purpose": ""}).status_code == 422 and not Look.objects.filter(user=office.guard).exists()
    text = client.post(url, {"purpose": "核对预案"}).content.decode()
    assert NAME in text and PLAN in text and "已送医" in text
    for page in (f"sealed/plan/{talk.number}", f"sealed/incident/{incident.number}", f"paper/checks/{talk.number}",
                 f"paper/handover/{talk.number}", f"paper/use/{office.room.pk}"):  # fmt: skip
        for form in ("docx", "pdf"):
            answer = client.get(f"/desk/office/{page}.{form}")
            assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    client.cookies.pop(COOKIE)
    assert client.get(f"/desk/office/sealed/plan/{talk.number}.pdf").status_code == 302
    assert at(office.keeper).post(url, {"purpose": "看看"}).status_code == 422


def test_pages_of_offices(office, at, picture):
    services.plan_tasks()
    doc = adopted(office)
    client = at(office.head, key=False)
    for page, queries in (
        ("offices/", 20), (f"offices/{office.town.pk}/", 40), ("documents/office/", 20), ("documents/mechanism/", 20),
        (f"document/{doc.pk}/", 24), (f"adopt/{office.town.pk}/{doc.slot_id}/", 20),
        (f"sheet/unit/{office.town.pk}/seven/", 20),
    ):  # fmt: skip
        get(client, f"/desk/office/{page}", queries)
    assert client.get("/desk/office/documents/none/").status_code == 404
    assert client.get(f"/desk/office/offices/{office.cast.commission.pk}/").status_code == 404
    task = DutyTask.objects.filter(unit=office.town).first()
    client.post(f"/desk/office/act/task/{task.pk}/finish/", {"proof": "查了四个村", "files": picture()})
    client.post(f"/desk/office/act/document/{doc.pk}/read/")
    slot = Slot.objects.get(list="office", number=3)
    url = f"/desk/office/adopt/{office.town.pk}/{slot.pk}/"
    assert client.post(url, {"title": "请示报告制度", "body": "党委", "adopted_on": "2026-06-01"}).status_code == 422
    client.post(url, {"title": "请示报告制度", "body": "党委", "adopted_on": "2026-06-01", "text": "第一条"})
    item = Item.objects.get(list="seven", number=1)
    client.post(f"/desk/office/sheet/unit/{office.town.pk}/seven/", {f"m{item.pk}": "good", f"p{item.pk}": picture()})
    task.refresh_from_db()
    check = Check.objects.get()
    assert task.done_on and doc.readings.count() == 1 and slot.adoptions.count() == 1 and check.photo
    assert client.get(f"/desk/files/attachment/{check.photo_id}/").status_code == 200
    assert at(office.talker).get(f"/desk/files/attachment/{check.photo_id}/").status_code in (403, 404)
