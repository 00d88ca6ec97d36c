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
from .occasions import Car, Fuelling, Occasion, OccasionKind, Sighting, Trip

__all__ = [
    "Aspect",
    "Campaign",
    "CampaignKind",
    "Car",
    "Caution",
    "Comparison",
    "Difference",
    "Entry",
    "Field",
    "Fuelling",
    "Fund",
    "Measure",
    "Occasion",
    "OccasionKind",
    "Problem",
    "Reminder",
    "Sighting",
    "Trip",
]
