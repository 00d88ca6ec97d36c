"""What a list says, as values: for comparing, copying and sealing."""

from ..models import PowerItem, PowerList

FIELDS = (
    "name", "name_en", "category", "category_en", "basis", "basis_note", "posts", "procedure", "limit_days", "covers",
    "materials", "publicity", "risks", "checkpoints", "frequency", "evidence", "failure", "accountability",
    "detected_by", "checks", "disposal", "hard_stop",
)  # fmt: skip


def values_of(item: PowerItem) -> dict:
    """Everything an item says besides its code."""
    return {name: getattr(item, name) for name in FIELDS}


def content_of(listing: PowerList) -> dict[str, dict]:
    """Every item of a list by its code."""
    return {item.code: {"code": item.code, **values_of(item)} for item in listing.items.all()}
