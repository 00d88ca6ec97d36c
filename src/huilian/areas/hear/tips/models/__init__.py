"""A tip in the register, who may open it, what was said, and what is planned. Nothing here says what it is about."""

from .people import Interest, Mark, Member, Pledge
from .talk import Copy, Message, Visit
from .tips import Tip

__all__ = ["Copy", "Interest", "Mark", "Member", "Message", "Pledge", "Tip", "Visit"]
