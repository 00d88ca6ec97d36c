"""The sweep: colours, the cases that follow, prompts, alerts and cards. Bounded, and never twice."""

import json
import threading

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from huilian.engine.alerts import evidence, services
from huilian.engine.alerts.models import Alert, Recoloured
from huilian.engine.alerts.telling import Told, recipients
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Card, Case
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.now import frozen
from huilian.project.cli import main
from tests import cast as cast_of_tests

from . import world
from .world import MONDAY, at


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


def sweep(day: int, hour: int = 9):
    with frozen(at(day, hour)):
        return services.sweep()


def test_a_case_follows_its_clock_and_turns_yellow_orange_red(county):
    case = world.matter(county)  # five working days from Monday 16: due Monday 23

    seen = []
    for day in (17, 20, 23, 24):
        sweep(day)
        case.refresh_from_db()
        alert = Alert.objects.first()
        seen.append((case.colour, alert and alert.level, alert and alert.state))

    # The default ladder: yellow when a third is left, orange on the last day but one, red when it has passed.
    assert seen == [(0, None, None), (2, 2, "open"), (2, 2, "open"), (3, 3, "open")]
    assert Alert.objects.count() == 1 and Alert.objects.get().case.class_key == "red"
    assert Case.objects.get(pk=case.pk).revision == case.revision


def test_a_yellow_prompt_lapses_when_the_matter_is_answered_in_time(county):
    case = world.matter(county, class_key="long")  # fifteen working days: due 7 December
    sweep(30)
    prompt = Alert.objects.get()
    assert (prompt.level, prompt.state, prompt.case) == (1, "prompt", None)

    with frozen(at(30, 15)):
        cases.move(case, "answer", by=SYSTEM, note="已疏通")
        done = services.sweep()

    prompt.refresh_from_db()
    assert done.lapsed == 1
    assert (prompt.state, prompt.colour, prompt.get_state_display()) == ("lapsed", 0, "到期前办结")
    assert prompt.ended_at == case.__class__.objects.get(pk=case.pk).clock.stopped_at
    assert Event.objects.filter(verb="alerts.lapse", subject_id=prompt.number).count() == 1
    assert sweep(30, 16).lapsed == 0


def test_a_lapsed_prompt_is_a_prompt_again_when_the_answer_is_sent_back(county):
    case = world.matter(county, class_key="long")
    sweep(30)
    with frozen(at(30, 15)):
        cases.move(case, "answer", by=SYSTEM, note="已疏通")
        services.sweep()
        cases.move(case, "return", by=SYSTEM)
        Recoloured.objects.create(clock=Case.objects.get(pk=case.pk).clock, at=at(30, 15))
        services.sweep()

    alert = Alert.objects.get()
    assert (alert.state, [line["why"] for line in alert.levels]) == ("prompt", ["raised", "lapsed", "again"])


def test_a_prompt_whose_matter_was_answered_late_is_red_even_if_no_sweep_ran_between(county):
    case = world.matter(county, class_key="long")
    sweep(30)

    late = at(30).replace(month=12, day=9)
    with frozen(late):
        cases.move(case, "answer", by=SYSTEM, note="已疏通")
        services.sweep()

    alert = Alert.objects.get()
    assert (alert.level, alert.state) == (3, "open")
    assert Card.objects.filter(case=case, colour=3).count() == 1


def test_another_class_is_another_limit_but_the_same_prompt(county):
    case = world.matter(county, class_key="long")
    sweep(30)
    old = Case.objects.get(pk=case.pk).clock
    with frozen(at(30)):
        clocks.stop(old)
        new = clocks.start(case, length=30, kind="whole", start_at=MONDAY)
        Case.objects.filter(pk=case.pk).update(clock=new)
        done = services.sweep()

    assert done.lapsed == 0 and Alert.objects.get().clock == new


def test_a_paused_clock_raises_nothing(county):
    case = world.matter(county)
    clocks.pause(case.clock, reason="等待材料", by=SYSTEM)

    done = sweep(25)

    case.refresh_from_db()
    assert (done.raised, case.colour) == (0, 0)


def test_red_gives_a_red_card_and_a_late_step_a_yellow_one_to_the_unit_that_held_it(county):
    case = world.matter(county)  # the step has two working days
    sweep(19)
    assert [(c.colour, c.unit, c.step) for c in Card.objects.all()] == [(1, county.housing, "working")]

    sweep(24)
    sweep(25)

    assert [(c.colour, c.unit) for c in Card.objects.filter(case=case).order_by("colour")] == [
        (1, county.housing),
        (3, county.housing),
    ]
    assert "2026-11-23" in Card.objects.get(case=case, colour=3).fact


def test_the_delay_of_the_centre_is_not_put_on_the_unit(county):
    case = world.matter(county)
    cases.move(case, "answer", by=SYSTEM, note="已疏通")

    sweep(19)

    assert [(c.step, c.unit) for c in Card.objects.filter(case=case)] == [("reading", county.commission)]


def test_an_unanswered_alert_gets_a_card_and_no_alert_about_an_alert(county):
    world.matter(county)
    sweep(24)
    alert = Alert.objects.get()

    sweep(26)

    assert Alert.objects.count() == 1
    assert Card.objects.filter(case=alert.case, colour=1, unit=county.housing).exists()
    assert Case.objects.get(pk=alert.case_id).state == "open"  # it never closes by itself


