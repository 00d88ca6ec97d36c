"""The life of a list: whose it is, consultation, approval, versions."""

from datetime import timedelta

import pytest

from huilian.areas.power.powers import services
from huilian.areas.power.powers.models import Opinion, PowerItem, PowerList
from huilian.areas.power.powers.queries import lists
from huilian.areas.power.powers.queries.content import content_of
from huilian.areas.power.powers.seeding import seed
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now, today

pytestmark = pytest.mark.django_db


def verbs(subject):
    return [event.verb for event in history_of(subject)]


def approved(listing, *, by, approver, boss=None):
    services.consult(listing, days=3, by=by)
    with frozen(now() + timedelta(4)):
        return services.approve(listing, approval="镇党委会〔2026〕3号", by=approver)


def test_every_kind_of_body_begins_with_three_lists_and_flows(county):
    counted = {(x.body, x.family): x.items.count() for x in PowerList.objects.all()}

    assert counted["V", "power"] == 36 and len(counted) == 18
    assert all(x.is_default and x.valid_from == today() for x in PowerList.objects.all())
    assert seed() == {"flows": 0, "lists": 0, "points": 0}


def test_a_unit_stands_under_the_nearest_list_in_force(county):
    unit, town = county.liuhe_committee, county.qingshi
    assert lists.in_force(unit)["power"].owner_key == ""

    draft = services.begin("V", "power", township=town, by=county.wang_min)
    item = draft.items.get(code="V-P-22")
    services.save_item(draft, item, {"limit_days": 40}, by=county.wang_min)
    services.strike_item(draft.items.get(code="V-P-20"), by=county.wang_min)
    approved(draft, by=county.wang_min, approver=county.hao_jing)
    published = services.publish(draft, by=county.hao_jing)

    assert lists.in_force(unit)["power"] == published
    assert lists.in_force(county.dongwan_committee)["power"].owner_key == ""
    assert lists.item_of(unit, "V-P-20") is None
    assert lists.item_of(unit, "V-P-22").limit_days == 40
    done = {"begin", "item", "strike", "consult", "approve", "publish"}
    assert {f"powers.{verb}" for verb in done} == set(verbs(published))


def test_a_clerk_of_another_township_cannot_begin_its_list(county):
    with pytest.raises(NotAllowed):
        services.begin("V", "power", township=county.qingshi, by=county.sun_yan)
    with pytest.raises(NotAllowed):
        services.begin("V", "power", by=county.wang_min)

    assert not PowerList.objects.filter(state="draft").exists()


def test_a_list_of_the_wrong_kind_or_a_second_draft_is_refused(county):
    with pytest.raises(Invalid, match="不适用"):
        services.begin("T", "power", unit=county.liuhe_committee, by=county.hao_jing)
    services.begin("V", "duty", unit=county.liuhe_committee, by=county.wang_min)

    with pytest.raises(Conflict):
        services.begin("V", "duty", unit=county.liuhe_committee, by=county.hao_jing)


def test_two_clerks_at_one_draft_are_told_apart(county):
    draft = services.begin("V", "negative", by=county.hao_jing)
    item = draft.items.first()
    services.save_item(draft, item, {"name": "新表述"}, by=county.hao_jing, expected=0)

    with pytest.raises(Conflict):
        services.save_item(draft, item, {"name": "另一种表述"}, by=county.hao_jing, expected=0)

    assert PowerItem.objects.get(pk=item.pk).name == "新表述"


def test_an_item_has_a_code_of_its_list_once(county):
    draft = services.begin("V", "power", by=county.hao_jing)

    with pytest.raises(Invalid, match="V-P-01"):
        services.save_item(draft, None, {"code": "T-P-01", "name": "错"}, by=county.hao_jing)
    with pytest.raises(Invalid):
        services.save_item(draft, None, {"code": "V-P-01", "name": "重复"}, by=county.hao_jing)

    assert draft.items.count() == 36


