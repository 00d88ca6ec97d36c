"""Work groups and their members."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid

from .. import powers
from ..models import Person, Place, Unit, WorkGroup, WorkGroupMember


def set_up_group(
    *,
    name: str,
    kind: str,
    unit: Unit,
    set_up_on: date,
    parent: WorkGroup | None = None,
    covers: Iterable[Place] = (),
    purpose: str = "",
    document: str = "",
    by,
) -> WorkGroup:
    with transaction.atomic():
        powers.require(by, "directory.change")
        if not name.strip():
            raise Invalid(_("A work group needs a name."), field="name")
        if kind not in WorkGroup.Kind.values:
            raise Invalid(_("“%(kind)s” is not a kind of work group.") % {"kind": kind}, field="kind")
        if WorkGroup.objects.filter(name=name.strip(), dissolved_on=None).exists():
            raise Conflict(_("There is a work group called %(name)s already.") % {"name": name.strip()}, field="name")
        group = WorkGroup.objects.create(
            name=name.strip(),
            kind=kind,
            unit=unit,
            parent=parent,
            purpose=purpose,
            document=document,
            set_up_on=set_up_on,
        )
        group.covers.set(covers)
        record("directory.set_up_group", group, by=by, data={"name": group.name, "kind": kind}, place=unit.place)
        return group


def add_member(
    group: WorkGroup,
    *,
    person: Person | None = None,
    unit: Unit | None = None,
    duty: str = WorkGroupMember.Duty.MEMBER,
    force: str = "",
    starts_on: date,
    by,
) -> WorkGroupMember:
    """Add a person or a whole unit; a group has one head at a time."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        group = _running(group)
        if (person is None) == (unit is None):
            raise Invalid(_("A member is a person or a unit, one of the two."), field="person")
        if duty not in WorkGroupMember.Duty.values or (force and force not in WorkGroupMember.Force.values):
            raise Invalid(_("Unknown duty or origin of a member."), field="duty")
        now_in = group.members.filter(ends_on=None)
        if now_in.filter(person=person, unit=unit).exists():
            raise Conflict(_("%(name)s is a member already.") % {"name": (person or unit).name})
        if duty == WorkGroupMember.Duty.HEAD and now_in.filter(duty=duty).exists():
            raise Conflict(_("%(group)s has a head already. End that membership first.") % {"group": group.name})
        member = WorkGroupMember.objects.create(
            group=group, person=person, unit=unit, duty=duty, force=force, starts_on=starts_on
        )
        data = {"member": (person or unit).name, "duty": duty, "force": force}
        record("directory.add_member", group, by=by, data=data, place=group.unit.place)
        return member


def remove_member(member: WorkGroupMember, *, on: date, by) -> WorkGroupMember:
    """End a membership; `on` is the last day."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        member = WorkGroupMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if member.ends_on:
            raise Conflict(_("This membership has ended already."))
        if on < member.starts_on:
            raise Invalid(_("The last day lies before the first."), field="on")
        member.ends_on = on
        member.save(update_fields=["ends_on"])
        data = {"member": (member.person or member.unit).name, "on": on.isoformat()}
        record("directory.remove_member", member.group, by=by, data=data, place=member.group.unit.place)
        return member


def dissolve_group(group: WorkGroup, *, on: date, by) -> WorkGroup:
    """Dissolve a work group with all its memberships; `on` is the last day. Refused while groups belong to it."""
    with transaction.atomic():
        powers.require(by, "directory.change")
        group = _running(group)
        if on < group.set_up_on:
            raise Invalid(_("The last day lies before the first."), field="on")
        if group.children.filter(dissolved_on=None).exists():
            raise Invalid(_("Other groups belong to %(group)s. Dissolve them first.") % {"group": group.name})
        group.dissolved_on = on
        group.save(update_fields=["dissolved_on"])
        for member in group.members.filter(ends_on=None):
            member.ends_on = max(on, member.starts_on)
            member.save(update_fields=["ends_on"])
        record("directory.dissolve_group", group, by=by, data={"on": on.isoformat()}, place=group.unit.place)
        return group


def _running(group: WorkGroup) -> WorkGroup:
    group = WorkGroup.objects.select_for_update().get(pk=group.pk)
    if group.dissolved_on:
        raise Conflict(
            _("%(group)s was dissolved on %(day)s.") % {"group": group.name, "day": group.dissolved_on.isoformat()}
        )
    return group
