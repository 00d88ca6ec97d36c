"""Large imports, done by the worker. A fault of ours leaves the run where the person can go on, and is reported."""

from django.utils import translation

from huilian.engine.jobs import job

from . import services
from .models import ImportRun

State = ImportRun.State


@job(retries=0, atomic=False)
def check(run: int, language: str) -> None:
    """Check a file for its preview."""
    _do(run, State.CHECKING, State.CANCELLED, services.check_import, language)


@job(retries=0, atomic=False)
def write(run: int, language: str) -> None:
    """Write a confirmed import, all or nothing."""
    _do(run, State.WRITING, State.READY, services.write_import, language)


def _do(run: int, state: str, after_fault: str, act, language: str) -> None:
    found = ImportRun.objects.filter(pk=run, state=state).first()
    if found is None:  # given up, or done by the first of two attempts
        return
    try:
        with translation.override(language):
            act(found)
    except Exception:
        ImportRun.objects.filter(pk=run).update(state=after_fault)
        raise
