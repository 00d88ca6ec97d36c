"""What changes is screened a moment later, by one process, and nothing is lost when it dies."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from huilian.engine.directory.models import Place
from huilian.engine.inbox.models import Notice
from huilian.engine.jobs import timetable
from huilian.engine.jobs.running import drain
from huilian.engine.screening import schedule
from huilian.engine.screening.models import Hit, Outbox, Run, Watch
from huilian.engine.screening.services import set_parameters, touch
from huilian.engine.screening.watching import Watcher
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.engine.trail.services import record, seal
from huilian.foundation.now import frozen

from ..alerts.world import at
from .world import DONGWAN, LIUHE, SHANQIAN, house, pay, unpay  # noqa: F401


@pytest.fixture
def watcher(house):  # noqa: F811
    with frozen(at(16)):
        watcher = Watcher("one")
        yield watcher
        watcher.close()


def test_the_first_step_of_a_day_screens_everything(watcher):
    pay(1, 150_000)

    assert watcher.step() is True and watcher.step() is False

    assert Run.objects.get().kind == "full" and Hit.objects.count() == 1


def test_a_change_is_screened_and_taken_out_of_the_outbox(watcher):
    watcher.step()
    pay(1, 150_000)
    pay(2, 150_000, village=DONGWAN)
    touch([LIUHE])

    watcher.step()

    assert Hit.objects.get().village_code == LIUHE  # the other village was not touched
    assert not Outbox.objects.exists() and Run.objects.filter(kind="part").count() == 1


def test_a_touch_without_a_change_costs_no_pass(watcher):
    watcher.step()
    touch([LIUHE])
    watcher.step()
    touch([LIUHE])

    assert watcher.step() is True

    assert not Outbox.objects.exists() and Run.objects.filter(kind="part").count() <= 1


def test_many_touches_are_one_pass_over_each_village_once(watcher):
    watcher.step()
    for number in range(1, 4):
        pay(number, 150_000)
        touch([LIUHE])

    watcher.step()

    assert Run.objects.filter(kind="part").get().villages == 1 and Hit.objects.filter(rule="ZJ91").count() == 3


def test_a_named_row_is_screened_and_nothing_else_is_read(watcher):
    watcher.step()
    pay(1, 150_000)
    pay(2, 150_000)
    touch([LIUHE], about=["voucher:1"])

    watcher.step()

    assert Hit.objects.get(rule="ZJ91").subject == "voucher:1" and not Outbox.objects.exists()
    touch([LIUHE])
    watcher.step()
    assert Hit.objects.filter(rule="ZJ91").count() == 2


def test_only_rows_of_a_dataset_and_of_one_village_can_be_named(house):  # noqa: F811
    for villages in ([LIUHE, DONGWAN], None):
        with pytest.raises(ValueError, match="one village"):
            touch(villages, about=["voucher:1"])
    for name in ("vouchers:1", "voucher:x"):
        with pytest.raises(ValueError, match="no row"):
            touch([LIUHE], about=[name])

    assert not Outbox.objects.exists()


def test_a_long_queue_is_worked_off_piece_by_piece_and_nothing_is_left(watcher, monkeypatch):
    monkeypatch.setattr("huilian.engine.screening.watching.MANY", 1)
    watcher.step()
    for number, village in enumerate((LIUHE, SHANQIAN, DONGWAN), start=1):
        pay(number, 150_000, village=village)
        touch([village])

    steps = 0
    while watcher.step():
        steps += 1

    assert steps == 3 and not Outbox.objects.exists() and Hit.objects.filter(rule="ZJ91").count() == 3


def test_the_alert_is_there_before_its_notices(watcher):
    watcher.step()
    pay(1, 150_000)
    touch([LIUHE])

    watcher.step()

    assert Hit.objects.get(rule="ZJ91").alert.told and not Notice.objects.exists()
    drain()
    assert Notice.objects.exists()


def test_incremental_passes_give_what_a_full_pass_gives(watcher):
    watcher.step()
    for number in range(1, 30):
        pay(number, 90_000 + 5_000 * number, village=LIUHE if number % 2 else DONGWAN)
        if number % 3:
            touch([LIUHE, DONGWAN])
        else:
            touch([LIUHE if number % 2 else DONGWAN], about=[f"voucher:{number}"])
        watcher.step()
    for number in range(1, 30, 4):
        unpay(number)
        touch([LIUHE], about=[f"voucher:{number}"])
        watcher.step()
    kept = set(Hit.objects.filter(gone_at=None).values_list("rule", "subject", "level"))

    watcher._everything([])

    assert kept == set(Hit.objects.filter(gone_at=None).values_list("rule", "subject", "level"))


def test_a_change_nobody_told_of_is_found_the_next_day_and_said(watcher):
    watcher.step()
    pay(1, 150_000)  # no touch

    with frozen(at(17)):
        watcher._beat -= 100
        watcher.step()

    assert Hit.objects.count() == 1
    assert "ZJ91: voucher:1" in Event.objects.get(verb="screening.differs").data["what"]


def test_a_service_that_forgets_to_tell_is_followed_through_the_trail(watcher):
    record("screening.fed", "feed:x", by=SYSTEM, data={"rows": 1, "faults": 0})
    seal()
    watcher.step()
    watcher.step()
    pay(1, 150_000)  # no touch, but an act in the village
    record("procedures.open", "case:1", by=SYSTEM, place=Place.objects.get(code=str(LIUHE)))
    seal()
    watcher._looked -= 100

    watcher.step()

    assert Hit.objects.get(rule="ZJ91").subject == "voucher:1"
    watcher._looked -= 100
    assert watcher.step() is False  # seen once


def test_one_process_screens_and_another_takes_over_when_it_is_silent(watcher):
    watcher.step()
    other = Watcher("two")
    touch([LIUHE])

    waits = other.step()
    Watch.objects.update(seen_at=at(16) - timedelta(minutes=1))
    other._beat -= 100
    takes = other.step()
    other.step()
    other.close()

    assert waits is False and takes is True and not Outbox.objects.exists()


def test_a_pass_that_fails_leaves_its_rows_for_the_next(watcher, monkeypatch):
    watcher.step()
    pay(1, 150_000)
    touch([LIUHE])
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr("huilian.engine.screening.services.screening.raise_many", lambda *a, **k: 1 / 0)
        broken.setattr("huilian.engine.screening.services.screening._keep", _fail)
        with transaction.atomic():
            watcher.step()

    assert Outbox.objects.count() == 1 and not Hit.objects.exists()
    watcher.step()
    assert Hit.objects.count() == 1


def _fail(*_args):
    raise RuntimeError


def test_a_decision_about_a_rule_screens_everything_again(watcher, house):  # noqa: F811
    pay(1, 150_000)
    watcher.step()
    set_parameters("ZJ91", {"yellow_cents": 200_000}, reason="本县限额", by=house.jiang_hong)

    watcher.step()

    assert Hit.objects.get().gone_at is not None


def test_the_worker_knows_the_resident_watch_and_the_daily_judgement():
    assert any(key.endswith("screen_what_changes") for key in timetable.residents())
    assert any(key.endswith("judge_the_rules") for key in timetable.scheduled())
    assert not any(key.endswith("screen_what_changes") for key in timetable.scheduled())


@pytest.mark.django_db
def test_old_passes_over_some_villages_are_forgotten(house):  # noqa: F811
    old = at(16) - timedelta(days=60)
    Run.objects.create(kind="part", as_of=old.date(), started_at=old)
    Run.objects.create(kind="full", as_of=old.date(), started_at=old)
    with frozen(at(16)):
        schedule.judge_the_rules()

    assert Run.objects.get().kind == "full"


@pytest.mark.django_db(transaction=True)
def test_the_watch_stops_when_it_is_told_to():
    stop = threading.Event()
    thread = threading.Thread(target=schedule.screen_what_changes, args=(stop,))
    thread.start()
    stop.set()
    thread.join(120)  # on a loaded machine what was begun takes its time

    assert not thread.is_alive() and not Watch.objects.exists()
