"""What every county begins with: check sheets, checks by frequency, figures of the three zeros, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import CheckItem, Measure, Routine, SheetForm

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default sheets; a county's own sheets and items stay as they are. Safe to run again."""
    changed = {"forms": 0, "items": 0}
    for row in yaml.safe_load((SEEDS / "forms.yaml").read_text(encoding="utf-8")):
        items = row.pop("items")
        form, new = _renewed(SheetForm, {"key": row.pop("key")}, row)
        changed["forms"] += new
        for number, (group, text, text_en) in enumerate(items, 1):
            values = {"group": group, "text": text, "text_en": text_en}
            changed["items"] += _renewed(CheckItem, {"form": form, "number": number}, values)[1]
    following = yaml.safe_load((SEEDS / "following.yaml").read_text(encoding="utf-8"))
    for name, model in (("routines", Routine), ("measures", Measure)):
        changed[name] = sum(_renewed(model, {"key": row.pop("key")}, row)[1] for row in following[name])
    if any(changed.values()):
        record("inspections.seed", "inspections.catalogue:default", by=by, data=changed)
    return changed


def _renewed(model, key: dict, values: dict):
    row, made = model.objects.get_or_create(**key, defaults={**values, "origin": ORIGIN})
    if made or row.origin != ORIGIN or all(getattr(row, name) == value for name, value in values.items()):
        return row, made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row, True
