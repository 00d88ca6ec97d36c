"""The boards with their periods, rights, ways of transfer and unities that every county begins with, from `seeds/`."""

from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from .models import Board, Mode, Period, Right, Unity

SEEDS = Path(__file__).resolve().parent / "seeds"


def _file(name: str) -> list[dict]:
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default rows; a county's own rows stay as they are. Safe to run again."""
    changed = {"boards": 0, "periods": 0, "modes": 0, "rights": 0, "unities": 0}
    for position, row in enumerate(_file("boards")):
        periods = row.pop("periods")
        board, touched = _renew(Board, {"key": row.pop("key")}, {"position": position, "origin": "default", **row})
        changed["boards"] += touched
        for period in periods:
            known = {"board": board, "what": period.pop("what")}
            known |= {"method": period.pop("method", ""), "right": period.pop("right", "")}
            known["from_cents"] = period.pop("from_cents", 0)
            changed["periods"] += _renew(Period, known, period)[1]
    for name, model in (("modes", Mode), ("unities", Unity)):
        for position, row in enumerate(_file(name)):
            known = {"key": row.pop("key")}
            changed[name] += _renew(model, known, {"position": position, "origin": "default", **row})[1]
    boards, modes = ({row.key: row for row in model.objects.all()} for model in (Board, Mode))
    for position, row in enumerate(_file("rights")):
        ways, row["board"] = row.pop("modes"), boards[row["board"]]
        known = {"key": row.pop("key")}
        right, touched = _renew(Right, known, {"position": position, "origin": "default", **row})
        if touched:
            right.modes.set(modes[key] for key in ways)
        changed["rights"] += touched
    if any(changed.values()):
        record("exchange.seed", "exchange.catalogue:default", by=by, data=changed)
    return changed


def _renew(model, known: dict, values: dict) -> tuple:
    row, made = model.objects.get_or_create(**known, defaults=values)
    if made or row.origin == "county" or all(getattr(row, name) == value for name, value in values.items()):
        return row, made
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row, True
