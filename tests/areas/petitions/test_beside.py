"""Receptions, matters led by leaders, public opinion, papers of supervision, targets and the campaign."""

from datetime import date, timedelta

import pytest

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.models import Entry, Heat, Path, Shift, Visit
from huilian.areas.hear.petitions.queries import figures, reach
from huilian.engine.directory import services as directory
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .conftest import accepted, at, refused, took, verbs

SOON = timedelta(days=30)
MARKS = {"harm": 2, "people": 1, "duration": 2, "units": 1, "turn": 0}


def a_slot(office, **more):
    values = {
        "leader": office.leader.person, "unit": office.cast.petitions, "room": "县人民来访接待大厅", "seats": 2,
        "starts_at": now() + timedelta(days=1), "ends_at": now() + timedelta(days=1, hours=3),
    }  # fmt: skip
    return services.save_slot(None, {**values, **more}, by=office.clerk)


def test_a_slot_by_video_names_the_township_whose_room_joins(office):
    with refused(Invalid, "乡镇"):
        a_slot(office, is_remote=True)
    with refused(Invalid, "晚于"):
        a_slot(office, ends_at=now())
    with refused(NotAllowed, ""):
        services.save_slot(None, {"unit": office.cast.petitions}, by=office.handler)

    slot = a_slot(office, is_remote=True, town=office.cast.qingshi)
    assert slot.town == office.cast.qingshi and verbs(slot) == ["petitions.save_slot"]


def test_people_are_booked_in_turn_until_the_slot_is_full(office):
    slot = a_slot(office)
    first = services.book(slot, name="张桂兰", matter="宅基地登记", by=office.clerk)
    second = services.book(slot, name="李四海", matter="道路修缮", people=5)
    with refused(Conflict, "已满"):
        services.book(slot, name="王五", matter="低保申请", by=office.clerk)
    with refused(Invalid, "5人"):
        services.book(a_slot(office, starts_at=now() + timedelta(hours=5)), name="王五", matter="低保申请", people=6)

    assert (first.turn, second.turn, first.number[:2]) == (1, 2, "JF")
    with refused(Invalid, "名额"):
        services.save_slot(slot, {"seats": 1}, by=office.clerk)


def test_a_visit_from_the_queue_to_what_came_of_it(office):
    visit = services.book(a_slot(office), name="张桂兰", matter="宅基地登记", by=office.clerk)
    said = {"record_text": "反映两年未办登记", "result": "由住建局十日内办结", "unit": office.cast.housing}
    with refused(Conflict, ""):
        services.note_talk(visit, **said, due_on=today(), by=office.clerk)
    with refused(NotAllowed, ""):
        services.arrive(visit, by=office.handler)
    visit = services.arrive(visit, by=office.clerk)
    with refused(Invalid, "已过"):
        services.note_talk(visit, **said, due_on=today() - timedelta(1), by=office.clerk)
    visit = services.note_talk(visit, **said, due_on=today() + timedelta(10), by=office.clerk)
    with refused(NotAllowed, ""):
        services.carry_out(visit, outcome="已登记发证", by=office.desk)
    visit = services.carry_out(visit, outcome="已登记发证", by=office.handler)

    assert visit.state == Visit.State.DONE
    assert verbs(visit) == ["petitions.book", "petitions.arrive", "petitions.note_talk", "petitions.carry_out"]


def test_a_slot_is_cancelled_before_anybody_was_received(office):
    slot, other = a_slot(office), a_slot(office, starts_at=now() + timedelta(hours=5))
    services.arrive(services.book(other, name="张桂兰", matter="宅基地登记", by=office.clerk), by=office.clerk)
    with refused(Conflict, "已经接访"):
        services.cancel_slot(other, reason="出差", by=office.clerk)
    missed = services.miss(services.book(slot, name="张桂兰", matter="宅基地登记", by=office.clerk), by=office.clerk)

    assert missed.state == "absent" and "petitions.miss" in verbs(missed)
    with refused(Conflict, "取消"):
        services.book(services.cancel_slot(a_slot(office, starts_at=now() + timedelta(hours=9)), reason="出差",
                                           by=office.clerk), name="甲某", matter="低保申请")  # fmt: skip


def put(office, petition, **more):
    given = {"marks": MARKS, "reason": "拖延多年，涉及两家单位", "due_on": today() + SOON, **more}
    return services.put_in_charge(petition, office.leader.person, **given, by=office.head)


