"""A tip or an alert becomes a lead: sealed anew, the number kept, the end told; no reporter goes along."""

import io

import pytest
from django.utils import translation

from huilian.areas.answer.leads import hooks, services
from huilian.areas.answer.leads.models import Lead
from huilian.areas.answer.leads.seeding import seed
from huilian.areas.answer.leads.services.disposing import close
from huilian.engine.alerts.models import Alert
from huilian.engine.alerts.seeding import seed as seed_alerts
from huilian.engine.alerts.services import Finding, raise_many
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.inbox.models import Notice
from huilian.engine.links.models import Link
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of, looks_into
from huilian.engine.vault.web import COOKIE
from huilian.foundation.errors import Refused
from huilian.foundation.now import today
from huilian.project import discover
from tests.areas.tips.conftest import NAMED, TEXT, accepted, furnish, take
from tests.cast import SINCE
from tests.vault import unlock


@pytest.fixture
def desk(cast):
    seed()
    with translation.override("en"):
        furnish(cast)
        post = Post.objects.create(unit=cast.commission, name="案管", roles=["lead_manager", "discipline_officer"])
        directory.appoint(cast.person("lin_zheng"), post, starts_on=SINCE, by=SYSTEM)
        unlock(cast.lin_zheng)
        yield cast


def test_a_tip_becomes_a_lead_on_the_page_and_is_told_its_end(desk, client):
    tip = accepted(desk, take(desk, files=[(io.BytesIO(b"%PDF-1.4 x"), "账页.pdf")], **NAMED).tip)
    client.force_login(desk.guo_jing)
    client.cookies[COOKIE] = unlock(desk.guo_jing)
    url = f"/desk/leads/new/?source=tip&number={tip.number}"
    assert TEXT in client.get(url).content.decode()
    given = {
        "source": "tip", "source_number": tip.number, "naming": "real", "received_on": today(), "summary": TEXT,
        "unit": desk.liuhe_committee.pk, "discipline": "masses", "field": "relief", "rank": "village",
        "competent": "yes",
    }  # fmt: skip
    assert client.post(url, given)["Location"] == "/desk/"

    lead = Lead.objects.get()
    tip.refresh_from_db()
    assert (tip.lead, tip.case.step) == (lead.number, "with_lead") and lead.people == 1
    content, _notes = services.open_lead(lead, purpose="登记核对", token=unlock(desk.lin_zheng), by=desk.lin_zheng)
    assert content["summary"] == TEXT and content["persons"][0]["name"] == "李晓" and content["files"] == ["账页.pdf"]
    box = boxes_of(lead.subject).get(part="file-1")
    read = vault.open_file(box, token=unlock(desk.lin_zheng), purpose="核对", by=desk.lin_zheng)
    assert b"".join(read) == b"%PDF-1.4 x" and "周大山" not in str(content)
    assert looks_into(tip.subject).filter(user=desk.guo_jing).exists()

    close(lead, by=SYSTEM)
    assert Notice.objects.get(template="leads.ended").user == desk.guo_jing


def test_a_number_that_is_not_theirs_gives_nothing(desk):
    tip = take(desk).tip
    for source, number in (("tip", tip.number), ("tip", "JB1"), ("screening", "YJ1"), ("inspection", "WT1")):
        with pytest.raises(Refused):
            hooks.sources[source](number, token=unlock(desk.lei_ming), by=desk.lei_ming)
    assert not Lead.objects.exists()


def test_an_alert_gives_its_rule_and_reason_and_keeps_no_link(desk):
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "alert"])
    seed_alerts()
    words = {"zh": "大额现金", "en": "Much cash"}
    raise_many([Finding("QX01", words, 1, "collective.voucher:PZ1", words, unit=desk.housing)])
    alert = Alert.objects.get()
    known = hooks.sources["screening"](alert.number, token="", by=desk.lin_zheng)
    assert alert.rule in known.summary and known.unit == alert.unit
    services.register(source="screening", source_number=alert.number, summary=known.summary, by=desk.lin_zheng)
    assert not Link.objects.exists()


def test_a_finding_gives_its_fact_place_and_field(desk, monkeypatch):
    from huilian.areas.answer.inspections.models import Finding
    from huilian.flows import a_finding_becomes_a_lead as flow

    Finding.objects.create(
        number="WT20261122-0001", unit=desk.liuhe_committee, owner=desk.liuhe_committee, place=desk.liuhe,
        field="assets", fact="两份合同没有入账", noted_on=today(),
    )  # fmt: skip
    with pytest.raises(Refused):
        flow.given("WT20261122-0001", token="", by=desk.guo_jing)
    monkeypatch.setattr(flow, "visible_findings", lambda user: Finding.objects.all())
    known = flow.given("WT20261122-0001", token="", by=desk.lin_zheng)
    assert (known.summary, known.unit, known.field) == ("两份合同没有入账", desk.liuhe_committee, "assets")
