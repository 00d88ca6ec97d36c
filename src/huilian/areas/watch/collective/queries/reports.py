"""「三资月报」 The books of a township or the whole county in one month, set by set."""

from dataclasses import dataclass, fields

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import ExtractMonth, ExtractYear

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Place

from ..models import AccountSet, Balance, Line, Month, Voucher
from ..rules.months import year_of


@dataclass(slots=True)
class ReportRow:
    """One set, or the sum of several. Amounts in cents; income and expense of the year so far are `year_…`."""

    name: str
    key: int  # of the set, or of the township
    sets: int = 1
    closed: int = 0  # sets whose month is closed
    handed_in: int = 0
    vouchers: int = 0
    waiting: int = 0  # vouchers not posted
    money: int = 0
    receivables: int = 0
    assets: int = 0
    liabilities: int = 0
    income: int = 0
    expense: int = 0
    year_income: int = 0
    year_expense: int = 0

    def add(self, other: "ReportRow") -> None:
        for field in fields(self):
            if field.name not in ("name", "key"):
                setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    @property
    def result(self) -> int:
        return self.income - self.expense


def sets_of(user) -> QuerySet[AccountSet]:
    """The sets of books within reach of `user`."""
    return scope(AccountSet.objects.select_related("place", "township", "unit"), user, action="collective.see")


def monthly_report(place: Place | None, month: int, user=None) -> list[ReportRow]:
    """One row for each set in `place` (a township or the county; None: everywhere), by village code.

    A set that was closed before the month or begins after it is left out.
    """
    sets = sets_of(user) if user is not None else AccountSet.objects.all()
    if place is not None and place.level == Place.Level.TOWNSHIP:
        sets = sets.filter(township=place)
    elif place is not None:
        sets = sets.filter(place__path__gte=place.path, place__path__lte=place.highest_path)
    year, rest = divmod(month, 100)
    sets = sets.exclude(closed_on__lt=f"{year}-{rest:02d}-01").filter(starts_on__lte=f"{year}-{rest:02d}-28")
    rows = {s.pk: ReportRow(s.name, s.pk) for s in sets.order_by("village_code", "pk")}
    keys = list(rows)
    for state in Month.objects.filter(set__in=keys, month=month):
        rows[state.set_id].closed = int(state.closed_at is not None)
        rows[state.set_id].handed_in = int(state.submitted_at is not None)
    counts = (
        Voucher.objects.filter(set__in=keys, month=month)
        .values_list("set")
        .annotate(posted=Count("pk", filter=Q(state=Voucher.State.POSTED)), all=Count("pk"))
    )
    for key, posted, every in counts.order_by():
        rows[key].vouchers, rows[key].waiting = posted, every - posted
    _standing(rows, keys, month)
    _results(rows, keys, month)
    return list(rows.values())


def by_township(place: Place | None, month: int, user=None) -> list[ReportRow]:
    """The same summed up by township, in the order of their codes."""
    names = dict(AccountSet.objects.values_list("pk", "township__name"))
    keys = dict(AccountSet.objects.values_list("pk", "township_id"))
    found: dict[int, ReportRow] = {}
    for row in monthly_report(place, month, user):
        total = found.setdefault(keys[row.key], ReportRow(names[row.key], keys[row.key], sets=0))
        total.add(row)
    return list(found.values())


def total_of(rows: list[ReportRow], name: str) -> ReportRow:
    total = ReportRow(name, 0, sets=0)
    for row in rows:
        total.add(row)
    return total


def _standing(rows: dict[int, ReportRow], keys: list[int], month: int) -> None:
    """What the accounts stood at at the end of the month: what the books began with and all that moved since."""
    first = ExtractYear("set__starts_on") * 100 + ExtractMonth("set__starts_on")
    standing = (
        Balance.objects.filter(set__in=keys, month__lte=month)
        .values_list("set", "account__code")
        .annotate(
            moved=Sum("debit_cents") - Sum("credit_cents"),
            start=Sum(Case(When(month=first, then=F("opening_cents")), default=0)),
        )
    )
    for key, code, moved, start in standing.order_by():
        row, number, cents = rows[key], int(code[:3]), moved + start
        if number in (101, 102):
            row.money += cents
        if number == 112:
            row.receivables += cents
        if number < 200 or number == 401:
            row.assets += cents
        elif number < 300:
            row.liabilities -= cents


def _results(rows: dict[int, ReportRow], keys: list[int], month: int) -> None:
    """Income and expense of the month and of the year so far, without the vouchers that close a year."""
    january = year_of(month) * 100 + 1
    moved = (
        Balance.objects.filter(set__in=keys, month__range=(january, month), account__element__in=("income", "expense"))
        .values_list("set", "account__element")
        .annotate(
            year=Sum("debit_cents") - Sum("credit_cents"),
            own=Sum("debit_cents", filter=Q(month=month)) - Sum("credit_cents", filter=Q(month=month)),
        )
    )
    for key, element, year, own in moved.order_by():
        _add(rows[key], element, year, own or 0, 1)
    carried = (
        Line.objects.filter(voucher__set__in=keys, voucher__month__range=(january, month), voucher__kind="carry")
        .filter(account__element__in=("income", "expense"))
        .values_list("voucher__set", "account__element")
        .annotate(
            year=Sum("debit_cents") - Sum("credit_cents"),
            own=Sum("debit_cents", filter=Q(voucher__month=month))
            - Sum("credit_cents", filter=Q(voucher__month=month)),
        )
    )
    for key, element, year, own in carried.order_by():
        _add(rows[key], element, year, own or 0, -1)


def _add(row: ReportRow, element: str, year: int, own: int, sign: int) -> None:
    if element == "income":
        row.year_income -= sign * year
        row.income -= sign * own
    else:
        row.year_expense += sign * year
        row.expense += sign * own
