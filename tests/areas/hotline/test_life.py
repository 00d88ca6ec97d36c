"""A citizen's matter from the call to the close, and what is refused on the way."""

from datetime import date, timedelta

import pytest

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import Order
from huilian.engine.procedures.models import Case, Supervision
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import LONG_ANSWER, MONDAY

CITIZEN = Actor("citizen", label="网上留言")


def now_of(order) -> Case:
    return Case.objects.select_related("clock").get(pk=order.case_id)


def verbs_of(order) -> list[str]:
    return [event.verb for event in history_of(order.case)]


def test_a_call_is_accepted_and_waits_for_sorting(taken):
    case = now_of(taken)

    assert case.step == "sorting" and case.state == "open"
    assert case.number.startswith("HX20260928-")
    assert case.clock is None  # the class decides the limit, and there is none yet


def test_the_class_sets_the_limit_in_working_days_from_receipt(dispatched):
    case = now_of(dispatched)

    assert case.due_on == date(2026, 10, 13)  # seven working days over the holiday, Saturday 10-10 works
    assert case.step == "assigned"


def test_nothing_closes_without_answer_report_and_call_back(hotline, calling):
    assert now_of(calling).state == "open"

    services.call_back(calling, reached=True, solved="yes", satisfaction=5, by=hotline.wu_mei)

    case = now_of(calling)
    assert case.state == "closed" and case.step == "closed"
    assert [v for v in verbs_of(calling) if v.startswith("hotline.")] == [
        "hotline.accept",
        "hotline.dispatch",
        "hotline.sign",
        "hotline.contact",
        "hotline.answer",
        "hotline.report",
        "hotline.accept_report",
        "hotline.close",
    ]


def test_only_the_delivered_answer_stops_the_clock(hotline, working):
    assert now_of(working).clock.state == "running"

    services.answer(working, LONG_ANSWER, by=hotline.he_wei)

    assert now_of(working).clock.state == "stopped"


def test_an_answer_sent_back_was_no_answer(hotline, working):
    due = now_of(working).due_on
    services.answer(working, LONG_ANSWER, by=hotline.he_wei)
    services.report(working, "已办结。", by=hotline.he_wei)

    services.check_report(working, passed=False, note="没有现场照片。", by=hotline.zhou_hui)

    case = now_of(working)
    assert case.step == "working" and case.clock.state == "running" and case.due_on == due


def test_who_answered_cannot_call_back(hotline, calling):
    hotline.he_wei.refresh_from_db()
    Order.objects.filter(pk=calling.pk).update(answered_by=hotline.wu_mei)
    calling.refresh_from_db()

    with pytest.raises(NotAllowed):
        services.call_back(calling, reached=True, solved="yes", satisfaction=5, by=hotline.wu_mei)

    assert now_of(calling).step == "calling" and not calling.call_backs.exists()


def test_a_dissatisfied_citizen_reopens_and_the_second_time_it_is_supervised(hotline, calling):
    services.call_back(calling, reached=True, solved="no", satisfaction=1, note="还是不亮", by=hotline.wu_mei)
    case = now_of(calling)
    assert (case.step, case.round, case.clock.state, case.supervision) == ("working", 2, "running", 0)

    services.answer(calling, LONG_ANSWER, by=hotline.he_wei)
    services.report(calling, "再次办理。", by=hotline.he_wei)
    services.check_report(calling, passed=True, by=hotline.zhou_hui)
    services.call_back(calling, reached=True, solved="no", note="又坏了", by=hotline.chen_lixin)

    assert now_of(calling).supervision == Supervision.Level.SUPERVISE


def test_silence_is_not_satisfaction(hotline, calling):
    for day in range(2):
        with frozen(MONDAY + timedelta(days=day)):
            services.call_back(calling, reached=False, by=hotline.wu_mei)
    assert now_of(calling).state == "open"

    with frozen(MONDAY + timedelta(days=2)):
        services.call_back(calling, reached=False, by=hotline.wu_mei)

    calling.refresh_from_db()
    assert now_of(calling).outcome == "unreached" and calling.satisfaction is None


def test_a_refusal_needs_a_listed_ground_and_a_second_reader(hotline, taken):
    with pytest.raises(Invalid):
        services.propose_refusal(taken, ground=None, note="不归我们管", by=hotline.zhou_hui)
    services.propose_refusal(taken, ground=hotline.ground, note="已向法院起诉", by=hotline.zhou_hui)
    with pytest.raises(NotAllowed):
        services.confirm_refusal(taken, by=hotline.zhou_hui)
    assert now_of(taken).step == "review"

    services.confirm_refusal(taken, by=hotline.qian_jing)

    taken.refresh_from_db()
    assert now_of(taken).state == "refused" and taken.answer == hotline.ground.guidance


def test_an_objection_is_ruled_on_within_four_office_hours(hotline, dispatched):
    objection = services.object_to_dispatch(dispatched, ground="路灯归镇里管", by=hotline.he_wei)
    clock = now_of(dispatched).steps.get(left_at=None).clock
    assert (clock.unit, clock.length) == ("workhour", 4)

    services.rule_on_objection(objection, uphold=True, ruling="属镇政府职责", by=hotline.chen_lixin)

    assert now_of(dispatched).step == "sorting"


