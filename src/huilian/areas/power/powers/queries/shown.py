"""What pages show: the inner view of an item, comparison with what a list was made from, posts, figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Appointment, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.look.svg import Chart
from huilian.engine.look.text import say
from huilian.engine.procedures.charts import chart_of_procedure
from huilian.engine.procedures.models import Case, Procedure
from huilian.foundation.now import today

from .. import rules
from ..models import Family, ItemCase, PowerItem, PowerList, Reading, SelfCheck
from .content import FIELDS, content_of
from .lists import body_of, in_force, items_of, units_with_lists

Held = Iterable[tuple[Family, PowerList, list[PowerItem]]]


def procedure_of(item: PowerItem) -> Procedure | None:
    """The flow of a power as it is in force now."""
    found = Procedure.objects.filter(key=item.procedure) if item.procedure else Procedure.objects.none()
    return found.order_by("-version").first()


def chart_of_item(item: PowerItem, key: str = "flow") -> Chart | None:
    """Its chart."""
    procedure = procedure_of(item)
    return chart_of_procedure(procedure.definition, key=key) if procedure else None


def basis_lines(item: PowerItem) -> list[str]:
    """`《law》（version）article`, then the note."""
    lines = [
        f"《{b['law']}》" + (f"（{b['version']}）" if b.get("version") else "") + b.get("article", "")
        for b in item.basis
    ]
    return [*lines, item.basis_note] if item.basis_note else lines


@dataclass(frozen=True)
class Told:
    """One line of an item's page: heading and what stands there."""

    heading: str
    lines: list[str]


def told(item: PowerItem, names: Iterable[str] | None = None) -> list[Told]:
    """An item's texts by its family, or only `names` of them; empty ones are left out."""
    found = []
    for name in names or ("posts", *item.texts):
        lines = [say(line) for line in getattr(item, name)]
        if lines:
            found.append(Told(str(PowerItem._meta.get_field(name).verbose_name), lines))
    return found


@dataclass(frozen=True)
class Changed:
    """One item that differs from the list a draft was made from, with both wordings of each field."""

    kind: str
    code: str
    name: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)


def differences(listing: PowerList, base: PowerList | None = None) -> list[Changed]:
    """What a list changed against `base`, or against what it was made from."""
    base = base or listing.based_on
    if base is None:
        return []
    before, after = content_of(base), content_of(listing)
    found = []
    for change in rules.compare(before, after):
        row = after.get(change.code) or before[change.code]
        fields = [
            (str(PowerItem._meta.get_field(name).verbose_name), _words(before[change.code][name]), _words(row[name]))
            for name in FIELDS
            if name in change.fields
        ]
        found.append(Changed(change.kind, change.code, say({"zh": row["name"], "en": row["name_en"]}), fields))
    return found


def _words(value) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "law" in value[0]:
            return rules.write_basis(value)
        return "；".join(say(line) for line in value)
    return "" if value is None else str(value)


@dataclass
class PostRow:
    """One post of a unit with the duties and powers that name it (S3-05)."""

    post: str
    duties: list[PowerItem] = field(default_factory=list)
    powers: list[PowerItem] = field(default_factory=list)


def posts_of(held: Held) -> list[PostRow]:
    """Post → duties → powers, from the lists that count for a unit, in the order in which the powers name the posts."""
    rows: dict[str, PostRow] = {}
    for family, _listing, items in held:
        for item in items if family in (Family.POWER, Family.DUTY) else ():
            for post in item.posts:
                row = rows.setdefault(post["zh"], PostRow(say(post)))
                (row.powers if family == Family.POWER else row.duties).append(item)
    return list(rows.values())


# ---------------------------------------------------------------------- figures


@dataclass(frozen=True)
class UnitFigures:
    """How well a unit knows and uses its lists: counts, never a ranking."""

    unit: Unit
    people: int
    signed: int
    cases: int
    off_list: int
    checks: dict[str, SelfCheck]


