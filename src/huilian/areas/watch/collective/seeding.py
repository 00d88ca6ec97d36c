"""The chart of accounts, limits, tiers and templates that every county begins with, from the files in `seeds/`.

A row whose origin is not "default" is the county's own and is never touched.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml
from django.db import models, transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Account, ApprovalTier, Limit, VoucherTemplate

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"


@cache
def _files() -> dict[str, list]:
    """All lists of all files by their name; two files may not use the same name."""
    found: dict[str, list] = {}
    for path in sorted(SEEDS.glob("*.yaml")):
        for name, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"{path.name}: '{name}' stands in another file already")
            found[name] = rows
    return found


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; returns how many of each kind were new or changed. Safe to run again."""
    changed = {name: plant(_files()[name]) for name, plant in PLANTS.items() if name in _files()}
    if any(changed.values()):
        record("collective.seed", "collective.catalogue:default", by=by, data=changed)
    return changed


def renew(model: type[models.Model], rows: Iterable[tuple[Mapping, Mapping]]) -> int:
    """Make or renew default rows, given as (what finds the row, its values)."""
    changed = 0
    for lookup, values in rows:
        row = model._default_manager.filter(**lookup).first()
        if row is None:
            model._default_manager.create(**lookup, **values)
            changed += 1
        elif getattr(row, "origin", ORIGIN) == ORIGIN and any(getattr(row, k) != v for k, v in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=list(values))
            changed += 1
    return changed


def _accounts(rows: list) -> int:
    changed = 0
    for code, name, english, element, side, *kept in rows:
        above, _dash, below = code.partition("-")
        parent = Account.objects.get(set=None, code=above) if below else None
        values = {
            "number": int(above + below),
            "parent_id": parent and parent.pk,
            "name": name,
            "name_en": english,
            "element": element,
            "side": side,
            "kept": kept[0] if kept else "",
        }
        changed += renew(Account, [({"set": None, "code": code}, values)])
    return changed


def _limits(rows: list[dict]) -> int:
    return renew(
        Limit,
        [
            ({"key": r["key"], "valid_from": r["valid_from"]}, {"value": r.get("permille", r.get("yuan", 0) * 100)})
            for r in rows
        ],
    )


def _tiers(rows: list[dict]) -> int:
    made = []
    for row in rows:
        up_to = row["up_to_yuan"]
        values = {k: row[k] for k in ("name", "name_en", "needs_decision", "needs_township")}
        lookup = {k: row[k] for k in ("key", "valid_from")}
        made.append((lookup, {**values, "up_to_cents": None if up_to is None else up_to * 100}))
    return renew(ApprovalTier, made)


def _templates(rows: list[dict]) -> int:
    made = []
    for row in rows:
        values = {k: row[k] for k in ("name_en", "kind", "summary")}
        lines = [{"side": side, "account": code} for side, code in row["lines"]]
        made.append(({"set": None, "name": row["name"]}, {**values, "lines": lines}))
    return renew(VoucherTemplate, made)


PLANTS: dict[str, Callable[[list], int]] = {
    "accounts": _accounts,
    "limits": _limits,
    "tiers": _tiers,
    "templates": _templates,
}
