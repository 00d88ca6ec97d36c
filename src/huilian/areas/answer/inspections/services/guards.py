"""Who may act for a round or on a finding, who must step back, and rows locked until the act is over."""

from typing import Any

from django.utils.translation import gettext as _

from huilian.engine.access.queries import may, recused, require, scope_of
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Finding, Member, Round, Target
from ..queries.reach import authorities

MANAGE = "inspections.manage"


def allow(by: Any, action: str, unit: Unit) -> Person | None:
    """The person behind `by`, who may do `action` for matters of `unit`; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_unit(unit):
        raise NotAllowed(_("%(unit)s does not lie within the reach of your post.") % {"unit": unit})
    return getattr(by, "person", None)


def allow_on(target: Target, by: Any, *, finding: bool = False) -> Person | None:
    """The person who may look into `target` today: an officer, or a member whose authority runs. Raises NotAllowed."""
    require(by, "inspections.fill")
    person: Person | None = getattr(by, "person", None)
    if person is None:
        return None
    if why := must_step_back(person, [target], crossed=target.round.mode == "crossed"):
        raise NotAllowed(why)
    if may(by, MANAGE) and scope_of(by, MANAGE).holds_unit(target.unit):
        return person
    mine = authorities(by).filter(round=target.round_id).first()
    if mine is None:
        raise NotAllowed(
            _("You have no running authority for “%(round)s”. Its officer gives one, from a day to a day.")
            % {"round": target.round}
        )
    if target.checker_id and target.checker_id not in _units(person):
        raise NotAllowed(_("%(target)s is checked by %(checker)s.") % {"target": target, "checker": target.checker})
    if finding and not mine.may_find:
        raise NotAllowed(_("Your authority is for looking, not for entering findings."))
    return person


def must_step_back(person: Person, targets: Any, *, crossed: bool = False) -> str:
    """Why `person` may not check `targets`: a post there now or in the last three years, kin, or being named."""
    units = [t.unit for t in targets]
    places = {u.place_id for u in units}
    since = rules.months_later(today(), -12 * rules.BOUND_YEARS)
    held = Appointment.objects.filter(person=person).exclude(ends_on__lt=since).select_related("post__unit__place")
    for appointment in held:
        unit = appointment.post.unit
        if unit in units or unit.place_id in places:
            return _("Holds or held a post in %(place)s, so somebody else must check it.") % {"place": unit.place}
        if crossed and unit.place.parent_id and _township(unit) in {t.township_id for t in targets if t.township_id}:
            return _("Belongs to the township of a target; a crossed round takes people from elsewhere.")
    officials = Person.objects.filter(
        pk__in=Appointment.objects.filter(in_office(today()), post__unit__place__in=places).values("person")
    ).exclude(pk=person.pk)
    return recused(person.user, persons=officials, units=units) if person.user_id else ""


def _township(unit: Unit) -> int | None:
    place = unit.place
    return place.pk if place.level == place.Level.TOWNSHIP else place.parent_id


def _units(person: Person) -> set[int]:
    return set(Appointment.objects.filter(in_office(today()), person=person).values_list("post__unit", flat=True))


def locked_round(round_: Round, *states: str) -> Round:
    """The round as it is now, locked. Raises Conflict where it is in none of `states`."""
    found = Round.objects.select_for_update(of=("self",)).select_related("unit__place", "form").get(pk=round_.pk)
    if states and found.state not in states:
        raise Conflict(
            _("“%(round)s” is already “%(state)s”; nothing was changed.")
            % {"round": found, "state": found.get_state_display()}
        )
    return found


def locked(finding: Finding) -> Finding:
    found = Finding.objects.select_for_update(of=("self",)).select_related("unit__place", "place", "township")
    return found.get(pk=finding.pk)


def tell(finding: Finding, verb: str, by: Any, **data: Any) -> None:
    """Write an act that makes no move into the trail, and have the village screened again."""
    record(f"inspections.{verb}", finding.case or finding, by=by, data=data, place=finding.place.code)
    touch({int(finding.place.code)})


def said(text: str, field: str) -> str:
    """`text` without spaces around it. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()


def running(member: Member) -> bool:
    return member.starts_on <= today() <= member.ends_on
