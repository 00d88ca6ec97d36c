"""Vouchers of the past taken over in bulk, as they were: posted, with the persons and days that stand on them.

For books kept in another system and for the import of files. History is not judged here: a voucher without a stamp is
taken over without one, and screening says what it thinks of it. What makes books books is checked all the same: two
equal sides, known accounts, an open month.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.names import norm
from huilian.foundation.now import CHINA, today

from ..models import Account, AccountSet, Invoice, Line, Voucher
from ..queries.chart import Chart, charts_of
from ..rules import vouchers as rules
from .acting import allow
from .booking import book_all
from .sets import subject
from .writing import head_of, lock_sets

Moment = tuple[int | None, datetime | None]  # (the person's key, when)
NOBODY: Moment = (None, None)


@dataclass(slots=True)
class Given:
    """One voucher as it comes. A line is (account's code, cents with debit positive, whom it concerns, summary); the
    last two may be left out. An invoice holds the fields of the model."""

    set: AccountSet
    date: date
    summary: str
    lines: Sequence[tuple]
    kind: str = ""  # from the lines when empty
    values: dict = field(default_factory=dict)  # payee, payee_kind, handler, decision_no, …
    invoices: Sequence[dict] = ()
    prepared: Moment = NOBODY
    reviewed: Moment = NOBODY
    approved: Moment = NOBODY
    stamped: Moment = NOBODY
    entered_at: datetime | None = None
    posted_at: datetime | None = None
    row: int | None = None  # where it stands in its file


@bulk.piling_up()
@transaction.atomic
def import_vouchers(
    rows: Iterable[Given], *, by, at: datetime | None = None, source: str = "import", batch: str = ""
) -> list[Voucher]:
    """Take posted vouchers over, of one set or of many; all or none; returned in the order of their numbers.

    `at` is the moment for those that do not say when they were entered and posted; without it 18:00 of their day.
    `batch` is the digest of the file they came from. One event for each set goes into the trail.
    """
    rows = list(rows)
    sets = {s.pk: s for s in lock_sets({g.set.pk for g in rows})}
    for accounts in sets.values():
        allow(by, "collective.close", accounts)
    found = write_posted(rows, sets, charts_of(sets.values()), at=at, source=source, batch=batch)
    by_set: dict[int, list[Voucher]] = defaultdict(list)
    for voucher in found:
        by_set[voucher.set_id].append(voucher)
    record_many(
        (
            Act(
                "collective.import_vouchers",
                subject(sets[key]),
                {"vouchers": len(own), "digest": rules.seal([v.digest for v in own]), "file": batch[:16]},
                place=sets[key].place,
            )
            for key, own in by_set.items()
        ),
        by=by,
    )
    return found


def write_posted(
    rows: Sequence[Given],
    sets: dict[int, AccountSet],
    charts: dict[int, Chart],
    *,
    at: datetime | None = None,
    source: str,
    batch: str = "",
) -> list[Voucher]:
    """Write posted vouchers with lines, papers and balances. The sets are locked and the caller may."""
    ready, faults = prepare(rows, sets, charts)
    if faults:
        raise faults[0][1]
    return insert(ready, sets, at=at, source=source, batch=batch)


@dataclass(slots=True)
class Ready:
    """A voucher that was found right: its lines with their accounts, and what follows from them."""

    given: Given
    lines: list[tuple[int, rules.Entry]]  # (the account's key, the line)
    kind: str
    method: str
    month: int
    total: int


def prepare(
    rows: Iterable[Given], sets: dict[int, AccountSet], charts: dict[int, Chart]
) -> tuple[list[Ready], list[tuple[Given, Invalid]]]:
    """What is right, in the order of sets and days, and what is wrong with each of the others."""
    finders = {key: _Finder(charts[key]) for key in sets}
    latest = today()
    ready, faults = [], []
    for given in sorted(rows, key=lambda g: (g.set.pk, g.date)):
        key = given.set.pk
        try:
            ready.append(_ready(given, sets[key], finders[key], latest))
        except Invalid as wrong:
            said = _("%(day)s “%(summary)s”: ") % {"day": given.date, "summary": given.summary[:30]}
            faults.append((given, Invalid(f"{said}{wrong}", field=wrong.field, row=given.row or wrong.row)))
    return ready, faults


def insert(
    ready: Sequence[Ready],
    sets: dict[int, AccountSet],
    *,
    at: datetime | None = None,
    source: str,
    batch: str = "",
    posted: bool = True,
) -> list[Voucher]:
    """Write prepared vouchers: posted with numbers and balances, or else handed over for review."""
    vouchers = bulk.rows_of(Voucher, (_values(r, at, source, batch, posted) for r in ready))
    if posted:
        _number(vouchers, ready, sets)
    vouchers = bulk.insert(vouchers)
    bulk.insert(
        bulk.rows_of(
            Line,
            (
                {
                    "voucher_id": voucher.pk,
                    "position": position,
                    "account_id": account,
                    "debit_cents": entry.debit,
                    "credit_cents": entry.credit,
                    "summary": entry.summary,
                    "party": entry.party,
                }
                for voucher, one in zip(vouchers, ready, strict=True)
                for position, (account, entry) in enumerate(one.lines, 1)
            ),
        )
    )
    papers = [
        {"voucher_id": voucher.pk, **paper}
        for voucher, one in zip(vouchers, ready, strict=True)
        for paper in one.given.invoices
    ]
    bulk.insert(bulk.rows_of(Invoice, papers))
    if posted:
        _balance(ready, sets)
    return vouchers


def _number(vouchers: Sequence[Voucher], ready: Sequence[Ready], sets: dict[int, AccountSet]) -> None:
    numbers = _last_numbers(sets)
    for voucher, one in zip(vouchers, ready, strict=True):
        key = (voucher.set_id, voucher.month)
        voucher.number = numbers[key] = numbers.get(key, 0) + 1
        voucher.digest = rules.voucher_digest(head_of(voucher), [entry for _a, entry in one.lines])


def _balance(ready: Sequence[Ready], sets: dict[int, AccountSet]) -> None:
    moves: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(dict)
    for one in ready:
        cells = moves[one.given.set.pk]
        for account, entry in one.lines:
            cell = cells.setdefault((account, one.month), [0, 0])
            cell[0] += entry.debit
            cell[1] += entry.credit
    book_all(
        [
            (sets[key], [(account, month, d, c) for (account, month), (d, c) in cells.items()])
            for key, cells in moves.items()
        ]
    )


class _Finder:
    """Accounts by whatever stands in a line; each code is looked up once."""

    def __init__(self, chart: Chart) -> None:
        self.chart, self.known = chart, {}

    def __call__(self, code: str) -> Account:
        account = self.known.get(code)
        if account is None:
            account = self.known[code] = self.chart.account(code)
        return account


def _ready(given: Given, accounts: AccountSet, find: _Finder, latest: date) -> Ready:
    lines = []
    for code, cents, *rest in given.lines:
        account = find(str(code))
        party = rest[0] if rest else ""
        summary = rest[1] if len(rest) > 1 else ""
        debit, credit = (cents, 0) if cents > 0 else (0, -cents)
        entry = rules.Entry(account.code, debit, credit, party or "", summary or "", account.kept)
        lines.append((account.pk, entry))
    plain = [entry for _account, entry in lines]
    total = rules.check_entries(plain)
    moving = [entry for entry in plain if entry.code[:3] in MONEY]  # the rest says nothing about kind and method
    kind = rules.check_kind(given.kind, moving)
    month = rules.check_date(
        given.date,
        starts_on=accounts.starts_on,
        closed_on=accounts.closed_on,
        closed_month=accounts.closed_month,
        today=latest,
    )
    return Ready(given, lines, kind, rules.method_of(kind, moving), month, total)


MONEY = [str(number) for number in rules.MONEY]
EVENING = time(18, tzinfo=CHINA)


def _values(one: Ready, at: datetime | None, source: str, batch: str, posted: bool) -> dict:
    given = one.given
    evening = at or datetime.combine(given.date, EVENING)
    payee = given.values.get("payee")
    return {
        "set_id": given.set.pk,
        "month": one.month,
        "date": given.date,
        "kind": one.kind,
        "state": Voucher.State.POSTED.value if posted else Voucher.State.SUBMITTED.value,
        "summary": given.summary,
        "total_cents": one.total,
        "method": one.method,
        "payee_norm": norm(payee) if payee else "",
        "prepared_by_id": given.prepared[0],
        "prepared_at": given.prepared[1],
        "reviewed_by_id": given.reviewed[0],
        "reviewed_at": given.reviewed[1],
        "approved_by_id": given.approved[0],
        "approved_at": given.approved[1],
        "stamped_by_id": given.stamped[0],
        "stamped_at": given.stamped[1],
        "entered_at": given.entered_at or given.prepared[1] or evening,
        "posted_at": (given.posted_at or evening) if posted else None,
        "source": source,
        "batch": batch,
        "revision": 1,
        **given.values,
    }


def _last_numbers(sets: dict[int, AccountSet]) -> dict[tuple[int, int], int]:
    rows = Voucher.objects.filter(set__in=list(sets), number__isnull=False).values_list("set", "month")
    return {(key, month): last for key, month, last in rows.annotate(last=Max("number")).order_by()}
