"""Intake, routing, answer, reviews on the way; who may, what is refused, what is kept."""

import pytest

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Ground, Path, Petition, Petitioner
from huilian.areas.hear.petitions.queries import figures, reach
from huilian.engine.directory.models import Place
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import ANSWER, NOTICE, WHO, accepted, answered, at, delivered, forwarded, refused, took, verbs

CITIZEN = Actor("citizen", label="")


def test_a_petition_is_registered_with_a_number_and_a_code_that_is_not_kept(office):
    taken = took(office)

    petition = taken.petition
    assert petition.case.number.startswith("XF20260603-") and len(taken.code) == 10
    assert taken.code not in str(vars(Petition.objects.get()))
    assert petition.case.place == office.cast.qingshi  # a village post does not see who asks what of the village
    assert verbs(petition.case) == ["procedures.open"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "report"}, "检举控告"),
        ({"channel": "hotline"}, "热线"),
        ({"channel": "visit"}, "哪一级"),
        ({"count": 0}, "至少"),
        ({"people_rows": [{"name": "张桂兰"}]}, "住址"),
        ({"people_rows": []}, "姓名"),
        ({"people_rows": [WHO] * 2}, "人数"),
        ({"people_rows": [WHO] * 6, "count": 20, "channel": "visit", "visited_level": 4}, "5人"),
        ({"text": "不满"}, "一句话"),
    ],
)
def test_what_is_refused_at_the_desk_leaves_nothing(office, more, words):
    people = more.pop("people_rows", [WHO])

    with refused(Invalid, words):
        took(office, people=people, **more)

    assert not Petition.objects.exists() and not Petitioner.objects.exists() and not Case.objects.exists()


def test_only_posts_for_petitions_take_in_and_only_within_their_reach(office):
    with refused(NotAllowed, ""):
        took(office, by=office.handler)
    with refused(NotAllowed, "东湾村"):
        took(office, by=office.desk, place=office.cast.dongwan)

    assert took(office, by=office.desk).petition.pk


def test_a_group_sends_at_most_five_and_a_visit_that_skips_a_level_is_marked(office):
    taken = took(office, people=[WHO] * 5, count=12, channel="visit", visited_level=Place.Level.CITY)

    assert taken.petition.is_skip and taken.petition.petitioners.count() == 5
    assert not took(office, channel="visit", visited_level=Place.Level.COUNTY).petition.is_skip


def test_a_matter_about_the_township_is_not_seen_by_the_township(office):
    petition = took(office, about=office.cast.qingshi_government).petition

    assert petition.case.place is None
    assert not reach.may_read(petition, office.desk) and reach.may_read(petition, office.clerk)


def test_a_village_does_not_decide(office):
    petition = took(office).petition
    with refused(NotAllowed, "", petition):
        services.forward(petition, unit=office.cast.housing, by=office.handler)

    petition = services.forward(petition, unit=office.cast.housing, by=office.clerk)
    petition = services.send_back(petition, note="属于镇政府职权", by=office.handler)
    about = took(office, about=office.cast.liuhe_committee).petition
    with refused(Invalid, "村不是", about):
        services.forward(about, unit=office.cast.liuhe_committee, by=office.clerk)
    assert petition.case.step == "received" and "petition.return" in verbs(petition.case)


def test_a_demand_is_led_to_its_lawful_way_and_a_suggestion_is_not(office):
    path, told = Path.objects.get(key="land_arbitration"), "请向农村土地承包仲裁委员会申请，二年内提出。"
    suggestion = took(office, kind="suggestion").petition
    with refused(Invalid, "意见建议", suggestion):
        services.route(suggestion, path=path, text=told, by=office.clerk)

    petition = services.route(took(office).petition, path=path, text=told, by=office.clerk)
    assert (petition.case.state, petition.case.outcome) == ("closed", "routed") and petition.told_at
    with refused(Conflict, "", petition):
        services.accept(petition, text=NOTICE, by=office.handler)


def test_not_accepted_only_on_a_listed_ground_in_writing(office):
    petition = forwarded(office)
    with refused(NotAllowed, "", petition):
        services.refuse(
            petition, ground=Ground.objects.get(key="court"), text="同一事项已由县法院立案审理。", by=office.desk
        )
    with refused(Invalid, "一句话", petition):
        services.refuse(petition, ground=Ground.objects.get(key="court"), text="不受理", by=office.handler)

    petition = services.refuse(
        petition, ground=Ground.objects.get(key="court"), text="同一事项已由县法院立案审理。", by=office.handler
    )
    assert petition.case.state == "refused" and verbs(petition.case)[-1] == "petition.refuse"


def test_the_head_of_the_unit_concerned_steps_back(office):
    petition = services.forward(
        took(office, about=office.cast.housing).petition, unit=office.cast.housing, by=office.clerk
    )

    with refused(NotAllowed, "", petition):
        services.accept(petition, text=NOTICE, by=office.boss)


