"""The check sheets every county begins with, from `seeds/forms.yaml`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import CheckItem, SheetForm

FORMS = Path(__file__).resolve().parent / "seeds" / "forms.yaml"
ORIGIN = "default"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default sheets; a county's own sheets and items stay as they are. Safe to run again."""
    changed = {"forms": 0, "items": 0}
    for row in yaml.safe_load(FORMS.read_text(encoding="utf-8")):
        items = row.pop("items")
        form, new = _renewed(SheetForm, {"key": row.pop("key")}, row)
        changed["forms"] += new
        for number, (group, text, text_en) in enumerate(items, 1):
            values = {"group": group, "text": text, "text_en": text_en}
            changed["items"] += _renewed(CheckItem, {"form": form, "number": number}, values)[1]
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