def test_the_alert_says_which_row_broke_which_rule_of_which_document(county):
    case = world.matter(county)
    sweep(24)

    alert = Alert.objects.get()
    assert alert.reason["zh"] == f"{case.number}限5个工作日答复，2026-11-23已到期，逾期未按时答复。"
    assert "was to be answered within 5 working days" in alert.reason["en"]
    assert alert.basis == world.MATTER["basis"] and alert.rule_version == "1"
    assert [row["source"] for row in alert.evidence] == ["procedures.case", "clocks.clock"]
    assert all(evidence.is_intact(row) for row in alert.evidence)
    alert.evidence[1]["fields"]["due_at"] = "2027-01-01"
    assert not evidence.is_intact(alert.evidence[1])


def test_those_told_are_the_handler_the_head_and_supervisors_in_reach(county):
    alert = services.raise_alert(
        rule="X", names={"zh": "名", "en": "name"}, level=2, subject="x:1", reason={"zh": "因", "en": "why"},
        unit=county.housing, place=county.dongwan,
    )  # fmt: skip
    far = services.raise_alert(
        rule="X", names={"zh": "名", "en": "name"}, level=2, subject="x:2", reason={"zh": "因", "en": "why"},
        unit=county.housing, place=county.liuhe,
    )  # fmt: skip

    told = recipients([Told(alert, ["unit", "head", "role:township_supervisor"]), Told(far, ["head"])])

    names = ("he_wei", "gao_jie", "xu_fang", "sun_yan", "yan_bo")
    assert told == [(alert, {county.person(n).pk for n in names}), (far, {county.person("xu_fang").pk})]


def test_one_alert_is_one_notice_and_many_at_once_are_one_notice_too(county):
    case = world.matter(county)
    sweep(20)
    one = Notice.objects.get(user=county.he_wei)
    assert (one.level, one.template) == (2, "alerts.raised") and case.number in one.text and "橙色" in one.text

    with frozen(MONDAY):
        world.many(county, 30)
    sweep(20, 10)

    many = Notice.objects.filter(user=county.he_wei).exclude(pk=one.pk).get()
    assert many.params["count"] == 30 and many.text.startswith("30")
    assert Notice.objects.filter(user=county.xu_fang).count() == 2  # the head
    assert not Notice.objects.filter(user__in=[county.wang_min, county.sun_yan]).exists()


def test_nothing_is_lost_when_the_worker_dies_after_the_clocks_were_coloured(county, monkeypatch):
    case = world.matter(county)
    with monkeypatch.context() as broken:
        broken.setattr("huilian.engine.alerts.services.sweeping.raise_many", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sweep(24)
    assert Recoloured.objects.exists() and not Alert.objects.exists()

    sweep(24)

    case.refresh_from_db()
    assert (case.colour, Alert.objects.get().level, Recoloured.objects.count()) == (3, 3, 0)


def test_two_sweeps_one_after_the_other_do_everything_once(county):
    world.many(county, 20)

    first, second = sweep(24), sweep(24)

    assert (first.raised, first.opened) == (20, 20)
    assert second == services.Swept()
    assert Event.objects.filter(verb="alerts.raise").count() == 20


class Counted:
    """Counts the queries of a block without keeping their texts: there are thousands of parameters in them."""

    def __init__(self):
        self.n = 0

    def __call__(self, execute, sql, params, many, context):
        self.n += 1
        return execute(sql, params, many, context)


def test_five_thousand_at_once_need_a_bounded_number_of_queries(county):
    world.many(county, 5000)

    counted = Counted()
    with connection.execute_wrapper(counted):
        done = sweep(24)

    assert (done.clocks, done.cases, done.raised, done.opened, done.cards) == (5000,) * 5
    assert Case.objects.filter(kind="matter", colour=3).count() == 5000
    assert Recoloured.objects.count() == 0
    # Ten batches. SQLite takes 999 values in a statement, so most of these are pieces of bulk inserts.
    assert counted.n < 10 * 120


def test_many_that_rise_at_once_are_bounded_too(county):
    world.many(county, 1000)
    sweep(20)

    counted = Counted()
    with connection.execute_wrapper(counted):
        done = sweep(24)

    assert (done.raised, done.risen, done.opened) == (0, 1000, 0)
    assert Case.objects.filter(kind="alert", class_key="red").count() == 1000
    assert counted.n < 5 * 120


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_the_same_time_do_everything_once(transactional_db):
    with transaction.atomic():
        county = cast_of_tests.build()
        world.build(county)
    with frozen(MONDAY):
        world.many(county, 600)
    together, done, faults = threading.Barrier(2), [], []

    def run():
        try:
            together.wait()
            done.append(sweep(24))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    assert sum(d.raised for d in done) == sum(d.opened for d in done) == sum(d.cards for d in done) == 600
    assert Alert.objects.count() == Case.objects.filter(kind="alert").count() == Card.objects.count() == 600
    assert Event.objects.filter(verb="alerts.raise").count() == 600


def test_the_command_reports_in_json(county):
    world.matter(county)

    with frozen(at(24)):
        run = CliRunner().invoke(main, ["sweep", "--json"])

    assert run.exit_code == 0, run.output
    assert json.loads(run.output)["raised"] == 1
    assert Clock.objects.filter(colour=3, kind="whole").exists()
