"""What screening does by the clock. The daily full pass is the resident watch's own: it holds the mirror."""

import threading
from datetime import timedelta

from django.db import transaction

from huilian.foundation.now import now
from huilian.foundation.schedule import daily, resident

from . import services
from .models import Run

KEPT = timedelta(days=35)  # passes over some villages; full ones stay


@resident
def screen_what_changes(stop: threading.Event) -> None:
    """Hits and alerts a moment after the facts changed, and everything once a day."""
    from .watching import watch

    watch(stop)


@daily(at="03:10")
def judge_the_rules() -> None:
    """Demote rules that were mostly wrong, and forget old passes."""
    services.judge()
    with transaction.atomic():
        Run.objects.filter(kind=Run.Kind.PART, started_at__lt=now() - KEPT).delete()
