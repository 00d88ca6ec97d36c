"""Who may check an alert: never the unit concerned, never somebody it is out of reach for, never below the level that
the county's route asks for."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import locking
from huilian.engine.access.queries import powers_of, scope_of
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, NotAllowed

from .models import Alert
from .routing import route_of

RANKS = {"township_supervisor": 1, "alert_officer": 2, "discipline_officer": 3}
RANK_NAMES = {
    1: gettext_lazy("the township"),
    2: gettext_lazy("the county department"),
    3: gettext_lazy("the discipline commission"),
}


def locked(alert: Alert) -> Alert:
    """The alert, locked until the transaction ends, with its case. Locked before its case, everywhere.

    Raises `Conflict` for a prompt: it has nothing to act on but the matter itself.
    """
    alert = locking.locked(Alert.objects.select_related("case__procedure", "case__clock", "unit", "place"), alert.pk)
    if alert.case is None:
        raise Conflict(
            _("%(number)s is a prompt. Deal with the matter itself; nothing has to be answered here.")
            % {"number": alert.number}
        )
    return alert


def rank_of(by) -> int:
    """The highest level at which `by` checks alerts: 1 township, 2 county department, 3 commission, 0 none."""
    if isinstance(by, Actor):
        return 3 if by.kind == "system" else 0
    return max((RANKS.get(holding.role.key, 0) for holding in powers_of(by)), default=0)


def why_not_check(alert: Alert, by) -> str:
    """Why `by` may not check this alert; empty when nothing speaks against it."""
    if isinstance(by, Actor):
        return "" if by.kind == "system" else _("Only officers of supervision check alerts.")
    own = {holding.unit.pk for holding in powers_of(by)}
    if own & {alert.unit_id, _answering(alert)}:
        return _("%(number)s concerns your own unit. Somebody else must check it.") % {"number": alert.number}
    reach = scope_of(by, "case.see")
    if not (reach.holds_place(alert.place) or reach.holds_unit(alert.unit)):
        return _("%(number)s lies outside the area you answer for.") % {"number": alert.number}
    lowest = route_of(alert).check_rank
    if rank_of(by) < lowest:
        return _("An alert of this level is checked by %(level)s or above.") % {"level": RANK_NAMES[lowest]}
    return ""


def _answering(alert: Alert) -> int | None:
    """The unit that answered, where that is another one than the unit concerned."""
    if alert.case_id is None or alert.case.step == "correcting":
        return alert.unit_id
    return alert.case.unit_id


def require_checker(alert: Alert, by) -> None:
    """Raise `NotAllowed` when `by` may not check this alert. Whether the post is right the procedure says."""
    reason = why_not_check(alert, by)
    if reason:
        raise NotAllowed(reason)


def why_not_judge(alert: Alert, by) -> str:
    """Why `by` may not decide the appeal: it goes one level up, and never back to who gave the verdict."""
    if reason := why_not_check(alert, by):
        return reason
    if isinstance(by, Actor):
        return ""
    if alert.checked_by_id == by.pk:
        return _("You gave the verdict yourself. Somebody else must decide the appeal.")
    least = min(alert.checked_rank + 1, max(RANKS.values()))
    if rank_of(by) < least:
        return _("The appeal is decided one level higher, by %(level)s.") % {"level": RANK_NAMES[least]}
    return ""


def require_judge(alert: Alert, by) -> None:
    """Raise `NotAllowed` when `by` may not decide the appeal against the verdict on this alert."""
    reason = why_not_judge(alert, by)
    if reason:
        raise NotAllowed(reason)
