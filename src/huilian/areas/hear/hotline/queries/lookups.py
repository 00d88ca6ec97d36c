"""Finding by a few typed words: lines of the catalogue, answers, units, places; and how each is written when chosen."""

from django.db.models import Q

from huilian.engine.access.queries import powers_of
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import begins_with, below, find_places, standing, units_at
from huilian.engine.procedures.services.lifecycle import township_of

from ..finding import best
from ..models import Knowledge, Matter
from .staff import answers_in_force


def line_unit(matter: Matter, place: Place | None) -> Unit | None:
    """The unit that leads a catalogue line: its own, or the township government of the place."""
    return township_unit(place) if matter.by_place else matter.lead_unit


def township_unit(place: Place | None) -> Unit | None:
    """The township government that answers for `place`; None for a place above townships."""
    township = township_of(place)
    if township is None:
        return None
    return units_at(township, kind=Unit.Kind.TOWNSHIP_GOVERNMENT).first()


def catalogue_lines(text: str, *, top: int = 8) -> list[Matter]:
    """Lines of the dispatch catalogue for `text`, the best first; all of a topic or a code when just that is typed."""
    lines = list(Matter.objects.filter(is_active=True).select_related("lead_unit").prefetch_related("co_units"))
    text = text.strip()
    exact = [m for m in lines if text and (m.code.upper() == text.upper() or m.topic == text)]
    found = best(text, lines, lambda m: (m.name, f"{m.topic} {m.hint}"), top)
    return (exact + [m for m in found if m not in exact])[: max(top, len(exact))]


def knowledge_for(text: str, *, top: int = 4) -> list[Knowledge]:
    """Answers in force for `text`, the best first."""
    entries = list(answers_in_force().select_related("unit"))
    return best(text, entries, lambda k: (f"{k.title} {k.keywords}", k.answer), top)


def unit_label(unit: Unit) -> str:
    """A unit as it is typed and chosen; village bodies bear their township, because villages share names."""
    place = unit.place
    above = place.parent.name if place.level == Place.Level.VILLAGE and place.parent_id else ""
    return f"{unit.name}（{above}）" if above else unit.name


def units_named(text: str, *, limit: int = 12) -> list[Unit]:
    """Standing units that `text` may mean: the one that bears exactly this name, else those that contain it."""
    text, _mark, above = text.strip().rstrip("）)").replace("(", "（").partition("（")
    standing_units = Unit.objects.filter(standing()).select_related("place__parent")
    if above:
        standing_units = standing_units.filter(place__parent__name=above)
    if not text:
        return []
    exact = list(standing_units.filter(Q(name=text) | Q(short_name=text))[:limit])
    return exact or list(standing_units.filter(Q(name__contains=text) | Q(short_name__contains=text))[:limit])


def place_label(place: Place) -> str:
    """A place as it is typed and chosen: 青石镇柳河村."""
    above = place.parent.name if place.level == Place.Level.VILLAGE and place.parent_id else ""
    return above + place.name


def places_named(text: str, county: Place | None, *, limit: int = 12) -> list[Place]:
    """Places of the county that `text` may mean: 柳河村, 青石镇柳河村, 青石 柳河, or the first digits of a code."""
    text = "".join(text.split())
    if not text:
        return []
    townships = below(county, Place.Level.TOWNSHIP) if county else Place.objects.none()
    for township in townships:
        rest = text.removeprefix(township.name)
        if rest != text and rest:
            villages = below(township, Place.Level.VILLAGE).filter(begins_with("name", rest)).select_related("parent")
            return list(villages[:limit])
    return find_places(text, within=county, limit=limit)


def county_of(user) -> Place | None:
    """The county in which `user` holds a post; asked of the database once a request."""
    if not hasattr(user, "_county"):
        held = next(iter(powers_of(user)), None)
        path = held.unit.place.path[: Place.WIDTH[Place.Level.COUNTY]] if held else ""
        user._county = Place.objects.filter(path=path).first() if path else None
    return user._county
