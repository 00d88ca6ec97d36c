"""Work of the area that is done later."""

from django.utils import translation

from huilian.engine.jobs import job

from .models import OutsideLog
from .services import logs


@job(retries=0, atomic=False)
def judge_outside_log(log: int, language: str) -> None:
    """Judge one log that was handed in. A fault of ours is told to the person and reported."""
    found = OutsideLog.objects.filter(pk=log, state=OutsideLog.State.WAITING).first()
    if found is None:
        return
    with translation.override(language):
        try:
            logs.judge_log(found)
        except Exception:
            logs.give_up(found)
            raise
