"""The worker: a loop for jobs, a thread for the clock, a thread that says "alive"."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from django.utils import translation
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from . import running, timetable
from .models import Worker

logger = logging.getLogger("huilian.jobs")
POLL = 0.5  # seconds between looks at an empty queue and at the timetable
BEAT = 10  # seconds between signs of life
DEAD_AFTER = timedelta(minutes=2)  # long enough for a worker that waits behind a long writing transaction


def run_worker(stop: threading.Event, *, name: str | None = None, residents: bool = True) -> None:
    """Do scheduled work and queued jobs until `stop` is set; the job in hand is finished first. Without `residents`
    the work that never ends is left to other processes."""
    name = name or f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:8]}"
    translation.activate(settings.LANGUAGE_CODE)
    _sign_on(name)
    helpers = [
        threading.Thread(target=_repeat, args=(stop, BEAT, lambda: _beat(name)), name="beat"),
        threading.Thread(target=_keep_time, args=(stop,), name="clock"),
    ]
    helpers += [
        threading.Thread(target=_reside, args=(stop, function), name=key.rpartition(".")[2])
        for key, function in (timetable.residents() if residents else {}).items()
    ]
    for helper in helpers:
        helper.start()
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                worked = running.run_next(name)
            except DatabaseError as error:  # the database is away for a moment; jobs stay where they are
                logger.error("the queue cannot be read: %s", error)
                worked = False
                stop.wait(5)
            if not worked:
                stop.wait(POLL)
    finally:
        stop.set()
        for helper in helpers:
            helper.join()
        with transaction.atomic():
            Worker.objects.filter(pk=name).delete()
        connections.close_all()


def _keep_time(stop: threading.Event) -> None:
    translation.activate(settings.LANGUAGE_CODE)
    functions = timetable.prepare()
    _repeat(stop, POLL, lambda: timetable.tick(functions))


def _reside(stop: threading.Event, function: Callable[[threading.Event], object]) -> None:
    translation.activate(settings.LANGUAGE_CODE)
    try:
        while not stop.is_set():
            try:
                function(stop)
            except Exception:  # whatever it was, the next attempt may do better; the worker goes on
                logger.exception("%s stopped and begins again", threading.current_thread().name)
                stop.wait(5)
    finally:
        connections.close_all()


def _repeat(stop: threading.Event, seconds: float, act: Callable[[], object]) -> None:
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                act()
            except DatabaseError as error:
                logger.error("%s: %s", threading.current_thread().name, error)
            stop.wait(seconds)
    finally:
        connections.close_all()


def _sign_on(name: str) -> None:
    moment = datetime.now(UTC)
    with transaction.atomic():
        Worker.objects.create(id=name, host=socket.gethostname(), pid=os.getpid(), started_at=moment, seen_at=moment)


def _beat(name: str) -> None:
    moment = datetime.now(UTC)
    with transaction.atomic():
        Worker.objects.filter(pk=name).update(seen_at=moment)
        Worker.objects.filter(seen_at__lt=moment - DEAD_AFTER).delete()
    give_back_orphans()


def give_back_orphans() -> int:
    """Give back jobs whose worker is no longer there (power cut, kill -9). Returns how many."""
    alive = set(Worker.objects.values_list("pk", flat=True))
    given = 0
    for pk, workers in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("pk", "worker_ids"):
        if workers and workers[-1] not in alive and workers[-1] != "here":
            with transaction.atomic():
                running.give_back(pk)
            given += 1
    return given
