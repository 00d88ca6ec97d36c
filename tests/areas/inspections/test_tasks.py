"""Meetings with frozen figures, their tasks, small classes, checks by frequency, great decisions, suggestions."""

from datetime import date, timedelta

import pytest

from huilian.areas.answer.inspections import schedule, services
from huilian.areas.answer.inspections.models import GreatDecision, Meeting, Routine, Session, Task
from huilian.areas.answer.inspections.queries import packs
from huilian.areas.answer.inspections.queries.reach import visible_tasks
from huilian.engine.documents.queries import attachments_of
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, on, picture, planned, told


def called(site, by=None, **more):
    values = {"title": "二季度会商", "unit": site.cast.commission, "starts_on": date(2026, 4, 1), "ends_on": today(),
              "meet_on": today(), **more}  # fmt: skip
    return services.call_meeting(**values, by=by or site.officer)


def given(site):
    """A task of 柳河村 from a meeting."""
    meeting = services.hold_meeting(called(site), held_on=today(), attended="四个部门", minutes="票据问题集中。",
                                    by=site.officer)  # fmt: skip
    (task,) = services.give_tasks(meeting, [site.cast.liuhe_committee], what="清理白条", due_on=today() + timedelta(9),
                                  by=site.officer)  # fmt: skip
    return task


def verbs(subject):
    return {event.verb for event in history_of(subject)}


def test_figures_of_a_meeting_are_drawn_up_and_frozen(site):
    told(site)
    meeting = called(site)
    figures = {row["key"]: row["n"] for row in meeting.pack}

    assert (figures["findings"], figures["closed"], figures["rounds"]) == (1, 0, 1)
    assert all(row["url"].startswith("/desk/") for row in meeting.pack) and packs.is_whole(meeting)
    told(site, 36, unit=site.cast.dongwan_committee, title="再查")
    meeting.refresh_from_db()
    assert {row["key"]: row["n"] for row in meeting.pack}["findings"] == 1
    meeting.pack[0]["n"] = 7
    assert not packs.is_whole(meeting)
    assert verbs(meeting) == {"inspections.call_meeting"}


def test_meetings_are_called_and_concluded_by_officers_in_order(site):
    with pytest.raises(NotAllowed):
        called(site, by=site.town)
    with pytest.raises(Invalid):
        called(site, ends_on=today() + timedelta(3))
    assert not Meeting.objects.exists()
    meeting = called(site)
    one = [site.cast.liuhe_committee]
    with pytest.raises(Conflict):
        services.give_tasks(meeting, one, what="改", due_on=today(), by=site.officer)
    with pytest.raises(NotAllowed):
        services.hold_meeting(meeting, held_on=today(), attended="四家", minutes="议", by=site.town)
    meeting = services.hold_meeting(meeting, held_on=today(), attended="四家", minutes="议", by=site.officer)
    with pytest.raises(Conflict):
        services.hold_meeting(meeting, held_on=today(), attended="四家", minutes="再议", by=site.officer)
    with pytest.raises(NotAllowed):
        services.give_tasks(meeting, one, what="改", due_on=today(), by=site.town)
    with pytest.raises(Invalid):
        services.give_tasks(meeting, one, what="改", due_on=today() - timedelta(1), by=site.officer)

    assert not Task.objects.exists() and "inspections.hold_meeting" in verbs(meeting)


def test_a_task_is_proved_checked_and_overdue_is_seen(site):
    task = given(site)
    assert task in visible_tasks(site.village) and Notice.objects.filter(user=site.village).exists()
    with on(20):
        assert task.state == "late"
    with pytest.raises(Invalid):
        services.hand_in_task(task, result="清了", files=[], by=site.village)
    with pytest.raises(NotAllowed):
        services.hand_in_task(task, result="清了", files=[picture()], by=site.outsider)
    with pytest.raises(Conflict):
        services.accept_task(task, by=site.officer)
    task = services.hand_in_task(task, result="清理三张", files=[picture()], by=site.village)
    with pytest.raises(NotAllowed):
        services.return_task(task, note="不全", by=site.village)
    task = services.return_task(task, note="缺一张", by=site.officer)
    assert task.done_on is None and task.note == "缺一张"
    task = services.hand_in_task(task, result="补齐", files=[picture(7)], by=site.village)
    with pytest.raises(NotAllowed):
        services.accept_task(task, by=site.village)
    task = services.accept_task(task, note="现场看过", by=site.officer)

    assert task.state == "accepted" and task.accepted_by == site.officer.person and attachments_of(task).count() == 2
    assert {f"inspections.{v}_task" for v in ("give", "hand_in", "return", "accept")} <= verbs(task)


