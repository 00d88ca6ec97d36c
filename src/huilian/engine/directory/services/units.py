"""Units, posts and organisations."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation import codes
from huilian.foundation.errors import Conflict, Invalid

from .. import powers, roles, rules
from ..models import Appointment, Organisation, Place, Post, Unit

UNIT_FIELDS = ("name", "short_name", "duties", "phone", "credit_code", "parent", "place")
POST_FIELDS = ("name", "roles", "is_head", "quota", "duties")
ORGANISATION_FIELDS = ("name", "kind", "credit_code", "legal_representative", "place", "address", "phone")


def add_unit(
    *,
    name: str,
    kind: str,
    place: Place,
    parent: Unit | None = None,
    short_name: str = "",
    credit_code: str = "",
    duties: str = "",
    phone: str = "",
    covers: Iterable[Place] = (),
    valid_from: date | None = None,
    by,
) -> Unit:
    """Enter a unit. A credit code is checked to its last character; several kinds may share one place."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        unit = Unit(
            name=name.strip(),
            short_name=short_name.strip(),
            kind=kind,
            place=place,
            parent=parent,
            credit_code=credit_code,
            duties=duties,
            phone=phone,
            valid_from=valid_from,
        )
        if kind not in Unit.Kind.values:
            raise Invalid(_("“%(kind)s” is not a kind of unit.") % {"kind": kind}, field="kind")
        _check_unit(unit)
        unit.save()
        powers.changed()
        record("directory.add_unit", unit, by=by, data={"name": unit.name, "kind": kind}, place=place)
        covers = list(covers)
        if covers:
            cover_places(unit, covers, by=by)
        return unit


def change_unit(unit: Unit, *, by, **values) -> Unit:
    """Change some of UNIT_FIELDS; the trail keeps before and after."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        unit = _lock(Unit, unit, _("This unit no longer exists."))
        changed = _apply(unit, values, UNIT_FIELDS)
        _check_unit(unit)
        if unit.parent_id in powers.with_units_below([unit.pk]):
            raise Invalid(_("A unit cannot belong to itself or to a unit below it."), field="parent")
        if changed:
            unit.save(update_fields=list(changed))
            powers.changed()
            record("directory.change_unit", unit, by=by, data={"changed": changed}, place=unit.place)
        return unit


def cover_places(unit: Unit, places: Iterable[Place], *, by) -> Unit:
    """Say which places a work-room or cooperation zone answers for; replaces the earlier list."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        places = list(places)
        if unit.kind not in (Unit.Kind.WORK_ROOM, Unit.Kind.COOPERATION_ZONE):
            raise Invalid(
                _("Only a district work-room or a cooperation zone covers several places; %(unit)s has its own place.")
                % {"unit": unit.name},
                field="covers",
            )
        unit.covers.set(places)
        powers.changed()
        record("directory.cover_places", unit, by=by, data={"places": [p.code for p in places]}, place=unit.place)
        return unit


def dissolve_unit(unit: Unit, *, on: date, by) -> Unit:
    """Let a unit end; `on` is its last day. Refused while people are in office there or units belong to it."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        unit = _lock(Unit, unit, _("This unit no longer exists."))
        if unit.valid_to:
            raise Conflict(_("%(unit)s has been dissolved already.") % {"unit": unit.name})
        if unit.valid_from and on < unit.valid_from:
            raise Invalid(_("A unit cannot end before it was set up."), field="on")
        left = Appointment.objects.filter(post__unit=unit).exclude(ends_on__lte=on).count()
        if left:
            raise Invalid(
                _("%(count)s people are still in office at %(unit)s. End or move their appointments first.")
                % {"count": left, "unit": unit.name}
            )
        if unit.children.exclude(valid_to__lte=on).exists():
            raise Invalid(_("Other units belong to %(unit)s. Move or dissolve them first.") % {"unit": unit.name})
        unit.valid_to = on
        unit.save(update_fields=["valid_to"])
        unit.posts.filter(valid_to=None).update(valid_to=on)
        powers.changed()
        record("directory.dissolve_unit", unit, by=by, data={"on": on.isoformat()}, place=unit.place)
        return unit


def _check_unit(unit: Unit) -> None:
    if not unit.name:
        raise Invalid(_("A unit needs a name."), field="name")
    unit.credit_code = _credit_code(unit.credit_code)
    same = Unit.objects.filter(valid_to=None).exclude(pk=unit.pk)
    if unit.credit_code and same.filter(credit_code=unit.credit_code).exists():
        raise Conflict(_("Another unit has this credit code."), field="credit_code")
    if same.filter(place=unit.place, name=unit.name).exists():
        raise Conflict(
            _("%(place)s has a unit called %(name)s already.") % {"place": unit.place.name, "name": unit.name},
            field="name",
        )


def _credit_code(code: str) -> str:
    code = codes.clean(code)
    if code:
        try:
            codes.check_credit_code(code)
        except Invalid as bad:
            raise Invalid(bad.message, field="credit_code") from bad
    return code


def add_post(
    *,
    unit: Unit,
    name: str,
    roles: Sequence[str] = (),
    is_head: bool = False,
    quota: int | None = None,
    duties: str = "",
    by,
) -> Post:
    """Make a post. Giving it roles is what gives rights, so it is the security administrator's act."""
    with transaction.atomic():
        powers.require(by, "directory.posts")
        if unit.valid_to:
            raise Invalid(_("%(unit)s has been dissolved.") % {"unit": unit.name}, field="unit")
        post = Post(unit=unit, name=name.strip(), roles=list(roles), is_head=is_head, quota=quota, duties=duties)
        _check_post(post)
        post.save()
        powers.changed()
        data = {"name": post.name, "unit": unit.name, "roles": post.roles}
        record("directory.add_post", post, by=by, data=data, place=unit.place)
        return post


