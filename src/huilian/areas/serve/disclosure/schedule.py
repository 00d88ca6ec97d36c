"""What disclosure does by itself."""

from huilian.foundation.schedule import daily

from . import services


@daily(at="00:10")
def open_duties() -> int:
    """Duties of the periods that ended yesterday."""
    return services.open_obligations()


@daily(at="00:20")
def carry_questions_upwards() -> int:
    """Questions that were not answered in time."""
    return services.escalate_overdue()
