"""What `huilian doctor` sees, and that one broken part does not hide the others."""

import json
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import transaction

from huilian.engine.calendar.services import seed as seed_calendar
from huilian.engine.screening.models import Outbox, Run, Watch
from huilian.engine.screening.services import touch
from huilian.foundation.now import frozen, now
from huilian.project import doctor
from huilian.project.cli import doctor as command

pytestmark = pytest.mark.django_db


def of(part: str) -> list[doctor.Finding]:
    return [f for f in doctor.examine() if f.part == part]


def test_every_part_is_looked_at_and_faults_say_what_to_do():
    found = doctor.examine()

    assert {f.part for f in found} == set(doctor.PARTS)
    assert all(f.text for f in found)
    assert all(f.advice for f in found if f.state == doctor.NOTE)


def test_a_database_that_is_up_to_date_is_good():
    database, tables = of("database")

    assert database.value["kind"] in ("sqlite", "postgresql") and database.value["bytes"] > 0
    assert tables.state == doctor.GOOD and tables.value == {"unapplied": []}


def test_a_part_that_breaks_is_told_and_the_others_are_still_looked_at(monkeypatch):
    def broken():
        raise OSError("磁盘读不出来")

    monkeypatch.setitem(doctor.PARTS, "queue", broken)

    (queue,) = of("queue")
    assert queue.state == doctor.BAD and "磁盘读不出来" in queue.text
    assert of("room")


def test_procedures_that_are_not_published_are_a_fault_with_the_remedy():
    (procedures,) = of("procedures")

    assert procedures.state == doctor.BAD and "huilian seed" in procedures.advice


@pytest.mark.parametrize(
    ("day", "state"), [((2026, 11, 22), doctor.GOOD), ((2026, 12, 5), doctor.NOTE), ((2027, 1, 4), doctor.BAD)]
)
def test_a_year_without_its_notice_is_noticed_in_time(day, state):
    seed_calendar()

    with frozen(datetime(*day, 9, 0)):
        (calendar,) = of("calendar")

    assert calendar.state == state and bool(calendar.advice) == (state != doctor.GOOD)


def test_a_queue_without_worker_is_noticed():
    (queue,) = of("queue")

    assert queue.state == doctor.NOTE and "huilian worker" in queue.advice


def test_changes_that_nobody_screens_are_a_fault_and_a_rule_that_cannot_run_is_noticed():
    nobody = of("screening")[0]
    with transaction.atomic():
        touch([999901101201])
    Outbox.objects.update(at=now() - timedelta(minutes=5))
    waiting = of("screening")[0]
    Outbox.objects.all().delete()
    Watch.objects.create(holder="one", seen_at=now())
    good = of("screening")[0]
    Run.objects.create(kind="full", as_of=now().date(), started_at=now(), faults=[{"rule": "ZJ01", "message": "x"}])
    broken = of("screening")[0]

    assert (nobody.state, waiting.state, good.state, broken.state) == (
        doctor.NOTE,
        doctor.BAD,
        doctor.GOOD,
        doctor.NOTE,
    )
    assert "huilian worker" in waiting.advice and waiting.value["waiting"] == 1 and "ZJ01" in broken.advice


def test_a_disk_that_is_nearly_full_is_a_fault(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: type("Room", (), {"free": 1000, "total": 2000})())

    assert of("room")[0].state == doctor.BAD


def test_the_command_prints_json_and_fails_when_something_is_broken(monkeypatch):
    monkeypatch.setattr(command, "with_django", lambda: None)

    result = CliRunner().invoke(command.doctor, ["--json"])

    said = json.loads(result.stdout)
    assert result.exit_code == 1 and said["ok"] is False
    assert {"part", "state", "text", "value", "advice"} <= set(said["findings"][0])