def test_a_leader_leads_by_what_the_matter_is_worth_and_closes_by_own_signature(office):
    petition = accepted(office)
    with refused(Invalid, "0、1或2"):
        put(office, petition, marks={"harm": 5})
    with refused(Invalid, ""):
        put(office, petition, marks={"harm": 1}, reason="重要")
    with refused(NotAllowed, ""):
        services.put_in_charge(
            petition, office.leader.person, marks=MARKS, reason="重要", due_on=today(), by=office.clerk
        )
    charge = put(office, petition)
    with refused(Conflict, "已有领导"):
        put(office, petition)
    with refused(Conflict, "还没有走访"):
        services.propose_end(charge, result="已登记发证", by=office.handler)
    with refused(NotAllowed, ""):
        services.note_charge(charge, kind="visit", text="入户走访", by=office.desk)
    services.note_charge(charge, kind="visit", text="入户走访，核实四至", by=office.leader)
    with refused(Conflict, "提请"):
        services.sign_end(charge, by=office.leader)
    charge = services.propose_end(charge, result="已登记发证", by=office.handler)
    with refused(NotAllowed, "赵建国"):
        services.sign_end(charge, by=office.head)

    charge = services.sign_end(charge, by=office.leader)
    assert charge.score == 6 and charge.signed_on == today()
    assert list(reach.visible_charges(office.leader)) == [charge]
    found = [verb for verb in verbs(petition.case) if verb.startswith("petitions.")]
    assert found == [
        "petitions.put_in_charge", "petitions.note_charge", "petitions.propose_end", "petitions.sign_end",
    ]  # fmt: skip
    with refused(Conflict, "已经签字"):
        services.note_charge(charge, kind="step", text="再次回访", by=office.leader)


@pytest.fixture
def online(office):
    return services.note_matter(
        "网帖反映垃圾清运不及时", source="本地论坛", text="称垃圾一周没有清运", heat=Heat.objects.get(key="middle"),
        place=office.cast.liuhe, appeared_at=now() - timedelta(hours=1), by=office.clerk,
    )  # fmt: skip


def test_public_opinion_is_verified_in_hours_answered_in_public_and_looked_back_on(office, online):
    with refused(NotAllowed, "", online):
        services.send_matter(online, unit=office.cast.qingshi_government, by=office.handler)
    online = services.send_matter(online, unit=office.cast.qingshi_government, by=office.clerk)
    assert online.case.clock.due_at == now() + timedelta(hours=24)
    with refused(Invalid, "结论", online):
        services.tell_facts(online, found="maybe", facts="已核实", by=office.cast.wang_min)
    online = services.tell_facts(online, found="partly", facts="迟了两天，已清运", by=office.cast.wang_min)
    online = services.verify_again(online, note="说明原因", by=office.clerk)
    online = services.tell_facts(online, found="true", facts="车辆故障，迟了两天", by=office.desk)
    with refused(NotAllowed, "", online):
        services.publish_answer(online, answer="经核实情况属实，已清运并致歉。", where="镇公众号", by=office.desk)
    online = services.publish_answer(online, answer="经核实情况属实，已清运并致歉。", where="镇公众号", by=office.clerk)
    assert not online.case.clock.is_open and online.published_at
    online = services.look_back(online, lesson="备用车辆纳入合同", by=office.clerk)

    assert online.case.state == "closed" and verbs(online.case) == [
        "procedures.open", "online_matter.send", "online_matter.tell_facts", "online_matter.again",
        "online_matter.tell_facts", "online_matter.publish", "online_matter.close",
    ]  # fmt: skip


def test_heat_rises_and_shifts_are_entered(office, online):
    with refused(NotAllowed, ""):
        services.raise_heat(online, heat=Heat.objects.get(key="high"), reads=90_000, by=office.handler)
    with refused(Invalid, "现在"):
        services.note_matter("网帖", source="论坛", text="某事某事", heat=online.heat, place=online.place,
                             appeared_at=now() + timedelta(hours=1), by=office.clerk)  # fmt: skip
    online = services.raise_heat(online, heat=Heat.objects.get(key="high"), reads=90_000, by=office.clerk)
    two = (office.cast.petitions, office.clerk.person, office.leader.person)
    assert services.save_shifts(*two, today(), 3, by=office.head) == 3
    assert services.save_shifts(*two, today(), 5, by=office.head) == 2
    with refused(NotAllowed, ""):
        services.save_shifts(*two, today(), 1, by=office.handler)
    shift = services.save_shift(Shift.objects.earliest("on"), {"person": office.head.person}, by=office.head)

    assert online.reads == 90_000 and shift.person == office.head.person
    assert "petitions.raise_heat" in verbs(online.case) and "petitions.save_shift" in verbs(shift)


