"""What the network does by itself and on all levels: late reports move up, months without a meeting, training."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from huilian.areas.hear.watchers import queries, services
from huilian.areas.hear.watchers.models import DutyReport, Report, Training
from huilian.areas.hear.watchers.queries.figures import levels, mechanisms, missed, periods
from huilian.areas.hear.watchers.subjects import _late
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Kin, Unit
from huilian.engine.inbox.models import Notice
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.vault import set_up, unlock

from .conftest import MORNING, body, hire, trained
from .test_seats import verbs

LAMP = {"duty": "opinion", "route": "spoken", "words": "村口路灯坏了半个月没人修"}


def test_what_a_branch_leaves_over_a_week_moves_up_by_itself(net):
    late = services.take_report(net.committee, **LAMP, by=net.one)
    told = services.take_report(net.committee, **LAMP, by=net.two)
    services.answer(told, text="已修", outcome="true", by=net.branch)
    with pytest.raises(NotAllowed):
        services.move_up_late(by=net.branch)
    with frozen(MORNING + timedelta(days=7)):
        assert services.move_up_late() == 0, "the seventh day is in time"
    with frozen(MORNING + timedelta(days=8)):
        assert (services.move_up_late(), services.move_up_late()) == (1, 0)
        late.refresh_from_db()
        assert (late.handler, late.missed_on) == (net.town_unit, date(2026, 6, 10)) and late.is_important
        assert late.clock.due_on == date(2026, 7, 13), "a month from the township's receipt; the eleventh is a Saturday"
        assert _late(late) == net.cast.liuhe_committee and Notice.objects.filter(user=net.town).exists()
        with pytest.raises(NotAllowed):
            services.answer(late, text="已修", by=net.branch)
        services.answer(late, text="镇里已修", by=net.town)
    with frozen(MORNING + timedelta(days=60)):
        late.refresh_from_db()
        assert _late(late) == net.town_unit
    assert verbs(late) == ["watchers.take_report", "watchers.escalate", "watchers.answer"]
    assert Report.objects.get(pk=told.pk).missed_on is None


def test_a_body_is_asked_for_its_meeting_and_missed_ones_stay_in_sight(net):
    with frozen(MORNING.replace(day=24)):
        assert services.remind_of_meetings() == 0
    with frozen(MORNING.replace(day=25)):
        assert (services.remind_of_meetings(), services.remind_of_meetings()) == (1, 0)
        assert set(Notice.objects.filter(template="watchers.meeting").values_list("user", flat=True)) == {
            net.branch.pk, net.one.pk,
        }  # fmt: skip
    with frozen(MORNING.replace(month=8)):
        services.hold_meeting(net.committee, held_on=date(2026, 8, 3), present=3, minutes="补学", by=net.one)
    with frozen(MORNING.replace(month=8, day=28)):
        assert services.remind_of_meetings() == 0
    with frozen(MORNING.replace(month=10)):
        assert missed(net.committee) == ([202607, 202609], []), "June is the month in which they began"


def test_training_comes_before_the_certificate(net):
    set_up(net.cast)
    unlock(net.county), unlock(net.second)
    network = body("information", net.cast.county_government, net.cast.commission, net.county)
    seat, _word = services.enrol(network, {"name": "暗访人", "phone": ""}, by=net.county)
    first, second = network.kind.training.splitlines()
    given = {"held_on": date(2026, 6, 3), "topic": first, "seats": [seat]}
    with pytest.raises(NotAllowed):
        services.hold_training(network, **given, by=net.town)
    for wrong in ({"held_on": date(2026, 6, 4)}, {"seats": []}, {"seats": [net.committee.seats.first()]}):
        with pytest.raises(Invalid):
            services.hold_training(network, **{**given, **wrong}, by=net.county)
    services.hold_training(network, **given, by=net.county)
    with pytest.raises(Invalid) as refused:
        services.appoint(network, by=net.county)
    assert second in str(refused.value) and first not in str(refused.value)
    services.hold_training(network, **{**given, "topic": second}, by=net.county)
    services.hold_training(network, **given, by=net.county)

    assert Training.objects.count() == 2 and services.appoint(network, by=net.county)[0].certificate
    assert verbs(network).count("watchers.hold_training") == 3
    assert queries.of_bodies(Training, net.town).count() == 0


def test_a_code_name_chooses_who_reads_and_looks_what_came_of_it(net, client):
    set_up(net.cast)
    unlock(net.county), unlock(net.second)
    network = body("information", net.cast.liuhe_committee, net.town_unit, net.county)
    seat, word = services.enrol(network, {"name": "暗访人", "phone": ""}, by=net.county)
    trained(network, [seat], net.county)
    services.appoint(network, by=net.county)
    known = {"cover": seat.cover, "word": word}
    page = reverse("portal-coded")
    for more in ({"words": "路灯坏了", "open": "on"}, {"words": "某所吃拿卡要"}):
        assert client.post(page, {**known, **more}).status_code == 200
    sealed, plain = Report.objects.filter(seat=seat).order_by("words")

    assert sealed.is_secret and not plain.is_secret and plain.handler == net.cast.liuhe_committee
    assert not queries.visible_reports(net.branch).filter(pk=sealed.pk).exists()
    assert seat.cover not in str(list(Event.objects.filter(subject_id=plain.number).values("actor_label", "data")))
    services.answer(plain, text="明天来修", by=net.branch)
    with pytest.raises(Invalid):
        services.answer(sealed, by=net.county)
    services.answer(sealed, outcome="partly", by=net.county)
    shown = client.post(page, {**known, "look": "1"}).content.decode()
    assert "明天来修" in shown and "部分属实" in shown and "吃拿卡要" not in shown
    assert sealed.number not in client.post(page, {**known, "word": "X", "look": "1"}).content.decode()


def test_cadres_report_on_duty_before_everybody(net):
    given = {"year": 2025, "name": "刘长贵", "post": "村委会主任", "held_on": date(2026, 6, 3), "text": "办了三件实事"}
    with pytest.raises(NotAllowed):
        services.note_duty_report(net.committee, **given, by=net.cast.wang_min)
    for wrong in ({"held_on": date(2026, 6, 4)}, {"year": 2024}, {"text": ""}, {"text": "长" * 601}):
        with pytest.raises(Invalid):
            services.note_duty_report(net.committee, **{**given, **wrong}, by=net.one)
    services.note_duty_report(net.committee, **given, good=31, by=net.one)
    services.note_duty_report(net.committee, **given, good=32, by=net.branch)

    (report,) = queries.duty_reports_of(net.cast.liuhe)
    assert report.good == 32 and DutyReport.objects.count() == 1
    assert verbs(net.committee).count("watchers.note_duty_report") == 2
    assert queries.duty_reports_of(net.cast.dongwan) == []


def test_kin_step_back_wherever_somebody_is_judged_or_asked(net):
    post = body("post", net.branch_unit, net.town_unit, net.town)
    seat = services.nominate(post, {"person": net.two.person, "minutes_of": date(2026, 5, 28), "minutes": "同意"},
                             by=net.branch)  # fmt: skip
    declared = {"relation": "弟", "name": "邱禾", "declared_on": date(2026, 1, 1)}
    Kin.sealed.create(person=net.town.person, relative=net.two.person, **declared)
    Kin.sealed.create(person=net.cast.liu_changgui.person, relative=net.three.person, **declared)
    with pytest.raises(NotAllowed):
        services.examine(seat, fit=True, by=net.town)
    member = net.committee.seats.get(person=net.two.person)
    with pytest.raises(NotAllowed):
        services.appraise(member, year=2026, result="good", held_on=date(2026, 6, 3), by=net.town)
    with pytest.raises(NotAllowed):
        services.ask(net.committee, unit=net.cast.liuhe_committee, text="为何", by=net.three)
    seat.refresh_from_db()
    assert seat.state == "named" and not member.appraisals.exists() and not net.committee.questions.exists()


@pytest.mark.parametrize("kind", ["volunteers", "firms", "party"])
def test_volunteers_points_at_firms_and_seconded_groups_report(net, kind):
    unit = Unit(name="外派劳务党支部", kind="party_group", place=net.cast.qingshi)
    (unit,) = directory.add_units([unit], by=SYSTEM)
    works = hire("lao_mu", "劳牧", unit, ["watch_member"])
    found = body(kind, unit, net.cast.commission, net.county)
    given = {"person": works.person, "group": "veteran" if kind == "volunteers" else ""}
    seat = services.nominate(found, given, by=net.county)
    services.appoint(found, by=net.county)
    task = services.give_task(seat, what="走访两户企业", month=202606, by=net.county)
    services.tick_off(task, found="办证等了二十天", by=works)
    report = services.take_report(found, **LAMP, mechanism="disputes", by=works)
    services.answer(report, text="已协调", early=True, by=net.county)
    with frozen(MORNING.replace(month=10)):
        assert missed(found) == ([], [] if kind == "volunteers" else [202609])
        quarter = {"month": 202609, "text": "三季度监测", "raised": 5, "solved": 4}
        services.hand_in(found, **quarter, by=works)
        services.hand_in(found, **quarter, is_special=True, by=works)
        with pytest.raises(Conflict):
            services.hand_in(found, **quarter, by=works)
        assert missed(found) == ([], [])

    (period,) = periods()
    assert (period["kind"].key, period["special"], period["raised"], period["solved"]) == (kind, 1, 5, 4)
    assert [(m["all"], m["done"], m["early"]) for m in mechanisms()] == [(0, 0, 0), (1, 1, 1), (0, 0, 0)]
    assert {(row["level"].name, row["kind"].key, row["serving"]) for row in levels()} == {
        ("VILLAGE", "committee", 3), ("TOWNSHIP", kind, 1),
    }  # fmt: skip
