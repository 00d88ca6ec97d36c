"""「对象」 What a subject such as "voucher:123" is: the unit that answers, the place, who is named in it.

The app that owns the kind registers a resolver in its module `subjects`: `register("voucher", resolver)`, where
`resolver(ids)` gives a `Subject` for every id it knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.db.models import Case, IntegerField, Value, When
from django.utils.module_loading import module_has_submodule

from huilian.engine.directory.models import Person, Place, Unit


@dataclass(frozen=True)
class Subject:
    """Who answers for a subject, where it is, and how it is called. `data_owner` answers for errors in its data."""

    unit: Unit | None = None
    place: Place | None = None
    township: Place | None = None
    persons: Sequence[Person] = ()
    label: str = ""
    url: str = ""
    data_owner: Unit | None = None


Resolver = Callable[[Sequence[str]], Mapping[str, Subject]]
_resolvers: dict[str, Resolver] = {}
KINDS = (Unit.Kind.COOPERATIVE, Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY)  # who answers for a village


def register(kind: str, resolver: Resolver) -> None:
    """Let `resolver` speak for subjects of that kind."""
    _resolvers[kind] = resolver


def resolve(subjects: Iterable[tuple[str, int]]) -> dict[str, Subject]:
    """Subjects by name, from (subject, village code). What nobody speaks for is answered for by its village."""
    _discover()
    wanted, by_kind = dict(subjects), defaultdict(list)
    for name in wanted:
        kind, _colon, key = name.partition(":")
        by_kind[kind].append(key)
    found: dict[str, Subject] = {}
    for kind, keys in by_kind.items():
        if kind in _resolvers:
            found |= {f"{kind}:{key}": subject for key, subject in _resolvers[kind](keys).items()}
    left = {name: code for name, code in wanted.items() if name not in found}
    villages = _villages(set(left.values()))
    return found | {name: villages.get(code, Subject(label=name)) for name, code in left.items()}


@lru_cache(maxsize=1)
def _discover() -> None:
    """Import every app's `subjects`, in which it registers."""
    import_module(f"{__package__}.system_subjects")
    for config in apps.get_app_configs():
        if config.name.startswith("huilian.") and module_has_submodule(config.module, "subjects"):
            import_module(f"{config.name}.subjects")


def _villages(codes: set[int]) -> dict[int, Subject]:
    places = Place.objects.filter(
        code__in=[f"{code:012d}" for code in codes], level=Place.Level.VILLAGE, valid_to=None
    ).select_related("parent")
    rank = Case(*(When(kind=k, then=Value(n)) for n, k in enumerate(KINDS)), output_field=IntegerField())
    units: dict[int, Unit] = {}
    for unit in Unit.objects.filter(place__in=places, kind__in=KINDS).order_by(rank, "pk"):
        units.setdefault(unit.place_id, unit)
    return {int(p.code): Subject(unit=units.get(p.pk), place=p, township=p.parent, label=p.name) for p in places}
