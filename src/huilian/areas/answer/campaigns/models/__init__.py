"""Models of campaigns and conduct."""

from .campaigns import (
    Aspect,
    Campaign,
    CampaignKind,
    Comparison,
    Difference,
    Entry,
    Field,
    Fund,
    Measure,
    Problem,
    Reminder,
)
from .cautions import Caution

__all__ = [
    "Aspect",
    "Campaign",
    "CampaignKind",
    "Caution",
    "Comparison",
    "Difference",
    "Entry",
    "Field",
    "Fund",
    "Measure",
    "Problem",
    "Reminder",
]
