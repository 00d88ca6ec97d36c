"""「台账」 The printed ledgers of a village, with the columns offices are used to."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.look.text import money
from huilian.foundation.now import today

from .models import AccountSet
from .queries.things import assets_of, contracts_of, debts_of, interest_cents, net_cents, standings

MOST = 3000


@dataclass(frozen=True)
class Table:
    """Headings, rows and the line of sums. `numbers` are the columns set right."""

    headings: list[str]
    rows: list[list[Any]]
    sums: list[Any]
    numbers: frozenset[int]


TITLES = {
    "assets": lambda: _("Ledger of assets"),
    "resources": lambda: _("Ledger of resources"),
    "contracts": lambda: _("Ledger of contracts"),
    "debts": lambda: _("List of debts and claims"),
}


def ledger(kind: str, user: Any, set_: AccountSet | None) -> Table:
    """One ledger, of one village or of all in reach."""
    return {"assets": _assets, "resources": _resources, "contracts": _contracts, "debts": _debts}[kind](user, set_)


def _of(rows: Any, set_: AccountSet | None) -> Any:
    return rows.filter(set=set_) if set_ else rows


def _assets(user: Any, set_: AccountSet | None) -> Table:
    rows = (
        _of(assets_of(user).filter(is_resource=False), set_)
        .prefetch_related("contracts")
        .order_by("set", "number")[:MOST]
    )
    found = list(rows)
    headings = [
        _("No."),
        _("Class of asset"),
        _("Name of the thing"),
        _("Location"),
        _("Original value"),
        _("Net value"),
        _("How acquired"),
        _("Present state"),
        _("Used by"),
        _("Contract number"),
        _("Income a year"),
        _("Kept by"),
        _("In this state since"),
    ]
    table = []
    for a in found:
        running = [c for c in a.contracts.all() if c.status == "active" and c.direction == "income"]
        table.append(
            [
                a.number,
                a.get_class_key_display(),
                a.name,
                a.location,
                money(a.original_cents),
                money(net_cents(a)),
                a.acquired_by,
                a.get_status_display(),
                a.holder,
                " ".join(c.number for c in running),
                money(sum(c.yearly_cents for c in running)) if running else "",
                a.keeper,
                a.status_since.isoformat(),
            ]
        )
    sums = [_("Sum"), "", "", "", money(sum(a.original_cents for a in found)), money(sum(net_cents(a) for a in found))]
    return Table(headings, table, sums + [""] * 7, frozenset({4, 5, 10}))


def _resources(user: Any, set_: AccountSet | None) -> Table:
    rows = (
        _of(assets_of(user).filter(is_resource=True), set_)
        .prefetch_related("contracts")
        .order_by("set", "number")[:MOST]
    )
    found = list(rows)
    headings = [
        _("No."),
        _("Kind of land"),
        _("Name of the thing"),
        _("Location"),
        _("Certified area, mu"),
        _("Measured area, mu"),
        _("Registered use"),
        _("Actual use"),
        _("Present state"),
        _("Used by"),
        _("Contract number"),
        _("Income a year"),
        _("Kept by"),
    ]
    table = []
    for a in found:
        running = [c for c in a.contracts.all() if c.status == "active" and c.direction == "income"]
        table.append(
            [
                a.number,
                a.land_kind or a.get_class_key_display(),
                a.name,
                a.location,
                _mu(a.area_mu),
                _mu(a.measured_mu),
                a.registered_use,
                a.actual_use,
                a.get_status_display(),
                a.holder,
                " ".join(c.number for c in running),
                money(sum(c.yearly_cents for c in running)) if running else "",
                a.keeper,
            ]
        )
    sums = [_("Sum"), "", "", "", _mu(sum(a.area_mu or 0 for a in found)), _mu(sum(a.measured_mu or 0 for a in found))]
    return Table(headings, table, sums + [""] * 7, frozenset({4, 5, 11}))


def _mu(area: Any) -> str:
    return "" if area is None else f"{area:,.2f}"


def _contracts(user: Any, set_: AccountSet | None) -> Table:
    found = list(_of(contracts_of(user).exclude(status="draft"), set_).order_by("set", "signed_on", "number")[:MOST])
    where, day = standings(found), today()
    headings = [
        _("Contract number"),
        _("Thing"),
        _("Area, mu"),
        _("Other party"),
        _("Signed"),
        _("From – to"),
        _("Amount a year"),
        _("Rise, ‰"),
        _("Day of payment"),
        _("Fallen due"),
        _("Received or paid"),
        pgettext("amount", "Late"),
        _("Days late"),
        _("Decision number"),
        _("Deal number"),
        _("Filed on"),
        _("State"),
    ]
    table, due, paid, late = [], 0, 0, 0
    for c in found:
        standing = where.get(c.pk)
        numbers = (standing.due_cents, standing.paid_cents, standing.late_cents) if standing else (0, 0, 0)
        due, paid, late = due + numbers[0], paid + numbers[1], late + numbers[2]
        table.append(
            [
                c.number,
                c.asset.name if c.asset else c.title,
                _mu(c.area_mu),
                c.party,
                c.signed_on.isoformat(),
                f"{c.starts_on} – {c.ended_on or c.ends_on}",
                money(c.yearly_cents),
                c.rise_permille or "",
                c.pay_day or f"{c.starts_on:%m-%d}",
                money(numbers[0]),
                money(numbers[1]),
                money(numbers[2]) if numbers[2] else "",
                standing.days_late(day) or "" if standing else "",
                c.decision_no,
                c.deal_no,
                c.filed_on.isoformat() if c.filed_on else "",
                c.get_status_display(),
            ]
        )
    sums = [_("Sum"), *[""] * 8, money(due), money(paid), money(late), *[""] * 5]
    return Table(headings, table, sums, frozenset({2, 6, 7, 9, 10, 11, 12}))


def _debts(user: Any, set_: AccountSet | None) -> Table:
    found = list(_of(debts_of(user), set_).order_by("set", "direction", "began_on")[:MOST])
    headings = [
        _("Other side"),
        _("Nature"),
        _("Began on"),
        _("Principal"),
        _("Rate, %"),
        _("What for"),
        _("Decision or approval"),
        _("Due on"),
        _("Settled so far"),
        _("Still open"),
        _("Interest"),
        _("Plan of settlement"),
    ]
    table = [
        [
            d.counterpart,
            d.get_direction_display(),
            d.began_on.isoformat(),
            money(d.principal_cents),
            f"{d.rate_bp / 100:g}",
            d.purpose,
            " ".join(filter(None, (d.decision_no, d.approval_no))),
            d.due_on.isoformat() if d.due_on else "",
            money(d.principal_cents - d.balance_cents),
            money(d.balance_cents),
            money(interest_cents(d)),
            d.plan,
        ]
        for d in found
    ]
    principal, balance = sum(d.principal_cents for d in found), sum(d.balance_cents for d in found)
    sums = [_("Sum"), "", "", money(principal), "", "", "", "", money(principal - balance), money(balance), "", ""]
    return Table(headings, table, sums, frozenset({3, 4, 8, 9, 10}))
