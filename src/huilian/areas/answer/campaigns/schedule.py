"""What campaigns do by the clock."""

from huilian.foundation.schedule import daily

from . import services


@daily(at="08:10")
def remind_before_holidays() -> None:
    """Before a holiday, units are reminded of what is not done."""
    services.remind()


@daily(at="08:15")
def tell_of_late_reports() -> None:
    """Reports after a family occasion that have not come in time."""
    services.tell_the_late()