def test_a_clerk_of_another_unit_cannot_sign_and_nothing_changes(hotline, dispatched):
    before = verbs_of(dispatched)

    with pytest.raises(NotAllowed, match="住房"):
        services.sign(dispatched, by=hotline.sun_yan)

    assert now_of(dispatched).step == "assigned" and verbs_of(dispatched) == before


def test_the_second_of_two_clerks_closing_at_once_is_told(hotline, calling):
    seen = now_of(calling).revision
    services.call_back(calling, reached=True, solved="yes", satisfaction=4, by=hotline.wu_mei, expected=seen)

    with pytest.raises(Conflict):
        services.call_back(calling, reached=True, solved="yes", satisfaction=4, by=hotline.chen_lixin, expected=seen)

    assert calling.call_backs.count() == 1


def test_a_repeated_matter_follows_the_first(hotline, taken):
    second = services.take(
        by=hotline.zhou_hui, channel=hotline.phone, title="路灯还是不亮", text="村口路灯还是不亮。", place=hotline.liuhe
    )

    services.merge(second, taken, by=hotline.zhou_hui)

    second.refresh_from_db()
    assert second.merged_into_id == taken.pk and now_of(second).state == "merged"


def test_an_answer_at_once_is_still_called_back(hotline, taken):
    services.answer_at_once(taken, "社保补缴可带身份证到镇便民服务中心办理。", by=hotline.zhou_hui)
    assert now_of(taken).step == "calling"

    services.call_back(taken, reached=True, solved="yes", satisfaction=5, by=hotline.wu_mei)

    assert now_of(taken).state == "closed"


def test_a_citizen_raises_rates_and_reopens(hotline, monday):
    order, code = services.submit(channel=hotline.web, title="", text="水压太低，三楼以上没有水。", place=hotline.liuhe)
    assert len(code) == 10 and code not in order.code_digest
    services.accept(order, by=hotline.zhou_hui)
    services.dispatch(order, unit=hotline.housing, class_key="general", by=hotline.zhou_hui)
    services.sign(order, by=hotline.he_wei)
    services.answer(order, LONG_ANSWER, by=hotline.he_wei)
    services.report(order, "已办结。", by=hotline.he_wei)
    services.check_report(order, passed=True, by=hotline.zhou_hui)
    services.rate(order, solved="yes", satisfaction=5, by=CITIZEN)
    assert now_of(order).state == "open"  # a rating closes nothing
    services.call_back(order, reached=True, solved="yes", satisfaction=5, by=hotline.wu_mei)

    with frozen(MONDAY + timedelta(days=16)), pytest.raises(Conflict):
        services.reopen(Order.objects.get(pk=order.pk), note="又没水了", by=CITIZEN)
    with frozen(MONDAY + timedelta(days=14)):
        services.reopen(Order.objects.get(pk=order.pk), note="又没水了", by=CITIZEN)

    case = now_of(order)
    assert (case.step, case.state, case.round) == ("working", "open", 2)


def test_a_second_reader_closes_what_the_law_does_not_grant_and_it_is_no_satisfaction(hotline, calling):
    with pytest.raises(NotAllowed):
        services.close_explained(calling, note="依法不予支持。", by=hotline.wu_mei)

    services.close_explained(calling, note="依法不予支持，已当面解释。", by=hotline.qian_jing)

    calling.refresh_from_db()
    assert now_of(calling).outcome == "explained" and calling.satisfaction is None


def test_a_second_reader_can_send_a_refusal_back_and_a_refused_matter_can_be_looked_at_again(hotline, taken):
    services.propose_refusal(taken, ground=hotline.ground, note="已起诉", by=hotline.zhou_hui)
    services.reject_refusal(taken, note="并未立案，应当受理。", by=hotline.qian_jing)
    assert now_of(taken).step == "sorting"

    services.propose_refusal(taken, ground=hotline.ground, note="已起诉", by=hotline.zhou_hui)
    services.confirm_refusal(taken, by=hotline.qian_jing)
    services.reconsider(taken, note="群众出示了撤诉裁定。", by=hotline.qian_jing)

    taken.refresh_from_db()
    assert now_of(taken).state == "open" and taken.refusal_ground is None


def test_a_three_way_call_is_written_down_and_dispatches_nothing(hotline, taken):
    began = MONDAY.replace(hour=10)
    with pytest.raises(Invalid):
        services.record_three_way_call(
            taken,
            unit=hotline.housing,
            officer="何伟",
            started_at=began,
            ended_at=began - timedelta(minutes=1),
            conclusion="当日修复",
            citizen_agrees=True,
            by=hotline.zhou_hui,
        )

    services.record_three_way_call(
        taken,
        unit=hotline.housing,
        officer="何伟",
        started_at=began,
        ended_at=began + timedelta(minutes=6),
        conclusion="当日修复",
        citizen_agrees=True,
        by=hotline.zhou_hui,
    )

    assert now_of(taken).step == "sorting" and taken.three_way_calls.count() == 1