def test_a_published_list_is_not_written_any_more(county):
    listing = lists.templates("V")["power"]

    with pytest.raises(Conflict):
        services.save_item(listing, listing.items.first(), {"name": "改"}, by=county.hao_jing)
    with pytest.raises(Conflict):
        services.strike_item(listing.items.first(), by=county.hao_jing)


def test_opinions_are_answered_before_the_list_is_approved(county):
    draft = services.begin("V", "duty", township=county.qingshi, by=county.wang_min)
    services.consult(draft, days=7, by=county.wang_min)
    opinion = services.add_opinion(draft, "每季太少", by_whom="柳河村村民", code="V-D-03", by=county.liu_changgui)
    with pytest.raises(Conflict, match="意见"):
        services.approve(draft, approval="会议", by=county.hao_jing)

    with frozen(now() + timedelta(8)):
        with pytest.raises(Conflict):
            services.add_opinion(draft, "迟了", by_whom="", by=county.liu_changgui)
        with pytest.raises(Conflict):
            services.approve(draft, approval="会议", by=county.hao_jing)
        with pytest.raises(Invalid):
            services.answer_opinion(opinion, taken="maybe", answer="", by=county.wang_min)
        services.answer_opinion(opinion, taken="no", answer="法律规定每季至少一次", by=county.wang_min)
        services.approve(draft, approval="镇党委会〔2026〕3号", by=county.hao_jing)

    draft.refresh_from_db()
    assert draft.state == "approved" and Opinion.objects.get().taken == "no"
    assert verbs(draft)[1:] == ["powers.consult", "powers.opinion", "powers.answer", "powers.approve"]


def test_who_drafted_does_not_approve(county):
    draft = services.begin("V", "power", by=county.hao_jing)
    services.consult(draft, days=1, by=county.hao_jing)

    with frozen(now() + timedelta(2)), pytest.raises(NotAllowed):
        services.approve(draft, approval="会议", by=county.hao_jing)

    draft.refresh_from_db()
    assert draft.state == "consulting"


def test_a_new_version_takes_over_on_its_day(county):
    old = lists.templates("V")["power"]
    draft = services.begin("V", "power", by=county.hao_jing)
    approved(draft, by=county.hao_jing, approver=county.zhao_jianguo)
    with pytest.raises(Conflict):
        services.publish(draft, starts_on=today(), by=county.hao_jing)
    with pytest.raises(Invalid):
        services.publish(draft, starts_on=today() - timedelta(1), by=county.hao_jing)

    new = services.publish(draft, starts_on=today() + timedelta(10), by=county.hao_jing)

    assert lists.templates("V")["power"] == old
    assert lists.templates("V", today() + timedelta(10))["power"] == new
    assert seed()["lists"] == 0, "the county's own template is not replaced by an upgrade"


def test_an_upgrade_renews_what_the_county_has_not_made_its_own(county):
    old = lists.templates("S")["duty"]
    old.items.filter(code="S-D-01").update(name="旧表述")

    with frozen(now() + timedelta(1)):
        assert seed()["lists"] == 1

        new = lists.templates("S")["duty"]
        assert new.version == 2 and content_of(new)["S-D-01"]["name"] != "旧表述"


def test_a_draft_is_thrown_away_with_a_reason(county):
    draft = services.begin("V", "power", unit=county.liuhe_committee, by=county.wang_min)
    with pytest.raises(Invalid):
        services.discard(draft, reason=" ", by=county.wang_min)

    services.discard(draft, reason="不需要单独清单", by=county.wang_min)

    assert services.begin("V", "power", unit=county.liuhe_committee, by=county.wang_min).version == 2


def test_drafts_are_seen_by_those_who_may_write_or_approve_for_the_owner(county):
    draft = services.begin("V", "power", township=county.qingshi, by=county.wang_min)
    seen = {user.username for user in county.everybody if lists.lists_visible_to(user).filter(pk=draft.pk).exists()}

    assert seen == {"wang_min", "hao_jing", "zhao_jianguo"}
