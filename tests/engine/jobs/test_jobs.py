"""The queue: in the fact's transaction, retried, recovered, scheduled once."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from huilian.engine.jobs import enqueue, enqueue_at, queries, running, services, timetable, worker
from huilian.engine.jobs.models import ScheduledRun, Worker
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict
from huilian.foundation.now import CHINA, frozen, now
from huilian.foundation.schedule import Timetable, every

from . import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_calls():
    work.calls.clear()


def test_a_job_enqueued_in_a_transaction_that_fails_is_never_run():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(work.note, text="lost")
        raise ZeroDivisionError

    assert running.drain() == 0
    assert work.calls == []


def test_a_job_runs_once_with_its_arguments_and_keeps_its_result():
    ident = enqueue(work.note, text="你好")

    assert running.drain() == 1
    assert running.drain() == 0

    assert work.calls == ["你好"]
    row = DBTaskResult.objects.get(pk=ident)
    assert (row.status, row.return_value) == (TaskResultStatus.SUCCESSFUL, "你好")


def test_a_job_for_later_waits():
    enqueue_at(datetime.now(UTC) + timedelta(hours=1), work.note, text="later")

    assert running.drain() == 0


def test_a_failed_attempt_keeps_nothing_it_wrote_and_is_tried_again_after_a_while():
    ident = enqueue(work.write_then_fail, key="half")

    running.drain()

    assert work.calls == ["half"]
    assert not ScheduledRun.objects.exists()
    row = DBTaskResult.objects.get(pk=ident)
    assert row.status == TaskResultStatus.READY
    assert timedelta(seconds=5) < row.run_after - datetime.now(UTC) <= timedelta(seconds=10)
    assert "the line is down" in row.traceback


def test_after_its_retries_a_job_is_given_up_and_visible():
    ident = enqueue(work.write_then_fail, key="x")

    for _attempt in range(3):
        DBTaskResult.objects.update(run_after=datetime.now(UTC))
        running.drain()

    assert len(work.calls) == 3
    assert [str(r.pk) for r in queries.failed_jobs()] == [ident]
    assert queries.queue_state().failed == 1


def test_a_refusal_is_not_tried_again():
    enqueue(work.refuse)

    running.drain()

    assert work.calls == ["refused"]
    assert queries.failed_jobs().count() == 1


def test_waits_grow_up_to_an_hour():
    assert [running.wait_before(n).total_seconds() for n in range(1, 7)] == [10, 60, 360, 2160, 3600, 3600]


def test_a_job_whose_worker_died_is_given_back_and_one_in_living_hands_is_not():
    lost, held = enqueue(work.note, text="a"), enqueue(work.note, text="b")
    moment = now()
    Worker.objects.create(id="alive", host="h", pid=1, started_at=moment, seen_at=moment)
    DBTaskResult.objects.get(pk=lost).claim("dead")
    DBTaskResult.objects.get(pk=held).claim("alive")

    assert worker.give_back_orphans() == 1

    assert DBTaskResult.objects.get(pk=lost).status == TaskResultStatus.READY
    assert DBTaskResult.objects.get(pk=held).status == TaskResultStatus.RUNNING


def put(function, due_at=None):
    key = f"tests.{function.__name__}"
    ScheduledRun.objects.create(key=key, due_at=due_at or now())
    return {key: function}


def test_frequent_work_runs_when_due_and_not_before_its_next_tick():
    functions = put(work.often)

    assert timetable.tick(functions) == 1
    assert timetable.tick(functions) == 0

    assert work.calls == ["often"]
    with frozen(now() + timedelta(seconds=2)):
        assert timetable.tick(functions) == 1


def test_a_tick_claimed_by_one_worker_is_lost_to_the_other():
    put(work.often)
    seen_by_both = ScheduledRun.objects.get(), ScheduledRun.objects.get()

    claims = [timetable._claim(run, work.often, now()) for run in seen_by_both]

    assert claims == [True, False]


def test_a_failure_of_scheduled_work_is_kept_and_does_not_stop_the_clock():
    functions = put(work.breaks)

    timetable.tick(functions)

    run = ScheduledRun.objects.get()
    assert run.failure == "ValueError: broken"
    assert run.busy_until is None


def test_daily_work_becomes_one_job_even_when_several_days_were_missed(monkeypatch):
    key = "tests.nightly"
    functions = put(work.nightly, due_at=now() - timedelta(days=3))
    monkeypatch.setattr(timetable, "scheduled", lambda: functions)

    assert timetable.tick(functions) == 1
    assert timetable.tick(functions) == 0
    running.drain()

    assert work.calls == ["nightly"]
    run = ScheduledRun.objects.get(key=key)
    assert run.due_at > now()
    assert run.finished_at is not None


def test_a_daily_time_is_wall_clock_time_in_china():
    table = Timetable(at=datetime(2026, 1, 1, 0, 5).time())

    assert table.next_after(datetime(2026, 11, 22, 0, 4, tzinfo=CHINA)) == datetime(2026, 11, 22, 0, 5, tzinfo=CHINA)
    assert table.next_after(datetime(2026, 11, 22, 0, 5, tzinfo=CHINA)) == datetime(2026, 11, 23, 0, 5, tzinfo=CHINA)


def test_a_timetable_must_say_one_thing():
    with pytest.raises(ValueError, match="either"):
        every()


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_jobs_and_stops_when_asked():
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_worker, args=(stop,), kwargs={"residents": False})
    thread.start()
    enqueue(work.note, text="from the loop")

    until = time.monotonic() + 10
    while not work.calls and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    thread.join(10)

    assert work.calls == ["from the loop"]
    assert not thread.is_alive()
    assert not Worker.objects.exists()


@pytest.mark.parametrize("residents", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_worker_holds_what_never_ends_or_leaves_it_to_others(monkeypatch, residents):
    stop, held = threading.Event(), threading.Event()
    monkeypatch.setattr(worker.timetable, "residents", lambda: {"x.y": lambda stop: (held.set(), stop.wait())})
    thread = threading.Thread(target=worker.run_worker, args=(stop,), kwargs={"residents": residents})
    thread.start()

    there = held.wait(10 if residents else 0.5)
    stop.set()
    thread.join(10)

    assert there is residents and not thread.is_alive()


def test_a_failed_job_is_started_again_by_hand_which_is_recorded():
    ident = enqueue(work.refuse)
    running.drain()

    services.retry(ident, by=SYSTEM)

    assert queries.queue_state().waiting == 1
    assert len(list(history_of(f"jobs:{ident}"))) == 1


def test_a_job_that_has_not_failed_cannot_be_started_again():
    ident = enqueue(work.note, text="x")

    with pytest.raises(Conflict):
        services.retry(ident, by=SYSTEM)

    assert not list(history_of(f"jobs:{ident}"))
    assert queries.queue_state().waiting == 1
