"""「后台任务」 Work done later: enqueued in the transaction of the fact, retried, visible, and scheduled by the clock.

from huilian.engine.jobs import job, enqueue, every, daily

@job(retries=5)
def tell_the_unit(case: str) -> None: ...

enqueue(tell_the_unit, case="HX20261122-0001")
"""

from huilian.foundation.schedule import daily, every

from .declare import Job, enqueue, enqueue_at, job

__all__ = ["Job", "daily", "enqueue", "enqueue_at", "every", "job"]
