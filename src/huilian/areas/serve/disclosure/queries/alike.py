"""A village beside those of its own size, from what all of them have published for the same month."""

from dataclasses import dataclass

from django.core.cache import cache

from huilian.engine.directory.models import Place

from .. import rules
from ..models import Item

KEPT = 600  # seconds; published items never change, only their number grows


@dataclass(frozen=True)
class Comparison:
    """Money a head in cents: this village, and the quartiles of `count` villages between two bounds of inhabitants."""

    count: int
    least: int
    most: int | None
    income: int
    expense: int
    incomes: rules.Quartiles
    expenses: rules.Quartiles


def comparison_of(item: Item) -> Comparison | None:
    """Where the month of `item` stands among like villages; None where fewer than five can be compared."""
    persons = int(item.facts.get("population") or 0)
    if not persons or "income" not in (keys := {c["key"] for c in item.columns}) or "expense" not in keys:
        return None
    band = rules.band_of(persons)
    rows = _county(item).get(band, [])
    if len(rows) < rules.FEWEST_ALIKE:
        return None
    sums = rules.totals(item.columns, item.rows)
    bounds = (0, *rules.BANDS)
    return Comparison(
        count=len(rows),
        least=bounds[band],
        most=rules.BANDS[band] if band < len(rules.BANDS) else None,
        income=rules.per_head(sums["income"], persons),
        expense=rules.per_head(sums["expense"], persons),
        incomes=rules.quartiles(row[0] for row in rows),
        expenses=rules.quartiles(row[1] for row in rows),
    )


def _county(item: Item) -> dict[int, list[tuple[int, int]]]:
    """Money a head of every village that has published this kind for this period, by size class."""
    county = item.place_path[: Place.WIDTH[Place.Level.COUNTY]]
    key = f"disclosure-alike-{county}-{item.kind_id}-{item.period}"
    found = cache.get(key)
    if found is None:
        found = {}
        published = Item.objects.filter(kind=item.kind_id, period=item.period, state=Item.State.PUBLISHED)
        inside = published.filter(place_path__gte=county, place_path__lte=county.ljust(12, "9"))
        for facts, income in inside.values_list("facts", "total_cents"):
            persons = int(facts.get("population") or 0)
            if persons:
                heads = (rules.per_head(int(facts.get("income_cents", 0)), persons), rules.per_head(income, persons))
                found.setdefault(rules.band_of(persons), []).append(heads)
        cache.set(key, found, KEPT)
    return found
