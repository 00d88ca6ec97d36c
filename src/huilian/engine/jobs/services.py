"""What a technician can do with jobs."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict
from huilian.foundation.now import now

KEEP_DONE, KEEP_FAILED = timedelta(days=7), timedelta(days=180)


def retry(job_id, *, by) -> None:
    """Put a failed job back on the queue with all its attempts; refuse one that has not failed."""
    with transaction.atomic():
        changed = DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.FAILED).update(
            status=TaskResultStatus.READY, worker_ids=[], run_after=get_date_max(), finished_at=None
        )
        if not changed:
            raise Conflict(_("This job has not failed, or somebody has already started it again. Reload the list."))
        record("jobs.retry", f"jobs:{job_id}", by=by)


def prune() -> int:
    """Forget jobs done more than a week ago and failures older than half a year; the facts are in the trail."""
    moment = now()
    with transaction.atomic():
        done = DBTaskResult.objects.successful().filter(finished_at__lt=moment - KEEP_DONE).delete()[0]
        return done + DBTaskResult.objects.failed().filter(finished_at__lt=moment - KEEP_FAILED).delete()[0]
