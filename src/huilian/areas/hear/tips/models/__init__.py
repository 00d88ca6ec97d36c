"""A tip in the register, who may open it, what was said, and what is planned. Nothing here says what it is about."""

from .charges import Charge, ChargeNote
from .people import Interest, Mark, Member, Pledge
from .talk import Copy, Message, Visit
from .tips import Tip

__all__ = ["Charge", "ChargeNote", "Copy", "Interest", "Mark", "Member", "Message", "Pledge", "Tip", "Visit"]
