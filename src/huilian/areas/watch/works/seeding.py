"""The classes by amount that every county begins with, from `seeds/`. A county's own rows stay as they are."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import LimitClass

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; safe to run again."""
    rows = yaml.safe_load((SEEDS / "classes.yaml").read_text(encoding="utf-8"))
    changed = {"classes": sum(_renew(dict(row)) for row in rows)}
    if changed["classes"]:
        record("works.seed", "works.catalogue:default", by=by, data=changed)
    return changed


def _renew(row: dict) -> bool:
    for bound in ("above", "up_to"):
        yuan = row.pop(f"{bound}_yuan")
        row[f"{bound}_cents"] = None if yuan is None else yuan * 100
    kept, made = LimitClass.objects.get_or_create(key=row["key"], defaults={**row, "origin": ORIGIN})
    if made or kept.origin != ORIGIN or all(getattr(kept, name) == value for name, value in row.items()):
        return made
    for name, value in row.items():
        setattr(kept, name, value)
    kept.save()
    return True
