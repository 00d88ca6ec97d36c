"""A village as everybody sees it: its money line by line, what is up, what should be up and is not, what was asked."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import heir_of, place_on
from huilian.foundation.now import today

from .. import rules
from ..models import Item, Kind, Obligation, Question
from .alike import Comparison, comparison_of
from .shown import questions_of

MONEY_KIND = "finance.monthly"
LISTED = 8  # publications on the village page; the rest stands on its own page
LATE_LISTED = 6
ASKED = 3


@dataclass
class Village:
    """「村页面」 `money` is the newest month that is published; `late` what should be up and is not."""

    place: Place
    money: Item | None
    income: int = 0
    expense: int = 0
    balance: int | None = None
    ledger: list[dict] = field(default_factory=list)
    late: list[Obligation] = field(default_factory=list)
    late_count: int = 0
    duties: int = 0
    kept: int = 0
    items: list[Item] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    asked: int = 0
    comparison: Comparison | None = None

    @property
    def rate(self) -> int | None:
        """Per cent of the duties of the last twelve months that were met (S1-81), rounded down; None without any."""
        return self.kept * 100 // self.duties if self.duties else None


def village_at(code: str) -> Place | None:
    """The village with this code, or the one it was merged into."""
    if not (code.isascii() and code.isdigit() and len(code) == 12):
        return None
    place = place_on(code) or Place.objects.filter(code=code, level=Place.Level.VILLAGE).order_by("-valid_from").first()
    if place is None:
        return None
    place = heir_of(place)
    return place if place.level == Place.Level.VILLAGE else None


def up() -> QuerySet[Item]:
    """What is on the web now, for everybody."""
    return Item.objects.filter(state=Item.State.PUBLISHED, kind__scope=Kind.Scope.PUBLIC).select_related("kind")


def village_page(place: Place) -> Village:
    """All of the page in a fixed number of queries."""
    page = Village(place, up().filter(place=place, kind__key=MONEY_KIND).order_by("-period", "-version").first())
    if page.money is not None:
        page.ledger = ledger_of(page.money)
        sums = rules.totals(page.money.columns, page.money.rows)
        page.income, page.expense = sums.get("income", 0), sums.get("expense", 0)
        balance = page.money.facts.get("balance_cents")
        page.balance = int(balance) if balance is not None else None
        page.comparison = comparison_of(page.money)
    due = Obligation.objects.filter(place=place, excuse="", kind__scope=Kind.Scope.PUBLIC, due_on__lt=today())
    page.late = list(due.filter(met_on=None).select_related("kind")[: LATE_LISTED + 1])
    year = due.filter(due_on__gte=_year_ago(today()))
    counted = year.aggregate(
        n=Count("id"), kept=Count("id", filter=~Q(met_on=None)), late=Count("id", filter=Q(met_on=None))
    )
    page.duties, page.kept, page.late_count = counted["n"], counted["kept"], counted["late"]
    page.items = list(_light(up().filter(place=place))[:LISTED])
    asked = questions_of(place=place)
    page.questions = list(asked[:ASKED])
    return page


def _year_ago(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))


def _light(items: QuerySet[Item]) -> QuerySet[Item]:
    """Without the lines, which lists never show."""
    return items.defer("rows", "columns", "facts").order_by("-published_at", "-id")


def ledger_of(item: Item) -> list[dict]:
    """Lines of a month: day, matter, account, signed amount in cents, how many papers."""
    at = {c["key"]: i for i, c in enumerate(item.columns)}

    def take(row, key):
        return row[at[key]] if key in at else None

    found = []
    for number, row in enumerate(item.rows, 1):
        income, expense = take(row, "income") or 0, take(row, "expense") or 0
        text = take(row, "date")
        found.append(
            {
                "line": number,
                "on": date.fromisoformat(text) if text else None,
                "what": take(row, "summary") or "",
                "account": take(row, "account") or "",
                "voucher": take(row, "voucher") or "",
                "papers": take(row, "attachments") or 0,
                "amount": income - expense,
            }
        )
    found.sort(key=lambda r: (r["on"] or date.min, r["line"]), reverse=True)
    return found


def items_of(place: Place, *, affairs: str = "", kind: str = "", year: str = "") -> QuerySet[Item]:
    """Everything that is or was up in a village, withdrawn ones with their notice."""
    found = Item.objects.filter(
        place=place, state__in=(Item.State.PUBLISHED, Item.State.WITHDRAWN), kind__scope=Kind.Scope.PUBLIC
    ).select_related("kind")
    if affairs:
        found = found.filter(kind__affairs=affairs)
    if kind:
        found = found.filter(kind__key=kind)
    if year.isascii() and year.isdigit() and len(year) == 4:
        found = found.filter(period__startswith=year)
    return _light(found)


def board_of(place: Place) -> list[Item]:
    """What belongs on the A3 board: the newest of each kind that is up, money first."""
    newest: dict[int, Item] = {}
    for item in _light(up().filter(place=place)):
        newest.setdefault(item.kind_id, item)
    return sorted(newest.values(), key=lambda i: i.kind.position)


def open_obligation(place: Place, kind: str, period: str, matter: str = "") -> Obligation | None:
    """The duty of a village for a kind and a period, if it has been made."""
    return (
        Obligation.objects.filter(place=place, kind__key=kind, period=period, matter=matter)
        .select_related("kind", "place")
        .first()
    )
