"""What every county begins with, from `seeds/`; a county's own rows stay."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Duty, Item, Limit, Slot

SEEDS = Path(__file__).resolve().parent / "seeds"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the rows that came with the product. Safe to run again."""
    changed = {
        "limits": sum(_renew(Limit, {"key": row.pop("key")}, row) for row in _read("limits")),
        "items": sum(
            _renew(Item, {"list": name, "number": number}, {"text": zh, "text_en": en})
            for name, rows in _read("items").items()
            for number, (zh, en) in enumerate(rows, 1)
        ),
        "slots": sum(
            _renew(Slot, {"list": name, "number": number}, {"title": zh, "title_en": en})
            for name, rows in _read("slots").items()
            for number, (zh, en) in enumerate(rows, 1)
        ),
        "duties": sum(_renew(Duty, {"key": row.pop("key")}, row) for row in _read("duties")),
    }
    if any(changed.values()):
        record("office.seed", "office.catalogue:default", by=by, data=changed)
    return changed


def _read(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


def _renew(model, key: dict, values: dict) -> bool:
    row, made = model.objects.get_or_create(**key, defaults=values)
    if made or row.origin == "county" or all(getattr(row, name) == value for name, value in values.items()):
        return made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
