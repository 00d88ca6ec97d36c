"""What the bodies do, and what becomes of what they report."""

from datetime import date, datetime, timedelta

import pytest

from huilian.areas.hear.watchers import queries, services, ways
from huilian.areas.hear.watchers.models import Checkpoint, Topic
from huilian.engine.alerts.models import Alert
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.services import publish_all
from huilian.engine.screening.services import screen
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, frozen, now
from huilian.project import discover
from tests.vault import set_up, unlock

from .conftest import MORNING, body, hire, trained
from .test_seats import verbs

LAMP = {"duty": "opinion", "route": "spoken", "words": "村口路灯坏了半个月没人修"}


def test_a_meeting_is_written_down_by_the_body(net):
    given = {"held_on": date(2026, 6, 3), "present": 3, "minutes": "学习手册，汇总本月反映"}
    with pytest.raises(NotAllowed):
        services.hold_meeting(net.committee, **given, by=net.cast.wang_min)
    for wrong in ({"held_on": date(2026, 6, 4)}, {"present": 4}, {"minutes": ""}):
        with pytest.raises(Invalid):
            services.hold_meeting(net.committee, **{**given, **wrong}, by=net.one)
    meeting = services.hold_meeting(net.committee, **given, by=net.one)
    with pytest.raises(Conflict):
        services.hold_meeting(net.committee, **given, by=net.one)
    raised = services.take_report(net.committee, **LAMP, meeting=meeting, by=net.one)
    assert list(meeting.raised.all()) == [raised] and "watchers.hold_meeting" in verbs(net.committee)


def test_a_box_is_opened_by_two_and_every_letter_registered(net):
    keeper = net.committee.seats.get(person=net.two.person)
    given = {"body": net.committee, "where": "村委会大门旁", "keeper": keeper}
    with pytest.raises(NotAllowed):
        services.save_box(None, given, by=net.cast.wang_min)
    box = services.save_box(None, given, by=net.branch)
    with pytest.raises(NotAllowed):
        services.open_complaint_box(box, opened_at=now(), second="谢安", letters=1, by=net.branch)
    with pytest.raises(Invalid):
        services.open_complaint_box(box, opened_at=now(), second="邱禾", letters=1, by=net.two)
    opening = services.open_complaint_box(box, opened_at=now(), second="谢安", letters=1, by=net.two)

    letter = services.take_report(net.committee, **{**LAMP, "route": "box"}, opening=opening, by=net.two)
    with pytest.raises(Conflict):
        services.take_report(net.committee, **{**LAMP, "route": "box"}, opening=opening, by=net.two)
    assert letter.opening == opening
    assert {"watchers.save_box", "watchers.open_complaint_box"} <= set(verbs(net.committee))


def test_the_committee_asks_and_the_village_answers_in_ten_days(net):
    given = {"unit": net.cast.liuhe_committee, "text": "三月水泵维修费为何没有验收单", "about": "记-2026-031"}
    with pytest.raises(NotAllowed):
        services.ask(net.committee, **given, by=net.branch)
    with pytest.raises(Invalid):
        services.ask(net.committee, **{**given, "unit": net.cast.dongwan_committee}, by=net.one)
    question = services.ask(net.committee, **given, by=net.one)
    assert question.clock.due_on == date(2026, 6, 15), "the thirteenth is a Saturday"
    with pytest.raises(NotAllowed):
        services.answer_question(question, text="补办", by=net.one)
    services.answer_question(question, text="验收单已补，附后", by=net.answers)
    with pytest.raises(Conflict):
        services.answer_question(question, text="再答", by=net.answers)
    question.refresh_from_db()
    question.clock.refresh_from_db()
    assert question.clock.state == "stopped" and question.answered_by == net.answers.person
    assert {"watchers.ask", "watchers.answer_question"} <= set(verbs(net.committee))


