"""What can be done in screening: tell that facts changed, screen, decide about rules, write one."""

from .deciding import judge, set_daily_cap, set_parameters, set_status
from .feeding import fed, touch
from .screening import screen
from .writing import save_trial

__all__ = ["fed", "judge", "save_trial", "screen", "set_daily_cap", "set_parameters", "set_status", "touch"]
