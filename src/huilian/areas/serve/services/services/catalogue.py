"""Keeping the catalogue: items, papers, numbers, norms, checklists, points and windows."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, require
from huilian.engine.directory.models import Place
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid

from .. import rules
from ..models import Checklist, Item, Material, Norm, Point, PointItem, Setting, Window, WindowStaff
from .people import require_point

COUNTY_OWN = "county"


@transaction.atomic
def save_item(item: Item | None, values: dict, *, by) -> Item:
    """Add or change an item. Free of charge, within the days of each level, in the hall or with a reason why not."""
    require(by, "service.catalogue")
    row = fresh(item, Item)
    for name, value in values.items():
        setattr(row, name, value)
    if row.fee_cents:
        raise Invalid(_("Services are free of charge: no fee may be entered."), field="fee_cents")
    for level, name in (
        (rules.VILLAGE, "days_village"),
        (rules.TOWNSHIP, "days_township"),
        (rules.COUNTY, "days_county"),
    ):
        if not 1 <= getattr(row, name) <= rules.MOST_DAYS[level]:
            raise Invalid(
                _("At this level at most %(most)s working days may be promised.") % {"most": rules.MOST_DAYS[level]},
                field=name,
            )
    if row.legal_days and row.legal_days < row.days_county:
        raise Invalid(_("The promise may not be longer than the legal limit."), field="days_county")
    if not row.in_hall and not row.not_in_hall_reason.strip():
        raise Invalid(_("Everything belongs into the hall; say why this does not."), field="not_in_hall_reason")
    row.origin = COUNTY_OWN
    row.save()
    if item is None:
        _offer_everywhere([row], Point.objects.select_related("place"))
    record("services.item", row, by=by, data={"code": row.code})
    return row


def _offer_everywhere(items, points) -> None:
    """Let every point do with every item what its level does, until the county says otherwise."""
    PointItem.objects.bulk_create(
        (
            PointItem(point=point, item=item, **rules.acts_of(point.level, item.decided_at))
            for point in points
            for item in items
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def save_material(material: Material | None, values: dict, *, by) -> Material:
    """Add or change a paper of an item; papers of running applications stay as they were."""
    require(by, "service.catalogue")
    return _save(fresh(material, Material), values, "services.material", by)


@transaction.atomic
def save_setting(setting: Setting | None, values: dict, *, by) -> Setting:
    """Change a number of the county's."""
    require(by, "service.catalogue")
    if setting is None or not values.get("value", setting.value):
        raise Invalid(_("A number of at least 1."), field="value")
    return _save(fresh(setting, Setting), values, "services.number", by, value=values.get("value", setting.value))


@transaction.atomic
def save_checklist(checklist: Checklist | None, values: dict, *, by) -> Checklist:
    """Add or change a list of what points must have."""
    require(by, "service.catalogue")
    if not values.get("lines", checklist and checklist.lines):
        raise Invalid(_("A checklist has at least one line."), field="lines")
    return _save(fresh(checklist, Checklist), values, "services.checklist", by)


@transaction.atomic
def save_norm(norm: Norm | None, values: dict, *, by) -> Norm:
    """Add a norm, or put a new version in the place of one: who signed the old text has not signed the new one."""
    require(by, "service.catalogue")
    if norm is None:
        return _save(Norm(), values, "services.norm", by)
    same = {name: getattr(norm, name) for name in ("kind", "key", "name", "name_en", "text", "text_en", "position")}
    if all(same[name] == value for name, value in values.items() if name in same):
        return norm
    last = Norm.objects.select_for_update().filter(key=norm.key).order_by("-version").first()
    Norm.objects.filter(key=norm.key).update(is_current=False)
    return _save(Norm(), {**same, **values, "version": last.version + 1}, "services.norm", by)


@transaction.atomic
def save_point(point: Point | None, values: dict, *, by) -> Point:
    """Add or change a point. Its next point up lies one or more levels above and contains it (逐级申报)."""
    require(by, "service.catalogue")
    row = fresh(point, Point)
    for name, value in values.items():
        setattr(row, name, value)
    row.place = row.unit.place
    row.township = copies_of(row.place)["township"]
    if row.parent and not (row.parent.level < row.level and row.place.path.startswith(row.parent.place.path)):
        raise Invalid(_("The next point up must be of a higher level and serve the same place."), field="parent")
    if row.parent is None and row.level > Place.Level.COUNTY:
        row.parent = _above(row.place)
    row.save()
    if point is None:
        _offer_everywhere(Item.objects.filter(is_active=True), [row])
    record("services.point", row, by=by, data={"name": row.name}, place=row.place)
    return row


def _above(place: Place) -> Point | None:
    paths = [place.path[:width] for level, width in Place.WIDTH.items() if level < place.level]
    return Point.objects.filter(place__path__in=paths, is_active=True).order_by("-place__level", "pk").first()


@transaction.atomic
def save_offer(offer: PointItem | None, values: dict, *, by) -> PointItem:
    """Change what a point may do with an item; nobody may give a result that their level does not allow."""
    require(by, "service.catalogue")
    row = fresh(offer, PointItem)
    for name, value in values.items():
        setattr(row, name, value)
    if row.may_answer and not rules.may_decide(row.point.level, row.item.decided_at):
        raise Invalid(
            _("“%(item)s” is decided above this level; the point can only pass it up.") % {"item": row.item},
            field="may_answer",
        )
    return _save(row, {}, "services.offer", by)


@transaction.atomic
def save_window(window: Window | None, values: dict, *, by) -> Window:
    """Add or change a window of a hall and the items served there."""
    values = dict(values)
    items = values.pop("items", None)
    row = fresh(window, Window)
    require_point(by, "service.oversee", values.get("point") or row.point)
    row = _save(row, values, "services.window", by)
    if items is not None:
        row.items.set(items)
    return row


@transaction.atomic
def staff_window(window: Window, *, person, is_chief: bool = False, starts_on, by) -> WindowStaff:
    """Put somebody to a window."""
    require_point(by, "service.oversee", window.point)
    if window.staff.filter(person=person, ends_on=None).exists():
        raise Conflict(_("%(person)s serves at this window already.") % {"person": person})
    row = WindowStaff.objects.create(window=window, person=person, is_chief=is_chief, starts_on=starts_on)
    record("services.staff", window, by=by, data={"person": person.name})
    return row


@transaction.atomic
def leave_window(staff: WindowStaff, *, on, by) -> WindowStaff:
    """Somebody serves here no longer."""
    require_point(by, "service.oversee", staff.window.point)
    staff.ends_on = on
    staff.save(update_fields=["ends_on"])
    record("services.leave_window", staff.window, by=by, data={"person": staff.person.name})
    return staff


def fresh(row, model):
    """The row as it stands, locked, or a new one: what is refused leaves the caller's row as it was."""
    return model.objects.select_for_update(of=("self",)).get(pk=row.pk) if row else model()


def _save(row, values: dict, verb: str, by, **data):
    for name, value in values.items():
        setattr(row, name, value)
    if hasattr(row, "origin"):
        row.origin = COUNTY_OWN
    row.save()
    record(verb, row, by=by, data={"what": str(row), **data})
    return row
