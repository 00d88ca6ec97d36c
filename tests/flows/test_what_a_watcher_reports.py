"""Reports of watchers go on to the hotline in clear and to the tips sealed."""

import pytest

import huilian.flows.key_matters_are_looked_at_more_often as matters
from huilian.areas.hear.hotline.models import Order
from huilian.areas.hear.hotline.services.seeding import seed as seed_hotline
from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.watchers import services
from huilian.areas.hear.watchers.queries.figures import MATTERS, raised_fields
from huilian.engine.links.models import Link
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid
from huilian.project import discover
from tests.areas.tips.conftest import furnish
from tests.areas.watchers.conftest import net  # noqa: F401
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
    assert (tip.number, tip.channel) == (report.passed_to, "post") and report.state == "passed"
    assert "误工费" not in str(list(Event.objects.values_list("data", "actor_label")))


def test_a_running_work_is_looked_at_every_month(net, monkeypatch):  # noqa: F811
    assert matters.running in MATTERS and "works" not in raised_fields(net.cast.liuhe)
    monkeypatch.setattr("huilian.areas.hear.watchers.queries.figures.MATTERS", [lambda place: [("工程", 8_000_000)]])

    assert raised_fields(net.cast.liuhe)["works"] == (1, "村级工程")
