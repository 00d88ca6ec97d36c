"""The two prescribed statements of one set, and the figures behind their notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum

from ..models import AccountSet, Balance, BudgetLine, Line, Voucher
from ..rules import reports as rules
from ..rules.months import previous_month, year_of
from .balances import Standing, party_balances, spans


@dataclass(frozen=True, slots=True)
class StatementRow:
    number: int  # 行次; 0 for headings
    key: str
    label: str
    kind: str
    indent: int
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Statement:
    """`sections`: one list of rows for the statement of results, two (assets, claims) for the balance sheet."""

    set: AccountSet
    month: int
    columns: tuple[str, ...]
    sections: tuple[list[StatementRow], ...]

    def value(self, key: str, column: int = 0) -> int:
        return next(r.values[column] or 0 for rows in self.sections for r in rows if r.key == key)


def balance_sheet(set: AccountSet, month: int) -> Statement:
    """「资产负债表」 At the end of `month`; columns: closing, beginning of the year."""
    standing = spans(set, month, month)
    before = previous_month(year_of(month) * 100 + 1)
    closing = rules.balance_sheet({c: s.closing for c, s in standing.items()}, _households(set, month, standing))
    start = rules.balance_sheet(
        {c: s.year_opening for c, s in standing.items()}, _households(set, before, standing, opening=True)
    )
    number = 0
    sections = []
    for rows in (rules.ASSET_ROWS, rules.CLAIM_ROWS):
        section = []
        for row in rows:
            heading = row.kind == "heading"
            number += not heading
            values = (None, None) if heading else (closing[row.key], start[row.key])
            section.append(
                StatementRow(0 if heading else number, row.key, str(row.label), row.kind, row.indent, values)
            )
        sections.append(section)
    return Statement(set, month, ("closing", "start"), tuple(sections))


def income_statement(set: AccountSet, *, month: int | None = None, year: int | None = None) -> Statement:
    """「收益及收益分配表」 Of a month (this month, the year so far, the same span last year, budget) or a year.

    Distribution is told for the spans of a year only.
    """
    if (month is None) == (year is None):
        raise TypeError("a month or a year")
    last = month or (year or 0) * 100 + 12
    january, last_year = year_of(last) * 100 + 1, last - 100
    so_far, before = _period(set, january, last), _period(set, january - 100, last_year)
    columns: list[tuple[str, Mapping[str, int]]] = [("year", so_far), ("last_year", before)]
    if month:
        columns.insert(0, ("month", rules.result(moved(set, month, month))))
    columns.append(("budget", _budget(set, year_of(last))))
    rows = []
    for number, row in enumerate((*rules.RESULT_ROWS, *rules.DISTRIBUTION_ROWS), 1):
        values = tuple(found.get(row.key) for _key, found in columns)
        rows.append(StatementRow(number, row.key, str(row.label), row.kind, row.indent, values))
    return Statement(set, last, tuple(key for key, _found in columns), (rows,))


def moved(set: AccountSet, first: int, last: int) -> dict[str, int]:
    """What every account of income and expense moved, debit positive, without what closed a year."""
    rows = (
        Balance.objects.filter(set=set, month__range=(first, last), account__number__gte=500)
        .exclude(account__element="cost")
        .values_list("account__code")
        .annotate(cents=Sum("debit_cents") - Sum("credit_cents"))
    )
    found = {code: cents for code, cents in rows.order_by() if int(code[:3]) >= 500}
    carried = (
        Line.objects.filter(voucher__set=set, voucher__kind=Voucher.Kind.CARRY, voucher__month__range=(first, last))
        .filter(voucher__state=Voucher.State.POSTED, account__code__gte="5")
        .values_list("account__code")
        .annotate(cents=Sum("debit_cents") - Sum("credit_cents"))
    )
    for code, cents in carried.order_by():
        found[code] = found.get(code, 0) - cents
    return {code: cents for code, cents in found.items() if cents}


def _period(set: AccountSet, january: int, last: int) -> dict[str, int]:
    """All lines over the months of one year up to `last`."""
    top = rules.result(moved(set, january, last))
    standing = spans(set, january, last)
    forward = -rules.total({c: s.year_opening for c, s in standing.items()}, 321, 322)
    given = {"to_reserve": 0, "to_members": 0, "otherwise": 0}
    transferred = 0
    for kind, account, cents in _distribution_lines(set, january, last):
        if kind == "given":
            given[rules.given_to(account)] += cents
        else:
            transferred += cents
    return {**top, **rules.distribution(top["net_result"], forward, transferred, given)}


def _distribution_lines(set: AccountSet, january: int, last: int) -> list[tuple[str, int, int]]:
    """("given", receiving account, cents) for what was distributed, ("in", 0, cents) for what came to 321 and 322
    otherwise. The vouchers that end the year are left out; each voucher is told by the other side of its own."""
    touching = (
        Voucher.objects.filter(set=set, month__range=(january, last), state=Voucher.State.POSTED)
        .exclude(kind__in=(Voucher.Kind.CARRY, Voucher.Kind.OPENING))
        .filter(lines__account__code__regex=r"^32[12]")
        .distinct()
    )
    found = []
    for voucher in touching.prefetch_related("lines__account"):
        lines = [(int(x.account.code[:3]), x.account.code, x.credit_cents - x.debit_cents) for x in voucher.lines.all()]
        distributed = -sum(cents for _n, code, cents in lines if code == "322-01")
        other = sum(cents for n, code, cents in lines if n in (321, 322) and code != "322-01")
        if distributed:
            outside = [(n, cents) for n, _code, cents in lines if n not in (321, 322)]
            found += [("given", n, cents) for n, cents in outside]
            rest = distributed - sum(cents for _n, cents in outside)
            other -= rest  # moved between 322-01 and 322-02: neither distributed nor come in
        if other:
            found.append(("in", 0, other))
    return found


def _budget(set: AccountSet, year: int) -> dict[str, int]:
    rows = (
        BudgetLine.objects.filter(budget__set=set, budget__year=year, budget__is_current=True)
        .values_list("account__code", "account__element")
        .annotate(cents=Sum("amount_cents"))
    )
    planned = {code: -cents if element == "income" else cents for code, element, cents in rows.order_by()}
    if not planned:
        return {}
    return rules.result(planned)


def _households(set: AccountSet, month: int, standing: Mapping[str, Standing], *, opening: bool = False) -> list[int]:
    """The balance of each household on 113 at the end of `month`; what no line names counts as one more."""
    rows = [s for c, s in standing.items() if c.startswith("113")]
    whole = sum(s.year_opening if opening else s.closing for s in rows)
    if not rows:
        return []
    codes = [s.account.code for s in rows]
    upto = month
    if opening and month < set.starts_on.year * 100 + set.starts_on.month:
        parties = {
            (code, party): debit - credit
            for code, party, debit, credit in Line.objects.filter(
                voucher__set=set, voucher__kind=Voucher.Kind.OPENING, account__code__in=codes
            ).values_list("account__code", "party", "debit_cents", "credit_cents")
        }
    else:
        parties = party_balances(set, codes, upto=upto)
    found = list(parties.values())
    return [*found, whole - sum(found)] if whole != sum(found) else found
