"""Default channels, dispatch catalogue, grounds for not accepting and knowledge base, from the files in `seeds/`.

A row whose origin is not "default" is the county's own and stays as it is; so may a county change any default row by
giving it another origin. Units are found by their short name without 县, 市 or 区, and filled in when they appear.
"""

from functools import cache
from pathlib import Path

import yaml
from django.db import models, transaction

from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from ..models import Channel, Knowledge, Matter, RefusalGround

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ORIGIN = "default"
LEVELS = "县市区州盟旗"  # what a unit's short name may begin with


@cache
def _file(name: str):
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


def unit_names() -> list[str]:
    """Short names of every unit that the default files speak of."""
    named = {row["lead"] for rows in _file("matters").values() for row in rows if "lead" in row}
    named |= {name for rows in _file("matters").values() for row in rows for name in row.get("co", ())}
    named |= {row["unit"] for rows in _file("knowledge")["entries"].values() for row in rows if "unit" in row}
    return sorted(named)


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; returns how many of each kind were new or changed. Safe to run again."""
    units = _units_by_short_name()
    changed = {
        "channels": _channels(),
        "matters": _matters(units),
        "grounds": _grounds(),
        "knowledge": _knowledge(units),
    }
    if any(changed.values()):
        record("hotline.seed", "hotline.catalogue:default", by=by, data=changed)
    return changed


def _units_by_short_name() -> dict[str, Unit]:
    """The highest unit of each short name, with and without the level it begins with."""
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(valid_to=None).order_by("place__level", "pk").only("name", "short_name"):
        short = unit.short_name or unit.name
        found.setdefault(short, unit)
        if short[0] in LEVELS:
            found.setdefault(short[1:], unit)
    return found


def _renew(model: type[models.Model], lookup: dict, values: dict) -> bool:
    """Make or renew one default row; leaves a county's own row alone. True if anything was written."""
    row, made = model.objects.get_or_create(**lookup, defaults=values)
    if made:
        return True
    if getattr(row, "origin", ORIGIN) != ORIGIN:
        return False
    old = {name: getattr(row, name) for name in values}
    if old == values:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return True


def _channels() -> int:
    rows = [{"number": "", "is_media": False, **row, "position": i} for i, row in enumerate(_file("channels"), 1)]
    return sum(_renew(Channel, {"key": row.pop("key")}, row) for row in rows)


def _matters(units: dict[str, Unit]) -> int:
    changed = 0
    for topic, rows in _file("matters").items():
        for row in rows:
            lead = units.get(row.get("lead", ""))
            values = {
                "topic": topic,
                "name": row["name"],
                "lead_unit_id": lead.pk if lead else None,
                "by_place": row.get("by_place", False),
                "class_key": row["class"],
                "basis": row.get("basis", ""),
                "hint": row.get("hint", ""),
            }
            changed += _renew(Matter, {"code": row["code"]}, values)
    rows = {row["code"]: row for rows in _file("matters").values() for row in rows if row.get("co")}
    for matter in Matter.objects.filter(code__in=rows, origin=ORIGIN).prefetch_related("co_units"):
        wanted = [units[name] for name in rows[matter.code]["co"] if name in units]
        if {u.pk for u in wanted} != {u.pk for u in matter.co_units.all()}:
            matter.co_units.set(wanted)
            changed += 1
    return changed


def _grounds() -> int:
    """Grounds carry no origin: they are entered once, and a county's changes to them are never undone."""
    have = set(RefusalGround.objects.values_list("key", flat=True))
    new = [RefusalGround(**row) for row in _file("grounds") if row["key"] not in have]
    return len(RefusalGround.objects.bulk_create(new))


def _knowledge(units: dict[str, Unit]) -> int:
    data = _file("knowledge")
    changed = 0
    for topic, rows in data["entries"].items():
        for row in rows:
            unit = units.get(row.get("unit", ""))
            values = {
                "answer": row["a"],
                "keywords": row.get("key", ""),
                "topic": topic,
                "unit_id": unit.pk if unit else None,
                "basis": row.get("basis", ""),
                "valid_from": data["since"],
            }
            changed += _renew(Knowledge, {"title": row["q"], "origin": ORIGIN}, values)
    return changed
