"""What the county keeps for every village: who approves which amount, the templates of vouchers."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import ApprovalTier, VoucherTemplate
from ..queries.chart import chart_of
from .acting import allow

OWN = "own"  # a row the county entered or changed itself: seeding never touches it again
TIER = ("key", "name", "name_en", "up_to_cents", "needs_decision", "needs_township", "valid_from")
TEMPLATE = ("set", "name", "name_en", "kind", "summary", "lines", "is_active")


@transaction.atomic
def save_tier(tier: ApprovalTier | None, values: Mapping, *, by) -> ApprovalTier:
    """Say from a day on up to which amount who agrees. Running requests keep the tier of their day."""
    require(by, "collective.catalogue")
    row = ApprovalTier.objects.select_for_update().get(pk=tier.pk) if tier else ApprovalTier()
    for name in TIER:
        if name in values:
            setattr(row, name, values[name])
    if row.up_to_cents is not None and row.up_to_cents <= 0:
        raise Invalid(_("Write an amount above nothing, or leave it empty for the highest tier."), field="up_to_cents")
    row.origin = OWN
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid(
            _("This tier has an amount from that day on already. Change that row."), field="valid_from"
        ) from None
    data = {
        "tier": row.name,
        "cents": row.up_to_cents or 0,
        "decision": row.needs_decision,
        "township": row.needs_township,
        "from": row.valid_from.isoformat(),
    }
    record("collective.tier", row, by=by, data=data)
    return row


@transaction.atomic
def save_template(template: VoucherTemplate | None, values: Mapping, *, by) -> VoucherTemplate:
    """Enter or change a template: the county's own, or that of one set of books by who keeps them."""
    row = VoucherTemplate.objects.select_for_update().get(pk=template.pk) if template else VoucherTemplate()
    for name in TEMPLATE:
        if name in values:
            setattr(row, name, values[name])
    if row.set_id:
        allow(by, "collective.enter", row.set)
    else:
        require(by, "collective.catalogue")
    chart = chart_of(row.set)
    sides = set()
    for at, line in enumerate(row.lines, 1):
        if chart.find(line["account"]) is None:
            raise Invalid(_("There is no account %(code)s.") % {"code": line["account"]}, field="lines", row=at)
        sides.add(line["side"])
    if sides != {"debit", "credit"}:
        raise Invalid(_("A template names at least one account on each side."), field="lines")
    row.origin = OWN
    row.save()
    data = {"name": row.name, "lines": len(row.lines), "active": row.is_active}
    record("collective.template", row, by=by, data=data, place=row.set.place if row.set_id else None)
    return row
