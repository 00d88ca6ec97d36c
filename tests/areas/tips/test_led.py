"""Tips a leader leads, and tips that wait for the lower level: who may, what closes them, what comes of lateness."""

from datetime import timedelta

import pytest

from huilian.areas.hear.tips import rules, services
from huilian.areas.hear.tips.models import Charge, ChargeNote
from huilian.areas.hear.tips.queries.reach import visible_to
from huilian.areas.hear.tips.services.opening import open_part
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now, today
from tests.vault import unlock

from .conftest import NAMED, REPORTER, accepted, take

pytestmark = pytest.mark.django_db
MARKS = {"specific": 16, "verifiable": 14, "serious": 12, "power": 6, "source": 8, "repeated": 6, "urgent": 4}  # 66
LOW = {**MARKS, "specific": 4}


def lead(desk, tip, **more):
    given = {"marks": MARKS, "reason": "涉及群众多", "due_on": today() + timedelta(days=60), **more}
    leader = given.pop("leader", desk.wan_li)
    by = given.pop("by", desk.guo_jing)
    return services.put_in_charge(tip, leader, **given, token=unlock(by), by=by)


def verbs(tip) -> list[str]:
    return list(Event.objects.filter(subject_id=tip.number).order_by("pk").values_list("verb", flat=True))


def test_points_are_advice_with_seven_factors_and_bounds():
    assert rules.worth(MARKS) == 66 and sum(rules.WORTH.values()) == 100
    for wrong in ({}, {**MARKS, "specific": 21}, {**MARKS, "specific": -1}, {**MARKS, "luck": 1}):
        with pytest.raises(ValueError, match="seven"):
            rules.worth(wrong)


def test_a_leader_leads_by_what_a_tip_is_worth_and_closes_it_by_own_signature(desk):
    tip = accepted(desk, take(desk, **NAMED).tip)
    charge = lead(desk, tip)
    assert charge.points == 66 and visible_to(desk.wan_li).get() == tip
    assert Notice.objects.get(template="tips.led").user == desk.wan_li
    with pytest.raises(Conflict, match="already"):
        lead(desk, tip)
    with pytest.raises(Conflict, match="not visited"):
        services.propose_end(tip, result="已退赔到位", by=desk.guo_jing)
    with pytest.raises(Invalid):
        services.note_charge(tip, kind="result", text="入户走访", by=desk.wan_li)
    services.note_charge(tip, kind="visit", text="到柳河村走访三户", by=desk.wan_li)
    with pytest.raises(Conflict, match="Nobody has proposed"):
        services.sign_end(tip, by=desk.wan_li)
    services.propose_end(tip, result="两万一千元已退赔到户", by=desk.guo_jing)
    with pytest.raises(NotAllowed, match="Only"):
        services.sign_end(tip, by=desk.guo_jing)
    with pytest.raises(Conflict, match="signature"):
        services.conclude(tip, by=desk.guo_jing)
    assert tip.charges.get().signed_on is None

    services.sign_end(tip, by=desk.wan_li)

    assert open_part(tip, "led-2", purpose="核查", token=unlock(desk.guo_jing), by=desk.guo_jing) == "到柳河村走访三户"
    assert services.conclude(tip, by=desk.guo_jing).case.step == "telling"
    with pytest.raises(Conflict):
        services.note_charge(tip, kind="step", text="再去一次", by=desk.wan_li)
    told = ["tips.put_in_charge", "tips.note_charge", "tips.propose_end", "tips.sign_end"]
    assert [v for v in verbs(tip) if v in told] == told
    assert [n.kind for n in ChargeNote.objects.all()] == ["reason", "visit", "result"]


def test_few_points_need_a_reason_and_choose_nobody_and_whoever_is_concerned_never_leads(desk):
    tip = take(desk, persons=["万里"]).tip
    tip = accepted(desk, tip)
    for wrong in ({}, {"leader": desk.lei_ming}, {"by": desk.lei_ming}):  # named in it, no leader, not of the team
        with pytest.raises(NotAllowed):
            lead(desk, tip, **wrong)
    other = accepted(desk, take(desk).tip)
    for wrong in ({"marks": LOW}, {"marks": {}}, {"due_on": today() - timedelta(days=1)}):
        with pytest.raises(Invalid):
            lead(desk, other, **wrong)
    assert not Charge.objects.exists() and not visible_to(desk.wan_li).exists()

    assert lead(desk, other, marks=LOW, reason="同一问题三年内反复被反映").points == 54


def test_a_leader_who_steps_back_leads_no_more_and_another_may(desk):
    tip = accepted(desk, take(desk).tip)
    lead(desk, tip)
    services.declare_interest(tip, by=desk.wan_li)

    assert Charge.objects.get().ended_on == today() and not visible_to(desk.wan_li).exists()
    with pytest.raises(NotAllowed):
        lead(desk, tip)
    assert services.conclude(tip, by=desk.guo_jing).case.step == "closed", "nobody leads it who would have to sign"
    with pytest.raises(Conflict, match="accepted"):
        lead(desk, tip)


def passed_down(desk, **more):
    tip = take(desk, level="lower", **more).tip
    services.rewrite(tip, "反映柳河村有关人员冒领低保金。", by=desk.fu_qin)
    return services.transfer(tip, unit=desk.baisha_government, by=desk.fu_qin)


def test_passed_down_the_desk_waits_for_the_answer_and_tells_the_reporter(desk):
    tip = passed_down(desk, **NAMED)
    me = {"by": desk.fu_qin}
    assert tip.passed_to == desk.baisha_government and tip.case.is_open and tip.case.due_on
    with pytest.raises(NotAllowed):
        services.urge(tip, by=desk.guo_jing)
    with pytest.raises(NotAllowed):
        services.answer_below(tip, "已核实处理", by=desk.guo_jing)
    with pytest.raises(Invalid):
        services.answer_below(tip, " ", **me)
    services.urge(tip, **me)

    tip = services.answer_below(tip, "已核实，报账员退赔并受处分。", **me)

    assert tip.case.step == "telling"
    assert open_part(tip, "answer", purpose="告知", token=unlock(desk.fu_qin), **me) == "已核实，报账员退赔并受处分。"
    assert services.tell_result(tip, **me).case.step == "closed"
    assert {"tip.urge", "tip.answer_below_named", "tip.tell_result"} <= set(verbs(tip))


def test_without_a_name_the_answer_closes_it_and_it_can_be_taken_back_before(desk):
    tip = passed_down(desk)
    with pytest.raises(NotAllowed):
        services.call_back(tip, note="久拖不办", by=desk.guo_jing)
    tip = services.call_back(tip, note="久拖不办", by=desk.fu_qin)
    assert tip.case.step == "sorting" and "tip.call_back" in verbs(tip)
    tip = services.transfer(tip, unit=desk.qingshi_government, by=desk.fu_qin)

    assert services.answer_below(tip, "查无实据，已说明。", by=desk.fu_qin).case.step == "closed"


def test_an_answer_that_is_late_is_asked_after_once_and_ends_nothing(desk):
    tip = passed_down(desk)
    assert services.ask_after(by=SYSTEM) == 0
    with frozen(now() + timedelta(days=100)):
        assert [services.ask_after(by=SYSTEM) for _i in range(2)] == [1, 0]

        assert {n.user for n in Notice.objects.filter(template="tips.unanswered")} == {desk.fu_qin, desk.tian_ye}
        assert visible_to(desk.fu_qin).get() == tip and visible_to(desk.fu_qin).get().case.step == "transferred"
        services.hear(tip, "还没有消息吗？", by=REPORTER)
