"""A workbook of opening balances: what each account stood at on the last day of the books before."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import sheets
from huilian.engine.sheets import Column, Fault
from huilian.engine.sheets.columns import known
from huilian.foundation.errors import Invalid

from ..queries.chart import Chart
from .vouchers import account_code, cents_of


def columns() -> list[Column]:
    """The columns and what other systems call them."""
    return [
        Column("code", gettext_lazy("code of the account"), "code", required=True, example="102",
               aliases=("科目编号", "科目编码", "科目代码", "会计科目编码", "account")),
        Column("name", gettext_lazy("name of the account"), "text", aliases=("科目名称", "会计科目")),
        Column("debit", gettext_lazy("debit balance"), "money", example="90000",
               aliases=("借方余额", "期末借方", "期初借方", "借方", "借方金额", "debit")),
        Column("credit", gettext_lazy("credit balance"), "money",
               aliases=("贷方余额", "期末贷方", "期初贷方", "贷方", "贷方金额", "credit")),
        Column("party", gettext_lazy("other party, household or fund"), "text", max_length=80,
               aliases=("往来对方", "往来单位", "往来单位/个人", "农户", "辅助核算", "项目", "party")),
    ]  # fmt: skip


def read(file: BinaryIO | bytes, chart: Chart) -> tuple[list[tuple[str, int, str]], list[Fault]]:
    """(code, cents with debit positive, party) of every row, and what is wrong. A row of an account whose
    sub-accounts stand in the file as well is their sum and left out. Raises Invalid when it is no such table."""
    wanted = columns()
    stream = BytesIO(file) if isinstance(file, bytes) else file
    parsed = sheets.parse(sheets.read(stream, known=known(wanted)), wanted)
    faults = list(parsed.faults)
    codes = [account_code(r.values["code"]) for r in parsed.records]
    divided = {code[:3] for code in codes if "-" in code}
    rows = []
    for code, record in zip(codes, parsed.records, strict=True):
        if code in divided:
            continue
        debit, credit = cents_of(record.values.get("debit")), cents_of(record.values.get("credit"))
        try:
            if debit and credit:
                raise Invalid(_("A balance stands on one side only."))
            account = chart.account(code)
            if debit == credit:
                continue
            if account.kept and not record.values.get("party"):
                raise Invalid(_("Write whom or what this balance concerns, one row for each."))
            rows.append((account.code, debit - credit, record.values.get("party") or ""))
        except Invalid as wrong:
            faults.append(Fault(record.row, "", "", str(wrong)))
    return rows, sorted(faults, key=lambda fault: fault.row)
