"""The nine contents of the evaluation that every county begins with."""

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Criterion

ORIGIN = "default"
SINCE = date(2020, 1, 1)


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default contents; a county's own stay as they are. Safe to run again."""
    changed = 0
    rows = yaml.safe_load((Path(__file__).parent / "seeds" / "criteria.yaml").read_text(encoding="utf-8"))
    for position, row in enumerate(rows, 1):
        values = {**row, "position": 10 * position}
        kept, made = Criterion.objects.get_or_create(key=row["key"], valid_from=SINCE, defaults=values)
        changed += made
        if kept.origin == ORIGIN and any(getattr(kept, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(kept, name, value)
            kept.save()
            changed += 1
    if changed:
        record("monitoring.seed", "monitoring.catalogue:default", by=by, data={"rows": changed})
    return {"criteria": changed}
