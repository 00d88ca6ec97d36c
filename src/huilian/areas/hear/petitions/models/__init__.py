"""What the petitions keep. Changed only through `services`."""

from .catalogue import Ground, Heat, Number, Path
from .contests import Contest, Entry, StockTarget
from .petitions import Petition, Petitioner, Review
from .publicity import OnlineMatter, Shift
from .reception import Charge, ChargeNote, Slot, Visit
from .supervision import SupervisionPaper

__all__ = [
    "Charge",
    "ChargeNote",
    "Contest",
    "Entry",
    "Ground",
    "Heat",
    "Number",
    "OnlineMatter",
    "Path",
    "Petition",
    "Petitioner",
    "Review",
    "Shift",
    "Slot",
    "StockTarget",
    "SupervisionPaper",
    "Visit",
]
