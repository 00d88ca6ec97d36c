"""Who may act on a work, the row locked until the act is over, and the move that keeps case and file together."""

from typing import Any

from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.access.queries import recused, require, scope_of
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import catalogue
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Contractor, Project

BOTH = {"works_reviewer"}  # posts of the township; all others are the village's


def allow(by: Any, action: str, place: Place) -> Person | None:
    """The person behind `by`, who may do `action` in this village; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_place(place):
        raise NotAllowed(_("%(place)s is not among the villages of your post.") % {"place": place.name})
    return getattr(by, "person", None)


def locked(project: Project, *steps: str) -> Project:
    """The work as it stands now, locked. Raises Conflict where it stands at none of `steps`, or is suspended."""
    joined = Project.objects.select_related(
        "case__procedure", "place", "township", "unit", "limit_class", "contractor__organisation"
    )
    project = locking.locked(joined, project.pk)
    if steps and project.stage not in steps:
        raise Conflict(
            _("%(number)s now stands at “%(stage)s”, where this cannot be done. Look at it again.")
            % {"number": project.number, "stage": project.get_stage_display()}
        )
    if project.is_paused:
        raise Conflict(_("%(number)s is suspended. Let it go on first.") % {"number": project.number})
    return project


def move(project: Project, verb: str, by: Any, *, to: str = "", **more: Any) -> Project:
    """Make the move and save the file with the stage it leads to; `to` names the role whose unit acts next."""
    if to:
        more["unit"] = unit_with(to, project)
    case = cases.move(project.case, verb, by=by, **more)
    project.case, project.stage = case, case.step if case.step in Project.Stage.values else project.stage
    project.save()
    touch({int(project.place.code)})
    return project


def tell(project: Project, verb: str, by: Any, **data: Any) -> None:
    """Write an act that makes no move into the trail of its case, and have the village screened again."""
    record(f"works.{verb}", project.case or project, by=by, data=data, place=project.place.code)
    touch({int(project.place.code)})


def free_of(contractor: Contractor | None, by: Any) -> None:
    """Raise NotAllowed where `by` is the contractor, or kin of theirs (回避)."""
    if contractor is None:
        return
    persons = [Person(name=contractor.name, identity_digest=contractor.key_digest)] if contractor.key_digest else []
    if why := recused(by, persons=persons, units=[contractor.organisation] if contractor.organisation else []):
        raise NotAllowed(why)


def unit_with(role: str, project: Project) -> Unit:
    """The unit whose people act next. Raises Invalid where nobody holds the post, so that nothing lies unseen."""
    place = project.township if role in BOTH else project.place
    rows = Appointment.objects.filter(in_office(today()), post__unit__place=place).select_related("post__unit")
    holders = [a.post.unit for a in rows.order_by("pk") if role in a.post.roles]
    if not holders:
        raise Invalid(
            _("Nobody in %(place)s holds the post of %(role)s. Have somebody appointed, then go on.")
            % {"place": place or project.place, "role": catalogue()[role].name}
        )
    return next((unit for unit in holders if unit == project.unit), holders[0])
