"""The citizen's number, whom a matter is about, who answers first, more time told, the centre's own catalogue."""

from datetime import date

import pytest
from django.urls import reverse

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import Channel, Knowledge, Matter, RefusalGround
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed


def verbs_of(order):
    return [event.verb for event in history_of(order.case)]


def test_opening_the_number_needs_a_purpose_and_leaves_a_trace(hotline, taken):
    with pytest.raises(Invalid):
        services.reveal_caller(taken, purpose=" ", by=hotline.wu_mei)
    assert "hotline.reveal_caller" not in verbs_of(taken)

    found = services.reveal_caller(taken, purpose="回访核实", by=hotline.wu_mei)

    assert (found.name, found.phone) == ("张小明", "13812345726")
    event = history_of(taken.case).last()
    assert event.verb == "hotline.reveal_caller" and event.data["purpose"] == "回访核实"
    assert "13812345726" not in str(event.data)


def test_the_unit_in_charge_may_call_the_citizen_unless_secrecy_is_asked(hotline, working):
    assert services.reveal_caller(working, purpose="约定查看时间", by=hotline.he_wei).phone

    working.keeps_secret = True
    working.save()
    with pytest.raises(NotAllowed):
        services.reveal_caller(working, purpose="约定查看时间", by=hotline.he_wei)
    assert services.reveal_caller(working, purpose="替单位联系", by=hotline.zhou_hui).phone


def test_another_unit_opens_nothing(hotline, working):
    with pytest.raises(NotAllowed):
        services.reveal_caller(working, purpose="看一看是谁", by=hotline.sun_yan)


def test_the_number_stands_on_its_own_page_only_after_the_purpose(client, hotline, taken):
    client.force_login(hotline.zhou_hui)
    address = reverse("hotline-caller", args=[taken.case.number])

    assert "13812345726" not in client.get(address).content.decode()
    shown = client.post(address, {"purpose": "补充地址"})

    assert "13812345726" in shown.content.decode() and "no-store" in shown["Cache-Control"]


def test_a_matter_never_goes_to_the_unit_it_is_about(hotline, taken):
    services.name_party(taken, unit=hotline.housing, by=hotline.zhou_hui)

    with pytest.raises(Invalid) as refused:
        services.dispatch(taken, unit=hotline.housing, class_key="general", by=hotline.zhou_hui)

    assert refused.value.field == "unit"
    assert Case.objects.get(pk=taken.case_id).step == "sorting"


def test_whoever_is_named_steps_back(hotline, taken):
    services.name_party(taken, person=hotline.person("chen_lixin"), by=hotline.zhou_hui)

    with pytest.raises(NotAllowed):
        services.dispatch(taken, unit=hotline.housing, class_key="general", by=hotline.chen_lixin)
    assert "陈立新" not in str([event.data for event in history_of(taken.case)])


def test_naming_is_for_the_centre_and_before_it_goes_out(hotline, dispatched):
    with pytest.raises(NotAllowed):
        services.name_party(dispatched, unit=hotline.agriculture, by=hotline.he_wei)
    with pytest.raises(Conflict):
        services.name_party(dispatched, unit=hotline.agriculture, by=hotline.zhou_hui)
    assert not dispatched.case.parties.exists()


def test_after_two_returns_the_next_unit_answers_first(hotline, dispatched):
    for _round in range(2):
        objection = services.object_to_dispatch(dispatched, ground="不属于我局职责", by=hotline.he_wei)
        services.rule_on_objection(objection, uphold=True, ruling="成立，另派", by=hotline.chen_lixin)
        services.dispatch(dispatched, unit=hotline.housing, class_key="general", by=hotline.zhou_hui)

    assert "hotline.answers_first" in verbs_of(dispatched)
    with pytest.raises(Conflict) as refused:
        services.object_to_dispatch(dispatched, ground="不属于我局职责", by=hotline.he_wei)
    assert "首接负责" in str(refused.value)
    assert Case.objects.get(pk=dispatched.case_id).step == "assigned"


def test_the_citizen_is_told_of_an_extension(hotline, working):
    with pytest.raises(Conflict):
        services.tell_extension(working, note="还没有批", by=hotline.he_wei)
    extension = cases.ask_extension(working.case, workdays=3, reason="等待配件", by=hotline.he_wei)
    cases.decide_extension(extension, approve=True, by=hotline.chen_lixin, roles=("hotline_supervisor",))

    services.tell_extension(working, note="已告知延长三天和原因。", by=hotline.he_wei)

    extension.refresh_from_db()
    assert extension.told_at and working.contacts.count() == 1


def test_the_centre_keeps_its_own_catalogue(hotline, monday):
    by = hotline.chen_lixin
    channel = services.save_channel(hotline.phone, {"number": "122"}, by=by)
    line = services.save_matter(
        None,
        {
            "code": "Z01",
            "topic": "其他",
            "name": "新事项",
            "lead_unit": hotline.housing,
            "co_units": [hotline.agriculture],
        },
        by=by,
    )
    ground = services.save_ground(hotline.ground, {"guidance": "请到县人民法院立案庭。"}, by=by)
    entry = services.save_knowledge(None, {"title": "问", "answer": "答", "valid_from": date(2026, 1, 1)}, by=by)

    assert Channel.objects.get(pk=channel.pk).number == "122"
    assert Matter.objects.get(pk=line.pk).origin == "county" and list(line.co_units.all()) == [hotline.agriculture]
    assert RefusalGround.objects.get(pk=ground.pk).guidance.startswith("请到") and Knowledge.objects.get() == entry
    recorded = set(Event.objects.filter(verb__startswith="hotline.").values_list("verb", flat=True))
    assert {
        "hotline.change_channel",
        "hotline.add_matter",
        "hotline.change_ground",
        "hotline.add_knowledge",
    } <= recorded


def test_a_change_that_cannot_be_right_changes_nothing(hotline, monday):
    with pytest.raises(NotAllowed):
        services.save_channel(hotline.phone, {"number": "1"}, by=hotline.zhou_hui)
    with pytest.raises(Invalid):
        services.save_matter(None, {"code": "Z", "topic": "t", "name": "n", "class_key": "no"}, by=hotline.chen_lixin)
    with pytest.raises(Invalid):
        services.save_knowledge(
            None,
            {"title": "问", "answer": "答", "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            by=hotline.chen_lixin,
        )
    services.save_channel(hotline.web, {"is_active": False}, by=hotline.chen_lixin)
    with pytest.raises(Conflict):
        services.save_channel(hotline.phone, {"is_active": False}, by=hotline.chen_lixin)

    assert Channel.objects.get(pk=hotline.phone.pk).is_active and not Matter.objects.exists()
