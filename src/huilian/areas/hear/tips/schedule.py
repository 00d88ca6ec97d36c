"""What the area does by itself."""

from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.schedule import daily

from . import services


@daily(at="00:20")
def clear_out() -> str:
    """Access ends for those who left, whose time is over, or who must step back since."""
    return f"{services.clear_out(by=SYSTEM)} ended"
