"""What a workbook of vouchers means: one line of a voucher in each row, in the headings of whatever system wrote it.

Many systems write day, number and summary only in the first row of a voucher, and its lines below; so do we read it.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import sheets
from huilian.engine.sheets import Column, Fault, Limits
from huilian.engine.sheets.columns import known
from huilian.engine.sheets.reading import column_letters, fold
from huilian.foundation.errors import Invalid, Refused

from ..queries.chart import Chart

LIMITS = Limits(megabytes=40, rows=100_000)
NEEDED = ("date", "number", "summary", "code", "debit", "credit")
PAYEE_KINDS = {
    "个人": "person",
    "企业": "firm",
    "单位": "firm",
    "公共机构": "public",
    "成员": "member",
    "村民": "member",
    "person": "person",
    "firm": "firm",
    "public": "public",
    "member": "member",
}


def columns() -> list[Column]:
    """The columns and what other systems call them."""
    return [
        Column("date", gettext_lazy("date of the voucher"), "date",
               aliases=("日期", "凭证日期", "记账日期", "制单日期", "date"), example="2026-03-05"),
        Column("number", gettext_lazy("number of the voucher"), "text",
               aliases=("凭证号", "凭证字号", "凭证编号", "记字号", "voucher no", "number"),
               max_length=40, example="12"),
        Column("summary", gettext_lazy("summary"), "text", aliases=("摘要", "summary"), max_length=120,
               example="收柳河食品厂三月租金"),
        Column("code", gettext_lazy("code of the account"), "code",
               aliases=("科目编号", "科目编码", "科目代码", "会计科目编码", "account"), example="501-02"),
        Column("name", gettext_lazy("name of the account"), "text", aliases=("科目名称", "会计科目")),
        Column("debit", gettext_lazy("debit amount"), "money", aliases=("借方金额", "借方", "debit"), example="1200"),
        Column("credit", gettext_lazy("credit amount"), "money", aliases=("贷方金额", "贷方", "credit")),
        Column("party", gettext_lazy("other party, household or fund"), "text", max_length=80,
               aliases=("往来对方", "往来单位", "往来单位/个人", "农户", "辅助核算", "项目", "party")),
        Column("payee", gettext_lazy("paid to or received from"), "text", max_length=80,
               aliases=("收付款人", "收款人", "付款人", "对方单位", "对方户名", "payee")),
        Column("payee_kind", gettext_lazy("kind of payee"), "choice", choices=PAYEE_KINDS, aliases=("收付款人类型",)),
        Column("payee_account", gettext_lazy("account of the payee"), "code", max_length=40,
               aliases=("对方账号", "收款账号")),
        Column("attachments", gettext_lazy("sheets attached"), "integer", aliases=("附件数", "附单据数", "附件")),
        Column("handler", gettext_lazy("handled by"), "text", max_length=40, aliases=("经手人", "经办人")),
        Column("invoice_no", gettext_lazy("invoice number"), "code", max_length=40,
               aliases=("票据号", "发票号码", "发票号")),
        Column("decision_no", gettext_lazy("decision number"), "text", max_length=40, aliases=("决议号",)),
        Column("contract_no", gettext_lazy("contract number"), "text", max_length=40, aliases=("合同号", "合同编号")),
        Column("fund", gettext_lazy("earmarked for"), "text", max_length=60, aliases=("专项资金", "资金项目")),
    ]  # fmt: skip


HEAD = ("payee", "payee_kind", "payee_account", "attachments", "handler", "decision_no", "contract_no", "fund")


@dataclass(slots=True)
class Read:
    """One voucher of the file; `lines` as `services.bulk.Given` takes them."""

    row: int
    number: str
    date: date
    summary: str
    lines: list[tuple[str, int, str, str]] = field(default_factory=list)
    values: dict = field(default_factory=dict)
    invoices: list[dict] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


@dataclass
class Reading:
    """A whole file. `missing`: headings that have to be matched before anything can be read."""

    digest: str
    headings: tuple[str, ...]
    missing: list[str] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    vouchers: list[Read] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0
    letters: dict[str, tuple[str, str]] = field(default_factory=dict)  # column -> (heading, letter)

    def fault(self, row: int, column: str, message: object) -> None:
        heading, letter = self.letters.get(column, ("", ""))
        self.faults.append(Fault(row, heading, letter, str(message)))


def digest_of(file: BinaryIO) -> str:
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found


def read(file: BinaryIO, *, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a workbook. `mapping`: column -> heading of this source, where somebody matched them before.

    Raises Invalid when it cannot be read as a table at all; everything else is told row by row in `faults`.
    """
    wanted = columns()
    if mapping:
        wanted = [replace(c, heading=mapping[c.key], aliases=()) for c in wanted if mapping.get(c.key)]
    digest = digest_of(file)
    sheet = _open(file, wanted)
    have = {fold(h): at for at, h in enumerate(sheet.headings, 1) if h}
    letters = {
        c.key: (str(c.heading), column_letters(have[fold(n)])) for c in wanted for n in c.names if fold(n) in have
    }
    missing = [key for key in NEEDED if key not in letters]
    reading = Reading(digest, sheet.headings, missing, letters=letters)
    if missing:
        return reading
    parsed = sheets.parse(sheet, wanted)
    reading.unknown = parsed.unknown
    reading.faults = list(parsed.faults)
    _group(reading, parsed.records)
    return reading


