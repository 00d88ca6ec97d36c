"""Running what is on the queue, one job at a time."""

import logging
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from traceback import format_exception

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from huilian.foundation.errors import Refused

from .declare import Job

logger = logging.getLogger("huilian.jobs")
FIRST_WAIT, WAIT_FACTOR, LONGEST_WAIT = timedelta(seconds=10), 6, timedelta(hours=1)


def wait_before(attempt: int) -> timedelta:
    """How long to wait after failed attempt number `attempt` (1, 2, …): 10 s, 1 min, 6 min, 36 min, then an hour."""
    return min(FIRST_WAIT * WAIT_FACTOR ** min(attempt - 1, 8), LONGEST_WAIT)


def run_next(worker: str = "here") -> bool:
    """Take the next job that is ready and run it; False when there is none."""
    if not DBTaskResult.objects.ready().exists():  # a plain read: an idle worker takes no write lock
        return False
    with transaction.atomic():
        row = DBTaskResult.objects.ready().get_locked()
        if row is None:
            return False
        row.claim(worker)
    _run(row)
    return True


def drain(limit: int = 10_000) -> int:
    """Run all that is ready, here and now; return how many. For tests, the demonstration and imports."""
    done = 0
    while done < limit and run_next():
        done += 1
    return done


def give_back(row_id) -> None:
    """Let a job whose worker died be taken again; the attempt counts."""
    DBTaskResult.objects.filter(pk=row_id, status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)


def _run(row: DBTaskResult) -> None:
    retries = 0
    try:
        task = row.task
        retries = getattr(task, "retries", 0)
        with transaction.atomic() if isinstance(task, Job) and task.atomic else nullcontext():
            value = task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
            row.set_successful(_kept(value))
    except Exception as error:
        _failed(row, error, retries)
    except BaseException:  # the process is being stopped by force
        with transaction.atomic():
            give_back(row.pk)
        raise


def _failed(row: DBTaskResult, error: Exception, retries: int) -> None:
    attempt = len(row.worker_ids)
    # The message may name a person, so the log gets the kind of error only; the row, seen by technicians, gets it all.
    logger.warning("job %s %s failed, attempt %d: %s", row.task_path, row.pk, attempt, type(error).__name__)
    with transaction.atomic():
        if isinstance(error, Refused) or attempt > retries:
            row.set_failed(error)
            return
        row.status = TaskResultStatus.READY
        # The queue compares with the machine's clock, not with one that stands still for a test.
        row.run_after = datetime.now(UTC) + wait_before(attempt)
        row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
        row.traceback = "".join(format_exception(error))
        row.save(update_fields=["status", "run_after", "exception_class_path", "traceback"])


def _kept(value):
    try:
        return normalize_json(value)
    except (TypeError, ValueError):
        return None
