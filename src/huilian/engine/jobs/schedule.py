"""What the queue does by itself."""

from huilian.foundation.schedule import daily

from . import services


@daily(at="03:20")
def forget_old_jobs() -> None:
    """Keep the queue's table small."""
    services.prune()
