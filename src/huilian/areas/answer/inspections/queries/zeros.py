"""「三零」 Townships in which a quarter brought no clue, no case filed and no problem reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from huilian.engine.directory.models import Place, Unit

from .. import hooks, rules
from ..models import Finding, Measure, Talk

Row = dict[str, Any]  # {key, zh, en, n}: n None for "some, hidden because few"


@dataclass(frozen=True)
class Township:
    """A township with its figures and the unit that is talked to."""

    place: Place
    unit: Unit | None
    figures: list[Row]
    is_zero: bool
    talk: Talk | None = None


def measures() -> list[Measure]:
    return list(Measure.objects.filter(is_active=True))


def counted(first: date, last: date) -> dict[str, dict[int, int | None]]:
    """Key of the measure → township → how many from `first` to `last`, own findings and what flows add together."""
    own = Finding.objects.filter(noted_on__range=(first, last), township__isnull=False).order_by()
    found: dict[str, dict[int, int | None]] = {"problems": dict(own.values_list("township").annotate(n=Count("pk")))}
    for key, counts in hooks.figures:
        kept = found.setdefault(key, {})
        for town, n in counts(first, last).items():
            before = kept.get(town, 0)
            kept[town] = None if n is None or before is None else before + n
    return found


def townships(span: rules.Span) -> list[Township]:
    """Every township with its figures of a quarter, those with three zeros first."""
    asked, counts = measures(), counted(span.first, span.last)
    talks = {t.unit_id: t for t in Talk.objects.filter(kind=Talk.Why.ZEROS, source=span.label)}
    places = list(Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None).order_by("path"))
    units = _units(places)
    found = []
    for place in places:
        figures = _figures(place.pk, asked, counts)
        unit = units.get(place.pk)
        talk = talks.get(unit.pk) if unit else None
        found.append(Township(place, unit, figures, is_zero(figures, asked), talk))
    return sorted(found, key=lambda town: not town.is_zero)


def figures_of(unit: Unit, span: rules.Span) -> list[Row]:
    """The figures of the township of `unit`, as they are frozen with a talk."""
    return _figures(unit.place_id, measures(), counted(span.first, span.last))


def is_zero(figures: list[Row], asked: list[Measure]) -> bool:
    return rules.is_zero({row["key"]: row["n"] for row in figures}, {m.key: m.most for m in asked})


def _figures(place: int, asked: list[Measure], counts: dict[str, dict[int, int | None]]) -> list[Row]:
    return [{"key": m.key, "zh": m.name, "en": m.name_en or m.name, "n": counts.get(m.key, {}).get(place, 0)}
            for m in asked]  # fmt: skip


def _units(places: Iterable[Place]) -> dict[int, Unit]:
    """Who answers for supervision in each township: its discipline body, else its government."""
    kinds = (Unit.Kind.TOWNSHIP_GOVERNMENT, Unit.Kind.DISCIPLINE)
    rows = Unit.objects.filter(place__in=list(places), kind__in=kinds, valid_to=None)
    return {u.place_id: u for u in sorted(rows, key=lambda u: kinds.index(Unit.Kind(u.kind)))}