def test_the_plan_of_a_month_comes_from_the_checkpoints(net):
    with pytest.raises(NotAllowed):
        services.make_plan(net.committee, 202606, by=net.cast.wang_min)
    with pytest.raises(Invalid):
        services.make_plan(net.committee, 202613, by=net.one)
    may = {line.checkpoint.key for line in services.make_plan(net.committee, 202605, by=net.one)}
    june = services.make_plan(net.committee, 202606, by=net.one)
    assert may < {line.checkpoint.key for line in june} and "bills" in may and services.plan_next_month() == 0
    raised = next(line for line in june if line.checkpoint.key == "works")
    assert raised.checkpoint.field == "works" and Checkpoint.objects.get(key="works").every_months == 3
    assert services.make_plan(net.committee, 202606, by=net.one) == []

    with pytest.raises(Invalid):
        services.tick_off(raised, found="", by=net.two)
    services.tick_off(raised, found="看了签证单，量价相符", by=net.two)
    with pytest.raises(Conflict):
        services.tick_off(raised, found="再看", by=net.two)
    assert {"watchers.make_plan", "watchers.tick_off"} <= set(verbs(net.committee))


def test_tasks_logs_and_reports_of_a_month(net):
    seat = net.committee.seats.get(person=net.one.person)
    with pytest.raises(NotAllowed):
        services.give_task(seat, what="看低保公示", month=202606, by=net.one)
    task = services.give_task(seat, what="看低保公示", month=202606, by=net.branch)
    assert task.seat == seat
    with pytest.raises(NotAllowed):
        services.log(net.committee, on=date(2026, 6, 2), what="审核票据", by=net.branch)
    entry = services.log(net.committee, on=date(2026, 6, 2), what="审核五月票据32张", about="记-2026-044", by=net.one)
    assert entry.seat == seat

    given = {"month": 202605, "text": "五月工作", "raised": 3, "solved": 2}
    for wrong in ({"month": 202607}, {"solved": 4}, {"is_special": True, "solved": 3}):
        with pytest.raises(Invalid):
            services.hand_in(net.committee, **{**given, **wrong}, by=net.one)
    with pytest.raises(NotAllowed):
        services.hand_in(net.committee, **given, by=net.cast.wang_min)
    services.hand_in(net.committee, **given, by=net.one)
    with pytest.raises(Conflict):
        services.hand_in(net.committee, **given, by=net.one)
    services.hand_in(net.committee, **given, is_special=True, by=net.one)
    assert {"watchers.give_task", "watchers.log", "watchers.hand_in"} <= set(verbs(net.committee))


def test_a_general_matter_is_answered_in_a_week_by_the_branch(net):
    with pytest.raises(NotAllowed):
        services.take_report(net.committee, **LAMP, by=net.cast.wang_min)
    with pytest.raises(Invalid):
        services.take_report(net.committee, **LAMP, unit=net.cast.dongwan_committee, by=net.one)
    report = services.take_report(net.committee, **LAMP, by=net.one)
    assert report.number.startswith("SB20260603") and report.handler == net.cast.liuhe_committee
    assert (
        report.clock.due_on == date(2026, 6, 10) and Notice.objects.get(template="watchers.reported").user == net.branch
    )
    with pytest.raises(NotAllowed):
        services.answer(report, text="已修好", by=net.one)

    services.answer(report, text="已修好", early=True, by=net.branch)
    with pytest.raises(Conflict):
        services.answer(report, text="再答", by=net.branch)
    report.refresh_from_db()
    report.clock.refresh_from_db()
    assert report.settled_early and report.clock.state == "stopped"
    assert verbs(report) == ["watchers.take_report", "watchers.answer"]


