"""What the registers do by themselves."""

from datetime import timedelta

from huilian.foundation.now import now
from huilian.foundation.schedule import daily

from . import services
from .models import ImportRun

LEFT = timedelta(days=3)


@daily(at="03:50")
def give_up_left_imports() -> int:
    """Files that nobody confirmed for three days are deleted: they may hold personal data. Returns how many."""
    left = ImportRun.objects.exclude(
        state__in=[ImportRun.State.DONE, ImportRun.State.REFUSED, ImportRun.State.CANCELLED]
    ).filter(began_at__lt=now() - LEFT)
    for run in left:
        services._end(run, ImportRun.State.CANCELLED, {})
    return len(left)
