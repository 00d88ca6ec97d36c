"""Declaring a job and putting one on the queue. Needs no models, so any module may use it while Django is starting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_tasks import task_backends
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):
    """「后台任务」 A module-level function that may be run later, at least once; it must be safe to run twice."""

    retries: int = 3
    atomic: bool = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it here and now, as an ordinary function."""
        return self.func(*args, **kwargs)


def job(function: Callable | None = None, *, retries: int = 3, priority: int = 0, atomic: bool = True):
    """Declare a job: `@job` or `@job(retries=5, priority=10, atomic=False)`.

    `retries` more attempts follow a failure, after 10 s, 1 min, 6 min, … up to an hour; a `Refused` is not retried.
    `atomic`: what the job writes and the note that it is done are one transaction. Say False for long work and for
    work that waits for the outside, because on SQLite that transaction keeps every other writer waiting.
    """

    def declare(f: Callable) -> Job:
        return Job(
            func=f,
            retries=retries,
            priority=priority,
            atomic=atomic,
            backend=DEFAULT_TASK_BACKEND_ALIAS,
            queue_name=DEFAULT_TASK_QUEUE_NAME,
        )

    return declare(function) if function else declare


def enqueue(what: Job, /, **kwargs: Any) -> str:
    """Put `what` on the queue with JSON-able `kwargs`; return the job's id. It is a row of the caller's transaction."""
    return _put(what, kwargs)


def enqueue_at(moment: datetime, what: Job, /, **kwargs: Any) -> str:
    """Like `enqueue`, not to be started before `moment` (aware)."""
    return _put(what.using(run_after=moment), kwargs)


def _put(what: Job, kwargs: dict[str, Any]) -> str:
    return str(task_backends[what.backend].enqueue(what, [], kwargs).id)
