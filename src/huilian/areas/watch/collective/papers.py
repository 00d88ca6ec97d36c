"""Statements and ledgers as one kind of paper: what the desk shows, the workbook holds and the printed page says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.documents.forms import Report, Table
from huilian.engine.look.text import money, say
from huilian.engine.sheets import Column
from huilian.foundation.money import yuan
from huilian.foundation.now import today

from .models import Account, AccountSet
from .queries import ledgers, reports, statements
from .queries.balances import party_balances, trial_balance
from .queries.chart import chart_of
from .rules.months import last_day, word

MONEY, TEXT, DAY, WHOLE = "money", "text", "date", "integer"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """`cells` by column; `kind`: line, part, total, grand, heading. `links`: column -> address."""

    cells: Sequence[Any]
    kind: str = "line"
    indent: int = 0
    links: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    key: str
    title: str
    note: str
    columns: Sequence[tuple[str, str]]  # (heading, kind)
    rows: Sequence[PaperRow]
    said: Sequence[str] = ()
    heads: Sequence[int] = (0,)  # columns that name the row

    def shown(self) -> list[dict[str, Any]]:
        """The rows as the template draws them."""
        return [
            {
                "kind": row.kind,
                "indent": row.indent,
                "cells": [
                    {"text": _words(cell, kind), "num": kind in (MONEY, WHOLE), "href": row.links.get(at, ""),
                     "head": at in self.heads}
                    for at, (cell, (_heading, kind)) in enumerate(zip(row.cells, self.columns, strict=True))
                ],
            }
            for row in self.rows
        ]  # fmt: skip

    def sheet(self) -> tuple[list[Column], list[list]]:
        """Columns and rows of the workbook, amounts in yuan as numbers."""
        columns = [
            Column(str(at), heading or " ", kind, width=30 if kind == TEXT and at in self.heads else None)
            for at, (heading, kind) in enumerate(self.columns)
        ]
        kinds = [kind for _heading, kind in self.columns]
        rows = [
            [
                yuan(cell) if kind == MONEY and cell is not None else cell
                for cell, kind in zip(r.cells, kinds, strict=True)
            ]
            for r in self.rows
        ]
        return columns, rows

    def report(self, sender: str) -> Report:
        """The printed page."""
        rows = [[cell["text"] for cell in row["cells"]] for row in self.shown()]
        table = Table(self.title, [heading for heading, _kind in self.columns], rows)
        return Report(self.title, sender, self.note, list(self.said), [table], today())


def _figure(cell: Any, kind: str) -> Any:
    return yuan(cell) if kind == MONEY and cell is not None else cell


def _words(cell: Any, kind: str) -> str:
    if cell is None or cell == "":
        return ""
    if kind == MONEY:
        return money(cell) if cell else "—"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _note(span: str) -> str:
    return f"{span} · {_('amounts in yuan')}"


def _name(account: Account) -> str:
    return say({"zh": account.name, "en": account.name_en or account.name})


def _detail(set: AccountSet, code: str, first: int, last: int, party: str = "") -> str:
    from urllib.parse import urlencode

    asked = {"account": code, "from": first, "to": last, **({"party": party} if party else {})}
    return f"{reverse('collective-paper', args=[set.pk, 'detail'])}?{urlencode(asked)}"


def trial(set: AccountSet, first: int, last: int) -> Paper:
    """「科目余额表」"""
    found = trial_balance(set, first, last)
    debit, credit = _("debit"), _("credit")
    before, moved, after = _("before the span"), _("in the span"), _("at the end")
    columns = [(_("Code"), TEXT), (pgettext("collective", "Account"), TEXT)]
    columns += [(f"{when} {side}", MONEY) for when in (before, moved, after) for side in (debit, credit)]
    rows = []
    for r in found.rows:
        cells = [r.account.code, _name(r.account), *_sides(r.opening), r.debit, r.credit, *_sides(r.closing)]
        links = {0: _detail(set, r.account.code, first, last)}
        rows.append(PaperRow(cells, "line" if r.level == 1 else "part", r.level - 1, links))
    t = found.totals
    sums = [t[k] for k in ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")]
    rows.append(PaperRow(["", _("Total"), *sums], "grand"))
    said = [] if found.balances else [_("The two sides differ. Tell the county: the books have been changed by force.")]
    return Paper("trial", _("Trial balance"), _note(_span(first, last)), columns, rows, said, (0, 1))


def _sides(cents: int) -> tuple[int, int]:
    return max(cents, 0), max(-cents, 0)


def _span(first: int, last: int) -> str:
    return word(first) if first == last else f"{word(first)} – {word(last)}"


def balance_sheet(set: AccountSet, month: int) -> Paper:
    """「资产负债表」 Assets on the left, liabilities and equity on the right, as the annex prints it."""
    found = statements.balance_sheet(set, month)
    ends, begins, line = _("Balance at the end"), _("Beginning of the year"), pgettext("statement", "Line")
    half = [(line, WHOLE), (ends, MONEY), (begins, MONEY)]
    columns = [(_("Assets"), TEXT), *half, (_("Liabilities and owners' equity"), TEXT), *half]
    left, right = ([_half(row) for row in section] for section in found.sections)
    gap = len(left) - len(right)
    right = [*right[:-1], *[["", None, None, None]] * gap, right[-1]]  # the two totals stand on one line
    kinds = [row.kind for row in found.sections[0]]
    rows = [PaperRow([*a, *b], kind) for a, b, kind in zip(left, right, kinds, strict=True)]
    note = _note(last_day(month).isoformat())
    return Paper("balance", _("Balance sheet"), note, columns, rows, (), (0, 4))


def _half(row: statements.StatementRow) -> list[Any]:
    return [f"{'　' * row.indent}{row.label}", row.number or None, *row.values]


def results(set: AccountSet, *, month: int | None = None, year: int | None = None) -> Paper:
    """「收益及收益分配表」"""
    found = statements.income_statement(set, month=month, year=year)
    headings = {
        "month": _("This month"),
        "year": _("This year so far") if month else _("This year"),
        "last_year": _("Same span last year") if month else _("Last year"),
        "budget": _("Budget of the year"),
    }
    columns = [(_("Line of the statement"), TEXT), (pgettext("statement", "Line"), WHOLE)]
    columns += [(headings[key], MONEY) for key in found.columns]
    rows = [PaperRow([f"{'　' * r.indent}{r.label}", r.number, *r.values], r.kind, r.indent) for r in found.sections[0]]
    span = word(month) if month else str(year)
    return Paper("results", _("Statement of results and their distribution"), _note(span), columns, rows)


NOTED = ("112", "113", "201", "211", "221", "231", "241")


def notes(set: AccountSet, month: int) -> Paper:
    """「附注」 On what the statements rest, and who or what stands behind the accounts kept by party."""
    chart = chart_of(set)
    codes = [a.code for a in chart.accounts if a.code[:3] in NOTED]
    rows: list[PaperRow] = []
    found: dict[str, list[tuple[str, int]]] = {}
    for (code, party), cents in party_balances(set, codes, upto=month).items():
        found.setdefault(code, []).append((party, cents))
    first = set.starts_on.year * 100 + set.starts_on.month
    for code in sorted(found):
        account = chart.by_code[code]
        sign = 1 if account.element == Account.Element.ASSET else -1
        total = sum(cents for _party, cents in found[code])
        links = {0: _detail(set, code, first, month)}
        rows.append(PaperRow([str(account), sign * total], "total", 0, links))
        for party, cents in sorted(found[code], key=lambda pair: -abs(pair[1])):
            links = {0: _detail(set, code, first, month, party)} if party else {}
            rows.append(PaperRow([f"　{party or '—'}", sign * cents], "line", 1, links))
    said = [
        _("Kept by the accounting rules of 2023 for rural collective economic organisations, on the accrual basis, in "
          "renminbi, by calendar year."),
        _("Income and expense that are not carried forward yet are shown as undistributed result; costs of production "
          "stand among the stocks; members who owe are among the receivables, those who are owed among the payables."),
        _("What the statements do not name by account is in the trial balance of the same month."),
    ]  # fmt: skip
    columns = [(_("Account and whom or what it concerns"), TEXT), (_("Balance at the end"), MONEY)]
    return Paper("notes", _("Notes to the statements"), _note(last_day(month).isoformat()), columns, rows, said)


def general(set: AccountSet, year: int) -> Paper:
    """「总账」"""
    columns = [
        (pgettext("collective", "Account"), TEXT),
        (pgettext("collective", "Month"), TEXT),
        (_("debit"), MONEY),
        (_("credit"), MONEY),
        (_("side"), TEXT),
        (_("balance"), MONEY),
    ]
    rows = []
    for found in ledgers.general_ledger(set, year):
        name = str(found.account)
        link = {0: _detail(set, found.account.code, year * 100 + 1, year * 100 + 12)}
        rows.append(PaperRow([name, _("brought forward"), None, None, *_standing(found.opening)], "total", 0, link))
        for r in found.rows:
            cells = [name, word(r.month), r.debit, r.credit, *_standing(r.balance)]
            rows.append(PaperRow(cells, "line", 1, {1: _detail(set, found.account.code, r.month, r.month)}))
    return Paper("general", _("General ledger"), _note(str(year)), columns, rows)


def _standing(cents: int) -> tuple[str, int]:
    side = _("debit") if cents > 0 else _("credit") if cents < 0 else _("even")
    return side, abs(cents)


def detail(set: AccountSet, code: str, first: int, last: int, party: str | None = None) -> Paper:
    """「明细账」 Each line leads to its voucher. Raises LookupError for an account that does not exist."""
    found = ledgers.detail_ledger(set, code, party=party or None, first=first, last=last)
    columns = [
        (pgettext("collective", "Day"), DAY),
        (pgettext("collective", "Voucher"), TEXT),
        (_("Summary of the voucher"), TEXT),
        (_("Whom or what it concerns"), TEXT),
        (_("debit"), MONEY),
        (_("credit"), MONEY),
        (_("side"), TEXT),
        (_("balance"), MONEY),
    ]
    rows = [PaperRow(["", "", _("brought forward"), "", None, None, *_standing(found.opening)], "total")]
    for r in found.rows:
        number = f"{r.date:%Y%m}-{r.number}"
        cells = [r.date, number, r.summary, r.party, r.debit, r.credit, *_standing(r.balance)]
        rows.append(PaperRow(cells, links={1: reverse("collective-voucher", args=[r.voucher_id])}))
    debit, credit = sum(r.debit for r in found.rows), sum(r.credit for r in found.rows)
    rows.append(PaperRow(["", "", _("Total"), "", debit, credit, *_standing(found.closing)], "grand"))
    title = _("Detailed ledger of %(account)s") % {"account": found.account}
    note = _note(_span(first, last) + (f" · {party}" if party else ""))
    return Paper("detail", title, note, columns, rows, (), (0, 1, 2))


def monthly(rows: Sequence[reports.ReportRow], month: int, title: str, *, by_set: bool) -> Paper:
    """「三资月报」 A line for each set of books or each township, and the sum."""
    columns = [
        (pgettext("collective", "Organisation") if by_set else pgettext("collective", "Township"), TEXT),
        (_("Month closed"), TEXT),
        (_("Vouchers"), WHOLE),
        (_("Not posted"), WHOLE),
        (_("Income of the month"), MONEY),
        (_("Expense of the month"), MONEY),
        (_("Income of the year"), MONEY),
        (_("Expense of the year"), MONEY),
        (_("Cash and bank"), MONEY),
        (pgettext("accounts", "Receivables"), MONEY),
        (pgettext("accounts", "Assets"), MONEY),
        (pgettext("accounts", "Liabilities"), MONEY),
    ]

    def line(r: reports.ReportRow, kind: str = "line") -> PaperRow:
        closed = f"{r.closed}/{r.sets}" if r.sets != 1 or not by_set else _("yes") if r.closed else _("no")
        figures = (r.income, r.expense, r.year_income, r.year_expense, r.money, r.receivables, r.assets, r.liabilities)
        links = {0: reverse("collective-books-of", args=[r.key])} if by_set and kind == "line" else {}
        return PaperRow([r.name, closed, r.vouchers, r.waiting, *figures], kind, 0, links)

    lines = [line(r) for r in rows]
    lines.append(line(reports.total_of(list(rows), _("Total")), "grand"))
    return Paper("monthly", title, _note(word(month)), columns, lines)
