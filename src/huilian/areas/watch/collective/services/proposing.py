"""Vouchers that follow from the registers: a month's depreciation, and rent that is due and has not come.

They are drafts: a bookkeeper reads them, hands them over, and they are reviewed and posted like any other.
"""

from calendar import monthrange
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import bulk
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Asset, AssetEvent, Due, Voucher
from ..rules import assets as rules
from ..rules.months import word
from .dues import due_and_unbooked
from .keeping import keeper, note
from .vouchers import draft
from .writing import in_chinese

MOST_LINES = 900


@transaction.atomic
def draft_depreciation(set: AccountSet, month: int, *, by: Any) -> Voucher | None:
    """Draft the voucher of a month's depreciation, one line for each asset; None when nothing is to be written off.

    Let out: 511; roads, water works and public facilities: 514; everything else: 513-07. Credited to 152.
    """
    keeper(set, by, "collective.enter")
    first, last = (
        date(month // 100, month % 100, 1),
        date(month // 100, month % 100, monthrange(month // 100, month % 100)[1]),
    )
    if first > today():
        raise Invalid(_("This month has not begun yet."), field="month")
    made = AssetEvent.objects.filter(
        asset__set=set, kind=AssetEvent.Kind.DEPRECIATED, on__range=(first, last), voucher__is_reversed=False
    )
    if made.exists():
        raise Conflict(_("The depreciation of this month is drafted or posted already."), field="month")
    amounts = depreciation_of(set, month)
    if not amounts:
        return None
    expenses: dict[str, int] = {}
    for asset, cents in amounts:
        account = rules.expense_account(asset.class_key, asset.status)
        expenses[account] = expenses.get(account, 0) + cents
    day, words = min(last, today()), in_chinese(gettext_lazy("Depreciation of %(month)s"), month=word(month))
    lines = [{"account": code, "debit_cents": cents} for code, cents in sorted(expenses.items())]
    lines += _credits(amounts)
    voucher = draft(set, {"date": day, "summary": words, "source": "depreciation"}, lines, by=by)
    bulk.insert(
        [
            AssetEvent(
                asset=asset,
                kind=AssetEvent.Kind.DEPRECIATED,
                on=day,
                amount_cents=cents,
                voucher=voucher,
            )
            for asset, cents in amounts
        ]
    )
    note(
        "collective.draft_depreciation",
        set,
        by=by,
        set_=set,
        month=month,
        amount=sum(c for _a, c in amounts),
        assets=len(amounts),
    )
    return voucher


def depreciation_of(set_: AccountSet, month: int) -> list[tuple[Asset, int]]:
    """What each fixed asset of a set loses in a month, where it loses anything."""
    live = Q(events__kind=AssetEvent.Kind.DEPRECIATED, events__voucher__is_reversed=False)
    assets = (
        Asset.objects.filter(set=set_, is_resource=False, class_key__in=rules.DEPRECIATING)
        .exclude(status__in=[Asset.Status.SCRAPPED, Asset.Status.SOLD])
        .annotate(off=Sum("events__amount_cents", filter=live))
    )
    found = []
    for asset in assets.order_by("number"):
        cents = rules.depreciation(
            month=month,
            acquired_on=asset.acquired_on,
            original_cents=asset.original_cents,
            salvage_cents=asset.salvage_cents,
            life_months=asset.life_months,
            depreciated_cents=asset.depreciated_cents + (asset.off or 0),
        )
        if cents:
            found.append((asset, cents))
    return found


def _credits(amounts: list[tuple[Asset, int]]) -> list[dict[str, Any]]:
    """One line for each asset; where these are too many for a voucher, one for all."""
    if len(amounts) > MOST_LINES:
        return [{"account": "152", "credit_cents": sum(cents for _asset, cents in amounts)}]
    return [
        {"account": "152", "credit_cents": cents, "party": asset.number, "summary": asset.name}
        for asset, cents in amounts
    ]


@transaction.atomic
def draft_receivables(set: AccountSet, upto: date, *, by: Any) -> Voucher | None:
    """Draft the voucher that books what was due up to a day and has not come: 112 by debtor, against 501-02."""
    keeper(set, by, "collective.enter")
    if upto > today():
        raise Invalid(_("%(day)s lies in the future. Enter it when it has happened.") % {"day": upto}, field="upto")
    dues = list(due_and_unbooked(set, upto)[: MOST_LINES // 2])
    if not dues:
        return None
    lines = []
    for due in dues:
        cents = due.amount_cents - due.paid_cents
        words = f"{due.contract.number} {due.covers_from}–{due.covers_to}"
        party = {"party": due.contract.party, "party_key": due.contract.party_key, "summary": words}
        lines.append({"account": "112", "debit_cents": cents, **party})
        lines.append({"account": "501-02", "credit_cents": cents, "summary": words})
    words = in_chinese(gettext_lazy("Rent due and not received up to %(day)s"), day=upto)
    voucher = draft(set, {"date": upto, "summary": words, "source": "receivable"}, lines, by=by)
    Due.objects.filter(pk__in=[d.pk for d in dues]).update(accrued=voucher)
    note("collective.draft_receivables", set, by=by, set_=set, amount=voucher.total_cents, dues=len(dues))
    return voucher
