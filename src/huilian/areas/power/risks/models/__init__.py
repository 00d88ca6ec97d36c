"""What integrity risks keep. Changed only through `services`."""

from .catalogue import GradeScale, Indicator, Scheme, Starter
from .cycle import Confirmation, Cycle, Stage
from .directory import Asked, Directory, Opinion
from .disposals import Disposal
from .points import Finding, Measure, RiskPoint
from .reports import Proposal, Report
from .watch import Check, Intervention, Reading, Signal

__all__ = [
    "Asked",
    "Check",
    "Confirmation",
    "Cycle",
    "Directory",
    "Disposal",
    "Finding",
    "GradeScale",
    "Indicator",
    "Intervention",
    "Measure",
    "Opinion",
    "Proposal",
    "Reading",
    "Report",
    "RiskPoint",
    "Scheme",
    "Signal",
    "Stage",
    "Starter",
]
