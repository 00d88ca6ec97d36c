"""「巡察问题转线索」 Whoever may see a finding of an inspection makes it a lead. No link is left at the finding: the
unit concerned reads that page, and that there is a lead is secret.
"""

from django.utils.translation import gettext as _

from huilian.areas.answer.inspections.queries.reach import visible_findings
from huilian.areas.answer.leads import hooks
from huilian.foundation.errors import Refused


def given(number: str, *, token: str, by) -> hooks.Given:
    """What was found, where, in which field."""
    found = visible_findings(by).filter(number=number).select_related("unit", "place").first()
    if found is None:
        raise Refused(_("There is no such number, or it is not yours to see."))
    return hooks.Given(summary=found.fact, unit=found.unit, place=found.place, field=found.field or "other")


hooks.sources["inspection"] = given
