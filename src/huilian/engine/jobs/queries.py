"""What is on the queue, what failed, who works: for the technicians' page and `huilian doctor`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import ScheduledRun, Worker


@dataclass(frozen=True)
class QueueState:
    """Counts of jobs by state, the moment the oldest waiting one was put there, and the workers alive."""

    waiting: int
    running: int
    failed: int
    oldest_waiting_at: datetime | None
    workers: int


def recent_jobs(limit: int = 100) -> QuerySet[DBTaskResult]:
    """The latest jobs, whatever became of them, newest first."""
    return DBTaskResult.objects.order_by("-enqueued_at")[:limit]


def failed_jobs() -> QuerySet[DBTaskResult]:
    """Jobs that were given up, newest first; each can be retried."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def scheduled_work() -> QuerySet[ScheduledRun]:
    """Every scheduled function with its last and next run."""
    return ScheduledRun.objects.order_by("key")


def queue_state() -> QueueState:
    """How the queue stands now."""
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk")))
    oldest = DBTaskResult.objects.ready().order_by().aggregate(at=Min("enqueued_at"))["at"]
    return QueueState(
        waiting=counts.get(TaskResultStatus.READY, 0),
        running=counts.get(TaskResultStatus.RUNNING, 0),
        failed=counts.get(TaskResultStatus.FAILED, 0),
        oldest_waiting_at=oldest,
        workers=Worker.objects.count(),
    )
