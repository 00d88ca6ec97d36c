"""An application goes its way: papers told once, departments side by side and in turn, up a level, the result home."""

from datetime import date, datetime
from io import BytesIO

import pytest

from huilian.areas.serve.services.models import Application, Leg, Paper
from huilian.areas.serve.services.queries import public
from huilian.areas.serve.services.services import applying, handling, papers, telling
from huilian.areas.serve.services.services.handling import Task
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.models import CoHandler
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.areas.services.conftest import VILLAGER
from tests.areas.services.test_applying import PNG


def verbs(application) -> list[str]:
    return [event.verb for event in history_of(application.case)]


def fresh(application) -> Application:
    return Application.objects.select_related("case__clock", "case__unit", "item", "point").get(pk=application.pk)


def tick_all(application):
    application.papers.update(state=Paper.State.GIVEN)


@pytest.fixture
def received(county, asked):
    """The agent of the village has received it; all papers are there."""
    tick_all(asked)
    return handling.receive(asked, by=county.bai_lu)


@pytest.fixture
def accepted(county, received):
    return handling.accept(
        received, mode="agent", reason="由镇审批，需入户核查", agent=county.person("bai_lu"), by=county.bai_lu
    )


@pytest.fixture
def above(county, accepted):
    """It lies with the township."""
    return handling.report(accepted, by=county.bai_lu)


def test_who_receives_it_is_the_one_asked_first(county, received):
    assert received.case.step == "receive" and fresh(received).first_asked == county.bai_lu


def test_a_clerk_of_another_place_cannot_receive_it(county, asked):
    with pytest.raises(NotAllowed):
        handling.receive(asked, by=county.shi_lei)

    assert fresh(asked).case.step == "consult" and "service.receive" not in verbs(asked)


def test_the_promise_is_the_sum_of_the_levels_and_each_hand_over_has_its_own_clock(accepted):
    # Village 2 and township 5 working days from Tuesday 3 November 2026.
    assert accepted.case.step == "sort"
    assert accepted.case.clock.length == 7 and accepted.promised_on == date(2026, 11, 12)
    leg = accepted.legs.get()
    assert (leg.kind, leg.days, leg.clock.due_on) == ("own", 2, date(2026, 11, 5))
    assert "service.accept" in verbs(accepted)


def test_nothing_is_accepted_with_papers_missing_without_a_reason_or_without_an_agent(county, asked):
    handling.receive(asked, by=county.bai_lu)
    with pytest.raises(Conflict, match="居民身份证"):
        handling.accept(asked, mode="agent", reason="需要核查", agent=county.person("bai_lu"), by=county.bai_lu)
    tick_all(asked)
    with pytest.raises(Invalid):
        handling.accept(asked, mode="agent", reason="", agent=county.person("bai_lu"), by=county.bai_lu)
    with pytest.raises(Invalid) as refused:
        handling.accept(asked, mode="agent", reason="需要入户核查", by=county.bai_lu)

    assert refused.value.field == "agent"
    assert fresh(asked).case.step == "receive" and not asked.legs.exists()


def test_the_agent_works_at_the_point(county, received):
    with pytest.raises(Invalid):
        handling.accept(received, mode="agent", reason="需要核查", agent=county.person("shi_lei"), by=county.bai_lu)

    assert fresh(received).case.step == "receive"


def test_everything_missing_is_told_once_and_again_only_for_a_new_fact(county, asked):
    handling.receive(asked, by=county.bai_lu)
    papers.note_papers(asked, list(asked.papers.filter(material__key="identity")), by=county.bai_lu)
    wrong = asked.papers.get(material__key="identity")

    notice = papers.ask_papers(asked, wrong={wrong.pk: "身份证照片看不清"}, by=county.bai_lu)

    assert [row["zh"] for row in notice.missing] == ["申请表", "居民身份证", "户口簿", "收入和财产声明、授权书"]
    assert fresh(asked).case.step == "completing"
    assert len(public.status_by_code(asked.case.number, asked.code).missing) == 4
    papers.hand_in(asked, seen=[p.pk for p in asked.papers.all()], by=county.bai_lu)
    assert fresh(asked).case.step == "receive" and fresh(asked).trips == 1
    with pytest.raises(Conflict):
        papers.ask_papers(asked, wrong={wrong.pk: "还要一份复印件"}, by=county.bai_lu)
    assert asked.notices.count() == 1 and fresh(asked).case.step == "receive"

    again = papers.ask_papers(
        asked, wrong={wrong.pk: "证件上月到期"}, new_fact="核对时发现身份证上月已到期", by=county.bai_lu
    )

    assert again.new_fact and "service.ask_again" in verbs(asked)