@pytest.mark.parametrize("part", sorted(ANSWER))
def test_an_answer_without_one_of_its_five_parts_is_none(office, part):
    petition = accepted(office)

    with refused(Invalid, "必须写明", petition):
        services.answer(petition, {**ANSWER, part: " 无 "}, by=office.handler)

    petition.refresh_from_db()
    assert petition.answered_at is None and petition.claim == ""


def test_the_answer_is_delivered_by_hand_with_proof_or_read_with_the_code(office):
    petition = answered(office)
    with refused(Invalid, "", petition):
        services.deliver(petition, way="handed", proof="", by=office.handler)
    with refused(NotAllowed, "", petition):
        services.deliver(petition, way="handed", proof="签收", by=office.desk)
    read = services.read_online(petition)

    assert (read.case.step, read.delivered_way) == ("answered", "online") and read.delivered_at
    assert services.read_online(read).delivered_at == read.delivered_at
    handed = delivered(office)
    assert verbs(handed.case)[-1] == "petition.deliver"


def test_it_is_closed_when_no_review_can_be_asked_any_more(office):
    petition = delivered(office)
    with refused(Conflict, "复查", petition):
        services.close(petition, by=office.clerk)
    with at(2026, 7, 4):
        with refused(NotAllowed, "", petition):
            services.close(petition, by=office.handler)
        petition = services.close(petition, by=office.clerk)

    assert petition.case.state == "closed"


def test_rated_once_after_the_answer(office):
    petition = accepted(office)
    with refused(Conflict, "还没有答复"):
        services.rate(petition, stars=5)
    petition = delivered(office)
    with refused(Invalid, ""):
        services.rate(petition, stars=9)

    petition = services.rate(petition, stars=2, words="说明了原因，但拖得久")
    with refused(Conflict, "评价"):
        services.rate(petition, stars=5)
    assert petition.stars == 2 and "拖" not in str([e.data for e in history_of(petition.case)])


def test_a_review_is_decided_by_others_than_who_answered(office):
    petition = delivered(office)
    petition = services.ask_review(petition, reason="没有回答全部请求").petition
    decided = {"organ": "安澜县人民政府", "result": "again", "text": "部分请求未答复，责令重新办理。"}
    with refused(NotAllowed, "", petition):
        services.decide_review(petition, **decided, by=office.clerk)

    review = services.decide_review(petition, **decided, by=office.reviewer)
    petition.refresh_from_db()
    assert (petition.case.step, petition.case.unit, review.result) == ("working", office.cast.housing, "again")
    assert petition.case.due_on > today()


def test_repeats_hang_on_the_first_petition(office):
    first, second = took(office).petition, took(office).petition
    with refused(NotAllowed, ""):
        services.link_repeat(second, first, by=office.handler)
    second = services.link_repeat(second, first, by=office.clerk)
    with refused(Conflict, "初次"):
        services.link_repeat(first, second, by=office.clerk)

    assert took(office, repeat_of=second).petition.repeat_of == first
    assert "petitions.link_repeat" in verbs(second.case)


def test_withdrawn_by_the_person_before_the_answer(office):
    petition = services.withdraw(accepted(office), "已协商解决")

    assert petition.case.state == "withdrawn"
    with refused(Conflict, "", petition):
        services.withdraw(petition, "再撤一次")


def test_a_plan_for_an_old_matter(office):
    petition = accepted(office)
    with refused(NotAllowed, ""):
        services.plan(petition, text="分三步补测登记", due_on=today(), by=office.clerk)
    petition = services.plan(petition, text="分三步补测登记", due_on=today(), by=office.handler)

    assert petition.plan_due_on == today() and "petitions.plan" in verbs(petition.case)


def test_who_handed_it_in_is_opened_for_a_purpose_and_recorded(office):
    petition = forwarded(office)
    with refused(NotAllowed, ""):
        services.reveal(petition, purpose="打电话核实", by=office.handler)
    with refused(Invalid, "用途"):
        services.reveal(petition, purpose="看", by=office.clerk)

    found = services.reveal(petition, purpose="电话核实四至", by=office.clerk)
    assert [one.phone for one in found] == [WHO["phone"]]
    event = list(history_of(petition.case))[-1]
    assert (event.verb, event.data) == ("petitions.reveal", {"purpose": "电话核实四至"})


def test_figures_count_matters_of_townships(office):
    took(office, channel="visit", visited_level=Place.Level.CITY)
    delivered(office)
    took(office, place=office.cast.baisha)

    found = {y.township.name: y for y in figures.years_of(reach.townships(office.clerk), 2026)}
    assert (found["青石镇"].new, found["青石镇"].stock, found["青石镇"].skips) == (2, 1, 1)
    assert found["白沙乡"].new == 1 and found["白沙乡"].change is None
    assert [p.name for p in reach.townships(office.desk)] == ["青石镇"]
    months = {p.name: m for p, m in figures.skips_by_month(reach.townships(office.clerk), 2026)}
    assert months["青石镇"][5] == 1
    answers = figures.answered_in(reach.visible_petitions(office.clerk), today(), today())
    assert (answers.delivered, answers.in_time, answers.reviewed) == (1, 1, 0)
