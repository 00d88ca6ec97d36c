"""Schemes, scale, known points and indicators that every county begins with, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import GradeScale, Indicator, Scheme, Starter

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"
STARTER = ("post", "name", "manifestation", "kind", "field", "grade")


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; a county's own rows stay as they are. Safe to run again."""
    starters = [
        {"body": body, **dict(zip(STARTER, row, strict=True))}
        for body, rows in _read("starters").items()
        for row in rows
    ]
    given = (
        (Scheme, ("key",), _read("schemes")),
        (GradeScale, ("valid_from",), _read("scales")),
        (Indicator, ("key",), _read("indicators")),
        (Starter, ("body", "post", "name"), starters),
    )
    changed = {model._meta.model_name: sum(_renew(model, key, row) for row in rows) for model, key, rows in given}
    if any(changed.values()):
        record("risks.seed", "risks.catalogue:default", by=by, data=changed)
    return changed


def _read(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


def _renew(model, key: tuple[str, ...], row: dict) -> bool:
    kept, made = model.objects.get_or_create(**{k: row[k] for k in key}, defaults={**row, "origin": ORIGIN})
    if made or kept.origin != ORIGIN or all(getattr(kept, name) == value for name, value in row.items()):
        return made
    for name, value in row.items():
        setattr(kept, name, value)
    kept.save()
    return True