def test_nothing_can_be_asked_for_when_all_papers_are_there(county, received):
    with pytest.raises(Invalid):
        papers.ask_papers(received, by=county.bai_lu)

    assert fresh(received).case.step == "receive" and not received.notices.exists()


def test_a_required_paper_follows_later_only_where_the_catalogue_says_so(county, asked):
    handling.receive(asked, by=county.bai_lu)
    paper = asked.papers.get(material__key="income")
    with pytest.raises(Invalid):
        papers.ask_papers(asked, waits=[paper.pk], by=county.bai_lu)
    paper.material.can_wait = True
    paper.material.save()

    notice = papers.ask_papers(asked, waits=[paper.pk], by=county.bai_lu)

    assert paper.pk not in [row["paper"] for row in notice.missing]


def test_the_applicant_hands_in_from_the_phone_some_now_and_some_later(county, asked):
    handling.receive(asked, by=county.bai_lu)
    papers.ask_papers(asked, by=county.bai_lu)

    papers.hand_in(asked, files=[applying.File("identity", BytesIO(PNG), "a.png")])
    assert fresh(asked).case.step == "completing"
    rest = [applying.File(key, BytesIO(PNG), "a.png") for key in ("form", "household", "income")]
    papers.hand_in(asked, files=rest)

    assert fresh(asked).case.step == "receive" and asked.notices.get().met_at is not None
    tick_all(asked)
    done = handling.accept(asked, mode="agent", reason="由镇审批", agent=county.person("bai_lu"), by=county.bai_lu)
    assert "service.accept_completed" in verbs(done)


def test_papers_are_handed_in_only_while_they_are_awaited(county, received):
    with pytest.raises(Conflict):
        papers.hand_in(received, files=[applying.File("identity", BytesIO(PNG), "a.png")])


def test_what_a_village_may_decide_is_done_at_once(county):
    taken = applying.apply(
        county.item["DW-03"],
        applicant=VILLAGER,
        point=county.room,
        channel="window",
        seen=["identity"],
        by=county.bai_lu,
    )

    done = handling.finish_now(taken, result="granted", text="已出具证明", by=county.bai_lu)
    telling.tell(done, way="handed", proof="本人签收", by=county.bai_lu)

    assert fresh(done).case.state == "closed" and fresh(done).mode == "now" and fresh(done).trips == 1
    states = {s.key: s.state for s in public.status_by_code(done.case.number, taken.code).stages}
    assert states["receive"] == states["feedback"] == "done"
    assert states["sort"] == states["cohandle"] == states["report"] == "skip"


def test_a_village_cannot_decide_what_the_township_decides(county, received, accepted):
    with pytest.raises(NotAllowed):
        handling.decide(accepted, result="granted", text="同意发放", by=county.bai_lu)

    assert fresh(accepted).result == "" and fresh(accepted).case.step == "sort"


def test_it_goes_up_one_level_only_and_the_point_below_still_sees_it(county, above):
    assert above.case.unit == county.qingshi_services and above.case.step == "report"
    assert [leg.kind for leg in above.legs.all()] == ["own", "up"]
    assert above.legs.first().ended_at is not None and above.legs.last().days == 5
    assert cases_visible_to(county.bai_lu).filter(pk=above.case_id).exists()
    with pytest.raises(Conflict):
        handling.report(above, by=county.shi_lei)  # the township decides this item itself


def test_departments_work_side_by_side_and_in_turn_each_on_a_clock_of_its_own(county, above):
    joined = handling.joint(
        above,
        [
            Task(county.civil_affairs, "核对经济状况", 1),
            Task(county.agriculture, "核查土地", 1),
            Task(county.housing, "核查住房", 2),
        ],
        by=county.shi_lei,
    )

    first, second, third = joined.legs.filter(kind="co")
    assert first.clock.length == second.clock.length == 10
    assert third.started_at is None and third.clock is None
    assert joined.case.clock.length == 7  # the applicant's clock is the same one
    assert not cases_visible_to(county.he_wei).filter(pk=joined.case_id).exists()
    handling.answer_leg(second, opinion="土地情况属实", agrees=True, by=county.jiang_hong)
    with pytest.raises(Conflict, match="民政局"):
        handling.decide(joined, result="granted", text="同意", by=county.shi_lei)
    handling.answer_leg(first, opinion="收入低于标准", agrees=True, by=county.hao_jing)

    assert Leg.objects.get(pk=third.pk).clock.length == 10
    handling.answer_leg(Leg.objects.get(pk=third.pk), opinion="住房情况属实", agrees=True, by=county.he_wei)
    assert not Leg.objects.filter(application=joined, kind="co", ended_at=None).exists()
    assert CoHandler.objects.filter(case=joined.case, answered_at=None).count() <= 1  # the point below only follows
    assert verbs(joined).count("service.leg") == 3
    handling.decide(joined, result="granted", text="同意发放，每月入卡", by=county.shi_lei)
    assert fresh(joined).case.step == "supervise" and fresh(joined).case.unit == county.liuhe_committee


