"""「热线工单、巡察问题进整治问题库」 The hotline's orders about matters a campaign names, and findings of
inspections in its field, are proposed to it. An order goes along by its number and matter, never by a citizen's words.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.areas.answer.campaigns import hooks
from huilian.areas.answer.inspections.queries.reach import visible_findings
from huilian.engine.access.queries import scope
from huilian.engine.procedures.models import Case


def orders(campaign, by) -> Iterator[hooks.Proposal]:
    """Orders received in the campaign's days about one of its matters."""
    named = campaign.matters.split()
    rows = scope(Case.objects.filter(kind="hotline"), by, action="case.see").filter(
        Q(hotline_order__matter__topic__in=named) | Q(hotline_order__matter__code__in=named),
        unit__isnull=False,
        received_at__date__range=(campaign.starts_on, campaign.ends_on),
    )
    for case in rows.select_related("hotline_order__matter", "unit"):
        fact = _("The hotline's order %(number)s: %(matter)s") % {
            "number": case.number, "matter": case.hotline_order.matter,
        }  # fmt: skip
        yield hooks.Proposal(ref=case.number, unit=case.unit, fact=fact)


def findings(campaign, by) -> Iterator[hooks.Proposal]:
    """Findings of the campaign's field that the unit was told of."""
    rows = visible_findings(by).filter(
        field=campaign.field, told_on__range=(campaign.starts_on, campaign.ends_on), case__state="open"
    )
    for found in rows if campaign.field else ():
        yield hooks.Proposal(ref=found.number, unit=found.unit, fact=found.fact, amount_cents=found.amount_cents)


hooks.sources["hotline"] = hooks.Source(gettext_lazy("Hotline orders about its matters"), orders)
hooks.sources["inspection"] = hooks.Source(gettext_lazy("Findings of inspections in its field"), findings)
