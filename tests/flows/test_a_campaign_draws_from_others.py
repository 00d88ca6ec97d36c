"""Orders of the hotline and findings of inspections are proposed to a campaign; no citizen's word goes along."""

from huilian.areas.answer.campaigns import services
from huilian.areas.answer.inspections import services as inspections
from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.models import Channel, Matter
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from huilian.project import discover
from tests.areas.campaigns.conftest import MORNING, begun, set_up
from tests.cast import SINCE


def test_an_order_and_a_finding_are_proposed_by_their_numbers(cast):
    with frozen(MORNING):
        site = set_up(cast)
        publish_all([path for path in discover.files("procedures/*.yaml") if path.stem in ("hotline", "finding")])
        phone = Channel.objects.create(key="122", name="122民生热线", kind="phone")
        attitude = Matter.objects.create(code="N03", topic="党务政务", name="窗口服务态度、推诿")
        order = hotline.take(
            by=cast.zhou_hui, channel=phone, title="推诿", text="窗口的张三让我跑了三趟", place=cast.liuhe
        )
        order = hotline.dispatch(order, unit=cast.housing, class_key="special", matter=attitude, by=cast.zhou_hui)
        finding = inspections.note_finding(unit=cast.housing, fact="窗口无人值守", field="four_winds", by=SYSTEM)
        inspections.tell_now(finding, by=SYSTEM)
        seat = Post.objects.create(unit=cast.commission, name="督查", roles=["inspection_officer"])
        directory.appoint(cast.person("lin_zheng"), seat, starts_on=SINCE, by=SYSTEM)
        campaign = begun(site, kind="efficiency", matters="N03", field="four_winds")
        quiet = begun(site, title="别的整治")

        (asked,) = services.draw(campaign, "hotline", by=site.officer)
        (found,) = services.draw(campaign, "inspection", by=site.officer)

        assert (asked.source_ref, asked.unit) == (order.case.number, cast.housing)
        assert "窗口服务态度" in asked.fact and "张三" not in asked.fact
        assert (found.source_ref, found.fact, found.case) == (finding.number, "窗口无人值守", None)
        for source in services.problems.sources():
            assert services.draw(quiet, source, by=site.officer) == []
