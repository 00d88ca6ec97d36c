"""「预警转线索」 Whoever may see an alert makes it a lead. No link is left at the alert: the unit it warns reads that
page, and that there is a lead is secret.
"""

from django.utils.translation import gettext as _

from huilian.areas.answer.leads import hooks
from huilian.engine.alerts.queries import alerts_visible_to
from huilian.engine.look.text import say
from huilian.foundation.errors import Refused


def given(number: str, *, token: str, by) -> hooks.Given:
    """What the alert says: its rule, its reason, the rows it rests on."""
    alert = alerts_visible_to(by).filter(number=number).select_related("unit", "place").first()
    if alert is None:
        raise Refused(_("There is no such number, or it is not yours to see."))
    rows = " ".join(str(row.get("id", "")) for row in alert.evidence)
    summary = "\n".join(filter(None, (f"{alert.rule} {say(alert.names)}", alert.about, say(alert.reason), rows)))
    return hooks.Given(summary=summary, unit=alert.unit, place=alert.place)


hooks.sources["screening"] = given
