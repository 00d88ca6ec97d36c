"""Items, points and numbers, as services and pages need them."""

from django.db.models import Q, QuerySet

from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import standing

from .. import rules
from ..models import Item, Point, PointItem, Setting

DEFAULTS = {"bad_rating_days": 5, "call_back_days": 2, "first_asked_days": 1, "draft_days": 30}


def number_of(key: str) -> int:
    """A number of the county's, or the default of the house while none is entered."""
    found = Setting.objects.filter(key=key).values_list("value", flat=True).first()
    return DEFAULTS[key] if found is None else found


def days_of(item: Item) -> dict[int, int]:
    """Working days of an item at each level."""
    return {rules.VILLAGE: item.days_village, rules.TOWNSHIP: item.days_township, rules.COUNTY: item.days_county}


def promise_of(item: Item, point: Point) -> int:
    """Working days from acceptance at `point` to the result."""
    return 1 if item.is_instant else rules.whole_days(days_of(item), point.level, item.decided_at)


def point_of(unit: Unit | None) -> Point | None:
    """The point kept by a unit."""
    return Point.objects.select_related("place", "unit", "parent__unit", "parent__place").filter(unit=unit).first()


def offer(point: Point | None, item: Item) -> PointItem | None:
    """What `point` may do with `item`; None where it does nothing."""
    return PointItem.objects.filter(point=point, item=item).first() if point else None


def points_near(place: Place | None, item: Item | None = None) -> list[Point]:
    """Open points from the nearest up: the village's, its township's, the county's; those that take `item` in."""
    found = Point.objects.filter(is_active=True).select_related("place", "unit")
    if item is not None:
        found = found.filter(offers__item=item, offers__may_accept=True)
    if place is not None:
        paths = [place.path[:width] for level, width in Place.WIDTH.items() if level <= place.level]
        found = found.filter(place__path__in=paths)
    return list(found.order_by("-place__level", "place__path", "pk").distinct()[:20])


def units_called(names: str, place: Place) -> list[Unit]:
    """Units of the county named in an item (“民政局、公安局”), in that order; what is not there is left out."""
    county = place.path[: Place.WIDTH[Place.Level.COUNTY]]
    found = []
    for name in filter(None, (part.strip() for part in names.split("、"))):
        unit = Unit.objects.filter(standing(), Q(short_name=name) | Q(name__endswith=name), place__path=county).first()
        if unit:
            found.append(unit)
    return found


def items_offered(q: str = "", category: str = "") -> QuerySet[Item]:
    """Items on offer, by words of their name or conditions and by class."""
    found = Item.objects.filter(is_active=True)
    if category:
        found = found.filter(category=category)
    for word in q.split():
        found = found.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(about__icontains=word) | Q(code__iexact=word)
        )
    return found
