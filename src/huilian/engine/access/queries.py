"""Who may do what, which rows a person sees, and who must step back.

Row visibility, for callers. `scope(qs, user)` is the only narrowing in the house. Keep it fast on large tables:

* give the model `place` (FK Place) and `unit` (FK Unit), whichever it has;
* where rows run into the hundred thousands, store a copy beside it: `township` (FK Place) for rows that clerks of a
  township list, and/or `place_path` (CharField(12, db_index=True), a copy of `place.path`). `scope` finds both by name
  (`<place>_path`, `township`) and then needs no join; index them together with what the list is sorted by, such as
  `Index(fields=["township", "state", "due_at"])`. Take the copies from `copies_of(place)`;
* a row in reach by place *or* by unit needs two indexes and a sort of what both give. On the largest lists pass
  `unit=None` and let `township` be the township that answers for the row;
* somebody who sees the whole installation gets the queryset back untouched, so the sorting index is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Appointment, Kin, Organisation, Person, Place, Unit
from huilian.engine.directory.powers import (
    Holding,
    in_office,
    may,
    powers_of,
    refusal,
    require,
    with_units_below,
)
from huilian.engine.directory.roles import catalogue, roles_that_may
from huilian.foundation.now import today

__all__ = [
    "Scope",
    "are_kin",
    "copies_of",
    "may",
    "powers_of",
    "recused",
    "refusal",
    "require",
    "roles_of",
    "roles_that_may",
    "scope",
    "scope_of",
    "second_factor_needed",
    "three_administrators",
    "ways_of",
]

M = TypeVar("M", bound=Model)

LEVEL_OF = {"county": Place.Level.COUNTY, "township": Place.Level.TOWNSHIP, "village": Place.Level.VILLAGE}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a person reaches: places with all below them, units with all below them, and their own."""

    whole: bool = False  # no unit of this installation lies outside
    places: tuple[tuple[int, int, str], ...] = ()  # (pk, level, path)
    units: frozenset[int] = frozenset()
    own: int | None = None  # the user's pk where some role reaches only their own rows

    @property
    def empty(self) -> bool:
        return not (self.whole or self.places or self.units or self.own)

    def holds_place(self, place: Place | None) -> bool:
        return self.whole or (
            place is not None and any(place.path.startswith(path) for _pk, _level, path in self.places)
        )

    def holds_unit(self, unit: Unit | None) -> bool:
        return self.whole or (unit is not None and (unit.pk in self.units or self.holds_place(unit.place)))


NOTHING, EVERYTHING = Scope(), Scope(whole=True)


def roles_of(user: Any) -> list[str]:
    """Keys of the roles `user` holds today, each once."""
    return list(dict.fromkeys(holding.role.key for holding in powers_of(user)))


def second_factor_needed(user: Any) -> bool:
    """Whether a role of `user` asks for a one-time code besides the password."""
    return settings.SECOND_FACTOR and any(holding.role.second_factor for holding in powers_of(user))


def three_administrators(day: date | None = None) -> dict[str, list[Person]]:
    """Who is system, security and audit administrator on `day`. An empty list is a fault to be shown."""
    found: dict[str, dict[int, Person]] = {role.alone: {} for role in catalogue().values() if role.alone}
    running = Appointment.objects.filter(in_office(day or today())).select_related("person", "post")
    for appointment in running.order_by("pk"):
        for key in appointment.post.roles:
            role = catalogue().get(key)
            if role and role.alone:
                found[role.alone][appointment.person_id] = appointment.person
    return {key: list(people.values()) for key, people in found.items()}


def scope_of(user: Any, action: str | None = None) -> Scope:
    """What `user` reaches today by all their roles, or only by those that allow `action`."""
    if not isinstance(user, AbstractBaseUser | AnonymousUser):
        return EVERYTHING if user.kind == "system" else NOTHING
    account: Any = user
    holdings = powers_of(account)
    kept: tuple[object, dict[tuple[int, ...], Scope]] | None = getattr(account, "_scopes", None)
    if kept is None or kept[0] is not holdings:
        kept = account._scopes = (holdings, {})
    which = tuple(i for i, h in enumerate(holdings) if action is None or action in h.role.may)
    if which not in kept[1]:  # actions of the same holdings share what was worked out
        kept[1][which] = _work_out(account, [holdings[i] for i in which])
    return kept[1][which]


