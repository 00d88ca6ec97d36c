"""Places: new ones, and what happens to them over the years. Nothing is ever overwritten without a PlaceChange."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import powers, rules
from ..models import Organisation, Place, PlaceChange, Unit

ONE_DAY = timedelta(days=1)
Kind = PlaceChange.Kind


def add_place(
    *, code: str, name: str, parent: Place | None = None, urban_rural: str = "", valid_from: date | None = None, by
) -> Place:
    """Enter a place below `parent`. `code` may be given with its significant digits only."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        level = parent.level + 1 if parent else rules.level_of(code) or Place.Level.PROVINCE
        code = rules.padded(code.strip())
        _check(code, name, level, urban_rural)
        if level > Place.Level.VILLAGE:
            raise Invalid(
                _("%(name)s is a village; nothing lies below a village.") % {"name": parent.name}, field="parent"
            )
        if Place.objects.filter(code=code, level=level, valid_to=None).exists():
            raise Conflict(
                _("The code %(code)s is in use. Look the place up; if it was merged, enter that first.")
                % {"code": code},
                field="code",
            )
        place = Place.objects.create(
            code=code,
            name=name.strip(),
            level=level,
            parent=parent,
            path=_free_path(parent, code, level),
            urban_rural=urban_rural,
            valid_from=valid_from,
        )
        record("directory.add_place", place, by=by, data={"code": code, "name": place.name}, place=place)
        return place


def _check(code: str, name: str, level: int, urban_rural: str = "") -> None:
    if not (code.isascii() and code.isdigit() and len(code) == rules.LONGEST):
        raise Invalid(
            _(
                "A statistical code has 12 digits: 2 each for province, city and county, 3 each for township and "
                "village. This is “%(code)s”."
            )
            % {"code": code},
            field="code",
        )
    if level <= Place.Level.VILLAGE and code[Place.WIDTH[level] :].strip("0"):
        raise Invalid(
            _("“%(code)s” has digits below its level: after the digits of the place itself only zeros may follow.")
            % {"code": code},
            field="code",
        )
    if not name.strip():
        raise Invalid(_("A place needs a name."), field="name")
    if urban_rural and urban_rural not in Place.UrbanRural.values:
        raise Invalid(
            _("“%(given)s” is not an urban–rural class. Known are: %(known)s.")
            % {"given": urban_rural, "known": " ".join(Place.UrbanRural.values)},
            field="urban_rural",
        )


def _free_path(parent: Place | None, code: str, level: int) -> str:
    """The path for a place: its own digits below the parent's path, or the highest free ones if those are taken."""
    if parent is None:
        # Standing at the top, as a county does where nothing above it is loaded, the code's own digits are the path.
        wanted = code[: Place.WIDTH[level]]
        if Place.objects.filter(path=wanted).exists():
            raise Conflict(_("The digits %(path)s belong to another place.") % {"path": wanted}, field="code")
        return wanted
    digits = rules.own_digits(code, level)
    taken = set(Place.objects.filter(parent_path(parent)).values_list("path", flat=True))
    if parent.path + digits not in taken:
        return parent.path + digits
    for number in range(10 ** len(digits) - 1, -1, -1):
        path = f"{parent.path}{number:0{len(digits)}d}"
        if path not in taken:
            return path
    raise Conflict(_("%(name)s has no free digits left for another place.") % {"name": parent.name}, field="parent")


def parent_path(parent: Place):
    """Everything whose path lies below `parent`."""
    from django.db.models import Q

    return Q(path__gt=parent.path, path__lte=parent.highest_path)


def rename_place(place: Place, *, name: str, on: date, document: str = "", by) -> Place:
    with transaction.atomic():
        powers.require(by, "directory.change")
        place = _standing(place)
        _check(place.code, name, place.level)
        _change(place, Kind.RENAMED, on, place.name, name.strip(), document)
        place.name = name.strip()
        place.save(update_fields=["name"])
        record("directory.rename_place", place, by=by, data={"name": place.name, "document": document}, place=place)
        return place


