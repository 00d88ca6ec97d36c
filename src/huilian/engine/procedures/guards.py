"""Who may act on a case: the role, the unit that holds it, and nobody who must step back."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from huilian.engine.access.queries import powers_of, recused, units_under
from huilian.engine.directory.roles import catalogue
from huilian.engine.look.text import say
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.errors import Conflict, NotAllowed, Refused

from .models import Case, Party


def lock(case_id: int, *, expected: int | None = None) -> Case:
    """The case, locked until the transaction ends. `expected` is the revision the person was looking at."""
    found = Case.every.select_for_update(of=("self",)).select_related("procedure", "unit", "clock", "place")
    # The text of a procedure is long and kept in memory; whether anybody is named in the case is asked along the way.
    found = found.defer("procedure__body").annotate(names_somebody=Exists(Party.objects.filter(case=OuterRef("pk"))))
    case = found.get(pk=case_id)
    # After a wait for the lock PostgreSQL has the row as it is now, and what was joined to it as it was before: where
    # the two no longer belong together, it gives nothing.
    for name in ("unit", "clock"):
        if getattr(case, f"{name}_id") and getattr(case, name) is None:
            del case._state.fields_cache[name]
    if expected is not None and case.revision != expected:
        raise Conflict(
            _("Somebody else acted on %(number)s while you had it open. Look at it again, then decide.")
            % {"number": case.number}
        )
    return case


def units_of(by, roles: Iterable[str] = ()) -> set[int]:
    """The units in which `by` holds a post today (only posts with one of `roles`, when given), and all below them."""
    return units_under(by, {h.unit.pk for h in powers_of(by) if not roles or h.role.key in roles})


def require_actor(case: Case, by, *, roles, holder: str) -> None:
    """Raise `NotAllowed` unless `by` may act: an actor without account only where no post is asked for."""
    if isinstance(by, Actor):
        if by.kind != SYSTEM.kind and holder != "anyone":
            raise NotAllowed(_("This step is for the office that handles the matter."))
        return
    if roles and not any(h.role.key in roles for h in powers_of(by)):
        names = _(", ").join(catalogue()[key].name for key in roles if key in catalogue())
        raise NotAllowed(
            _("Only %(roles)s may do this. Ask them, or ask the security administrator for the post.")
            % {"roles": names}
        )
    if holder == "unit" and not _is_with(case, by, roles):
        raise NotAllowed(
            _("%(number)s is with %(unit)s. Only its people may do this.")
            % {"number": case.number, "unit": case.unit or _("no unit yet")}
        )
    require_free(case, by)


def _is_with(case: Case, by, roles) -> bool:
    """Whether the case's unit is one `by` works in, or lies below one; the units below are asked for only if needed."""
    held = {h.unit.pk for h in powers_of(by) if not roles or h.role.key in roles}
    return case.unit_id in held or case.unit_id in units_of(by, roles)


def may_act(case: Case, by, move=None) -> bool:
    """Whether `by` may act where the case stands now, or make `move` from there: `require_actor` as a question."""
    step = case.definition.step(case.step)
    roles, holder = (move.roles or step.roles, move.holder or step.holder) if move else (step.roles, step.holder)
    try:
        require_actor(case, by, roles=roles, holder=holder)
    except Refused:
        return False
    return True


def require_free(case: Case, by) -> None:
    """Raise `NotAllowed` when `by` is named in the case, is kin of somebody named, or heads the named unit."""
    if isinstance(by, Actor) or getattr(case, "names_somebody", None) is False:
        return
    fetched = "parties" in getattr(case, "_prefetched_objects_cache", {})  # a page asks for each of its buttons
    parties = list(case.parties.all() if fetched else case.parties.select_related("person", "unit"))
    if not parties:
        return
    reason = recused(by, persons=[p.person for p in parties if p.person], units=[p.unit for p in parties if p.unit])
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
