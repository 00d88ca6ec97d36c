"""Who may act on an audit, who must step back, and rows locked until the act is over."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from huilian.engine.access.queries import are_kin, may, require, scope_of
from huilian.engine.directory.models import Appointment, Person, Place
from huilian.engine.directory.powers import in_office
from huilian.engine.locking import locked
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import hooks, rules
from ..models import Audit, Finding
from ..queries.reach import PLAN, REPAIR, WORK

AUDITS = Audit.objects.select_related("case__procedure", "person", "unit", "place", "township", "auditor__place")


def allow_place(by: Any, action: str, place: Place) -> Person | None:
    """The person behind `by`, whose post allows `action` in `place`; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_place(place):
        raise NotAllowed(_("%(place)s does not lie within the reach of your post.") % {"place": place})
    return getattr(by, "person", None)


def allow(by: Any, audit: Audit) -> Person | None:
    """Somebody whose post plans audits there, and who need not step back."""
    return _free(allow_place(by, PLAN, audit.place), audit)


def allow_work(by: Any, audit: Audit) -> Person | None:
    """Somebody of the team, or whose post plans audits there. Raises NotAllowed."""
    require(by, WORK)
    person: Person | None = getattr(by, "person", None)
    if person is None or audit.members.filter(person=person, left_on=None).exists():
        return _free(person, audit)
    if may(by, PLAN) and scope_of(by, PLAN).holds_place(audit.place):
        return _free(person, audit)
    raise NotAllowed(_("You do not belong to the team of this audit."))


def _free(person: Person | None, audit: Audit) -> Person | None:
    if person and (why := must_step_back(person, audit)):
        raise NotAllowed(why)
    return person


def must_step_back(person: Person, audit: Audit) -> str:
    """Why `person` may not audit this: they are audited, are of that village, keep its books, or are kin; else ""."""
    if person.pk == audit.person_id:
        return _("You are the one who is audited.") if person.user_id else _("That is the one who is audited.")
    since = rules.months_later(today(), -12 * rules.BOUND_YEARS)
    held = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=since), person=person)
    if held.filter(post__unit__place=audit.place_id).exists():
        return _("%(name)s holds or held a post in %(place)s.") % {"name": person.name, "place": audit.place}
    if person.pk in hooks.kept_by(audit.place, audit.starts_on, audit.ends_on):
        return _("%(name)s kept the books that are audited.") % {"name": person.name}
    there = Appointment.objects.filter(in_office(today()), post__unit__place=audit.place_id).values("person")
    if are_kin(person, Person.objects.filter(Q(pk=audit.person_id) | Q(pk__in=there))):
        return _("%(name)s is related to somebody of this village and must step back.") % {"name": person.name}
    return ""


def allow_repair(by: Any, finding: Finding) -> Person | None:
    """The audited person, or whose post answers for repairs in the village. Raises NotAllowed."""
    person: Person | None = getattr(by, "person", None)
    if person and person.pk == finding.audit.person_id:
        return person
    return allow_place(by, REPAIR, finding.audit.place)


def locked_audit(audit: Audit, *steps: str) -> Audit:
    """The audit as it is now, locked. Raises Conflict where its case stands at none of `steps`."""
    found = locked(AUDITS, audit.pk)
    return _at(found, found.number, steps)


def locked_finding(finding: Finding, *states: str) -> Finding:
    """The finding as it is now, locked. Raises Conflict where it is in none of `states`."""
    rows = Finding.objects.select_related(
        "audit__case__procedure", "audit__person", "audit__unit", "audit__place", "audit__auditor__place"
    )
    found = locked(rows, finding.pk)
    if states and found.state not in states:
        raise Conflict(
            _("%(finding)s is already “%(state)s”; nothing was changed.")
            % {"finding": found.number, "state": found.get_state_display()}
        )
    return found


def _at(audit: Audit, name: str, steps: tuple[str, ...]) -> Audit:
    if steps and audit.case.step not in steps:
        raise Conflict(_("%(audit)s stands elsewhere by now. Look at it again.") % {"audit": name})
    return audit


def move(audit: Audit, verb: str, by: Any, **more: Any) -> Audit:
    """Let the case make a move and keep what was changed with it."""
    audit.case = cases.move(audit.case, verb, by=by, **more)
    audit.save()
    touch({int(audit.place.code)})
    return audit


def tell(audit: Audit, verb: str, by: Any, **data: Any) -> None:
    """Write an act that makes no move into the trail, and have the village screened again."""
    record(f"audits.{verb}", audit.case, by=by, data=data, place=audit.place.code)
    touch({int(audit.place.code)})


def said(text: str, field: str) -> str:
    """`text` without spaces around it. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()
