"""What offices and talks do by the clock."""

from huilian.foundation.schedule import daily, every

from . import services


@every(seconds=300)
def warn_of_talks() -> int:
    """Limits of talks that run."""
    return services.warn()


@daily(at="00:45")
def plan_duties() -> int:
    """Tasks of the month, quarter and year that have begun."""
    return services.plan_tasks()
