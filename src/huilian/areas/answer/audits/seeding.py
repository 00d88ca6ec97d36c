"""The figures every county begins with, from `seeds/settings.yaml`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Setting

SEEDS = Path(__file__).resolve().parent / "seeds" / "settings.yaml"


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default figures; what the county has set stays. Safe to run again."""
    changed = 0
    for row in yaml.safe_load(SEEDS.read_text(encoding="utf-8")):
        values = {"value": row["value"], "basis": row["basis"]}
        kept, made = Setting.objects.get_or_create(key=row["key"], defaults=values)
        changed += made
        if not made and kept.origin == "default" and (kept.value, kept.basis) != (row["value"], row["basis"]):
            Setting.objects.filter(pk=kept.pk).update(**values)
            changed += 1
    if changed:
        record("audits.seed", "audits.settings:default", by=by, data={"settings": changed})
    return {"settings": changed}
