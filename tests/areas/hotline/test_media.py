"""Programmes, promises and media items: each verb works, is refused where it must be, and is recorded."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import Channel, MediaItem, Order, Programme
from huilian.areas.hear.hotline.reporting import media
from huilian.engine.procedures.models import Supervision
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import MONDAY


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="hotline.").order_by("id").values_list("verb", flat=True))


@pytest.fixture
def radio(hotline):
    hotline.radio = Channel.objects.create(key="radio", name="政风行风热线", kind="radio", is_media=True)
    return hotline


@pytest.fixture
def programme(radio, monday):
    return services.schedule_programme(
        channel=radio.radio,
        title="住建局上线",
        airs_at=monday - timedelta(hours=1),
        unit=radio.housing,
        guest="徐芳局长",
        by=radio.chen_lixin,
    )


@pytest.fixture
def promise(programme, radio):
    return services.note_promise(programme, text="国庆前修好柳河村路灯。", length=3, by=radio.chen_lixin)


@pytest.fixture
def item(radio, monday):
    return services.open_media_item(
        channel=radio.radio,
        title="路灯成摆设",
        unit=radio.housing,
        found="记者走访，三盏路灯不亮。",
        by=radio.chen_lixin,
    )


def test_a_programme_is_planned_and_recorded(programme):
    assert Programme.objects.get().guest == "徐芳局长"
    assert verbs() == ["hotline.programme"]


def test_a_programme_needs_a_media_channel_and_an_editor(radio, monday):
    plan = {"title": "住建局上线", "airs_at": monday, "unit": radio.housing}

    with pytest.raises(Invalid):
        services.schedule_programme(**plan, channel=radio.phone, by=radio.chen_lixin)
    with pytest.raises(NotAllowed):
        services.schedule_programme(**plan, channel=radio.radio, by=radio.he_wei)

    assert not Programme.objects.exists() and verbs() == []


def test_a_callers_question_becomes_an_accepted_order_of_the_programme(programme, radio):
    order = services.take_question(
        programme, title="路灯不亮", text="柳河村口三盏路灯一个月不亮。", place=radio.qingshi, by=radio.chen_lixin
    )

    assert (order.programme, order.channel, order.case.step) == (programme, radio.radio, "sorting")
    assert "hotline.question" in verbs()


def test_no_question_and_no_promise_before_the_broadcast(radio, monday):
    later = services.schedule_programme(
        channel=radio.radio,
        title="下周上线",
        airs_at=monday + timedelta(days=7),
        unit=radio.housing,
        by=radio.chen_lixin,
    )

    with pytest.raises(Conflict):
        services.take_question(later, title="路灯不亮", text="柳河村口三盏路灯不亮。", by=radio.chen_lixin)
    with pytest.raises(Conflict):
        services.note_promise(later, text="国庆前修好。", length=3, by=radio.chen_lixin)

    assert not Order.objects.exists()


def test_a_promise_runs_from_the_broadcast_in_working_days(promise):
    # Monday 28 September + 3 working days: 29, 30, and after the holiday 8 October.
    assert f"{promise.clock.due_on}" == "2026-10-08"


def test_a_promise_is_kept_with_proof_by_the_unit_itself(promise, radio):
    with pytest.raises(Invalid):
        services.keep_promise(promise, proof=" ", by=radio.he_wei)
    with pytest.raises(NotAllowed):
        services.keep_promise(promise, proof="三盏路灯已更换，村主任确认。", by=radio.wang_min)

    kept = services.keep_promise(promise, proof="三盏路灯已更换，村主任确认。", by=radio.he_wei)

    kept.clock.refresh_from_db()
    assert kept.kept_at and kept.clock.state == "stopped"
    assert verbs()[-1] == "hotline.keep_promise"
    with pytest.raises(Conflict):
        services.keep_promise(promise, proof="三盏路灯已更换，村主任确认。", by=radio.he_wei)


def test_an_overdue_promise_is_shown_and_counted(promise, radio):
    assert list(media.overdue_promises(radio.chen_lixin)) == []

    with frozen(datetime(2026, 10, 12, 9)):
        assert list(media.overdue_promises(radio.chen_lixin)) == [promise]
        services.keep_promise(promise, proof="三盏路灯已更换，村主任确认。", by=radio.he_wei)
        counted = media.counted(radio.chen_lixin)

    assert (counted.promises, counted.kept, counted.kept_in_time, counted.overdue) == (1, 1, 0, 0)


def test_programmes_and_problems_solved_are_counted(programme, radio):
    order = services.take_question(programme, title="路灯不亮", text="柳河村口三盏路灯不亮。", by=radio.chen_lixin)
    services.answer_at_once(order, "今晚八点前恢复供电。", by=radio.zhou_hui)
    before = media.counted(radio.chen_lixin)
    services.call_back(order, reached=True, solved="yes", satisfaction=5, by=radio.wu_mei)
    after = media.counted(radio.chen_lixin)

    assert (before.aired, before.questions, before.solved) == (1, 1, 0)
    assert (after.aired, after.questions, after.solved) == (1, 1, 1)


def test_an_item_goes_through_its_stages_and_each_is_recorded(item, radio):
    services.demand_rectification(item, demand="十日内全部修复。", length=10, by=radio.chen_lixin)
    services.rectify(item, rectification="三盏路灯全部更换。", by=radio.he_wei)
    done = services.publish_outcome(item, outcome="10月12日节目中播出整改结果。", by=radio.chen_lixin)

    assert done.stage == MediaItem.Stage.PUBLISHED
    assert verbs() == [
        "hotline.media_open",
        "hotline.media_supervise",
        "hotline.media_rectify",
        "hotline.media_publish",
    ]


def test_stages_cannot_be_skipped_and_outsiders_cannot_act(item, radio):
    with pytest.raises(Conflict):
        services.rectify(item, rectification="三盏路灯全部更换。", by=radio.he_wei)
    with pytest.raises(Conflict):
        services.publish_outcome(item, outcome="节目中播出。", by=radio.chen_lixin)
    with pytest.raises(NotAllowed):
        services.demand_rectification(item, demand="十日内全部修复。", by=radio.he_wei)
    services.demand_rectification(item, demand="十日内全部修复。", by=radio.chen_lixin)
    with pytest.raises(NotAllowed):
        services.rectify(item, rectification="三盏路灯全部更换。", by=radio.wang_min)

    item.refresh_from_db()
    assert item.stage == MediaItem.Stage.SUPERVISED


def test_with_an_open_order_behind_it_the_case_is_supervised_too(radio, working):
    item = services.open_media_item(
        channel=radio.radio,
        title="路灯成摆设",
        unit=radio.housing,
        found="记者走访，三盏路灯不亮。",
        order=working,
        by=radio.chen_lixin,
    )
    item = services.demand_rectification(item, demand="十日内全部修复。", by=radio.chen_lixin)

    supervision = Supervision.objects.get(case=working.case)
    assert (item.supervision_number, supervision.level) == (supervision.number, 2)


def test_a_find_of_tomorrow_is_refused(radio, monday):
    with pytest.raises(Invalid):
        services.open_media_item(
            channel=radio.radio,
            title="路灯成摆设",
            unit=radio.housing,
            found="记者走访，三盏路灯不亮。",
            found_at=monday + timedelta(days=1),
            by=radio.chen_lixin,
        )


def test_the_pages_carry_it_through(client, radio, programme):
    client.force_login(radio.chen_lixin)

    client.post(
        reverse("hotline-question-new", args=[programme.pk]), {"title": "路灯不亮", "text": "村口路灯一个月不亮。"}
    )
    form = {"text": "国庆前修好路灯。", "length": "3", "counted": "workday", "unit": radio.housing.pk}
    client.post(reverse("hotline-promise-new", args=[programme.pk]), form)
    page = client.get(reverse("hotline-programme", args=[programme.pk])).content.decode()

    assert "国庆前修好路灯。" in page and Order.objects.get().case.number in page
    assert "国庆前修好路灯。" not in client.get(reverse("hotline-programmes")).content.decode()
    with frozen(MONDAY + timedelta(days=20)):
        client.logout()  # the idle session would end by itself
        client.force_login(radio.chen_lixin)
        assert "国庆前修好路灯。" in client.get(reverse("hotline-programmes")).content.decode()


def test_an_item_is_entered_and_supervised_on_its_pages(client, radio, taken):
    client.force_login(radio.chen_lixin)
    form = {
        "channel": radio.radio.pk,
        "title": "路灯成摆设",
        "unit": radio.housing.pk,
        "found": "记者走访，三盏路灯不亮。",
    }

    wrong = client.post(reverse("hotline-media-new"), {**form, "number": "HX1"})
    client.post(reverse("hotline-media-new"), {**form, "number": taken.case.number})
    item = MediaItem.objects.get()
    client.post(
        reverse("hotline-media-act", args=[item.number, "supervise"]), {"demand": "十日内修复。", "length": "10"}
    )
    page = client.get(reverse("hotline-media-item", args=[item.number])).content.decode()

    assert wrong.status_code == 422
    assert item.order == taken and "十日内修复。" in page
    assert item.title in client.get(reverse("hotline-media")).content.decode()


def test_a_clerk_of_another_unit_sees_no_item_and_enters_none(client, radio, item):
    client.force_login(radio.wang_min)

    assert item.title not in client.get(reverse("hotline-media")).content.decode()
    assert client.get(reverse("hotline-media-item", args=[item.number])).status_code == 404
    assert client.get(reverse("hotline-media-new")).status_code == 403
