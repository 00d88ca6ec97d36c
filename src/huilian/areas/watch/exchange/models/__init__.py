"""What the exchange keeps. Changed only through `services`."""

from .bidding import Deposit, Expert, Offer, Registration, Score, Seat
from .boards import Board, Mode, Period, Right, Unity
from .deals import Deal, Settlement
from .lots import Lot
from .publicity import Notice, Objection, Question, Subscriber, Witness

__all__ = [
    "Board",
    "Deal",
    "Deposit",
    "Expert",
    "Lot",
    "Mode",
    "Notice",
    "Objection",
    "Offer",
    "Period",
    "Question",
    "Registration",
    "Right",
    "Score",
    "Seat",
    "Settlement",
    "Subscriber",
    "Unity",
    "Witness",
]
