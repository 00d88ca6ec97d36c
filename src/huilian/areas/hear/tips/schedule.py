"""What the area does by itself."""

from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.schedule import daily

from . import services


@daily(at="08:10")
def ask_after() -> str:
    """The desk is told once of each tip whose answer from the lower level is late."""
    return f"{services.ask_after(by=SYSTEM)} late"


@daily(at="00:20")
def clear_out() -> str:
    """Access ends for those who left, whose time is over, or who must step back since; notes for visits held go."""
    return f"{services.clear_out(by=SYSTEM)} ended, {services.forget_notes()} forgotten"
