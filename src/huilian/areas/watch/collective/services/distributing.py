"""「收益分配」 A year's distribution: planned, shown to the members, decided, booked, paid out."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import bulk
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Distribution, DistributionRow, Share, Voucher, Year
from ..queries.balances import spans
from ..queries.chart import limits_on
from ..rules import shares as rules
from .keeping import decision, fresh, keeper, not_later, note
from .vouchers import draft
from .writing import in_chinese

State = Distribution.State
MOST_ROWS = 990  # lines of one voucher


@transaction.atomic
def plan_distribution(
    set: AccountSet,
    year: int,
    *,
    reserve_permille: int | None = None,
    members_cents: int | None = None,
    by: Any,
) -> Distribution:
    """Work out the plan of a closed year: losses, then the reserve, then shares. An old draft is replaced."""
    keeper(set, by)
    income, carried = result_of(set, year)
    old = Distribution.objects.select_for_update().filter(set=set, year=year).first()
    if old and old.state != State.DRAFT:
        raise Conflict(_("The distribution of %(year)s is decided already.") % {"year": year}, field="year")
    held: dict[str, Share] = {}
    totals: dict[str, Any] = {}
    for share in Share.objects.filter(set=set, shares__gt=0).order_by("household", "pk"):
        held.setdefault(share.household, share)
        totals[share.household] = totals.get(share.household, 0) + share.shares
    households = sorted(held)
    plan = rules.plan(
        net_income_cents=income,
        carried_cents=carried,
        shares=[totals[h] for h in households],
        least_permille=limits_on(today()).reserve,
        reserve_permille=reserve_permille,
        members_cents=members_cents,
    )
    if old:
        old.delete()
    distribution = Distribution.objects.create(
        set=set,
        year=year,
        available_cents=plan.available_cents,
        reserve_cents=plan.reserve_cents,
        members_cents=plan.members_cents,
    )
    bulk.insert(
        [
            DistributionRow(
                distribution=distribution, household=h, holder=held[h].holder, shares=totals[h], amount_cents=cents
            )
            for h, cents in zip(households, plan.amounts, strict=True)
        ]
    )
    note(
        "collective.plan_distribution",
        distribution,
        by=by,
        year=year,
        reserve=plan.reserve_cents,
        amount=plan.members_cents,
        households=len(households),
    )
    return distribution


@transaction.atomic
def show_plan(distribution: Distribution, *, on: date, by: Any) -> Distribution:
    """Note from which day the plan lies open to the members."""
    distribution = _in_state(distribution, by, State.DRAFT)
    distribution.shown_from = not_later(on)
    distribution.save(update_fields=["shown_from"])
    note("collective.show_plan", distribution, by=by, on=on)
    return distribution


@transaction.atomic
def decide_distribution(distribution: Distribution, *, decision_no: str, on: date, by: Any) -> Distribution:
    """Enter the members' decision. They must have been able to read the plan for ten days."""
    number = decision(decision_no)
    distribution = _in_state(distribution, by, State.DRAFT)
    not_later(on)
    if not rules.shown_long_enough(distribution.shown_from, on):
        raise Invalid(
            _("The plan lies open to the members for %(days)s days before they decide (农村集体经济组织法).")
            % {"days": rules.SHOWN_DAYS},
            field="on",
        )
    distribution.state, distribution.decision_no, distribution.decided_on = State.DECIDED, number, on
    distribution.save(update_fields=["state", "decision_no", "decided_on"])
    note("collective.decide_distribution", distribution, by=by, decision=number, amount=distribution.members_cents)
    return distribution


@transaction.atomic
def book_distribution(distribution: Distribution, *, on: date | None = None, by: Any) -> Voucher:
    """Draft the voucher: 322-01 against 311-02 and 113 by household, then 322-02 against 322-01."""
    distribution = _in_state(distribution, by, State.DECIDED, State.BOOKED, action="collective.enter")
    if distribution.voucher_id:
        raise Conflict(_("The voucher of this distribution is drafted already."))
    rows = list(distribution.rows.filter(amount_cents__gt=0).order_by("household"))
    if len(rows) > MOST_ROWS:
        raise Invalid(_("More than %(n)s households do not fit one voucher.") % {"n": MOST_ROWS})
    total = distribution.reserve_cents + distribution.members_cents
    lines: list[dict[str, Any]] = [{"account": "322-01", "debit_cents": total}]
    if distribution.reserve_cents:
        lines.append({"account": "311-02", "credit_cents": distribution.reserve_cents})
    lines += [{"account": "113", "credit_cents": r.amount_cents, "party": r.household} for r in rows]
    lines += [{"account": "322-02", "debit_cents": total}, {"account": "322-01", "credit_cents": total}]
    voucher = draft(
        distribution.set,
        {
            "date": on or today(),
            "summary": in_chinese(gettext_lazy("Distribution of the income of %(year)s"), year=distribution.year),
            "decision_no": distribution.decision_no,
            "decided_on": distribution.decided_on,
            "source": "distribution",
        },
        lines,
        by=by,
    )
    distribution.state, distribution.voucher = State.BOOKED, voucher
    distribution.save(update_fields=["state", "voucher"])
    note("collective.book_distribution", distribution, by=by, amount=total)
    return voucher


