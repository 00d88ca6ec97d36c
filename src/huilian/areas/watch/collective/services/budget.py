"""The yearly budget: decided by the members, entered with the number of the decision, changed only by another one."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import sheets
from huilian.engine.screening.services import touch
from huilian.engine.sheets import Column
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Budget, BudgetLine
from ..queries.chart import chart_of
from .acting import allow

COLUMNS = (
    Column("code", "科目编码", "code", aliases=("科目代码", "编码", "科目编号", "Code"), required=True, max_length=16),
    Column("name", "科目名称", aliases=("科目", "项目", "Account"), max_length=60),
    Column("amount", "预算金额", "money", aliases=("预算数", "金额", "本年预算", "Amount"), required=True),
    Column("note", "说明", aliases=("备注", "测算依据", "Note"), max_length=120),
)
Planned = tuple[str, int, str]  # (code of the account, cents, note)


@transaction.atomic
def save_budget(
    set: AccountSet, year: int, lines: Sequence[Planned], *, decision_no: str, decided_on: date, by
) -> Budget:
    """Enter the budget of a year, or its next version; the one before is kept and no longer in force.

    Raises Invalid without a decision, for an account that does not exist or stands twice, and for an amount that is
    none.
    """
    set = AccountSet.objects.select_for_update(of=("self",)).select_related("place", "unit").get(pk=set.pk)
    allow(by, "collective.enter", set)
    if not decision_no.strip():
        raise Invalid(
            _("A budget is decided by the members or their representatives: write the number of the decision."),
            field="decision_no",
        )
    if decided_on is None or decided_on > today():
        raise Invalid(_("The day of the decision has not come yet."), field="decided_on")
    if not set.starts_on.year <= year <= today().year + 1:
        raise Invalid(_("These books have no year %(year)d.") % {"year": year}, field="year")
    rows = _checked(set, lines)
    last = Budget.objects.filter(set=set, year=year).order_by("-version").first()
    if last:
        Budget.objects.filter(set=set, year=year, is_current=True).update(is_current=False)
    budget = Budget.objects.create(
        set=set,
        year=year,
        version=last.version + 1 if last else 1,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
    )
    BudgetLine.objects.bulk_create([BudgetLine(budget=budget, account=a, amount_cents=c, note=n) for a, c, n in rows])
    record(
        "collective.budget",
        budget,
        by=by,
        data={
            "year": year,
            "version": budget.version,
            "decision": budget.decision_no,
            "lines": [[a.code, c] for a, c, _n in rows],
            "count": len(rows),
        },
        place=set.place,
    )
    touch([set.village_code])
    return budget


def _checked(set: AccountSet, lines: Sequence[Planned]) -> list:
    if not lines:
        raise Invalid(_("A budget has at least one line."), field="lines")
    chart, seen, rows = chart_of(set), {}, []
    for at, (code, cents, note) in enumerate(lines, 1):
        account = chart.find(code)
        if account is None or not account.is_active:
            raise Invalid(
                _("Line %(line)d: there is no account %(code)s.") % {"line": at, "code": code}, field="lines", row=at
            )
        if account.pk in seen:
            raise Invalid(
                _("Line %(line)d: %(account)s stands in line %(first)d already.")
                % {"line": at, "account": account, "first": seen[account.pk]},
                field="lines",
                row=at,
            )
        if cents <= 0:
            raise Invalid(
                _("Line %(line)d: write what is planned, more than nothing.") % {"line": at}, field="lines", row=at
            )
        seen[account.pk] = at
        rows.append((account, cents, note.strip()[:120]))
    return rows


def read_budget(file: BinaryIO | bytes) -> tuple[list[Planned], list[sheets.Fault]]:
    """Lines of a budget from a spreadsheet, and what is wrong with it."""
    sheet = sheets.read(file, known=[c.names for c in COLUMNS])
    parsed = sheets.parse(sheet, COLUMNS, unique=("code",))
    lines = [(r.values["code"], int(r.values["amount"] * 100), r.values.get("note") or "") for r in parsed.records]
    return lines, parsed.faults