def test_an_important_matter_goes_up_and_is_told_within_a_month(net):
    report = services.take_report(net.committee, **LAMP, by=net.one)
    with pytest.raises(NotAllowed):
        services.escalate(report, note="涉及多村", by=net.one)
    with frozen(MORNING + timedelta(days=2)):
        up = services.escalate(report, note="涉及多村", by=net.branch)
        with pytest.raises(NotAllowed):
            services.answer(up, text="不归我", by=net.branch)
        with pytest.raises(Conflict):
            services.escalate(up, note="再报", by=net.town)
        assert up.handler == net.town_unit and up.clock.due_on == date(2026, 7, 6), "the fifth is a Sunday"
        up = services.answer(up, text="镇里统一更换", by=net.town)
    assert "watchers.escalate" in verbs(report) and not up.settled_early


def test_what_is_about_the_branch_goes_past_it(net):
    report = services.take_report(net.committee, **LAMP, unit=net.cast.liuhe_committee, by=net.one)

    assert report.on_branch and report.handler == net.town_unit
    assert not queries.visible_reports(net.branch).filter(pk=report.pk).exists()
    assert queries.visible_reports(net.one).filter(pk=report.pk).exists()
    assert not queries.visible_reports(net.two).filter(pk=report.pk).exists(), "only who reported"
    assert queries.visible_reports(net.town).filter(pk=report.pk).exists()
    assert not queries.visible_reports(net.cast.liu_changgui).exists()


def test_a_report_on_the_line_itself_goes_to_the_county(net):
    report = services.take_report(net.committee, **LAMP, unit=net.town_unit, important=True, by=net.one)

    assert report.handler == net.cast.commission
    assert not queries.visible_reports(net.town).filter(pk=report.pk).exists()


def test_an_accusation_is_sealed_and_only_officers_open_it(net):
    given = {"duty": "abuse", "route": "town", "words": "会计虚列误工费三千元", "unit": net.cast.liuhe_committee}
    with pytest.raises(Conflict):
        services.take_report(net.committee, **given, by=net.one)
    set_up(net.cast)
    token = unlock(net.county)
    report = services.take_report(net.committee, **given, by=net.one)

    assert report.is_secret and report.words == "" and report.is_important
    assert not queries.visible_reports(net.branch).exists()
    for user in (net.town, net.one):
        with pytest.raises(NotAllowed):
            services.read_words(report, token=unlock(user), purpose="看看", by=user)
    assert services.read_words(report, token=token, purpose="研判", by=net.county) == given["words"]
    assert "误工费" not in str(list(Event.objects.values_list("data", flat=True)))
    with pytest.raises(Invalid):
        services.rate(report, worth=6, by=net.county)
    with pytest.raises(NotAllowed):
        services.rate(report, worth=5, by=net.town)
    services.rate(report, worth=4, by=net.county)
    assert verbs(report) == ["watchers.take_report", "watchers.rate"]


def test_a_code_name_reports_without_an_account(net):
    set_up(net.cast)
    unlock(net.county), unlock(net.second)
    network = body("information", net.cast.county_government, net.cast.commission, net.county)
    seat, word = services.enrol(network, {"name": "暗访人", "phone": ""}, by=net.county)
    for wrong in ((seat.cover, word), (seat.cover, "X" * 10), ("QB0", word)):
        with pytest.raises(Invalid):
            services.take_coded(*wrong, words="某所吃拿卡要")
    with pytest.raises(Invalid):
        services.appoint(network, by=net.county)
    trained(network, [seat], net.county)
    services.appoint(network, by=net.county)
    report = services.take_coded(seat.cover.lower(), word.lower(), words="某所吃拿卡要")

    assert report.is_secret and report.seat == seat and report.words == ""
    services.rate(report, worth=5, by=net.county)
    (credit,) = queries.figures.credits()
    assert (credit.cover, credit.worth) == (seat.cover, 5)
    assert Event.objects.get(verb="watchers.take_report").actor_label == seat.cover


