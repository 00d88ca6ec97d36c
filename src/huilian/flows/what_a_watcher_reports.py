"""「监督反映的去向」 A report in clear becomes an order of the hotline or a finding, a sealed one a tip. What came of
it over there is read by whoever reported, at their report or under their code name.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huilian.areas.answer.inspections import services as inspections
from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.queries import way_in
from huilian.areas.hear.tips import services as tips
from huilian.areas.hear.watchers.ways import Way, lead_to
from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.now import moment

TITLE = 60


def _order(report, text: str, *, by) -> str:
    """As if a citizen had brought it: whoever reported stays unnamed, the report is linked by its number."""
    order, _code = hotline.submit(channel=way_in("visit"), title=text[:TITLE], text=text, place=report.body.place)
    return order.case.number


def _finding(report, text: str, *, by) -> str:
    """A problem of the unit the report is about. The officers for inspections tell the unit, on the usual clock."""
    field = report.topic.field if report.topic else ""
    found = inspections.note_finding(
        unit=report.unit, fact=text, source="watcher", source_ref=report.number, field=field, by=SYSTEM
    )
    officers = [p.user for p in holders_of("inspection_officer") if p.user]
    notify(
        officers,
        "watchers.noted",
        found,
        {"number": found.number},
        link=reverse("register", args=["inspection-findings"]),
    )
    return found.number


def _tip(report, text: str, *, by) -> str:
    """The words go from one sealed box into the other. The receipt code goes to nobody: the watcher has a code name or
    the number of the report, and is answered there."""
    taken = tips.take_in(
        channel="post", text=text, unit=report.unit, place=report.body.place, received_at=report.received_at,
        field=report.topic.field if report.topic else "", by=Actor("citizen", label=report.number),
    )  # fmt: skip
    return taken.tip.number


def _closed(number: str) -> str:
    """That it is over, and on which day: an order's answer is public by its code, what is sealed nobody reads here."""
    at = Case.every.filter(number=number).values_list("closed_at", flat=True).first()
    return _("Closed on %(day)s.") % {"day": moment(at).date()} if at else ""


def _mended(number: str) -> str:
    """How the unit put it right, once that was signed off; how far it is before."""
    case = Case.objects.filter(finding__number=number).select_related("procedure", "finding").first()
    if case is None:
        return ""
    step = say(case.definition.step(case.step).name)
    return f"{step}：{case.finding.public_text or case.finding.result}" if case.step == "closed" else step


lead_to(Way("order", gettext_lazy("an order of the citizens' hotline"), _order, result=_closed))
lead_to(
    Way("finding", pgettext_lazy("watchers", "a finding of an inspection"), _finding, result=_mended,
        fits=lambda report: report.unit_id is not None)
)  # fmt: skip
lead_to(Way("tip", gettext_lazy("a tip to the commission"), _tip, secret=True, result=_closed))
