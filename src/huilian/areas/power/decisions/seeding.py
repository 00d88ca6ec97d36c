"""The bodies, majorities and matters every county begins with, from `seeds/`; all of them the county's to change."""

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Matter, Quorum

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"
SINCE = date(2025, 5, 1)  # the day the law on collective economic organisations came into force


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; what a county has changed stays as it is. Safe to run again."""
    changed = {}
    for model, name in ((Quorum, "quorums"), (Matter, "matters")):
        rows = yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))
        changed[name] = sum(_renew(model, {"position": 10 * n, **row}) for n, row in enumerate(rows, 1))
    if any(changed.values()):
        record("decisions.seed", "decisions.catalogue:default", by=by, data=changed)
    return changed


def _renew(model, row: dict) -> bool:
    if model is Quorum:
        row.pop("position")
    kept = model.objects.filter(key=row["key"], valid_to=None).first()
    if kept is None:
        model.objects.create(**row, origin=ORIGIN, valid_from=SINCE)
        return True
    if kept.origin != ORIGIN or all(getattr(kept, name) == value for name, value in row.items()):
        return False
    for name, value in row.items():
        setattr(kept, name, value)
    kept.save()
    return True
