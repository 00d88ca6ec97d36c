"""Which list counts for a unit, and reads of lists and items. Rows are narrowed here by who asks."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from huilian.engine.access.queries import may, scope_of
from huilian.engine.directory.models import Place, Unit
from huilian.foundation.now import today

from .. import rules
from ..models import Exclusion, Family, PowerItem, PowerList

WORKING = (PowerList.State.DRAFT, PowerList.State.CONSULTING, PowerList.State.APPROVED)


def body_of(unit: Unit) -> str:
    """The kind of body whose lists `unit` stands under; empty where it stands under none."""
    body = rules.BODY_OF_KIND.get(unit.kind, "")
    if body and any(words in unit.name for words in Exclusion.objects.values_list("words", flat=True)):
        return ""
    return body


def units_with_lists() -> QuerySet[Unit]:
    """Every unit that stands under lists today."""
    left_out = Q()
    for words in Exclusion.objects.values_list("words", flat=True):
        left_out |= Q(name__contains=words)
    found = Unit.objects.filter(valid_to=None, kind__in=rules.BODY_OF_KIND)
    return found.exclude(left_out) if left_out else found


def township_of(unit: Unit) -> Place | None:
    """The township in which a unit lies, or that it governs; none for the county's own."""
    place = unit.place
    if place.level == Place.Level.VILLAGE:
        return place.parent
    return place if place.level == Place.Level.TOWNSHIP else None


def owner_key(*, unit: Unit | None = None, township: Place | None = None) -> str:
    """How the owner of a list is kept: a unit, a township for all its units of one kind, or the county's template."""
    return f"U{unit.pk}" if unit else f"T{township.pk}" if township else ""


def valid_on(day: date) -> Q:
    """Lists in force on a day."""
    return Q(state=PowerList.State.PUBLISHED, valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def in_force(unit: Unit, day: date | None = None) -> dict[str, PowerList]:
    """The list that counts for `unit` in each family: its own, else its township's, else the county's template."""
    body, township = body_of(unit), township_of(unit)
    if not body:
        return {}
    keys = [owner_key(unit=unit), *([owner_key(township=township)] if township else []), ""]
    found = PowerList.objects.filter(valid_on(day or today()), body=body, owner_key__in=keys)
    return nearest(found.select_related("unit", "township"), keys)


def nearest(lists: Iterable[PowerList], keys: list[str]) -> dict[str, PowerList]:
    """Of lists in force the one whose owner comes first in `keys`, for each family."""
    best: dict[str, PowerList] = {}
    for listing in sorted(lists, key=lambda each: (keys.index(each.owner_key), -each.version)):
        best.setdefault(listing.family, listing)
    return best


def templates(body: str, day: date | None = None) -> dict[str, PowerList]:
    """The county's lists for a kind of body."""
    return nearest(PowerList.objects.filter(valid_on(day or today()), body=body, owner_key=""), [""])


def items_of(unit: Unit, family: str = Family.POWER, day: date | None = None) -> QuerySet[PowerItem]:
    """Items of the list that counts for `unit`."""
    listing = in_force(unit, day).get(family)
    return PowerItem.objects.filter(listing=listing).select_related("listing") if listing else PowerItem.objects.none()


def lists_of(unit: Unit) -> list[tuple[Family, PowerList, list[PowerItem]]]:
    """The lists that count for `unit` today with their items, powers first."""
    valid = in_force(unit)
    held: dict[int, list[PowerItem]] = {listing.pk: [] for listing in valid.values()}
    for item in PowerItem.objects.filter(listing__in=held).order_by("code"):
        item.listing = next(listing for listing in valid.values() if listing.pk == item.listing_id)
        held[item.listing_id].append(item)
    return [(family, valid[family], held[valid[family].pk]) for family in Family if family in valid]


def item_of(unit: Unit, code: str, day: date | None = None) -> PowerItem | None:
    """The item `code` of the list that counts for `unit`; None where that list does not hold it."""
    read = rules.read_code(code)
    return items_of(unit, read.family, day).filter(code=code.upper()).first() if read else None


def lists_visible_to(user) -> QuerySet[PowerList]:
    """Published lists are for everybody here; those in work for who may write or approve for their owner."""
    published = Q(state=PowerList.State.PUBLISHED)
    found = PowerList.objects.select_related("unit__place", "township", "based_on")
    for action in ("powers.write", "powers.approve", "powers.publish"):
        if not may(user, action):
            continue
        reach = scope_of(user, action)
        if reach.whole:
            return found
        places = Q()
        for _pk, _level, path in reach.places:
            places |= Q(unit__place__path__startswith=path) | Q(township__path__startswith=path)
        published |= Q(unit__in=reach.units) | places if places else Q(unit__in=reach.units)
    return found.filter(published)


def holds(user, action: str, listing: PowerList) -> bool:
    """Whether `user` may do `action` for the owner of this very list. A template is the county's."""
    return may(user, action) and reaches(user, action, unit=listing.unit, township=listing.township)


def reaches(user, action: str, *, unit: Unit | None, township: Place | None) -> bool:
    """The same for an owner that has no list yet."""
    reach = scope_of(user, action)
    if unit is not None:
        return reach.holds_unit(unit)
    return reach.holds_place(township) if township else reach.whole


def with_counts(lists: QuerySet[PowerList]) -> QuerySet[PowerList]:
    """Lists with how many items they hold and how many opinions wait for an answer."""
    waiting = Count("opinions", filter=Q(opinions__taken=""), distinct=True)
    return lists.annotate(item_count=Count("items", distinct=True), waiting=waiting)
