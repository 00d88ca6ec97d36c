"""The list of evidence: names and givers sealed with the team, keepers and places outside; printed."""

import io
from datetime import date, timedelta

import pytest

from huilian.areas.answer.leads import services
from huilian.areas.answer.leads.models import Evidence
from huilian.engine.trail.models import Event
from huilian.engine.vault.models import Box, Look
from huilian.engine.vault.web import COOKIE
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

NAME, GIVER = "机井工程收据存根", "柳河村原会计"


def added(desk, lead, **more):
    given = {"kind": "document", "name": NAME, "giver": GIVER, "taken_on": today(), "copies": 2, "kept_at": "三号柜",
             "by": desk.handler, **more}  # fmt: skip
    return services.add_evidence(lead, **given)


def opened(desk, lead, user):
    return services.open_evidence(lead, purpose="核对目录", token=desk.token(user), by=user)


def test_a_piece_is_sealed_to_the_team_and_opens_with_its_files(desk):
    lead = desk.assigned()
    services.state_clear(lead, by=desk.handler)
    row = added(desk, lead, files=[("存根.pdf", io.BytesIO(b"%PDF-1.4 x"))], remark="原件")
    second = added(desk, lead, kind="media", name="录音")
    assert (row.no, second.no, row.files, row.keeper) == (1, 2, 1, desk.handler)
    assert not any(NAME in str(value) for value in Evidence.objects.values_list().first())
    first, _other = opened(desk, lead, desk.handler)
    assert first.words == {"name": NAME, "giver": GIVER, "remark": "原件", "files": ["存根.pdf"]}
    assert opened(desk, lead, desk.manager)[0].words["giver"] == GIVER
    token = desk.token(desk.handler)
    name, pieces = services.open_evidence_file(row, 1, purpose="核对", token=token, by=desk.handler)
    assert (name, b"".join(pieces)) == ("存根.pdf", b"%PDF-1.4 x")
    with pytest.raises(Conflict):
        services.open_evidence_file(row, 2, purpose="核对", token=token, by=desk.handler)
    for user in (desk.second, desk.trial):
        with pytest.raises(NotAllowed):
            opened(desk, lead, user)
    assert Event.objects.filter(verb="leads.add_evidence").count() == 2


def test_a_faulty_piece_is_refused_and_nothing_is_sealed(desk):
    lead = desk.assigned()
    before = Box.objects.count()
    faults = {"kind": "none", "taken_on": date(2027, 1, 1), "copies": 0, "name": " ", "giver": "", "kept_at": ""}
    for field, value in faults.items():
        with pytest.raises(Invalid) as refused:
            added(desk, lead, **{field: value})
        assert refused.value.field == field
    for user in (desk.second, desk.manager):
        with pytest.raises(NotAllowed):
            added(desk, lead, by=user)
    with pytest.raises(NotAllowed):
        added(desk, lead, keeper=desk.second)
    assert Box.objects.count() == before and not Evidence.objects.exists()


def test_a_piece_goes_to_another_keeper_and_at_last_away(desk):
    lead = desk.assigned()
    row = services.move_evidence(added(desk, lead), keeper=desk.manager, kept_at="案管室保险柜", by=desk.handler)
    with pytest.raises(NotAllowed):
        services.move_evidence(row, keeper=desk.second, kept_at="家", by=desk.handler)
    with pytest.raises(NotAllowed):
        services.move_evidence(row, keeper=desk.handler, kept_at="家", by=desk.second)
    with pytest.raises(NotAllowed):
        services.release_evidence(row, state="returned", text="退还", by=desk.second)
    with pytest.raises(Invalid):
        services.release_evidence(row, state="kept", text="退还", by=desk.handler)
    row = services.release_evidence(row, state="returned", text="退还村委会，收条一张", by=desk.handler)
    assert (row.state, row.gone_on, row.kept_at) == ("returned", today(), "案管室保险柜")
    for again in (lambda: services.release_evidence(row, state="handed", text="再", by=desk.handler),
                  lambda: services.move_evidence(row, keeper=desk.handler, kept_at="柜", by=desk.handler)):  # fmt: skip
        with pytest.raises(Conflict):
            again()
    verbs = Event.objects.filter(verb__endswith="evidence").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["leads.add_evidence", "leads.move_evidence", "leads.release_evidence"]
    services.state_clear(lead, by=desk.handler)
    assert opened(desk, lead, desk.handler)[0].words["went"] == "退还村委会，收条一张"


def test_the_list_is_entered_opened_and_printed_on_the_pages(desk, client):
    lead = desk.assigned()
    services.state_clear(lead, by=desk.handler)
    client.force_login(desk.handler)
    client.cookies[COOKIE] = desk.token(desk.handler)
    act, page = f"/desk/leads/act/lead/{lead.number}/evidence/", f"/desk/leads/lead/{lead.number}/"
    given = {"kind": "document", "name": NAME, "giver": GIVER, "taken_on": today(), "copies": 1, "kept_at": "三号柜"}
    late = {**given, "taken_on": today() + timedelta(days=9)}
    assert client.get(act).status_code == 200 and client.post(act, late).status_code == 422
    client.post(act, {**given, "files": io.BytesIO(b"scan")})
    row = lead.evidence.get()
    assert row.files == 1 and NAME not in client.get(page).content.decode()
    assert client.post(f"{page}evidence/", {"purpose": ""}).status_code == 422
    assert NAME not in client.get(f"{page}evidence/").content.decode()
    assert NAME in client.post(f"{page}evidence/", {"purpose": "核对"}).content.decode()
    paper = client.post(f"{page}evidence/", {"purpose": "归档", "as": "docx"})
    assert paper.content[:2] == b"PK" and "no-store" in paper["Cache-Control"]
    assert b"".join(client.get(f"{page}evidence/1-1.bin").streaming_content) == b"scan"
    for verb, words in (("keeper", {"keeper": desk.manager.pk, "kept_at": "保险柜"}),
                        ("release", {"state": "handed", "text": "随案移送审理"})):  # fmt: skip
        url = f"/desk/leads/act/evidence/{row.pk}/{verb}/"
        assert client.get(url).status_code == 200 and client.post(url, words).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.keeper) == ("handed", desk.manager)
    assert Look.objects.filter(purpose="归档").exists()
