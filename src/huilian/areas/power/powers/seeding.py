"""Starter lists of six kinds of bodies, their flows, the standards: from `seeds/`, origin default.

What the county made its own is never touched: a template it published, a flow it drew, a point it worded.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from django.db import transaction

from huilian.engine.procedures.models import Procedure
from huilian.engine.procedures.services import publish_defaults
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.now import now, today

from . import drawing, rules
from .models import Exclusion, PowerItem, PowerList, StandardPoint
from .queries.content import content_of

SEEDS = Path(__file__).resolve().parent / "seeds"
ORIGIN = "default"
# What a file calls the fields of an item.
NAMES = {
    "papers": "materials", "public": "publicity", "look": "checkpoints", "often": "frequency", "proof": "evidence",
    "fail": "failure", "answer": "accountability", "checks": "checks", "then": "disposal",
}  # fmt: skip


@cache
def _file(name: str) -> dict:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
    return yaml.load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"), loader)


@cache
def starters() -> dict[str, dict]:
    """The starter file of every kind of body."""
    names = sorted(path.stem for path in SEEDS.glob("*.yaml") if path.stem != "common")
    return {file["body"]: file for file in map(_file, names)}


@transaction.atomic
def seed(*, by=SYSTEM) -> dict[str, int]:
    """Enter or renew the default lists, flows and standards. Safe to run again."""
    changed = {"flows": 0, "lists": 0, "points": 0}
    flows = Procedure.objects.filter(key__startswith="item.")
    before = flows.count()
    publish_defaults([flow for body in starters() for flow in flows_of(body)], by=by)
    changed["flows"] = flows.count() - before
    for body in starters():
        for family in rules.FAMILIES:
            changed["lists"] += _renew(body, family, list(items_of(body, family)))
    for standard, points in _file("common")["standards"].items():
        for position, line in enumerate(points, 1):
            values = dict(zip(("name", "name_en", "meaning", "meaning_en"), line.split(" | "), strict=True))
            _made, made = StandardPoint.objects.get_or_create(
                standard=standard, position=position, defaults={**values, "origin": ORIGIN}
            )
            changed["points"] += made
    for words, reason in _file("common")["exclusions"]:
        values = {"reason": rules.two(reason)["zh"], "origin": ORIGIN}
        changed["points"] += Exclusion.objects.get_or_create(words=words, defaults=values)[1]
    if any(changed.values()):
        record("powers.seed", "powers.catalogue:default", by=by, data=changed)
    return changed


def flows_of(body: str) -> Iterator[dict]:
    """The procedures of the starter powers of a kind of body."""
    file = starters()[body]
    for row in file["power"]:
        code, name = _code(body, "power", row), rules.two(row["name"])
        flow = [_phrases(step) for step in row["flow"]]
        drawn = drawing.draw(code, name, flow, row.get("risks", ()), lanes=file.get("lanes"))
        yield drawn | {"basis": _basis(row)} if row["basis"] else drawn


def items_of(body: str, family: str) -> Iterator[dict]:
    """The starter items of one list, as values of PowerItem."""
    file = starters()[body]
    for row in file[family]:
        code, name, label = _code(body, family, row), rules.two(row["name"]), rules.two(_class(file, family, row))
        values = {
            "code": code,
            "name": name["zh"],
            "name_en": name["en"],
            "category": label["zh"],
            "category_en": label["en"],
            "basis": _basis(row),
            "basis_note": row.get("note", "").partition(" | ")[0],
            "posts": [rules.two(file["posts"][key]) for key in row.get("posts", ())],
        }
        values |= {field: _lines(row[key]) for key, field in NAMES.items() if key in row}
        if family == "power":
            drawn = drawing.draw(code, name, row["flow"])
            values |= {
                "procedure": drawn["key"],
                "limit_days": drawn["classes"][0]["limit"],
                "covers": row.get("covers", []),
                "risks": drawing.risk_lines(row.get("risks", ())),
            }
        if family == "negative":
            values |= {"detected_by": row.get("rules", []), "hard_stop": row.get("stop", False)}
        yield values


def _renew(body: str, family: str, items: list[dict]) -> int:
    """Publish the template, or a new version of it where the starters have changed and the county has not."""
    versions = PowerList.objects.filter(owner_key="", body=body, family=family)
    latest = versions.order_by("-version").first()
    if latest and (not latest.is_default or not rules.compare(content_of(latest), {i["code"]: i for i in items})):
        return 0
    listing = PowerList.objects.create(
        body=body, family=family, version=latest.version + 1 if latest else 1, based_on=latest,
        state=PowerList.State.PUBLISHED, drafted_at=now(), published_at=now(), valid_from=today(), origin=ORIGIN,
    )  # fmt: skip
    if latest:
        latest.valid_to = max(latest.valid_from, today())
        latest.save(update_fields=["valid_to"])
    PowerItem.objects.bulk_create(PowerItem(listing=listing, **values) for values in items)
    return 1


def _code(body: str, family: str, row: Mapping) -> str:
    return f"{body}-{rules.LETTER[family]}-{row['n']:02d}"


def _class(file: Mapping, family: str, row: Mapping) -> str:
    return file["classes"][{"power": row.get("class"), "duty": "H", "negative": "N"}[family]]


def _basis(row: Mapping) -> list[dict[str, str]]:
    laws = _file("common")["laws"]
    return [{"law": laws[key][0], "version": "，".join(laws[key][1:]), "article": ""} for key in row["basis"]]


def _phrases(text: str) -> str:
    """`… = ~min` with the phrase in its place."""
    before, mark, key = text.partition("~")
    return before + _file("common")["phrases"][key] if mark else text


def _lines(value: str | list) -> list[dict[str, str]]:
    return [rules.two(_phrases(line)) for line in ([value] if isinstance(value, str) else value)]