def _open(file: BinaryIO, wanted: Sequence[Column]) -> sheets.Sheet:
    """The table; where none of our headings is found, the first row that looks like headings, to be matched."""
    try:
        return sheets.read(file, limits=LIMITS, known=known(wanted))
    except Refused as refusal:
        file.seek(0)
        try:
            return sheets.read(file, limits=LIMITS)
        except Refused:
            raise refusal from None


def _group(reading: Reading, records: Sequence[sheets.Record]) -> None:
    """Rows to vouchers: a row with a number begins one, unless it is the number (and month) of the one above."""
    seen: dict[tuple[int, int, str], int] = {}
    current: Read | None = None
    for record in records:
        values = record.values
        reading.lines += 1
        number, day = values["number"], values["date"]
        begins = number is not None and (
            current is None or number != current.number or (day is not None and day != current.date)
        )
        if begins:
            current = _begin(reading, record, seen)
        elif current is None:
            reading.fault(record.row, "number", _("No number of a voucher stands in this row or above it."))
            continue
        if current is not None:
            _line(reading, current, record)


def _begin(reading: Reading, record: sheets.Record, seen: dict) -> Read | None:
    values = record.values
    if values["date"] is None:
        reading.fault(record.row, "date", _("The first row of a voucher needs its date."))
        return None
    if not values["summary"]:
        reading.fault(record.row, "summary", _("The first row of a voucher needs its summary."))
        return None
    key = (values["date"].year, values["date"].month, values["number"])
    if key in seen:
        reading.fault(
            record.row,
            "number",
            _("Number %(number)s of this month began in row %(row)d already. Keep the rows of a voucher together.")
            % {"number": values["number"], "row": seen[key]},
        )
        return None
    seen[key] = record.row
    voucher = Read(record.row, values["number"], values["date"], values["summary"])
    for name in HEAD:
        if values.get(name) is not None:
            voucher.values[name] = values[name]
    reading.vouchers.append(voucher)
    return voucher


def _line(reading: Reading, voucher: Read, record: sheets.Record) -> None:
    values = record.values
    voucher.rows.append(record.row)
    debit, credit = cents_of(values["debit"]), cents_of(values["credit"])
    if not values["code"]:
        reading.fault(record.row, "code", _("The code of the account is missing."))
        return
    if bool(debit) == bool(credit):
        reading.fault(record.row, "debit", _("An amount is needed on one side, and on one only."))
        return
    if debit < 0 or credit < 0:  # a red line of another system: the same as its positive on the other side
        debit, credit = -min(credit, 0) or max(debit, 0), -min(debit, 0) or max(credit, 0)
    summary = values["summary"] or ""
    own = "" if summary == voucher.summary else summary
    voucher.lines.append((account_code(values["code"]), debit - credit, values.get("party") or "", own))
    if values.get("invoice_no"):
        kind = "invoice"
        paper = {"kind": kind, "number": values["invoice_no"], "date": voucher.date, "amount_cents": debit or credit}
        voucher.invoices.append(paper)


def cents_of(yuan: Decimal | None) -> int:
    """An amount of a sheet, which is yuan, in cents."""
    return int(yuan * 100) if yuan else 0


_SIGNS = re.compile(r"[.\-/ ]+")


def account_code(code: str) -> str:
    """501.02, 501-02 and 50102 are one account."""
    plain = _SIGNS.sub("", code)
    return f"{plain[:3]}-{plain[3:]}" if len(plain) == 5 else plain


def check_codes(reading: Reading, chart: Chart) -> None:
    """Tell every row whose account does not exist, once for each."""
    known_codes: dict[str, str] = {}
    for voucher in reading.vouchers:
        for row, (code, *_rest) in zip(voucher.rows, voucher.lines, strict=False):
            if code not in known_codes:
                try:
                    chart.account(code)
                    known_codes[code] = ""
                except Invalid as wrong:
                    known_codes[code] = str(wrong)
            if known_codes[code]:
                reading.fault(row, "code", known_codes[code])