def change_post(post: Post, *, by, **values) -> Post:
    """Change some of POST_FIELDS. New roles are checked against everybody who holds the post."""
    with transaction.atomic():
        powers.require(by, "directory.posts")
        post = _lock(Post, post, _("This post no longer exists."))
        changed = _apply(post, values, POST_FIELDS)
        _check_post(post)
        if "roles" in changed:
            post.save(update_fields=["roles"])
            from .people import refuse_clash

            for held in post.appointments.filter(powers.ended_not_before()).select_related("person"):
                refuse_clash(held.person, held.starts_on, held.ends_on, ())
        if changed:
            post.save(update_fields=list(changed))
            powers.changed()
            record("directory.change_post", post, by=by, data={"changed": changed}, place=post.unit.place)
        return post


def close_post(post: Post, *, on: date, by) -> Post:
    """Abolish a post; `on` is its last day. Refused while somebody holds it longer."""
    with transaction.atomic():
        powers.require(by, "directory.posts")
        post = _lock(Post, post, _("This post no longer exists."))
        if post.valid_to:
            raise Conflict(_("%(post)s has been abolished already.") % {"post": post})
        if post.appointments.exclude(ends_on__lte=on).exists():
            raise Invalid(_("Somebody still holds %(post)s. End the appointment first.") % {"post": post})
        post.valid_to = on
        post.save(update_fields=["valid_to"])
        powers.changed()
        record("directory.close_post", post, by=by, data={"on": on.isoformat()}, place=post.unit.place)
        return post


def _check_post(post: Post) -> None:
    if not post.name:
        raise Invalid(_("A post needs a name."), field="name")
    if not isinstance(post.roles, list) or not all(isinstance(key, str) for key in post.roles):
        raise Invalid(_("Roles are a list of keys."), field="roles")
    unknown = [key for key in post.roles if key not in roles.catalogue()]
    if unknown:
        raise Invalid(_("There is no role “%(role)s”.") % {"role": unknown[0]}, field="roles")
    pair = roles.clash(post.roles)
    if pair:
        raise Invalid(
            _("%(first)s and %(second)s must be different people (separation of the three administrators).")
            % {"first": pair[0].name, "second": pair[1].name},
            field="roles",
        )
    if Post.objects.filter(unit=post.unit, name=post.name, valid_to=None).exclude(pk=post.pk).exists():
        raise Conflict(
            _("%(unit)s has a post called %(name)s already.") % {"unit": post.unit.name, "name": post.name},
            field="name",
        )


def add_organisation(
    *, name: str, kind: str = Organisation.Kind.FIRM, credit_code: str = "", by, **values
) -> Organisation:
    with transaction.atomic():
        powers.require(by, "organisation.enter")
        found = Organisation(name=name.strip(), kind=kind, credit_code=credit_code)
        _apply(found, values, ORGANISATION_FIELDS)
        _check_organisation(found)
        found.save()
        record("directory.add_organisation", found, by=by, data={"name": found.name}, place=found.place)
        return found


def change_organisation(organisation: Organisation, *, by, **values) -> Organisation:
    with transaction.atomic():
        powers.require(by, "organisation.enter")
        found = _lock(Organisation, organisation, _("This organisation no longer exists."))
        changed = _apply(found, values, ORGANISATION_FIELDS)
        _check_organisation(found)
        if changed:
            found.save(update_fields=list(changed))
            record("directory.change_organisation", found, by=by, data={"fields": sorted(changed)}, place=found.place)
        return found


def _check_organisation(found: Organisation) -> None:
    if not found.name:
        raise Invalid(_("An organisation needs a name."), field="name")
    if found.kind not in Organisation.Kind.values:
        raise Invalid(_("“%(kind)s” is not a kind of organisation.") % {"kind": found.kind}, field="kind")
    found.credit_code = _credit_code(found.credit_code)
    if found.credit_code and Organisation.objects.filter(credit_code=found.credit_code).exclude(pk=found.pk).exists():
        raise Conflict(_("Another organisation has this credit code."), field="credit_code")


def _lock(model, row, gone: str):
    found = model.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Conflict(gone)
    return found


def _apply(row, values: dict, allowed: tuple[str, ...]) -> dict:
    """Set `values` on `row`; returns {field: [before, after]} in plain values for the trail."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be changed here")
    old = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    changed = rules.changed_values(old, {name: getattr(row, name) for name in values})
    return {name: [_plain(v) for v in pair] for name, pair in changed.items()}


def _plain(value):
    return value if value is None or isinstance(value, (str, int, bool, list)) else str(value)
