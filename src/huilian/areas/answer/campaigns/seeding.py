"""Kinds, aspects and reminders every county begins with, from `seeds/kinds.yaml`; what a county changed stays."""

from functools import lru_cache
from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Aspect, CampaignKind, OccasionKind, Reminder

SEEDS = Path(__file__).resolve().parent / "seeds" / "kinds.yaml"
ORIGIN = "default"


@lru_cache(maxsize=1)
def given() -> dict:
    return yaml.safe_load(SEEDS.read_text(encoding="utf-8"))


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the defaults. Safe to run again."""
    changed = {"kinds": 0, "aspects": 0, "occasions": 0, "reminders": 0}
    for row in given()["kinds"]:
        words = {"name": row["name"], "name_en": row["name_en"]}
        kind, new = _renewed(CampaignKind, {"key": row["key"]}, words)
        changed["kinds"] += new
        for key, name, name_en in row["aspects"]:
            words = {"name": name, "name_en": name_en}
            changed["aspects"] += _renewed(Aspect, {"kind": kind, "key": key}, words)[1]
    for row in given()["occasions"]:
        changed["occasions"] += _renewed(OccasionKind, {"key": row["key"]}, {**row})[1]
    for holiday, text in given()["reminders"].items():
        changed["reminders"] += _renewed(Reminder, {"holiday": holiday}, {"text": text})[1]
    if any(changed.values()):
        record("campaigns.seed", "campaigns.catalogue:default", by=by, data=changed)
    return changed


def _renewed(model, key: dict, values: dict):
    row, made = model.objects.get_or_create(**key, defaults={**values, "origin": ORIGIN})
    if made or row.origin != ORIGIN or all(getattr(row, name) == value for name, value in values.items()):
        return row, made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row, True
