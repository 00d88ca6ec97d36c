"""Items, points, applications and what the county promises about them. Written through `services` only."""

from .applications import Application, Draft, DraftFile, Feedback, Leg, Paper, PaperNotice, Trip
from .catalogue import Category, Item, Material, Setting
from .conduct import DiaryEntry, Norm, NormCheck, Shift, Signature, SupervisionCard
from .points import Inquiry, Point, PointItem, Ticket, Window, WindowStaff
from .public import Checklist, Posting, Rating, SelfCheck, SignUp, Volunteer

__all__ = [
    "Application",
    "Category",
    "Checklist",
    "DiaryEntry",
    "Draft",
    "DraftFile",
    "Feedback",
    "Inquiry",
    "Item",
    "Leg",
    "Material",
    "Norm",
    "NormCheck",
    "Paper",
    "PaperNotice",
    "Point",
    "PointItem",
    "Posting",
    "Rating",
    "SelfCheck",
    "Setting",
    "Shift",
    "SignUp",
    "Signature",
    "SupervisionCard",
    "Ticket",
    "Trip",
    "Volunteer",
    "Window",
    "WindowStaff",
]
