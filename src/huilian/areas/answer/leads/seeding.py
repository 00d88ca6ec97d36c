"""Limits and sanctions that every county begins with, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Sanction, Term

SEEDS = Path(__file__).resolve().parent / "seeds"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the rows that came with the product; the county's own stay. Safe to run again."""
    changed = {}
    for model, name in ((Term, "terms"), (Sanction, "sanctions")):
        rows = yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))
        changed[name] = sum(_renew(model, row) for row in rows)
    if any(changed.values()):
        record("leads.seed", "leads.catalogue:default", by=by, data=changed)
    return changed


def _renew(model, row: dict) -> bool:
    kept, made = model.objects.get_or_create(key=row["key"], defaults=row)
    if made or kept.origin == "county" or all(getattr(kept, name) == value for name, value in row.items()):
        return made
    for name, value in row.items():
        setattr(kept, name, value)
    kept.save()
    return True
