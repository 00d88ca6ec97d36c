"""The default catalogue, the ten publicity classes and a first shelf of policies, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from ..models import Kind, Policy, PublicityClass

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ORIGIN = "default"


def _file(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; a county's own rows stay as they are. Safe to run again."""
    changed = {"classes": 0, "kinds": 0, "policies": 0}
    for position, row in enumerate(_file("classes"), 1):
        values = {**_names(row), "position": position}
        changed["classes"] += _renew(PublicityClass, {"key": row.pop("key")}, {**row, **values})
    classes = {c.key: c for c in PublicityClass.objects.all()}
    catalogue = _file("catalogue")
    for position, row in enumerate(catalogue["kinds"], 1):
        row["columns"] = [_column(name, catalogue["columns"]) for name in row["columns"]]
        row["publicity_class"] = classes.get(row.pop("class", ""))
        values = {**_names(row), "position": position}
        changed["kinds"] += _renew(Kind, {"key": row.pop("key")}, {**row, **values})
    for row in _file("policies"):
        lookup = {"title": row.pop("title"), "document": row.pop("document", "")}
        plain = row.pop("plain")
        changed["policies"] += _renew(Policy, lookup, {**row, "card": plain["zh"], "card_en": plain["en"]})
    if any(changed.values()):
        record("disclosure.seed", "disclosure.catalogue:default", by=by, data=changed)
    return changed


def _names(row: dict) -> dict:
    names = row.pop("names")
    return {"name": names["zh"], "name_en": names["en"]}


def _column(name: str, known: dict) -> dict:
    kind, zh, en = known[name]
    return {"key": name, "zh": zh, "en": en, "kind": kind}


def _renew(model, lookup: dict, values: dict) -> bool:
    row, made = model.objects.get_or_create(**lookup, defaults={**values, "origin": ORIGIN})
    if made:
        return True
    if row.origin != ORIGIN or all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
