"""「账目公开」 What the books hold becomes what a village publishes: each line as posted, names of persons cut."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from huilian.areas.serve.disclosure.queries import kind_called
from huilian.areas.serve.disclosure.sources import Body, party, source
from huilian.areas.watch.collective.queries import published as books
from huilian.engine.directory.models import Place
from huilian.foundation.errors import Conflict
from huilian.foundation.now import today


@source("finance.monthly")
def month(place: Place, period) -> Body:
    """Income and spending of a month, line by line, with what was left afterwards."""
    set_ = _books(place, period.ends_on)
    number = _number(period.starts_on)
    return month_body(set_, books.open_months(set_, number, number).get(number, books.OpenMonth()))


def bodies_of(set_, first: int, last: int) -> dict[int, Body]:
    """The bodies of many months of one set at once, for taking over a whole history."""
    columns = _columns("finance.monthly")
    return {number: month_body(set_, found, columns) for number, found in books.open_months(set_, first, last).items()}


def month_body(set_, found: books.OpenMonth, columns: Sequence | None = None) -> Body:
    """The body of one month. A reversal stands with its negative amount, as it was posted."""
    values = {
        "date": lambda r: r["date"].isoformat(),
        "summary": lambda r: r["summary"],
        "account": lambda r: r["account"],
        "income": lambda r: r["in_cents"] or None,
        "expense": lambda r: r["out_cents"] or None,
        "party": lambda r: party(r["party"], r["is_person"]),
        "handler": lambda r: r["handler"],
        "approver": lambda r: r["approver"],
        "voucher": lambda r: f"记-{r['number']}",
        "attachments": lambda r: r["attachments"],
    }
    columns = columns or _columns("finance.monthly")
    facts = {"balance_cents": found.closing_cents}
    if set_.population:
        facts["population"] = set_.population
    return Body(columns, _table(columns, found.rows, values), facts, expected_rows=len(found.rows))


@source("finance.settlement")
def settlement(place: Place, period) -> Body:
    """Income and spending of a year by what it was for."""
    set_ = _books(place, period.ends_on)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    months = books.open_months(set_, _number(period.starts_on), _number(period.ends_on))
    for found in months.values():
        for row in found.rows:
            sums[row["account"]][0] += row["in_cents"]
            sums[row["account"]][1] += row["out_cents"]
    rows = [{"account": name, "in": into, "out": out} for name, (into, out) in sums.items()]
    values = {
        "summary": lambda r: r["account"],
        "account": lambda r: r["account"],
        "income": lambda r: r["in"] or None,
        "expense": lambda r: r["out"] or None,
    }
    columns = _columns("finance.settlement")
    last = months.get(_number(period.ends_on))
    return Body(columns, _table(columns, rows, values), {"balance_cents": last.closing_cents} if last else {})


@source("finance.plan")
def plan(place: Place, period) -> Body:
    """The budget in force for a year."""
    values = {
        "summary": lambda r: r["note"],
        "account": lambda r: r["account"],
        "income": lambda r: r["cents"] if r["is_income"] else None,
        "expense": lambda r: None if r["is_income"] else r["cents"],
    }
    columns = _columns("finance.plan")
    return Body(columns, _table(columns, books.open_plan(_books(place, today()), period.starts_on.year), values))


@source("finance.assets")
def assets(place: Place, period) -> Body:
    """Every asset and resource, who uses it, until when."""
    values = {
        "asset": lambda r: r["name"],
        "place": lambda r: r["location"],
        "area": lambda r: "" if r["area"] is None else f"{r['area'].normalize():f}",
        "amount": lambda r: r["cents"] or None,
        "user": lambda r: party(r["user"]),
        "contract": lambda r: r["contract"],
        "due": lambda r: r["ends_on"].isoformat() if r["ends_on"] else "",
        "result": lambda r: r["status"],
    }
    columns = _columns("finance.assets")
    with translation.override("zh-hans"):  # what is published is Chinese, whoever drafts it
        return Body(columns, _table(columns, books.open_assets(_books(place, today())), values))


@source("finance.debts")
def debts(place: Place, period) -> Body:
    """What the village owes and what it is owed."""
    values = {
        "counterpart": lambda r: party(r["counterpart"], r["is_person"]),
        "summary": lambda r: r["what"],
        "date": lambda r: r["began_on"].isoformat(),
        "amount": lambda r: r["cents"],
        "due": lambda r: r["due_on"].isoformat() if r["due_on"] else "",
        "paper": lambda r: r["paper"],
    }
    columns = _columns("finance.debts")
    with translation.override("zh-hans"):
        return Body(columns, _table(columns, books.open_debts(_books(place, today())), values))


def _books(place: Place, day: date):
    found = books.set_at(place, day)
    if found is None:
        raise Conflict(_("%(place)s has no books here. Fill in the table by hand.") % {"place": place.name})
    return found


def _columns(kind: str) -> list[dict]:
    """The county's own template; columns it has added and the books do not know stay empty."""
    found = kind_called(kind)
    return list(found.columns) if found else []


def _table(columns, rows, values) -> list[list]:
    return [[values[c["key"]](row) if c["key"] in values else _nothing(c) for c in columns] for row in rows]


def _nothing(column: dict):
    return None if column.get("kind") in ("money", "number") else ""


def _number(day: date) -> int:
    return day.year * 100 + day.month