def figures_of(user, township: Place | None = None) -> list[UnitFigures]:
    """For each unit in reach: people in office, those who signed every list, uses of power, last self-checks."""
    units = scope(units_with_lists(), user, place="place", unit="pk", action="powers.see").select_related("place")
    if township:
        units = units.filter(place__path__startswith=township.path)
    units = list(units.order_by("place__path", "kind", "name"))
    people = _people(units)
    checks: dict[int, dict[str, SelfCheck]] = defaultdict(dict)
    for check in SelfCheck.objects.filter(unit__in=units).order_by("checked_on", "pk"):
        checks[check.unit_id][check.standard] = check
    used = {
        row["unit"]: row
        for row in ItemCase.objects.filter(unit__in=units)
        .values("unit")
        .annotate(n=Count("id"), off=Count("id", filter=Q(item=None)))
        .order_by()
    }
    signed = _signed(units, people)
    return [
        UnitFigures(
            unit, len(people[unit.pk]), signed[unit.pk], used.get(unit.pk, {}).get("n", 0),
            used.get(unit.pk, {}).get("off", 0), checks[unit.pk],
        )
        for unit in units
    ]  # fmt: skip


def _people(units: list[Unit]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Appointment.objects.filter(in_office(today()), post__unit__in=units)
    for unit, person in rows.values_list("post__unit", "person"):
        found[unit].add(person)
    return found


def _signed(units: list[Unit], people: dict[int, set[int]]) -> dict[int, int]:
    """How many people of each unit signed every list that counts for it today."""
    done: dict[tuple[int, int], set[int]] = defaultdict(set)
    for unit, person, listing in Reading.objects.filter(unit__in=units).values_list("unit", "person", "listing"):
        done[unit, person].add(listing)
    counts = dict.fromkeys((unit.pk for unit in units), 0)
    for unit in units:
        if any((unit.pk, person) in done for person in people[unit.pk]):
            wanted = {listing.pk for listing in in_force(unit).values()}
            counts[unit.pk] = sum(wanted <= done[unit.pk, person] for person in people[unit.pk])
    return counts


def signers_of(unit: Unit, held: Held) -> set[int]:
    """People who signed every one of these lists for a unit."""
    wanted = [listing.pk for _family, listing, _items in held]
    rows = Reading.objects.filter(unit=unit, listing__in=wanted).values("person").annotate(n=Count("id")).order_by()
    return {row["person"] for row in rows if row["n"] == len(wanted)}


@dataclass(frozen=True)
class Citing:
    """Cases of one kind that cite a power, of how many (S1-82, 用清单)."""

    kind: str
    cases: int
    citing: int

    @property
    def share(self) -> float | None:
        return self.citing / self.cases if self.cases else None


def citing_of(user) -> list[Citing]:
    """By kind of case: those opened in all, and those that cite a power: noted as its use, or covered by it."""
    covered = {
        kind
        for kinds in PowerItem.objects.filter(listing__owner_key="", listing__valid_to=None).values_list(
            "covers", flat=True
        )
        for kind in kinds
    }
    cases = scope(Case.objects.order_by(), user, action="case.see")
    noted = dict(
        ItemCase.objects.filter(case__in=cases)
        .values("case__kind")
        .annotate(n=Count("id"))
        .values_list("case__kind", "n")
    )
    rows = cases.values("kind").annotate(n=Count("id")).order_by("kind")
    return [
        Citing(row["kind"], row["n"], row["n"] if row["kind"] in covered else noted.get(row["kind"], 0)) for row in rows
    ]


def startable(units: Iterable[Unit], text: str = "") -> list[tuple[Unit, PowerItem]]:
    """Powers that people of `units` may start a case of, those matching a search first typed."""
    found = []
    for unit in units:
        if body_of(unit):
            items = items_of(unit)
            if text:
                items = items.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
                                     | Q(category__icontains=text))  # fmt: skip
            found += [(unit, item) for item in items.order_by("code")]
    return found