def _work_out(user: Any, holdings: list[Holding]) -> Scope:
    reached: dict[int, Place] = {}
    units: set[int] = set()
    own: int | None = None
    for holding in holdings:
        if holding.role.reach == "own":
            own = user.pk
        elif holding.role.reach == "unit":
            units.add(holding.unit.pk)
        elif holding.role.reach in LEVEL_OF:
            for place in _reached(holding.unit, LEVEL_OF[holding.role.reach]):
                reached[place.pk] = place
            units.add(holding.unit.pk)
    places = _with_merged(list(reached.values()))
    whole = any(_is_whole(place) for place in places if place.level <= Place.Level.COUNTY)
    if whole:
        return EVERYTHING
    return Scope(
        places=tuple(sorted((p.pk, p.level, p.path) for p in places)),
        units=frozenset(units_under(user, units)),
        own=own,
    )


def units_under(user: Any, units: set[int]) -> set[int]:
    """`units`, in which `user` holds posts, and all below them: asked once as long as the posts are the same."""
    if not units:
        return set()
    holdings, key = powers_of(user), frozenset(units)
    kept: tuple[object, dict[frozenset[int], set[int]]] | None = getattr(user, "_units", None)
    if kept is None or kept[0] is not holdings:
        kept = user._units = (holdings, {})
    if key not in kept[1]:
        kept[1][key] = with_units_below(key)
    return set(kept[1][key])


def _reached(unit: Unit, level: int) -> list[Place]:
    """Places of `level` that a post in `unit` reaches: those the unit covers, or the one its own place lies in.

    A unit standing above `level` (a county department with a township role) reaches no place at all: reach is never
    widened, only the unit's own rows remain.
    """
    covered = list(unit.covers.all()) if unit.kind in (Unit.Kind.WORK_ROOM, Unit.Kind.COOPERATION_ZONE) else []
    if covered:
        return covered
    place = unit.place
    if place.level < level:
        return []
    if place.level == level:
        return [place]
    return list(Place.objects.filter(path=place.path[: Place.WIDTH[level]]))


def _with_merged(places: list[Place]) -> list[Place]:
    """`places` and those merged into them, however often: the heir keeps the rows of the place that is gone."""
    found, frontier = {p.pk: p for p in places}, list(places)
    while frontier:
        frontier = [p for p in Place.objects.filter(merged_into__in=frontier) if p.pk not in found]
        found.update((p.pk, p) for p in frontier)
    return list(found.values())


def _is_whole(place: Place) -> bool:
    """Whether every unit of this installation lies in `place`; then all rows are in reach, without narrowing."""
    return not Unit.objects.exclude(place__path__gte=place.path, place__path__lte=place.highest_path).exists()


def scope(
    qs: QuerySet[M],
    user: Any,
    place: str | None = "place",
    unit: str | None = "unit",
    own: str | None = None,
    action: str | None = None,
) -> QuerySet[M]:
    """The rows of `qs` that `user` reaches.

    `place`, `unit`, `own`: names of the fields (lookups over `__` are allowed) that say where a row belongs; a name
    the model does not have is left out, and so is None. `action`: only by roles that allow it.
    """
    ways = ways_of(qs.model, user, place, unit, own, action)
    if ways is None:
        return qs
    condition = Q()
    for way in ways:
        condition |= way
    return qs.filter(condition) if condition else qs.none()


