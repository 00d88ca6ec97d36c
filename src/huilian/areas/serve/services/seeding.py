"""The default catalogue, norms, checklists and numbers from `seeds/`. What the county changed stays."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Checklist, Item, Material, Norm, Setting

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"


def _file(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; returns how many of each kind were new or changed. Safe to run again."""
    changed = {"items": 0, "norms": 0, "checklists": 0, "numbers": 0}
    for position, row in enumerate(_file("items"), 1):
        materials = row.pop("materials", [])
        item, touched = _renew(Item, {"code": row.pop("code")}, {"position": position, **row})
        for place, material in enumerate(materials, 1):
            known = {"item": item, "key": material.pop("key")}
            touched |= _renew(Material, known, {"position": place, **material})[1]
        changed["items"] += touched
    for position, row in enumerate(_file("norms"), 1):
        known = {"key": row.pop("key"), "version": 1}
        changed["norms"] += _renew(Norm, known, {"position": position, **row})[1]
    for row in _file("checklists"):
        changed["checklists"] += _renew(Checklist, {"key": row.pop("key")}, row)[1]
    for row in _file("numbers"):
        changed["numbers"] += _renew(Setting, {"key": row.pop("key")}, row)[1]
    if any(changed.values()):
        record("services.seed", "services.catalogue:default", by=by, data=changed)
    return changed


def _renew(model, known: dict, values: dict) -> tuple:
    row, made = model.objects.get_or_create(**known, defaults={**values, "origin": ORIGIN})
    if made or row.origin != ORIGIN or all(getattr(row, name) == value for name, value in values.items()):
        return row, made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row, True