def test_a_report_goes_on_where_a_door_is(net, monkeypatch):
    taken = []
    monkeypatch.setitem(ways.WAYS, "test", ways.Way("test", "别处", lambda r, text, by: taken.append(text) or "HX1"))
    monkeypatch.setitem(ways.WAYS, "deep", ways.Way("deep", "封存", lambda r, text, by: "JB1", secret=True))
    report = services.take_report(net.committee, **LAMP, by=net.one)
    with pytest.raises(Invalid):
        services.pass_on(report, way="deep", text="请修", by=net.branch)
    with pytest.raises(NotAllowed):
        services.pass_on(report, way="test", text="请修", by=net.one)
    services.pass_on(report, way="test", text="请修路灯", by=net.branch)

    report.refresh_from_db()
    assert taken == ["请修路灯"] and (report.state, report.passed_to) == ("passed", "HX1")
    assert verbs(report) == ["watchers.take_report", "watchers.pass_on"]


def test_many_reports_on_a_topic_warn_the_department(net):
    roads = Topic.objects.get(key="village_roads")
    with pytest.raises(Invalid):
        services.send_warning(roads, text="请核查", by=net.county)
    services.save_entry(Topic, roads, {"unit": net.cast.housing}, by=net.county)
    roads.refresh_from_db()
    with pytest.raises(Conflict):
        services.send_warning(roads, text="请核查", by=net.county)
    for words in ("新修水泥路起沙", "路面开裂"):
        services.take_report(net.committee, **{**LAMP, "words": words}, topic=roads, by=net.one)
    assert [(t.key, t.count) for t in queries.clusters()] == [("village_roads", 2)]
    with pytest.raises(NotAllowed):
        services.send_warning(roads, text="请核查", by=net.town)
    letter = services.send_warning(roads, text="通村路质量反映集中，请核查", by=net.county)
    assert letter.reports.count() == 2 and queries.clusters() == []
    assert letter.clock.due_on > date(2026, 6, 23)

    answers = hire("mo_ran", "莫然", net.cast.housing, ["watch_answerer"])
    with pytest.raises(NotAllowed):
        services.reply(letter, text="已查", by=net.answers)
    letter = services.reply(letter, text="责成返工，六月底前完成", by=answers)
    with pytest.raises(NotAllowed):
        services.look_after(letter, done=True, verdict="已返工", by=answers)
    letter = services.look_after(letter, done=True, verdict="现场已返工", by=net.county)
    with pytest.raises(Conflict):
        services.reply(letter, text="再答", by=answers)
    with pytest.raises(NotAllowed):
        services.advise(title="通村路", text="建立质量保证金", letter=letter, by=net.town)
    advice = services.advise(title="通村路", text="建立质量保证金", letter=letter, by=net.county)
    with pytest.raises(NotAllowed):
        services.note_taken(advice, taken="采纳", by=net.town)
    services.note_taken(advice, taken="采纳，县住建局落实", by=net.county)
    assert verbs(letter) == ["watchers.send_warning", "watchers.reply", "watchers.look_after"]
    assert verbs(advice) == ["watchers.advise", "watchers.note_taken"]


def test_an_opening_lies_in_the_past(net):
    keeper = net.committee.seats.get(person=net.two.person)
    box = services.save_box(None, {"body": net.committee, "where": "广场", "keeper": keeper}, by=net.two)
    with pytest.raises(Invalid):
        services.open_complaint_box(
            box, opened_at=datetime(2026, 6, 3, 10, tzinfo=CHINA), second="谢安", letters=0, by=net.two
        )


def test_a_late_answer_is_found_and_the_branch_answers_for_it(net):
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "alert"])
    report = services.take_report(net.committee, **LAMP, by=net.one)
    village = [int(net.cast.liuhe.code)]
    with frozen(MORNING + timedelta(days=7)):
        screen(village, rules=["XF10"])
        assert not Alert.objects.exists(), "the seventh day is in time"
    with frozen(MORNING + timedelta(days=8)):
        screen(village, rules=["XF10"])
    (alert,) = Alert.objects.all()
    assert alert.subject == f"watch_report:{report.pk}"
