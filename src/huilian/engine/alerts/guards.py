"""Who may check an alert: never the unit concerned, never somebody it is out of reach for."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import powers_of, scope_of
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, NotAllowed

from .models import Alert


def locked(alert: Alert) -> Alert:
    """The alert, locked until the transaction ends, with its case. Locked before its case, everywhere.

    Raises `Conflict` for a prompt: it has nothing to act on but the matter itself.
    """
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("case__procedure", "case__clock", "unit", "place")
        .get(pk=alert.pk)
    )
    if alert.case is None:
        raise Conflict(
            _("%(number)s is a prompt. Deal with the matter itself; nothing has to be answered here.")
            % {"number": alert.number}
        )
    return alert


def why_not_check(alert: Alert, by) -> str:
    """Why `by` may not check this alert; empty when nothing speaks against it."""
    if isinstance(by, Actor):
        return "" if by.kind == "system" else _("Only officers of supervision check alerts.")
    own = {holding.unit.pk for holding in powers_of(by)}
    if alert.unit_id and alert.unit_id in own:
        return _("%(number)s concerns your own unit. Somebody else must check it.") % {"number": alert.number}
    reach = scope_of(by, "case.see")
    if not (reach.holds_place(alert.place) or reach.holds_unit(alert.unit)):
        return _("%(number)s lies outside the area you answer for.") % {"number": alert.number}
    return ""


def require_checker(alert: Alert, by) -> None:
    """Raise `NotAllowed` when `by` may not check this alert. Whether the post is right the procedure says."""
    reason = why_not_check(alert, by)
    if reason:
        raise NotAllowed(reason)
