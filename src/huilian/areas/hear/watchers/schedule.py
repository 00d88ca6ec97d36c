"""What the network does by itself."""

from huilian.foundation.schedule import daily

from . import services


@daily(at="00:30")
def end_terms() -> int:
    """Terms that were over yesterday."""
    return services.lapse()


@daily(at="00:20")
def move_up() -> int:
    """Reports a branch left unanswered over its week."""
    return services.move_up_late()


@daily(at="06:35")
def remind_of_meetings() -> int:
    """Bodies that have not met this month."""
    return services.remind_of_meetings()


@daily(at="06:30")
def remind_of_terms() -> int:
    """Terms that end soon."""
    return services.remind()


@daily(at="00:40")
def plan_the_month() -> int:
    """The plan of a month, as soon as it has begun."""
    return services.plan_next_month()
