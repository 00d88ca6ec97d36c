"""Jobs and scheduled functions used by the tests."""

from huilian.engine.jobs import every, job
from huilian.engine.jobs.models import ScheduledRun
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

calls: list = []


@job
def note(text: str) -> str:
    calls.append(text)
    return text


@job(retries=2)
def write_then_fail(key: str) -> None:
    ScheduledRun.objects.create(key=key, due_at=now())
    calls.append(key)
    raise RuntimeError("the line is down")


@job(retries=5)
def refuse() -> None:
    calls.append("refused")
    raise Invalid("never")


@every(seconds=1)
def often() -> None:
    calls.append("often")


@every(seconds=1)
def breaks() -> None:
    raise ValueError("broken")


@every(daily_at="00:05")
def nightly() -> None:
    calls.append("nightly")
