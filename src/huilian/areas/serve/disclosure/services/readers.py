"""How often a page was opened on a day. Nothing is known of who opened it, so no act of a person and no trail."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from ..models import ReaderCount


@transaction.atomic
def add_readers(counts: Mapping[tuple[int, int | None, date], int]) -> None:
    """Add to the counts of (place, item or None, day)."""
    for (place, item, day), count in sorted(counts.items(), key=str):
        row = ReaderCount.objects.filter(place_id=place, item_id=item, day=day)
        if not row.update(count=F("count") + count):
            ReaderCount.objects.create(place_id=place, item_id=item, day=day, count=count)
