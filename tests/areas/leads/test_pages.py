"""Pages at the desk: within their weight, closed to others, filled in, opened for a purpose, printed."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huilian.areas.answer.leads import hooks, services
from huilian.areas.answer.leads.models import Lead
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Look
from huilian.engine.vault.web import COOKIE
from huilian.foundation.errors import Conflict, NotAllowed
from huilian.foundation.now import today

from .conftest import POINTS, SECRET


@pytest.fixture
def at(client, desk):
    def enter(user):
        client.logout()
        client.force_login(user)
        if user != desk.analyst:
            client.cookies[COOKIE] = desk.token(user)
        return client

    return enter


def get(client, url, queries=20, kib=45) -> str:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(asked) <= queries, (url, "\n".join(q["sql"][:110] for q in asked))
    assert len(answer.content) <= kib * 1024, f"{len(answer.content) / 1024:.0f} KiB"
    return answer.content.decode()


def test_pages_open_within_their_weight_and_tell_nothing_of_what_is_sealed(desk, at):
    lead = desk.assigned()
    services.weigh(lead, POINTS, cause="first", by=desk.handler)
    services.send_letter(lead, kind="assist", to=desk.cast.housing, text="鉴定", by=desk.handler)
    services.make_paper(lead, template="register", values={"summary": SECRET}, by=desk.handler)
    meeting = services.hold_meeting(held_on=today(), present=[desk.handler], by=desk.manager)
    services.table(meeting, lead, by=desk.manager)
    stock = services.take_stock(name="大起底", since=today(), until=today(), due_on=today(), by=desk.manager)
    client = at(desk.manager)
    for page, queries in (
        ("", 20), (f"lead/{lead.number}/", 60), ("meetings/", 20), (f"meeting/{meeting.number}/", 24), ("stock/", 20),
        (f"stock/{stock.number}/", 24), ("figures/", 40), ("papers/", 20), ("papers/trial/", 20), ("new/", 20),
        (f"act/lead/{lead.number}/weigh/", 24), (f"act/lead/{lead.number}/letter/", 24), ("meetings/new/", 40),
        ("stock/new/", 20), (f"papers/?lead={lead.number}", 20), (f"lead/{lead.number}/open/", 24),
    ):  # fmt: skip
        text = get(client, f"/desk/leads/{page}", queries)
        assert SECRET not in text and "刘长贵" not in text


def test_who_is_not_in_the_team_gets_the_answer_of_nothing_and_the_try_is_kept(desk, at):
    lead = desk.assigned()
    client = at(desk.second)
    for page in ("", "open/", "paper/register/"):
        assert client.get(f"/desk/leads/lead/{lead.number}/{page}").status_code == 404
    assert client.get(f"/desk/leads/act/lead/{lead.number}/weigh/").status_code == 404
    assert client.get("/desk/leads/lead/XS20260603-0999/").status_code == 404
    assert Event.objects.filter(verb="leads.refuse").count() == 5
    assert at(desk.analyst).get("/desk/leads/").status_code == 403
    assert "*" in get(at(desk.analyst), "/desk/leads/figures/", 40)


def test_a_lead_is_opened_for_a_purpose_only(desk, at):
    lead = desk.assigned()
    client, url = at(desk.handler), f"/desk/leads/lead/{lead.number}/open/"
    assert SECRET not in client.get(url).content.decode()
    assert client.post(url, {"purpose": ""}).status_code == 422 and not Look.objects.exists()
    answer = client.post(url, {"purpose": "拟定方案"})
    assert SECRET in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert Look.objects.get().purpose == "拟定方案"
    client.cookies.pop(COOKIE)
    assert client.post(url, {"purpose": "再看"}).status_code == 302


def test_an_attachment_is_opened_piece_by_piece(desk, at):
    lead = desk.assigned(files=[("账页.pdf", io.BytesIO(b"%PDF-1.4 x"))])
    client, url = at(desk.handler), f"/desk/leads/lead/{lead.number}/"
    opened = client.post(f"{url}open/", {"purpose": "核对"}).content.decode()
    assert "账页.pdf" in opened and "attachment-1.bin" in opened
    answer = client.get(f"{url}attachment-1.bin")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x" and "no-store" in answer["Cache-Control"]
    with pytest.raises(Conflict):
        services.open_attachment(lead, 2, purpose="核对", token=desk.token(desk.handler), by=desk.handler)
    with pytest.raises(NotAllowed):
        services.open_attachment(lead, 1, purpose="看看", token=desk.token(desk.second), by=desk.second)


def test_a_lead_is_registered_handed_over_and_proposed_on_the_pages(desk, at, monkeypatch):
    monkeypatch.setitem(hooks.sources, "screening", lambda number, token, by: hooks.Given(summary=f"预警{number}"))
    client = at(desk.manager)
    assert "预警YJ1" in client.get("/desk/leads/new/?source=screening&number=YJ1").content.decode()
    given = {
        "source": "screening", "source_number": "YJ1", "received_on": today(), "unit": desk.cast.liuhe_committee.pk,
        "discipline": "integrity", "field": "works", "rank": "above", "competent": "yes", "name": "刘长贵",
        "summary": SECRET,
    }  # fmt: skip
    assert client.post("/desk/leads/new/", given).status_code == 422 and not Lead.objects.exists()
    client.post("/desk/leads/new/", {**given, "rank": "village"})
    lead = Lead.objects.get()
    url = f"/desk/leads/act/lead/{lead.number}/"
    client.post(f"{url}hand-over/", {"taker": desk.handler.pk, "office": "一室"})
    client = at(desk.handler)
    client.post(f"{url}take/")
    assert client.post(f"{url}propose/", {"way": "file", "text": "建议立案"}).status_code == 422
    client.post(f"{url}propose/", {"way": "verify", "text": "建议初核"})
    at(desk.deputy).post(f"{url}decide/", {"agree": "yes"})

    lead.refresh_from_db()
    assert (lead.handler, lead.proposals.get().level) == (desk.handler, 2)


def test_a_paper_is_filled_sealed_and_read_on_the_pages(desk, at):
    lead = desk.assigned()
    client, url = at(desk.handler), f"/desk/leads/lead/{lead.number}/paper/verify-approval/"
    assert SECRET in client.post(url).content.decode()
    client.post(url, {"seal": "1", "summary": SECRET, "opinion": "建议核实"})
    paper = lead.papers.get()
    read = client.get(f"/desk/leads/lead/{lead.number}/papers/{paper.number}.1.pdf")
    assert read.content[:4] == b"%PDF" and read["Cache-Control"].startswith("no-store")
    blank = client.get("/desk/leads/papers/leads/?blank=register&as=docx")
    assert blank.content[:2] == b"PK"
