"""Reports of watchers go on to the hotline in clear and to the tips sealed."""

import pytest

import huilian.flows.key_matters_are_looked_at_more_often as matters
from huilian.areas.answer.inspections import services as inspections
from huilian.areas.answer.inspections.models import Finding
from huilian.areas.hear.hotline.models import Order
from huilian.areas.hear.hotline.services.seeding import seed as seed_hotline
from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.watchers import services
from huilian.areas.hear.watchers.queries import figures
from huilian.areas.hear.watchers.queries.figures import MATTERS, raised_fields
from huilian.areas.hear.watchers.ways import result_of
from huilian.engine.links.models import Link
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid
from huilian.project import discover
from tests.areas.tips.conftest import furnish
from tests.areas.watchers.conftest import net, stage  # noqa: F401
from tests.vault import unlock

WORDS = "柳河村会计虚列误工费三千元"


def test_a_general_report_becomes_an_order_of_the_hotline(net):  # noqa: F811
    seed_hotline()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "hotline"])
    report = services.take_report(net.committee, duty="opinion", route="spoken", words="桥栏松动", by=net.one)
    with pytest.raises(Invalid):
        services.pass_on(report, way="tip", text="桥栏松动", by=net.branch)
    services.pass_on(report, way="order", text="柳河村东桥护栏松动，请修", by=net.branch)

    report.refresh_from_db()
    assert Order.objects.get().case.number == report.passed_to
    assert Link.objects.filter(source_id=report.number, target_id=report.passed_to).exists()


def test_a_sealed_report_becomes_a_tip_without_a_word_in_clear(net):  # noqa: F811
    furnish(net.cast)
    token = unlock(net.county)
    report = services.take_report(
        net.committee, duty="abuse", route="town", words=WORDS, unit=net.cast.liuhe_committee, by=net.one
    )
    services.pass_on(report, way="tip", token=token, by=net.county)

    report.refresh_from_db()
    tip = Tip.objects.get()
    assert tip.case.number == tip.number and result_of(report) == ""
    assert (tip.number, tip.channel) == (report.passed_to, "post") and report.state == "passed"
    assert "误工费" not in str(list(Event.objects.values_list("data", "actor_label")))


def test_a_running_work_is_looked_at_every_month(net, monkeypatch):  # noqa: F811
    assert matters.running in MATTERS and "works" not in raised_fields(net.cast.liuhe)
    monkeypatch.setattr(figures, "MATTERS", [lambda place: [("工程", 8_000_000)]])

    assert raised_fields(net.cast.liuhe)["works"] == (1, "村级工程")


def test_a_report_becomes_a_finding_and_the_result_comes_back(net):  # noqa: F811
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "finding"])
    given = {"duty": "opinion", "route": "spoken", "words": "水泵维修没有验收单"}
    vague = services.take_report(net.committee, **given, by=net.one)
    with pytest.raises(Invalid):
        services.pass_on(vague, way="finding", text="无验收单", by=net.branch)
    report = services.take_report(net.committee, **given, unit=net.cast.liuhe_cooperative, by=net.one)
    services.pass_on(report, way="finding", text="水泵维修付款无验收单", by=net.town)

    report.refresh_from_db()
    finding = Finding.objects.get()
    assert (finding.number, finding.source, finding.source_ref) == (report.passed_to, "watcher", report.number)
    assert finding.told_on is None and result_of(report) == ""
    finding = inspections.tell_now(finding, by=SYSTEM)
    assert result_of(report) == "反馈交办"
    finding.case.step, finding.result = "closed", "验收单已补，多付的退回"
    finding.case.save()
    finding.save()
    assert result_of(report) == "销号：验收单已补，多付的退回"
