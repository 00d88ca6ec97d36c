"""What somebody typed on the page of a voucher, read as values, lines and papers; every fault by its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from huilian.engine.sheets.values import as_date
from huilian.foundation.errors import Invalid, Refused

from ..models import Account
from ..queries.chart import Chart
from ..rules.entry import Typed, balanced, sums
from ..rules.initials import initials
from ..rules.sums import amount

HEAD = (
    "date",
    "summary",
    "attachments",
    "payee",
    "payee_kind",
    "payee_account",
    "paid_on",
    "decision_no",
    "decided_on",
    "contract_no",
    "fund",
    "handler",
)
PAPER = ("invoice_kind", "invoice_no", "invoice_date")
LINE = ("account", "debit", "credit", "party", "line_summary")
DAYS = ("date", "paid_on", "decided_on")
SHOWN = 5
MOST_LINES = 200


@dataclass
class Entered:
    """A voucher as typed. `faults`: field -> sentence; a line's fields are `line-<index>`."""

    values: dict = field(default_factory=dict)
    lines: list[Typed] = field(default_factory=list)
    invoices: list[dict] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def debit(self) -> int:
        return sums(self.lines)[0]

    @property
    def credit(self) -> int:
        return sums(self.lines)[1]

    @property
    def gap(self) -> int:
        return self.debit - self.credit

    def as_lines(self) -> list[dict]:
        """What `vouchers.draft` takes."""
        return [
            {
                "account": t.account,
                "debit_cents": t.debit,
                "credit_cents": t.credit,
                "party": t.party,
                "summary": t.summary,
            }
            for t in self.lines
        ]


def read_entry(said: Mapping, chart: Chart) -> Entered:
    """Read what was typed: `said` holds texts by the names of `HEAD`, `PAPER`, and lists by those of `LINE`."""
    entered = Entered()
    for name in HEAD:
        _try(entered, name, lambda name=name: _value(name, str(said.get(name, "")).strip()))
    for index, row in enumerate(rows_of(said)):
        if any(cell.strip() for cell in row):
            _line(entered, index, row, chart)
    entered.lines = balanced(entered.lines)
    number, kind = str(said.get("invoice_no", "")).strip(), str(said.get("invoice_kind", "")).strip()
    if number or kind:
        try:
            paper_day = _day(str(said.get("invoice_date", "")).strip())
        except Refused as refused:
            entered.faults["invoice_date"] = str(refused)
        else:
            entered.invoices = [
                {
                    "kind": kind or "invoice",
                    "number": number,
                    "seller": entered.values.get("payee", ""),
                    "date": paper_day,
                    "amount_cents": max(entered.debit, entered.credit),
                }
            ]
    return entered


def rows_of(said: Mapping) -> list[tuple[str, ...]]:
    """The typed lines as rows of five texts; ragged lists are filled up."""
    columns = [list(said.get(name, ()) or ()) for name in LINE]
    most = min(max((len(c) for c in columns), default=0), MOST_LINES)
    return [tuple(str(c[i]) if i < len(c) else "" for c in columns) for i in range(most)]


def _try(entered: Entered, name: str, read) -> None:
    try:
        entered.values[name] = read()
    except Refused as refused:
        entered.faults[name] = str(refused)


def _value(name: str, typed: str):
    if name in DAYS:
        return _day(typed)
    if name == "attachments":
        if typed and (not typed.isdecimal() or len(typed) > 3):
            raise Invalid(_("Write how many papers, such as 2."), field=name)
        return int(typed or 0)
    return typed


def _day(typed: str) -> date | None:
    return as_date(typed) if typed else None


def _line(entered: Entered, index: int, row: tuple[str, ...], chart: Chart) -> None:
    account, debit, credit, party, summary = (cell.strip() for cell in row)
    try:
        if not account:
            raise Invalid(_("Write the account: its code, its name or the first letters of its pinyin."))
        entered.lines.append(
            Typed(index, find_account(chart, account).code, amount(debit), amount(credit), party, summary)
        )
    except Refused as refused:
        entered.faults[f"line-{index}"] = str(refused)


def find_account(chart: Chart, typed: str) -> Account:
    """The account somebody means: its code (with or without its name behind), its name, a part of it, or the first
    letters of its pinyin. Raises Invalid with the choices where several fit."""
    first = typed.split()[0]
    if found := chart.find(first):
        return chart.account(found.code)
    wanted, letters = "".join(typed.split()), typed.replace(" ", "").lower()
    usable = usable_accounts(chart)
    tests = (
        lambda a: a.name == wanted,
        lambda a: initials(a.name) == letters,
        lambda a: a.code.replace("-", "").startswith(letters),
        lambda a: initials(a.name).startswith(letters) and letters.isascii(),
        lambda a: wanted in a.name or wanted.lower() in a.name_en.lower(),
    )
    for fits in tests:
        found_all = [a for a in usable if fits(a)]
        if len(found_all) == 1:
            return found_all[0]
        if found_all:
            choices = "、".join(str(a) for a in found_all[:SHOWN])
            raise Invalid(_("“%(typed)s” is not clear. Which one: %(choices)s?") % {"typed": typed, "choices": choices})
    raise Invalid(_("No account is called “%(typed)s”. Write its code, or a part of its name.") % {"typed": typed})


def usable_accounts(chart: Chart) -> list[Account]:
    """The accounts that can be posted to."""
    return [a for a in chart.accounts if a.is_active and a.code not in chart.divided]


def options(chart: Chart) -> list[tuple[str, str]]:
    """(what is written into the field, by what it can also be found) for every account that can be posted to."""
    return [(str(a), f"{a.code.replace('-', '')} {initials(a.name)}") for a in usable_accounts(chart)]
