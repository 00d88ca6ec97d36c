"""What integrity risks do by themselves."""

from datetime import timedelta

from huilian.foundation.now import today
from huilian.foundation.schedule import daily

from .services import cycles, intake, watching


@daily(at="03:10")
def call_newcomers() -> int:
    """Whoever came into a post with risk points is asked to confirm them."""
    return cycles.call_newcomers()


@daily(at="03:15")
def take_in_signals() -> int:
    """Orange and red alerts and supervised hotline matters become signals."""
    return intake.take_in()


@daily(at="03:20")
def count_indicators() -> int:
    """Readings of the month, renewed every night; in its first days those of the month before as well."""
    days = {(today() - timedelta(days=3)).replace(day=1), today().replace(day=1)}
    return sum(watching.count_indicators(day) for day in sorted(days))
