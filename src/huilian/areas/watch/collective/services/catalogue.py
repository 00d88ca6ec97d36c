"""What the county keeps for every village: limits, who approves which amount, its own accounts, templates."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Account, ApprovalTier, Limit, Line, VoucherTemplate
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
def save_limit(limit: Limit | None, values: Mapping, *, by) -> Limit:
    """Say from a day on how high a limit is, in cents, of the reserve per thousand.

    A limit that has begun to count is not rewritten, as what was done under it is judged by it: a new one follows it.
    """
    require(by, "collective.catalogue")
    row = Limit.objects.select_for_update().get(pk=limit.pk) if limit else Limit()
    if row.pk and row.valid_from <= today():
        raise Conflict(_("This limit counts since %(day)s. Add one from a later day on.") % {"day": row.valid_from})
    for name in ("key", "value", "valid_from"):
        if name in values:
            setattr(row, name, values[name])
    if row.value < 0 or (row.key == Limit.Key.RESERVE and row.value > 1000):
        raise Invalid(_("A limit is not below nothing, and a share not above all of it."), field="value")
    row.origin = OWN
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid(_("This limit is set from that day on already. Change that row."), field="valid_from") from None
    data = {"limit": row.key, "value": row.told, "from": row.valid_from.isoformat()}
    record("collective.limit", row, by=by, data=data)
    return row


@transaction.atomic
def save_account(account: Account | None, values: Mapping, *, by) -> Account:
    """Give every village a sub-account below one of the 42, or rename one, or take it out of use. The next free code
    is given; the 42 themselves are the rules' and stay."""
    require(by, "collective.catalogue")
    if account:
        row = Account.objects.select_for_update().get(pk=account.pk, set=None)
        if row.parent_id is None:
            raise Invalid(_("The accounts of the rules stay as they are; the county adds sub-accounts below them."))
    else:
        row = _below(values["parent"])
    for name in ("name", "name_en", "kept", "is_active"):
        if name in values:
            setattr(row, name, values[name])
    if Account.objects.filter(set=None, parent=row.parent, name=row.name).exclude(pk=row.pk).exists():
        raise Conflict(_("%(parent)s has a sub-account of that name already.") % {"parent": row.parent}, field="name")
    row.origin = OWN
    row.save()
    data = {"account": row.code, "name": row.name, "active": row.is_active}
    record("collective.county_account", row, by=by, data=data)
    return row


def _below(parent: Account) -> Account:
    """A new sub-account of the county. Below an account on which vouchers stand nothing is divided any more."""
    parent = Account.objects.select_for_update().get(pk=parent.pk)
    if parent.set_id or parent.parent_id:
        raise Invalid(_("A sub-account stands below one of the accounts of the chart."), field="parent")
    taken = set(Account.objects.filter(parent=parent).values_list("number", flat=True))
    if not taken and Line.objects.filter(account=parent).exists():
        raise Conflict(_("Vouchers stand on %(parent)s itself; it cannot be divided now.") % {"parent": parent})
    number = next((n for n in range(parent.number * 100 + 1, parent.number * 100 + 50) if n not in taken), None)
    if number is None:
        raise Conflict(_("There is no free code left below %(parent)s.") % {"parent": parent})
    code = f"{parent.code}-{number % 100:02d}"
    return Account(parent=parent, code=code, number=number, element=parent.element, side=parent.side, kept=parent.kept)


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
