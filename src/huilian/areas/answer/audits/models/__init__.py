"""What audits keep. Changed only through `services`."""

from .audits import PHASES, Audit, Member, Proposal, Setting
from .findings import Evidence, Finding, Matter
from .taking import Taking

__all__ = ["PHASES", "Audit", "Evidence", "Finding", "Matter", "Member", "Proposal", "Setting", "Taking"]
