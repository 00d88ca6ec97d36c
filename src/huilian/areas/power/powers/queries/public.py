"""The outer view: what everybody may read of the lists. Risk points and checkpoints stay inside."""

from dataclasses import dataclass, replace

from django.db.models import Q

from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.svg import Chart
from huilian.engine.look.text import say
from huilian.engine.procedures.charts import chart_of_procedure, limit_words
from huilian.foundation.now import today

from .. import rules
from ..models import PowerItem, PowerList
from .lists import item_of, templates, units_with_lists, valid_on
from .shown import Told, basis_lines, procedure_of, told

OUTSIDE = {  # which texts of an item everybody may read
    "power": ("posts", "materials", "publicity"),
    "duty": ("posts", "frequency", "failure", "accountability"),
    "negative": ("disposal",),
}


@dataclass(frozen=True)
class Stage:
    """One step of a flow in plain words: what; who, how long and what it makes public beneath."""

    name: str
    sub: str
    state: str = "todo"


@dataclass(frozen=True)
class PublicItem:
    """An item as a villager reads it."""

    item: PowerItem
    unit: Unit | None
    told: list[Told]
    basis: list[str]
    stages: list[Stage]
    chart: Chart | None


def public_item(unit: Unit, code: str) -> PublicItem | None:
    """An item of the list that counts for a unit today."""
    item = item_of(unit, code)
    return _public(item, unit) if item else None


def template_item(code: str) -> PublicItem | None:
    """An item of the county's list in force."""
    read = rules.read_code(code)
    listing = templates(read.body).get(read.family) if read else None
    item = listing and listing.items.select_related("listing").filter(code=code.upper()).first()
    return _public(item, None) if item else None


def _public(item: PowerItem, unit: Unit | None) -> PublicItem:
    stages, chart = flow_of(item)
    return PublicItem(item, unit, told(item, OUTSIDE[item.listing.family]), basis_lines(item), stages, chart)


def flow_of(item: PowerItem) -> tuple[list[Stage], Chart | None]:
    """The flow of a power step by step, and its chart without risk points."""
    procedure = procedure_of(item)
    if procedure is None:
        return [], None
    d = procedure.definition
    lanes = {key: say(name).replace("|", "") for key, name in d.lanes}
    steps = [step for step in d.steps if step.drawn and step.kind != "end"]
    stages = [
        Stage(say(s.name), " · ".join(filter(None, (lanes[s.lane], limit_words(s.limit), *map(say, s.discloses)))))
        for s in steps
    ]
    return stages, _without_risks(chart_of_procedure(d))


def _without_risks(chart: Chart) -> Chart:
    return replace(chart, risks=(), nodes=tuple(replace(node, risks=()) for node in chart.nodes))


def find_units(place: Place | None = None, text: str = "", limit: int = 60) -> list[Unit]:
    """Units with lists at a place, or by a word of their name."""
    found = units_with_lists().select_related("place")
    if place is not None:
        found = found.filter(place=place)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(place__name__icontains=text))
    return list(found.order_by("place__path", "kind", "name")[:limit])


def units_with_own_lists(limit: int = 60) -> list[Unit]:
    """Units that have published lists of their own."""
    own = PowerList.objects.filter(valid_on(today()), unit__isnull=False).values("unit")
    return list(Unit.objects.filter(pk__in=own, valid_to=None).order_by("place__path", "kind", "name")[:limit])


def find_items(text: str, limit: int = 30) -> list[PowerItem]:
    """Items of the county's lists in force by a word or a code."""
    found = PowerItem.objects.filter(valid_on_listing(), listing__owner_key="").select_related("listing")
    matches = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__iexact=text) | Q(category__icontains=text)
    return list(found.filter(matches).order_by("code")[:limit])


def valid_on_listing() -> Q:
    """Items whose list is in force today."""
    return Q(listing__in=PowerList.objects.filter(valid_on(today())))


def consultation(pk: int) -> PowerList | None:
    """A draft that lies or lay open, or what became of it; drafts that never lay open stay inside."""
    found = PowerList.objects.exclude(opinions_from=None).select_related("unit", "township", "based_on")
    return found.exclude(state=PowerList.State.DISCARDED).filter(pk=pk).first()


def open_consultations() -> list[PowerList]:
    """Drafts that lie open for opinions today."""
    found = PowerList.objects.filter(state=PowerList.State.CONSULTING, opinions_to__gte=today())
    return list(found.select_related("unit", "township").order_by("opinions_to"))
