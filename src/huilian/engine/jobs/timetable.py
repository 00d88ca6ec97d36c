"""Scheduled work: found in each app's `schedule.py`, each tick taken by one worker only."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import module_has_submodule
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from huilian.foundation.now import now

from .declare import enqueue, job
from .models import ScheduledRun

logger = logging.getLogger("huilian.jobs")
INLINE_BELOW = 60  # seconds: more frequent work runs in the clock thread, the rest becomes a job, seen and retried
LEASE = timedelta(minutes=10)  # after which a run whose worker died may be taken by another


def scheduled() -> dict[str, Callable]:
    """Every scheduled function by its key, the dotted name."""
    return _declared("timetable")


def residents() -> dict[str, Callable]:
    """Every function that never ends, by its key."""
    return _declared("resident")


def _declared(mark: str) -> dict[str, Callable]:
    found = {}
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, "schedule"):
            continue
        module = import_module(f"{config.name}.schedule")
        for name, value in vars(module).items():
            function = getattr(value, "func", value)
            if hasattr(function, mark) and function.__module__ == module.__name__:
                found[f"{module.__name__}.{name}"] = function
    return found


def prepare() -> dict[str, Callable]:
    """See that each scheduled function has its row, drop rows of functions that are gone; return the functions."""
    functions = scheduled()
    known = set(ScheduledRun.objects.values_list("key", flat=True))
    moment = now()
    with transaction.atomic():
        ScheduledRun.objects.filter(key__in=known - set(functions)).delete()
        ScheduledRun.objects.bulk_create(
            [
                ScheduledRun(key=key, due_at=moment if f.timetable.at is None else f.timetable.next_after(moment))
                for key, f in functions.items()
                if key not in known
            ],
            ignore_conflicts=True,
        )
    return functions


def tick(functions: dict[str, Callable]) -> int:
    """Take all that is due now: short work is done here, other work is put on the queue. Return how many were taken."""
    taken = 0
    for run in ScheduledRun.objects.filter(due_at__lte=now(), key__in=functions).order_by("due_at"):
        function = functions[run.key]
        if function.timetable.at is not None or function.timetable.seconds >= INLINE_BELOW:
            taken += _hand_over(run, function)
        elif _claim(run, function, now()):
            _perform(run, function)
            taken += 1
    return taken


def _claim(run: ScheduledRun, function: Callable, moment: datetime) -> bool:
    free = Q(busy_until=None) | Q(busy_until__lt=moment)
    with transaction.atomic():
        return bool(
            ScheduledRun.objects.filter(free, pk=run.pk, due_at=run.due_at).update(
                due_at=function.timetable.next_after(moment), busy_until=moment + LEASE, started_at=moment
            )
        )


def _perform(run: ScheduledRun, function: Callable) -> None:
    failure = ""
    try:
        function()
    except Exception as error:
        logger.exception("scheduled work %s failed", run.key)
        failure = f"{type(error).__name__}: {error}"
    with transaction.atomic():
        ScheduledRun.objects.filter(pk=run.pk).update(
            busy_until=None, finished_at=now(), runs=F("runs") + 1, failure=failure
        )


def _hand_over(run: ScheduledRun, function: Callable) -> bool:
    """Move the row on and enqueue the tick in one transaction, unless the last tick's job is not done yet."""
    moment = now()
    with transaction.atomic():
        if not ScheduledRun.objects.filter(pk=run.pk, due_at=run.due_at).update(
            due_at=function.timetable.next_after(moment)
        ):
            return False
        unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
        if run.job_id and DBTaskResult.objects.filter(pk=run.job_id, status__in=unfinished).exists():
            return False
        ScheduledRun.objects.filter(pk=run.pk).update(
            job_id=enqueue(run_scheduled, key=run.key), started_at=moment, runs=F("runs") + 1
        )
    return True


@job(retries=2, atomic=False)
def run_scheduled(key: str) -> None:
    """One tick of scheduled work."""
    function = scheduled().get(key)
    if function is None:
        return  # a newer release has dropped it
    failure = ""
    try:
        function()
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
        raise
    finally:
        with transaction.atomic():
            ScheduledRun.objects.filter(key=key).update(finished_at=now(), failure=failure)
