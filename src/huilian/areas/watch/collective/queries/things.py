"""What is read of assets, contracts and debts: values, gaps, what is late, what ends soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from huilian.engine.trail.queries import history_of
from huilian.foundation.now import today

from ..models import AccountSet, Asset, AssetEvent, Contract, Debt, Due, Limit
from ..rules import contracts as rules
from ..rules.debts import interest_of
from .chart import limits_of
from .reach import rows_of

RUNNING = (Contract.Status.ACTIVE,)
OPEN = Q(paid_cents__lt=F("amount_cents"))


def assets_of(user: Any) -> QuerySet[Asset]:
    """The assets and parcels `user` may see, each with `off_cents`: what posted vouchers have written off."""
    live = AssetEvent.objects.filter(
        asset=OuterRef("pk"),
        kind=AssetEvent.Kind.DEPRECIATED,
        voucher__state="posted",
        voucher__is_reversed=False,
    )
    # A subquery and no join: lists count and sort their rows without it, and work it out for one page only.
    off = Subquery(live.order_by().values("asset").annotate(n=Sum("amount_cents")).values("n"))
    return rows_of(Asset.objects.annotate(off_cents=Coalesce(off, 0)), user)


def asset_called(number: str) -> Asset | None:
    """The card with this number."""
    return Asset.objects.select_related("set__place").filter(number=number).first()


def net_cents(asset: Asset) -> int:
    """「净值」 What it is worth in the books. `asset` comes from `assets_of`."""
    return asset.original_cents - asset.depreciated_cents - getattr(asset, "off_cents", 0)


def contracts_of(user: Any) -> QuerySet[Contract]:
    """The contracts `user` may see, each with what is due, paid and late today, and whether the thing is let twice."""
    other = Contract.objects.filter(
        asset=OuterRef("asset"),
        direction=Contract.Direction.INCOME,
        status__in=[Contract.Status.DRAFT, Contract.Status.ACTIVE],
        starts_on__lte=OuterRef("ends_on"),
        ends_on__gte=OuterRef("starts_on"),
    ).exclude(pk=OuterRef("pk"))
    limit = Limit.objects.filter(key="exchange", valid_from__lte=OuterRef("signed_on")).order_by("-valid_from")
    found = Contract.objects.annotate(is_double=Exists(other), county_limit=Subquery(limit.values("value")[:1]))
    return rows_of(found, user).select_related("set", "asset")


@dataclass(frozen=True)
class Standing:
    """「应收 已收 欠款」 Where the payments of one contract stand on a day, in cents."""

    due_cents: int = 0  # fallen due so far
    paid_cents: int = 0
    late_cents: int = 0
    since: date | None = None  # the oldest amount that is late

    def days_late(self, day: date) -> int:
        return (day - self.since).days if self.since else 0


def standings(contracts: Iterable[Contract], day: date | None = None) -> dict[int, Standing]:
    """Where the payments of these contracts stand; one query."""
    day = day or today()
    keys = [c.pk for c in contracts]
    fallen, late = Q(due_on__lte=day), Q(due_on__lt=day) & OPEN
    rows = (
        Due.objects.filter(contract__in=keys)
        .values("contract")
        .annotate(
            due=Coalesce(Sum("amount_cents", filter=fallen), 0),
            paid=Coalesce(Sum("paid_cents"), 0),
            late_cents=Coalesce(Sum(F("amount_cents") - F("paid_cents"), filter=late), 0),
        )
    )
    oldest: dict[int, date] = {}
    for key, due_on in (
        Due.objects.filter(late, contract__in=keys).order_by("-due_on").values_list("contract", "due_on")
    ):
        oldest[key] = due_on
    return {r["contract"]: Standing(r["due"], r["paid"], r["late_cents"], oldest.get(r["contract"])) for r in rows}


def gaps_of(contract: Contract, exchange_limit_cents: int | None = None) -> list[str]:
    """What the file of a contract lacks (keys of `rules.contracts.gaps`). From `contracts_of`, or asked here."""
    if exchange_limit_cents is None and hasattr(contract, "county_limit"):
        exchange_limit_cents = contract.set.exchange_limit_cents or contract.county_limit or 0
    if exchange_limit_cents is None:
        exchange_limit_cents = limits_of(contract.set, contract.signed_on).exchange
    double = getattr(contract, "is_double", None)
    if double is None:
        double = bool(contract.asset_id and double_of(contract).exists())
    facts = {name: getattr(contract, name) for name in FACTS} | {"double": _lets(contract) and double}
    return rules.gaps(facts, exchange_limit_cents=exchange_limit_cents)


FACTS = ("total_cents", "deal_no", "decision_no", "published_on", "filed_on", "has_scan", "is_oral")


def _lets(contract: Contract) -> bool:
    return contract.direction == Contract.Direction.INCOME and contract.status in ("draft", "active")


def double_of(contract: Contract) -> QuerySet[Contract]:
    """Other contracts that let the same thing for a time this one covers."""
    return Contract.objects.filter(
        asset=contract.asset_id,
        direction=Contract.Direction.INCOME,
        status__in=["draft", "active"],
        starts_on__lte=contract.ends_on,
        ends_on__gte=contract.starts_on,
    ).exclude(pk=contract.pk)


def ending(user: Any, day: date | None = None, set_: AccountSet | None = None) -> list[tuple[int, Contract]]:
    """Running contracts whose time is over (0) or ends within 30, 60 or 90 days, the nearest first."""
    day = day or today()
    soon = contracts_of(user).filter(status__in=RUNNING, ends_on__lte=day + timedelta(days=rules.WARN_DAYS[-1]))
    soon = soon.filter(set=set_) if set_ else soon
    return [(rules.ends_within(c.ends_on, day) or 0, c) for c in soon.order_by("ends_on", "pk")]


def ageing(user: Any, day: date | None = None) -> list[dict[str, Any]]:
    """「账龄」 What is late by how long: for each village {set, cents by column, total, payments}, largest first."""
    day = day or today()
    late = rows_of(Due.objects.filter(OPEN, due_on__lt=day, contract__direction="income"), user, by="contract__set")
    late = late.exclude(contract__status="draft")
    found: dict[int, dict[str, Any]] = {}
    for set_id, due_on, cents in late.values_list("contract__set", "due_on", F("amount_cents") - F("paid_cents")):
        row = found.setdefault(set_id, {"cents": [0] * (len(rules.AGES) + 1), "total": 0, "payments": 0})
        row["cents"][rules.age_of(due_on, day) - 1] += cents
        row["total"] += cents
        row["payments"] += 1
    sets = {s.pk: s for s in AccountSet.objects.filter(pk__in=found).select_related("place")}
    return sorted(({**row, "set": sets[k]} for k, row in found.items()), key=lambda r: (-r["total"], r["set"].pk))


def late_dues(user: Any, day: date | None = None) -> QuerySet[Due]:
    """Amounts of income contracts that are late, the oldest first."""
    rows = Due.objects.filter(OPEN, due_on__lt=day or today(), contract__direction="income")
    rows = rows.exclude(contract__status="draft")
    return rows_of(rows, user, by="contract__set").select_related("contract__set__place").order_by("due_on", "pk")


def debts_of(user: Any) -> QuerySet[Debt]:
    """The debts and claims `user` may see."""
    return rows_of(Debt.objects.select_related("set"), user)


def interest_cents(debt: Debt, day: date | None = None) -> int:
    """Interest on what was open, up to a day. Settlements stand in the history; what had been settled before the entry
    was made bears none."""
    if not debt.rate_bp:
        return 0
    day = day or today()
    acts = history_of(debt).filter(verb__in=["collective.settle_debt", "collective.write_off_debt"])
    settled = [(date.fromisoformat(str(e.data.get("on", debt.settled_on))), -int(e.data["amount"])) for e in acts]
    before = debt.principal_cents - debt.balance_cents + sum(cents for _on, cents in settled)
    movements = [(debt.began_on, debt.principal_cents - before), *settled]
    return interest_of(movements, debt.rate_bp, min(day, debt.settled_on or day))


def counts_of(set_: AccountSet) -> dict[str, Any]:
    """How many things a village has and in which state, and what they are worth: one query."""
    return (
        Asset.objects.filter(set=set_)
        .exclude(status__in=["scrapped", "sold"])
        .aggregate(
            assets=Count("pk", filter=Q(is_resource=False)),
            resources=Count("pk", filter=Q(is_resource=True)),
            idle=Count("pk", filter=Q(status="idle")),
            let=Count("pk", filter=Q(status="let")),
            original=Coalesce(Sum("original_cents"), 0),
            mu=Sum(Coalesce("measured_mu", "area_mu"), filter=Q(is_resource=True)),
        )
    )