@transaction.atomic
def draft_payout(
    distribution: Distribution, households: list[str] | None = None, *, on: date | None = None, by: Any
) -> Voucher:
    """Draft the payment to the households through the bank: 113 by household against 102."""
    distribution = _in_state(distribution, by, State.BOOKED, action="collective.enter")
    rows = _unpaid(distribution, households)
    lines: list[dict[str, Any]] = [
        {"account": "113", "debit_cents": r.amount_cents, "party": r.household} for r in rows[:MOST_ROWS]
    ]
    total = sum(line["debit_cents"] for line in lines)
    lines.append({"account": "102", "credit_cents": total})
    voucher = draft(
        distribution.set,
        {
            "date": on or today(),
            "summary": in_chinese(gettext_lazy("Payment of the distribution of %(year)s"), year=distribution.year),
            "payee": in_chinese(gettext_lazy("members by list")),
            "payee_kind": Voucher.PayeeKind.MEMBER,
            "decision_no": distribution.decision_no,
            "decided_on": distribution.decided_on,
            "source": "distribution",
        },
        lines,
        by=by,
    )
    note("collective.draft_payout", distribution, by=by, amount=total, households=len(rows))
    return voucher


@transaction.atomic
def note_paid(distribution: Distribution, voucher: Voucher, *, by: Any) -> int:
    """Mark the households that a posted voucher paid in full; gives how many. When all are paid, it is over."""
    distribution = _in_state(distribution, by, State.BOOKED)
    if voucher.set_id != distribution.set_id or voucher.state != Voucher.State.POSTED or voucher.is_reversed:
        raise Invalid(
            _("Only a posted voucher of these books that was not reversed settles anything."), field="voucher"
        )
    lines = voucher.lines.filter(account__code__startswith="113", debit_cents__gt=0)
    paid = dict(lines.values_list("party").annotate(Sum("debit_cents")))
    day = voucher.paid_on or voucher.date
    done = [
        r for r in distribution.rows.filter(paid_on=None) if r.amount_cents and paid.get(r.household) == r.amount_cents
    ]
    if not done:
        raise Invalid(_("This voucher pays no household of the list the amount it is to get."), field="voucher")
    for row in done:
        row.paid_on, row.voucher = day, voucher
    DistributionRow.objects.bulk_update(done, ["paid_on", "voucher"], batch_size=300)
    if not distribution.rows.filter(paid_on=None, amount_cents__gt=0).exists():
        distribution.state = State.PAID
        distribution.save(update_fields=["state"])
    note(
        "collective.distribution_paid",
        distribution,
        by=by,
        households=len(done),
        amount=sum(r.amount_cents for r in done),
    )
    return len(done)


def result_of(set_: AccountSet, year: int) -> tuple[int, int]:
    """(net result of a closed year, what earlier years left over), credit positive. Raises Invalid."""
    closed = Year.objects.filter(set=set_, year=year).first()
    if closed is None:
        raise Invalid(
            _("The books of %(year)s are not closed yet; until then nobody knows the result.") % {"year": year},
            field="year",
        )
    standing = spans(set_, year * 100 + 12, year * 100 + 12)
    undistributed = -sum(one.closing for code, one in standing.items() if code == "322" or code.startswith("322-"))
    return closed.result_cents, undistributed - closed.result_cents


def _unpaid(distribution: Distribution, households: list[str] | None) -> list[DistributionRow]:
    rows = distribution.rows.filter(paid_on=None, amount_cents__gt=0).order_by("household")
    if households is not None:
        rows = rows.filter(household__in=households)
    if not (found := list(rows)):
        raise Conflict(_("Everybody on this list has been paid."))
    return found


def _in_state(distribution: Distribution, by: Any, *states: str, action: str = "collective.keep") -> Distribution:
    found: Distribution = fresh(distribution, by, action)
    if found.state not in states:
        raise Conflict(
            _("The distribution of %(year)s is %(state)s; this act comes at another stage.")
            % {"year": found.year, "state": found.get_state_display()}
        )
    return found