def recode_place(place: Place, *, code: str, on: date, document: str = "", by) -> Place:
    """Give a place another statistical code, as the yearly code list may; the old one still finds it for its days."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        place, code = _standing(place), rules.padded(code.strip())
        _check(code, place.name, place.level)
        if Place.objects.filter(code=code, level=place.level, valid_to=None).exclude(pk=place.pk).exists():
            raise Conflict(_("The code %(code)s belongs to another place.") % {"code": code}, field="code")
        _change(place, Kind.RECODED, on, place.code, code, document)
        place.code = code
        place.save(update_fields=["code"])
        record("directory.recode_place", place, by=by, data={"code": code, "document": document}, place=place)
        return place


def move_place(place: Place, *, to: Place, on: date, document: str = "", by) -> Place:
    """Put a place under another parent from `on`."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        place, to = _standing(place), _standing(to)
        if to.level != place.level - 1:
            raise Invalid(
                _("%(place)s cannot lie in %(to)s: a %(below)s lies in a %(above)s.")
                % {
                    "place": place.name,
                    "to": to.name,
                    "below": place.get_level_display(),
                    "above": Place.Level(max(place.level - 1, 1)).label,
                },
                field="to",
            )
        if place.parent_id == to.pk:
            raise Invalid(_("%(place)s lies in %(to)s already.") % {"place": place.name, "to": to.name}, field="to")
        before = place.parent.code if place.parent else ""
        _reparent(place, to)
        _change(place, Kind.MOVED, on, before, to.code, document)
        record("directory.move_place", place, by=by, data={"to": to.code, "name": to.name}, place=to)
        return place


def merge_place(old: Place, into: Place, *, on: date, document: str = "", by) -> Place:
    """Let `old` end the day before `on` and become part of `into`.

    What lay below `old` lies below `into` from then on. Rows that name `old` keep naming it: history stays true, and
    whoever reaches `into` reaches them as well (`access.queries.scope_of`). Units are not touched: each is dissolved
    or moved by its own act.
    """
    with transaction.atomic():
        powers.require(by, "directory.change")
        old, into = _standing(old), _standing(into)
        if old.pk == into.pk:
            raise Invalid(_("A place cannot be merged into itself."), field="into")
        if old.level != into.level:
            raise Invalid(
                _("Only places of the same level can be merged: %(old)s is a %(old_level)s, %(into)s a %(level)s.")
                % {
                    "old": old.name,
                    "old_level": old.get_level_display(),
                    "into": into.name,
                    "level": into.get_level_display(),
                },
                field="into",
            )
        if old.valid_from and on <= old.valid_from:
            raise Invalid(
                _("%(old)s exists only since %(day)s, so it cannot end before.")
                % {"old": old.name, "day": old.valid_from},
                field="on",
            )
        children = list(old.children.filter(valid_to=None).order_by("path"))
        for child in children:
            _reparent(child, into)
            _change(child, Kind.MOVED, on, old.code, into.code, document)
        _change(old, Kind.MERGED, on, old.code, into.code, document)
        old.valid_to, old.merged_into = on - ONE_DAY, into
        old.save(update_fields=["valid_to", "merged_into"])
        powers.changed()
        data = {
            "into": into.code,
            "name": into.name,
            "on": on.isoformat(),
            "moved": len(children),
            "document": document,
        }
        record("directory.merge_place", old, by=by, data=data, place=into)
        return into


def _standing(place: Place) -> Place:
    """The locked row of a place that still exists. Raises Conflict if it was merged meanwhile."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    if place.valid_to is not None:
        raise Conflict(
            _("%(name)s ended on %(day)s; nothing can change it any more.")
            % {"name": place.name, "day": place.valid_to}
        )
    return place


def _change(place: Place, kind: str, on: date, before: str, after: str, document: str) -> None:
    PlaceChange.objects.create(place=place, kind=kind, on=on, before=before, after=after, document=document)


def _reparent(place: Place, to: Place) -> None:
    old_path, path = place.path, _free_path(to, place.code, place.level)
    below = list(Place.objects.filter(parent_path(place)))
    place.parent, place.path = to, path
    place.save(update_fields=["parent", "path"])
    for child in below:
        child.path = path + child.path[len(old_path) :]
    Place.objects.bulk_update(below, ["path"], batch_size=500)
    powers.changed()


def cut_out(county: Place, *, by) -> int:
    """Keep only `county`, what lies in it and what it lies in; returns how many places were dropped.

    Meant for setting up one county from the national table. Refused where a unit or organisation stands outside.
    """
    with transaction.atomic():
        powers.require(by, "directory.change")
        above = [county.path[:width] for level, width in Place.WIDTH.items() if level < county.level]
        outside = Place.objects.exclude(path__gte=county.path, path__lte=county.highest_path).exclude(path__in=above)
        for model in (Unit, Organisation):
            standing = model.objects.filter(place__in=outside).first()
            if standing:
                raise Invalid(
                    _("“%(name)s” stands outside %(county)s, so the rest cannot be dropped.")
                    % {"name": standing.name, "county": county.name}
                )
        PlaceChange.objects.filter(place__in=outside).delete()
        dropped = 0
        outside.update(merged_into=None)
        for level in sorted(Place.WIDTH, reverse=True):
            doomed = outside.filter(level=level).order_by()
            dropped += doomed._raw_delete(doomed.db)  # no collector: half a million rows would be read into memory
        record("directory.cut_out", county, by=by, data={"dropped": dropped, "on": today().isoformat()}, place=county)
        return dropped