def test_a_leg_is_answered_by_its_own_unit_once(county, above):
    joined = handling.joint(above, [Task(county.housing)], by=county.shi_lei)
    leg = joined.legs.get(kind="co")
    with pytest.raises(NotAllowed):
        handling.answer_leg(leg, opinion="住房情况属实", agrees=True, by=county.hao_jing)
    assert Leg.objects.get(pk=leg.pk).ended_at is None

    handling.answer_leg(leg, opinion="住房情况属实", agrees=True, by=county.he_wei)

    with pytest.raises(Conflict):
        handling.answer_leg(leg, opinion="住房情况属实", agrees=True, by=county.he_wei)


def test_joint_handling_needs_departments_each_once_and_not_oneself(county, above):
    for tasks in ([], [Task(county.housing), Task(county.housing)], [Task(county.qingshi_services)]):
        with pytest.raises(Invalid):
            handling.joint(above, tasks, by=county.shi_lei)

    assert fresh(above).case.step == "report" and not above.legs.filter(kind="co").exists()


def test_the_result_comes_home_and_only_telling_it_closes(county, above):
    handling.decide(above, result="granted", text="同意发放，每月入卡", by=county.shi_lei)
    assert public.status_by_code(above.case.number, above.code if hasattr(above, "code") else "x") is None
    handling.confirm(above, by=county.bai_lu)
    telling.tell(above, way="phone", proof="电话无人接听", reached=False, by=county.bai_lu)
    assert fresh(above).case.step == "feedback" and fresh(above).case.clock.is_open

    telling.tell(above, way="home", proof="入户送达，本人签字", by=county.bai_lu)

    done = fresh(above)
    assert done.case.state == "closed" and not done.case.clock.is_open and done.trips == 0
    assert [leg.ended_at is not None for leg in done.legs.all()] == [True, True]
    assert verbs(done)[-1] == "service.tell" and "service.feedback" in verbs(done)
    with pytest.raises(Conflict):
        telling.tell(above, way="home", proof="入户送达，本人签字", by=county.bai_lu)


def test_telling_needs_something_that_shows_it(county, above):
    handling.decide(above, result="granted", text="同意发放", by=county.shi_lei)
    handling.confirm(above, by=county.bai_lu)
    with pytest.raises(Invalid):
        telling.tell(above, way="home", proof="", by=county.bai_lu)

    assert fresh(above).case.is_open and not above.feedbacks.exists()


def test_a_denial_gives_its_ground(county, above):
    with pytest.raises(Invalid):
        handling.decide(above, result="denied", text="不符合", by=county.shi_lei)
    assert fresh(above).case.step == "report"

    handling.decide(above, result="denied", text="家庭人均收入高于标准，可向县民政局申请复核", by=county.shi_lei)

    assert fresh(above).result == "denied"


def test_an_incomplete_result_goes_back_and_a_matter_can_be_sent_down(county, above):
    handling.decide(above, result="granted", text="同意发放", by=county.shi_lei)
    handling.again(above, "没有写明发放标准", by=county.bai_lu)
    assert fresh(above).case.step == "report" and fresh(above).case.unit == county.qingshi_services

    handling.send_down(above, "请村里补充入户核查情况", by=county.shi_lei)

    assert fresh(above).case.step == "sort" and fresh(above).case.unit == county.liuhe_committee
    assert {"service.again", "service.send_down"} <= set(verbs(above))