def test_a_small_class_has_few_units_one_problem_sessions_and_homework(site):
    units = [site.cast.liuhe_committee, site.cast.dongwan_committee]
    with pytest.raises(Invalid, match="2"):
        begun(site, units[:1], kind="class", topic="白条入账")
    with pytest.raises(Invalid):
        begun(site, units, kind="class", title="没有共性问题", reason="小班")
    class_ = begun(site, units, kind="class", title="票据小班", topic="白条入账", reason="小班")
    values = {"held_on": today(), "subject": "票据怎么审", "teacher": "马军", "attended": "两村报账员"}
    with pytest.raises(NotAllowed):
        services.hold_session(class_, **values, by=site.town)
    with pytest.raises(Invalid):
        services.hold_session(class_, **values, homework="自查", by=site.officer)
    assert not Session.objects.exists()

    session = services.hold_session(class_, **values, homework="自查三年票据", due_on=today(), by=site.officer)
    assert {t.unit for t in session.homework.all()} == set(units)
    assert "inspections.hold_session" in verbs(class_)
    with pytest.raises(Invalid):
        services.hold_session(begun(site, title="普通轮", reason="再查"), **values, by=site.officer)


def test_checks_by_frequency_are_given_once_a_period(site):
    schedule.give_routine_tasks()
    first = set(Task.objects.filter(routine__isnull=False).values_list("unit__name", "period"))
    assert ("青石镇人民政府", "2026-06") in first and ("青石镇人民政府", "2026Q2") in first
    assert services.run_routines() == []

    services.save_routine(Routine.objects.get(key="yearly"), {"is_active": False}, by=site.officer)
    with on(40):
        again = services.run_routines()
    assert {t.period for t in again} == {"2026-07", "2026Q3", "2026H2"}
    with pytest.raises(NotAllowed):
        services.save_routine(Routine.objects.get(key="monthly"), {"is_active": False}, by=site.town)
    assert Routine.objects.get(key="monthly").is_active
    assert verbs(Routine.objects.get(key="yearly")) == {"inspections.catalogue"}


def test_a_great_decision_is_the_topic_of_rounds(site):
    values = {"code": "2026-1", "title": "粮食安全责任", "issuer": "县委"}
    decision = services.save_decision(None, values, by=site.officer)
    round_ = planned(site, kind="topic", decision=decision)

    assert list(decision.rounds.all()) == [round_] and verbs(decision) == {"inspections.catalogue"}
    with pytest.raises(NotAllowed):
        services.save_decision(None, {**values, "code": "2026-2"}, by=site.town)
    assert GreatDecision.objects.count() == 1


def test_suggestions_are_followed_up(site):
    letter = services.send_letter("advice", site.cast.liuhe_committee, site.cast.commission, facts="票据不规范",
                                  advice="建制度", due_on=today() + timedelta(9), by=site.officer)  # fmt: skip
    with pytest.raises(NotAllowed):
        services.follow_up_letter(letter, outcome="done", text="好", by=site.village)
    with pytest.raises(Invalid):
        services.follow_up_letter(letter, outcome="?", text="好", by=site.officer)
    letter.refresh_from_db()
    assert letter.followed_on is None
    letter = services.follow_up_letter(letter, outcome="partly", text="制度有了，还没执行", by=site.officer)

    assert letter.get_outcome_display() == "部分落实" and "inspections.follow_up_letter" in verbs(letter)


def test_officers_are_reminded_of_the_yearly_patrol_until_one_is_planned(site):
    def told_of():
        return Notice.objects.filter(template="inspections.no_patrol").count()

    assert schedule.remind_of_the_patrol() == "nothing to say"  # June
    with on(40):
        schedule.remind_of_the_patrol()
        schedule.remind_of_the_patrol()
        assert told_of() == 1
    with on(70):
        schedule.remind_of_the_patrol()
        assert told_of() == 2
        planned(site, kind="patrol")
    with on(110):
        schedule.remind_of_the_patrol()
    assert told_of() == 2
