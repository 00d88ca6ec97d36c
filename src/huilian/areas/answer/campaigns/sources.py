"""「来源规则」 What the house itself proposes: cases out of time by unit, alerts of the rules the campaign names."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import scope
from huilian.engine.alerts.queries import open_alerts
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case

from .hooks import Proposal, Source
from .models import Campaign, Occasion

NAMED = 10  # numbers a fact names; the rest is counted
RED = 3


def overdue(campaign: Campaign, by) -> Iterator[Proposal]:
    """「慢作为信号」 Open cases out of time, one proposal for each unit and month."""
    rows = (
        scope(Case.objects.all(), by, action="case.see")
        .filter(colour=RED, state="open", unit__isnull=False, due_on__range=(campaign.starts_on, campaign.ends_on))
        .exclude(kind__in=("campaign_problem", "alert"))
    )
    found = defaultdict(list)
    for case in rows.select_related("unit").order_by("due_on", "pk"):
        found[case.unit, f"{case.due_on:%Y%m}"].append(case.number)
    for (unit, month), numbers in found.items():
        more = "" if len(numbers) <= NAMED else "…"
        fact = _("%(n)s cases are out of time: %(numbers)s") % {
            "n": len(numbers), "numbers": " ".join(numbers[:NAMED]) + more,
        }  # fmt: skip
        yield Proposal(ref=f"{unit.pk}-{month}", unit=unit, fact=fact, aspect="slow")


def alerts(campaign: Campaign, by) -> Iterator[Proposal]:
    """Open alerts of the rules the campaign names, as far as `by` sees them."""
    rows = open_alerts(by).filter(
        rule__in=campaign.rules.split(),
        unit__isnull=False,
        raised_at__date__range=(campaign.starts_on, campaign.ends_on),
    )
    for alert in rows.select_related("unit"):
        fact = f"{alert.rule} {say(alert.names)}：{say(alert.reason)}"
        yield Proposal(ref=alert.number, unit=alert.unit, fact=fact, amount_cents=alert.amount_cents)


def occasions(campaign: Campaign, by) -> Iterator[Proposal]:
    """Confirmed overruns of family occasions, by unit and kind of overrun: no name, no venue."""
    rows = scope(Occasion.objects.all(), by, action="campaigns.manage").filter(
        is_confirmed=True, closed_on__range=(campaign.starts_on, campaign.ends_on)
    )
    for row in rows.select_related("unit", "kind") if campaign.kind.key == "three" else ():
        fact = _("A family occasion (%(kind)s) over the limits or reported late") % {"kind": row.kind}
        yield Proposal(ref=row.number, unit=row.unit, fact=fact, aspect="feasts")


HOUSE = {
    "overdue": Source(gettext_lazy("Cases out of time"), overdue),
    "occasions": Source(gettext_lazy("Confirmed overruns of family occasions"), occasions),
    "alerts": Source(gettext_lazy("Open alerts of its rules"), alerts),
}
