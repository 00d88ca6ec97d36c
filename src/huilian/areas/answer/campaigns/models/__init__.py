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

__all__ = [
    "Aspect",
    "Campaign",
    "CampaignKind",
    "Comparison",
    "Difference",
    "Entry",
    "Field",
    "Fund",
    "Measure",
    "Problem",
    "Reminder",
]
