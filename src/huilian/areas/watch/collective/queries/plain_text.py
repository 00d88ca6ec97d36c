"""The books as plain text that Beancount and hledger read, and as CSV: anybody can add them up without this product.

Names of households and of persons who were paid are masked, as on every page and export.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from huilian.foundation.masking import mask_name
from huilian.foundation.money import yuan

from ..models import Account, AccountSet, Line, Voucher
from ..rules.months import last_day
from .balances import balances
from .chart import Chart, chart_of

FORMATS = ("beancount", "hledger", "csv")
ROOTS = {
    "asset": "Assets",
    "cost": "Assets",  # what production has cost so far is stock, 存货
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
_NOT_WORD = re.compile(r"[^\w]|_")
PERSONS = (Voucher.PayeeKind.PERSON, Voucher.PayeeKind.MEMBER)


def write(set: AccountSet, form: str) -> Iterator[str]:
    """The posted vouchers of a set, piece by piece. Raises KeyError for a form that is not one of `FORMATS`."""
    return {"beancount": beancount, "hledger": hledger, "csv": as_csv}[form](set)


def beancount(set: AccountSet) -> Iterator[str]:
    """Beancount 2 and 3: accounts, every posted voucher, and at the end what each account must stand at."""
    chart = chart_of(set)
    yield f'option "title" "{_text(set.name)}"\noption "operating_currency" "CNY"\n\n'
    for account in chart.accounts:
        yield f"{set.starts_on} open {_name(account, chart)} CNY\n"
    yield "\n"
    for voucher, lines in _vouchers(set):
        payee = f' "{_text(_payee(voucher))}"' if voucher.payee else ""
        yield f'{voucher.date} *{payee} "{_text(voucher.summary)}"\n  voucher: "{voucher}"\n'
        for line in lines:
            yield f"  {_name(chart.by_pk[line.account_id], chart)}  {_signed(line)} CNY\n"
            if line.party:
                yield f'    party: "{_text(_party(line, chart))}"\n'
        yield "\n"
    month = _last_month(set)
    if month:
        day = last_day(month) + timedelta(days=1)
        for code, cents in _stand(set, month).items():
            yield f"{day} balance {_name(chart.by_code[code], chart)}  {yuan(cents)} CNY\n"


def hledger(set: AccountSet) -> Iterator[str]:
    """hledger 1.25 and later, strict: accounts and the commodity are declared, the last balances asserted."""
    chart = chart_of(set)
    kinds = {"Assets": "A", "Liabilities": "L", "Equity": "E", "Income": "R", "Expenses": "X"}
    yield "decimal-mark .\ncommodity 1000.00 CNY\n\n"
    for account in chart.accounts:
        name = _name(account, chart)
        yield f"account {name}  ; type: {kinds[name.partition(':')[0]]}\n"
    yield "\n"
    for voucher, lines in _vouchers(set):
        said = f"{_text(_payee(voucher))} | " if voucher.payee else ""
        yield f"{voucher.date} * ({voucher}) {said}{_text(voucher.summary)}\n"
        for line in lines:
            party = f"  ; party: {_text(_party(line, chart))}" if line.party else ""
            yield f"    {_name(chart.by_pk[line.account_id], chart)}  {_signed(line)} CNY{party}\n"
        yield "\n"
    month = _last_month(set)
    if month:
        yield f"{last_day(month)} * balances\n"
        for code, cents in _stand(set, month).items():
            yield f"    {_name(chart.by_code[code], chart)}  0.00 CNY =* {yuan(cents)} CNY\n"


def as_csv(set: AccountSet) -> Iterator[str]:
    """One line of a voucher in each row, amounts in yuan, with a heading in Chinese; UTF-8 with its mark for Excel."""
    chart = chart_of(set)
    out = io.StringIO()
    rows = csv.writer(out)
    yield "\ufeff"
    rows.writerow(["日期", "凭证号", "摘要", "科目编号", "科目名称", "借方金额", "贷方金额", "往来对方", "收付款人"])
    for voucher, lines in _vouchers(set):
        for line in lines:
            account = chart.by_pk[line.account_id]
            texts = (line.summary or voucher.summary, account.code, account.name)
            amounts = (yuan(line.debit_cents), yuan(line.credit_cents))
            names = (_party(line, chart), _payee(voucher))
            rows.writerow([voucher.date, str(voucher), *map(_cell, texts), *amounts, *map(_cell, names)])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _vouchers(set: AccountSet) -> Iterator[tuple[Voucher, list[Line]]]:
    """Posted vouchers by day and number, each with its lines; read in one pass."""
    rows = Voucher.objects.filter(set=set, state=Voucher.State.POSTED).order_by("date", "month", "number")
    for voucher in rows.prefetch_related("lines").iterator(chunk_size=1000):
        yield voucher, list(voucher.lines.all())


def _last_month(set: AccountSet) -> int | None:
    newest = Voucher.objects.filter(set=set, state=Voucher.State.POSTED).order_by("-month").first()
    return newest.month if newest else None


def _stand(set: AccountSet, month: int) -> dict[str, int]:
    """What every account stands at with all below it, as both programs count it."""
    found: dict[str, int] = {}
    for code, standing in balances(set, month).items():
        for key in {code, code[:3]}:
            found[key] = found.get(key, 0) + standing.closing
    return dict(sorted(found.items()))


def _name(account: Account, chart: Chart) -> str:
    """Assets:102-银行存款:102-50-专户; only letters, digits and dashes, which both programs take."""
    own = f"{account.code}-{_NOT_WORD.sub('', account.name)}"
    if account.parent_id:
        above = chart.by_pk[account.parent_id]
        return f"{_name(above, chart)}:{own}"
    return f"{ROOTS[account.element]}:{own}"


def _signed(line: Line) -> Decimal:
    return yuan(line.debit_cents - line.credit_cents)


def _payee(voucher: Voucher) -> str:
    return mask_name(voucher.payee) if voucher.payee and voucher.payee_kind in PERSONS else voucher.payee


def _party(line: Line, chart: Chart) -> str:
    kept = chart.by_pk[line.account_id].kept
    return mask_name(line.party) if line.party and kept == Account.Kept.HOUSEHOLD else line.party


def _text(value: str) -> str:
    """On one line, without what either program takes for its own signs."""
    plain = re.sub(r"\s+", " ", value).replace("\\", "＼").replace('"', "”")
    return plain.replace(";", "；").replace("|", "｜")


def _cell(value: str) -> str:
    """A cell that a spreadsheet never takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
