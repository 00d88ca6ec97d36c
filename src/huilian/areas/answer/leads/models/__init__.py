"""What the library of leads keeps. Names, facts and papers lie in boxes of the vault; here stand codes and days."""

from .catalogue import Ally, Sanction, Term
from .coordination import Letter, Meeting, MeetingItem, Task
from .evidence import Evidence
from .handling import Decision, Handover, Inquiry, Outcome, Proposal, Signature, Verification
from .lead import Concern, Lead, Member, Note, Score
from .paper import Paper
from .stock import StockItem, Stocktake

__all__ = [
    "Ally", "Concern", "Decision", "Evidence", "Handover", "Inquiry", "Lead", "Letter", "Meeting", "MeetingItem",
    "Member", "Note", "Outcome", "Paper", "Proposal", "Sanction", "Score", "Signature", "StockItem", "Stocktake",
    "Task", "Term", "Verification",
]  # fmt: skip
