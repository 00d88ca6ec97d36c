"""「人、财、物」 One village on one page: posts and who holds them, what there is, what is owed. No ranking."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from huilian.engine.alerts.queries import LEVELS, open_alerts
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.queries import in_office_at, units_at
from huilian.foundation.now import today

from ..models import AccountSet, Asset, Contract, Debt, Share
from ..rules.contracts import overlaps
from ..rules.months import month_of
from .balances import balances
from .chart import limits_of
from .things import Standing, counts_of, ending, gaps_of, standings

SHOWN = 12  # rows of a list on the page
MONEY = {
    "cash": ("101",),
    "bank": ("102",),
    "receivable": ("112",),
    "members": ("113",),
    "payable": ("211", "221", "201"),
}


@dataclass(frozen=True)
class VillagePage:
    """Everything the page shows. Money in cents."""

    set: AccountSet
    people: list[tuple[Any, list[Appointment]]]
    money: dict[str, int]
    things: dict[str, Any]
    idle: list[Asset]
    contracts: dict[str, int]
    ending: list[tuple[int, Contract]]
    late: list[tuple[Contract, Standing]]
    lacking: list[tuple[Contract, list[str]]]
    more: dict[str, int]  # how many of each list are not shown
    debts: list[dict[str, Any]]
    shares: dict[str, Any]
    alerts: list[Any]


def village_page(set_: AccountSet, user: Any) -> VillagePage:
    """The page of one village, for somebody who may see it."""
    day = today()
    standing = balances(set_, month_of(day))
    running = list(Contract.objects.filter(set=set_, status="active").select_related("asset").order_by("ends_on"))
    where = standings(running, day)
    limit = limits_of(set_, day).exchange
    doubled = _doubled(running)
    lacking = []
    for contract in running:
        contract.is_double = contract.pk in doubled
        if found := gaps_of(contract, limit):
            lacking.append((contract, found))
    late = [(c, where[c.pk]) for c in running if c.pk in where and where[c.pk].late_cents and c.direction == "income"]
    soon = ending(user, day, set_)
    debts = (
        Debt.objects.filter(set=set_, settled_on=None)
        .values("direction")
        .annotate(n=Count("pk"), cents=Sum("balance_cents"), over=Count("pk", filter=Q(due_on__lt=day)))
        .order_by("direction")
    )
    return VillagePage(
        set=set_,
        people=[(unit, held) for unit in units_at(set_.place).order_by("pk") if (held := in_office_at(unit))],
        money={name: sum(_closing(standing, code) for code in codes) for name, codes in MONEY.items()},
        things=counts_of(set_),
        idle=list(Asset.objects.filter(set=set_, status=Asset.Status.IDLE).order_by("status_since")[:6]),
        contracts={
            "income": sum(c.direction == "income" for c in running),
            "expense": sum(c.direction == "expense" for c in running),
            "yearly": sum(c.yearly_cents for c in running if c.direction == "income"),
        },
        ending=soon[:SHOWN],
        late=sorted(late, key=lambda pair: pair[1].since or day)[:SHOWN],
        lacking=lacking[:SHOWN],
        more={
            name: max(0, len(rows) - SHOWN) for name, rows in (("late", late), ("lacking", lacking), ("ending", soon))
        },
        debts=[{**row, "label": Debt.Direction(row["direction"]).label} for row in debts],
        shares=Share.objects.filter(set=set_).aggregate(
            households=Count("household", distinct=True), sum=Sum("shares")
        ),
        alerts=_alerts(set_, user),
    )


def _alerts(set_: AccountSet, user: Any) -> list[Any]:
    """The worst open alerts of the village, each with the name of its colour."""
    found = list(open_alerts(user).filter(place=set_.place).select_related("case")[:8])
    for alert in found:
        alert.mark = LEVELS[alert.colour]
    return found


def _closing(standing: dict[str, Any], code: str) -> int:
    return sum(one.closing for key, one in standing.items() if key == code or key.startswith(f"{code}-"))


def _doubled(running: list[Contract]) -> set[int]:
    """Contracts that let a thing for a time that another lets too."""
    by_asset: dict[int, list[Contract]] = {}
    for contract in running:
        if contract.asset_id and contract.direction == "income":
            by_asset.setdefault(contract.asset_id, []).append(contract)
    return {
        one.pk
        for some in by_asset.values()
        for one in some
        for other in some
        if one is not other and overlaps(one.starts_on, one.ends_on, other.starts_on, other.ends_on)
    }
