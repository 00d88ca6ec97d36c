"""The lists of the network as every county begins, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import BodyKind, Checkpoint, ManualEntry, Stratum, Topic, WatchedPoint

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"
LISTS = {"kinds": BodyKind, "topics": Topic, "strata": Stratum, "checkpoints": Checkpoint, "manual": ManualEntry,
         "watched": WatchedPoint}  # fmt: skip


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; a county's own rows stay as they are. Safe to run again."""
    changed = {}
    for name, model in LISTS.items():
        rows = yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))
        changed[name] = sum(_renew(model, row) for row in rows)
    if any(changed.values()):
        record("watchers.seed", "watchers.catalogue:default", by=by, data=changed)
    return changed


def _renew(model, row: dict) -> bool:
    kept, made = model.objects.get_or_create(key=row["key"], defaults={**row, "origin": ORIGIN})
    if made or kept.origin != ORIGIN or all(getattr(kept, name) == value for name, value in row.items()):
        return made
    for name, value in row.items():
        setattr(kept, name, value)
    kept.save()
    return True