def test_refusing_and_advising_need_words_and_close(county, asked):
    handling.receive(asked, by=county.bai_lu)
    with pytest.raises(Invalid):
        handling.refuse(asked, "不行", by=county.bai_lu)
    assert fresh(asked).case.is_open
    handling.refuse(asked, "户籍不在本县，请向户籍地镇政府申请", by=county.bai_lu)
    assert fresh(asked).case.state == "refused" and "service.refuse" in verbs(asked)

    question = applying.apply(county.item["QT-06"], applicant=VILLAGER, place=county.liuhe)
    with pytest.raises(Invalid):
        handling.advise(question, "", by=county.bai_lu)
    handling.advise(question, "可以到镇上办理，带身份证即可", by=county.bai_lu)
    assert fresh(question).case.outcome == "advised" and "service.advise" in verbs(question)


def test_the_applicant_withdraws_until_others_work_on_it(county, asked, accepted):
    other = applying.apply(county.item["SH-05"], applicant=VILLAGER, place=county.liuhe)
    handling.withdraw(other, "不办了")
    assert fresh(other).case.state == "withdrawn" and "service.withdraw" in verbs(other)

    handling.report(accepted, by=county.bai_lu)
    with pytest.raises(Conflict):
        handling.withdraw(accepted, "不办了")

    assert fresh(accepted).case.is_open


def test_the_agent_notes_trips_until_the_result(county, above):
    telling.note_trip(above, on=date(2026, 11, 3), where="镇便民服务中心", done="递交全部材料", by=county.bai_lu)
    with pytest.raises(NotAllowed):
        telling.note_trip(above, on=date(2026, 11, 3), where="镇里", done="递交材料", by=county.niu_tao)
    with pytest.raises(Invalid):
        telling.note_trip(above, on=date(2026, 11, 9), where="镇里", done="递交材料", by=county.bai_lu)

    assert above.travel.count() == 1 and "service.trip" in verbs(above)


def test_another_agent_of_the_point_can_take_over(county, above):
    with pytest.raises(NotAllowed):
        telling.name_agent(above, county.person("niu_tao"), by=county.sun_yan)
    with pytest.raises(Invalid):
        telling.name_agent(above, county.person("shi_lei"), by=county.bai_lu)
    assert fresh(above).agent == county.person("bai_lu")

    telling.name_agent(above, county.person("niu_tao"), by=county.bai_lu)

    assert fresh(above).agent == county.person("niu_tao") and "service.agent" in verbs(above)


def test_a_fee_that_was_taken_is_noted_by_who_answers_for_it(county, above):
    with pytest.raises(NotAllowed):
        telling.note_fee(above, cents=2000, by=county.bai_lu)
    assert fresh(above).fee_cents == 0

    telling.note_fee(above, cents=2000, by=county.cao_jun)

    assert fresh(above).fee_cents == 2000 and "service.fee" in verbs(above)


def test_the_applicant_is_opened_for_a_purpose_that_stays(county, above):
    with pytest.raises(Invalid):
        telling.reveal_applicant(above, purpose="看", by=county.bai_lu)
    with pytest.raises(NotAllowed):
        telling.reveal_applicant(above, purpose="联系申请人", by=county.kong_li)
    assert "service.reveal" not in verbs(above)

    assert telling.reveal_applicant(above, purpose="联系申请人入户", by=county.bai_lu) == ("赵桂花", "13812345678")
    assert "service.reveal" in verbs(above)


def test_papers_to_print_follow_how_things_stand(county, asked):
    with pytest.raises(Conflict):
        telling.print_paper(asked, "promise", by=county.bai_lu)
    tick_all(asked)
    handling.receive(asked, by=county.bai_lu)
    handling.accept(asked, mode="agent", reason="由镇审批", agent=county.person("bai_lu"), by=county.bai_lu)

    slip = telling.print_paper(fresh(asked), "promise", by=county.bai_lu)

    assert slip.to == "赵桂花" and ("理由", "由镇审批") in slip.rows and ("承诺日期", "2026年11月12日") in slip.rows
    assert "service.print" in verbs(asked)


def test_units_are_told_by_notices_that_name_nobody(county, above):
    told = Notice.objects.filter(template="services.passed_up")
    assert {n.user.username for n in told} == {"shi_lei", "yu_fei"}
    assert "赵" not in str([n.params for n in Notice.objects.all()])


def test_a_late_answer_is_late_on_the_clock(county, above):
    with frozen(datetime(2026, 11, 20, 9, 0)):
        handling.decide(above, result="granted", text="同意发放", by=county.shi_lei)
        handling.confirm(above, by=county.bai_lu)
        telling.tell(above, way="home", proof="入户送达，本人签字", by=county.bai_lu)

    clock = fresh(above).case.clock
    assert clock.stopped_at > clock.due_at
