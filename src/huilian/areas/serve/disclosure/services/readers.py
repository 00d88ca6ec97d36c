"""How often a page was opened on a day. Nothing is known of who opened it, so no act of a person and no trail."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from huilian.engine.directory.models import Place

from ..models import Item, ReaderCount


@transaction.atomic
def add_readers(counts: Mapping[tuple[str, str, date], int]) -> None:
    """Add to the counts of (code of the village, number of the item or "", day). What is gone is left out."""
    places = dict(Place.objects.filter(code__in={c for c, _n, _d in counts}, level=5).values_list("code", "pk"))
    items = dict(Item.objects.filter(number__in={n for _c, n, _d in counts}).values_list("number", "pk"))
    for (code, number, day), count in sorted(counts.items()):
        if code not in places or (number and number not in items):
            continue
        row = ReaderCount.objects.filter(place_id=places[code], item_id=items.get(number), day=day)
        if not row.update(count=F("count") + count):
            ReaderCount.objects.create(place_id=places[code], item_id=items.get(number), day=day, count=count)
