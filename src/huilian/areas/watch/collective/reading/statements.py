"""「对账单」 A bank's table as entries: whatever the bank calls its columns, one amount column or two, either order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import sheets
from huilian.engine.registers.importing import source_of
from huilian.engine.registers.models import ColumnMapping
from huilian.engine.sheets import Column, Fault, Parsed
from huilian.engine.sheets.columns import KEPT_FAULTS
from huilian.engine.sheets.reading import column_letters, fold
from huilian.foundation.errors import Invalid, Refused

from ..rules.statements import Entry, in_order

REGISTER = "collective-bank-statement"
IN, OUT = "in", "out"
DIRECTIONS = dict.fromkeys(["收", "收入", "贷", "贷方", "转入", "存入", "入账", "来账", "c", "cr", "+"], IN)
DIRECTIONS |= dict.fromkeys(["支", "支出", "借", "借方", "转出", "支取", "出账", "往账", "d", "dr", "-"], OUT)
NAMES = {  # column: the heading of our own template, then what the banks write
    "date": "交易日期 记账日期 入账日期 入帐日期 交易时间 发生日期 日期 Date",
    # On a customer's statement the bank writes money in as 贷方: it owes it to the customer.
    "paid_in": "收入金额 收入 收入发生额 贷方发生额 贷方金额 贷方 贷方发生额/收入 转入金额 存入金额 Credit",
    "paid_out": "支出金额 支出 支出发生额 借方发生额 借方金额 借方 借方发生额/支取 转出金额 支取金额 Debit",
    "amount": "交易金额 发生额 金额 交易额 Amount",
    "direction": "收支标志 收支方向 收支 收/支 借贷标志 借贷方向 借贷状态 借贷 交易方向 来往账标志",
    "balance": "账户余额 余额 交易后余额 本次余额 账面余额 当前余额 Balance",
    "name": "对方户名 对方名称 对方账户名称 对方单位名称 对方单位 收(付)方名称 收/付方名称 交易对手 对手户名",
    "account": "对方账号 对方账户 对方帐号 对方账号/卡号 收(付)方账号 对手账号",
    "summary": "摘要 摘要说明 交易摘要 用途 备注 附言 Summary",
    "reference": "流水号 交易流水号 核心流水号 企业流水号 交易序号 凭证号 凭证号码 Reference",
}
KINDS = {"date": "date", "direction": "choice", "account": "code", "reference": "code"} | dict.fromkeys(
    ("paid_in", "paid_out", "amount", "balance"), "money"
)
LONGEST = {"name": 80, "account": 40, "summary": 120, "reference": 60}
COLUMNS = tuple(
    Column(
        key,
        names.split()[0],
        KINDS.get(key, "text"),
        aliases=tuple(names.split()[1:]),
        required=key in ("date", "balance"),
        choices=DIRECTIONS if key == "direction" else {},
        max_length=LONGEST.get(key),
    )
    for key, names in NAMES.items()
)
MAPPED = {
    "date": gettext_lazy("day of the entry"),
    "paid_in": gettext_lazy("money in"),
    "paid_out": gettext_lazy("money out"),
    "amount": gettext_lazy("amount with a sign, or with a mark of in and out"),
    "direction": gettext_lazy("mark of in and out"),
    "balance": gettext_lazy("balance after"),
    "name": gettext_lazy("other side"),
    "account": gettext_lazy("account of the other side"),
    "summary": gettext_lazy("summary of the bank"),
    "reference": gettext_lazy("reference"),
}


@dataclass
class Reading:
    """What a file says. `missing` are columns nobody could find; then there are no entries."""

    headings: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)  # column -> heading
    missing: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def column_of(self, key: str) -> tuple[str, str]:
        """(heading, letter) of a column, for a fault that was found later."""
        heading = self.found.get(key, "")
        at = self.headings.index(heading) if heading in self.headings else -1
        return heading, column_letters(at + 1) if at >= 0 else ""


def read_statement(body: bytes, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a bank's file. `mapping` says which heading stands for which column; without it what was said before for
    these headings, else the usual names. Raises Invalid when it is no table at all."""
    sheet = _sheet(body, mapping)
    headings = tuple(h for h in sheet.headings if h)
    if mapping is None:
        kept = ColumnMapping.objects.filter(register=REGISTER, source=source_of(sheet.headings)).first()
        mapping = kept.headings if kept else None
    columns = _mapped(mapping) if mapping else list(COLUMNS)
    by_name = {fold(name): column.key for column in columns for name in column.names}
    found = {by_name[fold(h)]: h for h in reversed(headings) if fold(h) in by_name}
    reading = Reading(headings, found, _missing(found))
    if reading.missing:
        return reading
    parsed = Parsed()
    for one in sheets.records(sheet, columns, parsed):
        try:
            if amount := _amount(one.values):
                reading.entries.append(_entry(one.row, amount, one.values))
            else:
                reading.skipped.append((one.row, _("no amount")))
        except Refused as refused:
            parsed.add(Fault(one.row, *reading.column_of(refused.field or ""), str(refused)))
    reading.faults = parsed.faults[:KEPT_FAULTS]
    reading.skipped = sorted(reading.skipped + parsed.skipped)
    reading.entries = in_order(reading.entries)
    return reading


def _sheet(body: bytes, mapping: Mapping[str, str] | None) -> sheets.Sheet:
    """The table in the file; where none of the usual headings stands in it, whatever looks like headings."""
    known = [(h,) for h in mapping.values() if h] if mapping else [c.names for c in COLUMNS]
    try:
        return sheets.read(body, known=known)
    except Invalid:
        return sheets.read(body)


def _mapped(mapping: Mapping[str, str]) -> list[Column]:
    return [replace(c, heading=mapping[c.key], aliases=()) for c in COLUMNS if mapping.get(c.key)]


def _missing(found: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that nobody could find. Amounts stand in one column or in two."""
    missing = [key for key in ("date", "balance") if key not in found]
    if "amount" not in found:
        missing += [key for key in ("paid_in", "paid_out") if key not in found]
    return tuple(missing)


def _cents(value) -> int:
    return int(value * 100) if value is not None else 0


def _amount(values: Mapping) -> int:
    """Cents, positive for money in. Raises Invalid where in and out contradict each other."""
    paid_in, paid_out = _cents(values.get("paid_in")), _cents(values.get("paid_out"))
    if paid_in and paid_out:
        raise Invalid(_("Money in and money out stand in one row. Which is it?"), field="paid_in")
    if paid_in or paid_out:
        return paid_in - paid_out
    amount, direction = _cents(values.get("amount")), values.get("direction")
    if direction and amount:
        return abs(amount) if direction == IN else -abs(amount)
    return amount


def _entry(row: int, amount: int, values: Mapping) -> Entry:
    return Entry(
        row=row,
        date=values["date"],
        amount=amount,
        balance=_cents(values["balance"]),
        name=values.get("name") or "",
        account=values.get("account") or "",
        summary=values.get("summary") or "",
        reference=values.get("reference") or "",
    )
