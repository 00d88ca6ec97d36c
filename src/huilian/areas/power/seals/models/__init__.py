"""What the seals keep. Changed only through `services`."""

from .catalogue import DocumentClass, ForbiddenPaper
from .seals import Handover, Loan, Seal
from .use import Page, Print, Release, Request

__all__ = [
    "DocumentClass",
    "ForbiddenPaper",
    "Handover",
    "Loan",
    "Page",
    "Print",
    "Release",
    "Request",
    "Seal",
]