def ways_of(
    model: type[Model],
    user: Any,
    place: str | None = "place",
    unit: str | None = "unit",
    own: str | None = None,
    action: str | None = None,
) -> list[Q] | None:
    """The conditions that `scope` joins by "or", one by one; None when all rows are in reach.

    For the largest lists: no index serves an "or", but each condition has one of its own.
    """
    reach = scope_of(user, action)
    if reach.whole:
        return None
    found = []
    if place and reach.places and (place == "pk" or _field(model, place)):
        found.append(_by_place(model, place, reach))
    if unit and reach.units and (unit == "pk" or _field(model, unit)):
        found.append(Q(**{f"{unit}__in": sorted(reach.units)}))
    if own and reach.own:
        found.append(Q(**{own: reach.own}))
    return found


def _by_place(model: type[Model], place: str, reach: Scope) -> Q:
    """Equality on a stored township or village where the model has one, else a range of paths."""
    condition = Q()
    by_key: dict[int, str | None] = {
        Place.Level.TOWNSHIP: "township" if _field(model, "township") else None,
        Place.Level.VILLAGE: place,
    }
    keys: dict[str, list[int]] = {}
    prefix = "" if place == "pk" else f"{place}__"
    column = f"{place}_path" if _field(model, f"{place}_path") else f"{prefix}path"
    for pk, level, path in reach.places:
        if name := by_key.get(level):
            keys.setdefault(name, []).append(pk)
        else:
            condition |= Q(**{f"{column}__gte": path, f"{column}__lte": path.ljust(12, "9")})
    for name, values in keys.items():
        condition |= Q(**{f"{name}__in": values})
    return condition


def _field(model: Any, lookup: str) -> bool:
    for name in lookup.split("__"):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        model = found.related_model
    return True


def copies_of(place: Place | None, name: str = "place") -> dict[str, object]:
    """Values for the copies a large table keeps: `<name>`, `<name>_path`, `township`; drop what you do not store."""
    if place is None:
        return {name: None, f"{name}_path": "", "township": None}
    township = None
    if place.level == Place.Level.TOWNSHIP:
        township = place
    elif place.level > Place.Level.TOWNSHIP:
        township = place.parent
    return {name: place, f"{name}_path": place.path, "township": township}


def recused(user: Any, *, persons: Iterable[Person] = (), units: Iterable[Unit] = ()) -> str:
    """Why `user` must step back from a matter that names `persons` and `units`; empty if they need not.

    They must where they are named, are kin of somebody named (declared by either side), declared a named firm as their
    kin's, or head a named unit (回避: 行政处罚法 2021, §43). `units` takes Units and Organisations. The sentence says
    no more than that kin is concerned: the declaration itself stays sealed.
    """
    me = getattr(user, "person", None)
    if me is None:
        return ""
    people = [p for p in persons if isinstance(p, Person)]
    ids = {p.pk for p in people}
    firms = {o.pk for o in units if isinstance(o, Organisation)}
    bodies = {u.pk for u in units if isinstance(u, Unit)}
    if me.pk in ids or (me.identity_digest and me.identity_digest in {p.identity_digest for p in people}):
        return _("You are named in this matter yourself, so you cannot handle it.")
    if _kin_between(me, people, firms):
        return _("Somebody named in this matter is related to you, so you must step back from it.")
    if (
        bodies
        and Appointment.objects.filter(
            in_office(today()), person=me, post__is_head=True, post__unit__in=bodies
        ).exists()
    ):
        return _("You head a unit named in this matter, so you cannot handle it.")
    return ""


def are_kin(person: Person, people: Iterable[Person]) -> bool:
    """Whether `person` is declared kin of one of `people`, by either side. Yes or no: the declaration stays sealed."""
    return _kin_between(person, list(people), set())


def _kin_between(me: Person, people: list[Person], firms: set[int]) -> bool:
    ids = [p.pk for p in people]
    digests = [p.identity_digest for p in people if p.identity_digest]
    mine = Q(person=me) & (Q(relative__in=ids) | Q(identity_digest__in=digests) | Q(organisation__in=firms))
    theirs = Q(relative=me) | (Q(identity_digest=me.identity_digest) if me.identity_digest else Q())
    return Kin.sealed.filter(mine | (Q(person__in=ids) & theirs), withdrawn_on=None).exists()
