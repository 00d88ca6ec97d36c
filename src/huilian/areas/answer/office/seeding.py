"""What every county begins with, from `seeds/`; a county's own rows stay."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .hooks import sources
from .models import Code, Duty, Heading, Item, Limit, Profile, Slot

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
    changed["profiles"] = sum(_profile(row) for row in _read("profiles"))
    if any(changed.values()):
        record("office.seed", "office.catalogue:default", by=by, data=changed)
    return changed


def _read(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


def _profile(row: dict) -> bool:
    """A profile with headings; codes begin as our own, until the county enters theirs."""
    headings, codes = row.pop("headings"), row.pop("states")
    made = _renew(Profile, {"key": row.pop("key")}, row)
    profile = Profile.objects.get(source=row["source"], name=row["name"]) if made else None
    if profile:
        Heading.objects.bulk_create(
            Heading(profile=profile, position=n, field=field, heading=heading)
            for n, (field, heading) in enumerate(headings.items(), 1)
        )
        ours = [(field, code) for field, values in sources[profile.source].codes.items() for code in values]
        Code.objects.bulk_create(
            [Code(profile=profile, field=field, ours=code, theirs=code) for field, code in ours]
            + [Code(profile=profile, field="their_state", ours=code, theirs=zh) for code, zh in codes.items()]
        )
    return made


def _renew(model, key: dict, values: dict) -> bool:
    row, made = model.objects.get_or_create(**key, defaults=values)
    if made or row.origin == "county" or all(getattr(row, name) == value for name, value in values.items()):
        return made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