def test_a_paper_is_drafted_by_one_approved_by_another_answered_and_checked(office):
    number = took(office).petition.case.number
    given = {"unit": office.cast.housing, "facts": "一件超期答复", "demand": "说明原因，限期整改"}
    with refused(Invalid, "编号"):
        services.draft_paper("notice", **given, about_no="XF1", by=office.watcher)
    with refused(NotAllowed, ""):
        services.draft_paper("notice", **given, by=office.clerk)
    paper = services.propose_paper(
        services.draft_paper("notice", **given, about_no=number, by=office.watcher), by=office.watcher
    )
    with refused(NotAllowed, "", paper):
        services.serve_paper(paper, by=office.watcher)
    paper = services.serve_paper(paper, by=office.approver)
    assert paper.case.clock.due_on == date(2026, 6, 17)  # ten working days
    with refused(NotAllowed, "", paper):
        services.reply_paper(paper, text="已整改到位", by=office.desk)
    paper = services.reply_paper(paper, text="已整改到位", by=office.handler)
    paper = services.check_paper(paper, effective=False, effect="制度没有修订", by=office.watcher)
    paper = services.reply_paper(paper, text="制度已修订", by=office.handler)
    paper = services.check_paper(paper, effective=True, effect="制度已修订并执行", by=office.watcher)
    assert paper.case.state == "closed" and verbs(paper.case)[1:] == [
        f"supervision_paper.{verb}" for verb in ("propose", "serve", "reply", "reply_again", "reply", "close")
    ]  # fmt: skip

    other = services.propose_paper(services.draft_paper("talk", **given, by=office.watcher), by=office.watcher)
    other = services.drop_paper(other, note="已另行约谈", by=office.approver)
    assert other.case.state == "refused" and "supervision_paper.drop" in verbs(other.case)


def test_who_drafts_and_approves_is_still_two(office):
    post = office.watcher.person.appointments.get().post
    directory.change_post(post, roles=["petition_watcher", "petition_watch_head"], by=SYSTEM)
    paper = services.draft_paper(
        "talk", unit=office.cast.housing, facts="一件超期", demand="说明原因", by=office.watcher
    )
    paper = services.propose_paper(paper, by=office.watcher)

    with refused(NotAllowed, "拟制", paper):
        services.serve_paper(paper, by=office.watcher)


def the_contest(office, **more):
    values = {
        "year": 2026,
        "title": "无越级访乡镇创建",
        "criteria": "诉求在镇内办结",
        "apply_until": date(2026, 12, 31),
    }
    return services.save_contest(None, {**values, **more}, by=office.head)


def test_a_township_applies_and_is_awarded_by_counts_and_loses_the_award_by_counts(office):
    with refused(NotAllowed, ""):
        services.save_contest(None, {"year": 2026}, by=office.clerk)
    contest, unit = the_contest(office), office.cast.qingshi_government
    applied = {"statement": "本镇开门接访，初信初访一次办结。"}
    with refused(NotAllowed, ""):
        services.apply_for(contest, office.cast.baisha_government, **applied, by=office.desk)
    entry = services.apply_for(contest, unit, **applied, by=office.desk)
    with refused(Conflict, "已经申报"):
        services.apply_for(contest, unit, **applied, by=office.desk)
    with refused(NotAllowed, ""):
        services.decide_entry(entry, award=True, reason="达标", by=office.desk)
    entry = services.decide_entry(entry, award=True, reason="全年无越级走访", by=office.head)
    assert entry.counted == {"skips": 0, "overdue": 0}
    with refused(Conflict, "已经评定"):
        services.save_contest(contest, {"most": 3}, by=office.head)

    took(office, channel="visit", visited_level=2)
    entry = services.withdraw_award(entry, reason="发生越级走访", by=office.head)
    assert (entry.state, entry.counted["skips"]) == (Entry.State.WITHDRAWN, 1)
    assert verbs(entry) == ["petitions.apply_for", "petitions.decide_entry", "petitions.withdraw_award"]


def test_over_what_the_campaign_bears_nobody_is_awarded(office):
    took(office, channel="visit", visited_level=2)
    entry = services.apply_for(
        the_contest(office), office.cast.qingshi_government, statement="本镇申报，请予审核评定。", by=office.desk
    )
    with refused(Conflict, "超过"):
        services.decide_entry(entry, award=True, reason="达标", by=office.head)

    entry.refresh_from_db()
    assert entry.state == "applied" and entry.counted == {}
    with at(2027, 1, 1), refused(Conflict, "截止"):
        services.apply_for(entry.contest, office.cast.qingshi_government, statement="迟到的申报材料。", by=office.desk)


def test_targets_are_set_for_townships_and_measured(office):
    with refused(NotAllowed, ""):
        services.save_target(None, {"township": office.cast.qingshi, "year": 2026}, by=office.clerk)
    with refused(Invalid, "乡镇"):
        services.save_target(None, {"township": office.cast.liuhe, "year": 2026, "stock": 1, "new": 1}, by=office.head)
    target = services.save_target(
        None, {"township": office.cast.qingshi, "year": 2026, "stock": 0, "new": 5}, by=office.head
    )
    took(office)

    year = figures.year_of(office.cast.qingshi, 2026)
    assert (year.over_stock, year.over_new) == (True, False) and verbs(target) == ["petitions.save_target"]


def test_a_default_line_that_is_changed_is_the_county_s_own(office):
    path = Path.objects.get(key="labour")
    with refused(NotAllowed, ""):
        services.save_line(Path, path, {"organ": "县仲裁院"}, by=office.clerk)

    path = services.save_line(Path, path, {"organ": "安澜县劳动人事争议仲裁院"}, by=office.head)
    assert path.origin == "county" and verbs(path) == ["petitions.catalogue"]
