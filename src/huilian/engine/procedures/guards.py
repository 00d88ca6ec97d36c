"""Who may act on a case: the role, the unit that holds it, and nobody who must step back."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import recused, role_names, scope_of
from huilian.engine.look.text import say
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, NotAllowed

from .models import Case


def lock(case_id: int, *, expected: int | None = None) -> Case:
    """The case, locked until the transaction ends. `expected` is the revision the person was looking at."""
    case = Case.objects.select_for_update(of=("self",)).select_related("procedure", "unit", "clock").get(pk=case_id)
    if expected is not None and case.revision != expected:
        raise Conflict(
            _("Somebody else acted on %(number)s while you had it open. Look at it again, then decide.")
            % {"number": case.number}
        )
    return case


def require_actor(case: Case, by, *, roles, holder: str) -> None:
    """Raise `NotAllowed` unless `by` may act: an actor without account only where no post is asked for."""
    if isinstance(by, Actor):
        if by.kind == "citizen" and holder != "anyone":
            raise NotAllowed(_("This step is for the office that handles the matter."))
        return
    scope = scope_of(by)
    if roles and not scope.roles & set(roles):
        raise NotAllowed(
            _("Only %(roles)s may do this. Ask them, or ask the system administrator for the post.")
            % {"roles": role_names(roles)}
        )
    if holder == "unit" and case.unit_id not in scope.unit_ids:
        raise NotAllowed(
            _("%(number)s is with %(unit)s. Only its people may do this.")
            % {"number": case.number, "unit": case.unit or _("no unit yet")}
        )
    require_free(case, by)


def require_free(case: Case, by) -> None:
    """Raise `NotAllowed` when `by` is named in the case, is kin of somebody named, or heads the named unit."""
    parties = list(case.parties.all())
    if not parties:
        return
    reason = recused(
        by, persons=[p.person_id for p in parties if p.person_id], units=[p.unit_id for p in parties if p.unit_id]
    )
    if reason:
        raise NotAllowed(reason)


def allowed_move(case: Case, verb: str):
    """The move `verb` from where the case stands. Raises `Conflict` with what happened when it is not possible."""
    move = case.definition.move(verb, case.step)
    if move is None:
        if not case.is_open:
            raise Conflict(
                _("%(number)s is already %(state)s; nothing was changed.")
                % {"number": case.number, "state": case.get_state_display()}
            )
        raise Conflict(
            _("%(number)s now stands at “%(step)s”, where this cannot be done. Look at it again.")
            % {"number": case.number, "step": say(case.definition.step(case.step).name)}
        )
    return move
