"""Bank accounts and statements: one basic account, statements that follow one another, read whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.registers.importing import source_of
from huilian.engine.registers.models import ColumnMapping
from huilian.engine.screening.services import touch
from huilian.engine.sheets import Fault
from huilian.engine.trail.services import Act, record, record_many
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.foundation.names import norm
from huilian.foundation.now import now, today

from ..models import BankAccount, BankLine, BankStatement, Voucher
from ..queries.bank import last_of
from ..reading.statements import MAPPED, Reading, read_statement
from ..rules.statements import Entry, Last, check, opening_of
from ..rules.vouchers import BANK
from .acting import allow

KEPT = ("number", "bank", "holder", "kind", "account", "purpose", "opened_on", "closed_on", "is_registered")
FEWEST_DIGITS, MOST_DIGITS = 8, 32


class FaultyStatement(Refused):
    """The statement was not read. `faults` name rows; `reading` tells what was understood (headings to be mapped)."""

    def __init__(self, message: object, reading: Reading, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message, field="file")
        self.reading, self.faults = reading, list(faults)


@dataclass
class Outcome:
    """What came of a statement: the statement, how many of its entries found their voucher."""

    statement: BankStatement
    matched: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def save_bank_account(account: BankAccount | None, values: Mapping, *, by) -> BankAccount:
    """Enter a bank account or change it.

    One basic account per organisation; any other account says what it is for (facts of the county rules on money).
    Raises Invalid for a number that cannot be one, a second basic account, an account of the books used twice.
    """
    row = BankAccount.objects.select_for_update().get(pk=account.pk) if account else BankAccount(set=values["set"])
    before = {name: str(getattr(row, name) or "") for name in KEPT} if account else {}
    for name in KEPT:
        if name in values:
            setattr(row, name, values[name])
    allow(by, "collective.bank", row.set)
    row.number = "".join(ch for ch in row.number if ch.isdigit())
    _check_account(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid(
            _("This organisation already has a basic account. One basic account each; enter this one as special.")
            if row.kind == BankAccount.Kind.BASIC and _other_basic(row)
            else _("This account number stands in the register already."),
            field="kind" if row.kind == BankAccount.Kind.BASIC and _other_basic(row) else "number",
        ) from None
    changed = [n for n in KEPT if str(getattr(row, n) or "") != before.get(n, "")]
    if changed:
        data = {"bank": row.bank, "last": row.number[-4:], "changed": changed}
        verb = "collective.bank_account_change" if account else "collective.bank_account"
        record(verb, row, by=by, data=data, place=row.set.place)
        touch([row.set.village_code])
    return row


def _other_basic(row: BankAccount) -> bool:
    others = BankAccount.objects.filter(set=row.set, kind="basic", closed_on=None, is_registered=True)
    return others.exclude(pk=row.pk).exists()


def _check_account(row: BankAccount) -> None:
    if not FEWEST_DIGITS <= len(row.number) <= MOST_DIGITS:
        raise Invalid(_("An account number has 8 to 32 digits. Copy it from the bank's paper."), field="number")
    if row.kind != BankAccount.Kind.BASIC and not row.purpose.strip():
        raise Invalid(_("Besides the basic account an account needs a reason: write what it is for."), field="purpose")
    if row.closed_on and row.opened_on and row.closed_on < row.opened_on:
        raise Invalid(_("The account cannot be closed before it was opened."), field="closed_on")
    if row.account.number // (100 if row.account.number > 999 else 1) != BANK:
        raise Invalid(_("In the books a bank account is 102 or a part of it."), field="account")
    if row.account.set_id not in (None, row.set_id):
        raise Invalid(_("This account of the books belongs to another organisation."), field="account")
    twin = BankAccount.objects.filter(set=row.set, account=row.account, closed_on=None).exclude(pk=row.pk)
    if row.closed_on is None and twin.exists():
        raise Invalid(
            _("%(account)s already stands for %(other)s. Add a sub-account of 102 for this one.")
            % {"account": row.account, "other": twin.first()},
            field="account",
        )


@transaction.atomic
def register_bank_accounts(rows: Sequence[BankAccount], *, by) -> list[BankAccount]:
    """Enter many accounts at once (taking over a county's list). The same checks, all or nothing."""
    for row in rows:
        allow(by, "collective.bank", row.set)
        row.number = "".join(ch for ch in row.number if ch.isdigit())
        _check_account_alone(row)
    bulk.insert(rows)
    record_many(
        [Act("collective.bank_account", r, {"bank": r.bank, "last": r.number[-4:]}, place=r.set.place) for r in rows],
        by=by,
    )
    touch({row.set.village_code for row in rows})
    return list(rows)


def _check_account_alone(row: BankAccount) -> None:
    """What can be known of an account without the others; the database keeps them apart."""
    if not FEWEST_DIGITS <= len(row.number) <= MOST_DIGITS:
        raise Invalid(_("An account number has 8 to 32 digits. Copy it from the bank's paper."), field="number")
    if row.kind != BankAccount.Kind.BASIC and row.is_registered and not row.purpose.strip():
        raise Invalid(_("Besides the basic account an account needs a reason: write what it is for."), field="purpose")


@transaction.atomic
def import_statement(
    account: BankAccount, file: BinaryIO, name: str, *, by, mapping: Mapping[str, str] | None = None
) -> Outcome:
    """Read one statement of the bank, all or nothing; entries beyond doubt find their voucher at once.

    It must follow the one before without a gap or an overlap, every balance must follow from the one before, and a file
    is read once. `mapping` (column -> heading) is remembered for every file with the same headings.
    Raises `FaultyStatement` with the rows, `Conflict` for a file that was read already.
    """
    allow(by, "collective.bank", account.set)
    account = BankAccount.objects.select_for_update(of=("self",)).select_related("set__place").get(pk=account.pk)
    body = file.read()
    digest = sha256(body).hexdigest()
    _refuse_twice(digest)
    reading = read_statement(body, mapping)
    if reading.missing:
        raise FaultyStatement(
            _("Say which headings of the file stand for: %(names)s.")
            % {"names": "、".join(str(MAPPED[key]) for key in reading.missing)},
            reading,
        )
    last = _last(account)
    faults = list(reading.faults)
    if not faults:
        faults = [_fault(f, reading) for f in check(reading.entries, last=last, today=today())]
    if faults:
        raise FaultyStatement(
            _("Nothing was read: the file has faults. Put them right and upload it again."), reading, faults
        )
    if not reading.entries:
        raise Invalid(_("The file holds no entry with an amount."), field="file")
    statement = _write(account, reading.entries, digest=digest, name=name, at=now())
    if mapping:
        ColumnMapping.objects.update_or_create(
            register="collective-bank-statement",
            source=source_of(reading.headings),
            defaults={"headings": dict(mapping), "made_by": str(by), "made_at": now()},
        )
    from .matching import match_open

    matched = match_open(account, by=by)
    record(
        "collective.bank_statement",
        statement,
        by=by,
        data={
            "account": account.number[-4:],
            "rows": statement.lines_count,
            "upto": statement.ends_on.isoformat(),
            "closing": statement.closing_cents,
            "digest": digest,
            "matched": matched,
        },
        place=account.set.place,
    )
    touch([account.set.village_code])
    return Outcome(statement, matched, reading.skipped)


@transaction.atomic
def withdraw_statement(statement: BankStatement, *, by) -> None:
    """Take the last statement of an account back, with its entries: a wrong file was read. What was matched by hand
    is let go first, by whoever matched it. Raises Conflict where a later statement rests on it."""
    account = statement.bank_account
    allow(by, "collective.bank", account.set)
    BankAccount.objects.select_for_update().get(pk=account.pk)
    if BankStatement.objects.filter(bank_account=account, pk__gt=statement.pk).exists():
        raise Conflict(_("Only the last statement of an account can be taken back: the next one begins where it ends."))
    if statement.lines.filter(how=BankLine.How.HAND).exists():
        raise Conflict(_("Entries of this statement were matched by hand. Undo those matches first."))
    record(
        "collective.bank_withdraw",
        statement,
        by=by,
        data={"account": account.number[-4:], "rows": statement.lines_count, "digest": statement.digest},
        place=account.set.place,
    )
    statement.delete()
    touch([account.set.village_code])


@dataclass(frozen=True)
class GivenStatement:
    """A statement that comes as values (a bank's interface, the taking over of a year): `vouchers` by position."""

    account: BankAccount
    entries: Sequence[Entry]
    at: datetime
    name: str = ""
    vouchers: Mapping[int, Voucher] = field(default_factory=dict)


@transaction.atomic
def import_statements(given: Iterable[GivenStatement], *, by) -> list[BankStatement]:
    """Read many statements at once, held to the same checks, all or nothing; one act in the trail for each account."""
    lasts: dict[int, Last | None] = {}
    statements, lines, acts = [], [], {}
    for one in given:
        account = one.account
        if account.pk not in lasts:
            allow(by, "collective.bank", account.set)
            lasts[account.pk] = _last(account)
        if faults := check(one.entries, last=lasts[account.pk], today=now().date()):
            raise Invalid(f"{account}: {faults[0]}", field="file", row=faults[0].row)
        digest = sha256(repr((account.number, one.entries)).encode()).hexdigest()
        statement = _statement(account, one.entries, digest=digest, name=one.name, at=one.at)
        statements.append(statement)
        for position, entry in enumerate(one.entries, 1):
            lines.append(_line(statement, position, entry, one.vouchers.get(position), one.at))
        lasts[account.pk] = Last(statement.ends_on, statement.closing_cents)
        said = acts.setdefault(account.pk, {"account": account, "statements": 0, "rows": 0, "digest": sha256()})
        said["statements"] += 1
        said["rows"] += len(one.entries)
        said["digest"].update(digest.encode())
    bulk.insert(statements)
    bulk.insert(lines)
    record_many(
        [
            Act(
                "collective.bank_statements",
                s["account"],
                {
                    "account": s["account"].number[-4:],
                    "statements": s["statements"],
                    "rows": s["rows"],
                    "digest": s["digest"].hexdigest(),
                },
                place=s["account"].set.place,
            )
            for s in acts.values()
        ],
        by=by,
    )
    touch({s["account"].set.village_code for s in acts.values()})
    return statements


def _refuse_twice(digest: str) -> None:
    found = BankStatement.objects.filter(digest=digest).select_related("bank_account").first()
    if found:
        raise Conflict(
            _("This file was read on %(day)s already, for %(account)s. A statement is read once.")
            % {"day": f"{found.imported_at:%Y-%m-%d}", "account": found.bank_account},
            field="file",
        )


def _last(account: BankAccount) -> Last | None:
    found = last_of(account)
    return Last(found.ends_on, found.closing_cents) if found else None


def _fault(found: Invalid, reading: Reading) -> Fault:
    column = reading.column_of(found.field or "")
    return Fault(found.row or 0, *column, str(found))


def _statement(account: BankAccount, entries: Sequence[Entry], *, digest: str, name: str, at: datetime):
    return BankStatement(
        bank_account=account,
        starts_on=entries[0].date,
        ends_on=entries[-1].date,
        opening_cents=opening_of(entries),
        closing_cents=entries[-1].balance,
        lines_count=len(entries),
        digest=digest,
        file_name=name[:120],
        imported_at=at,
    )


def _line(statement: BankStatement, position: int, entry: Entry, voucher: Voucher | None, at: datetime) -> BankLine:
    return BankLine(
        statement=statement,
        bank_account=statement.bank_account,
        position=position,
        date=entry.date,
        amount_cents=entry.amount,
        balance_cents=entry.balance,
        counter_name=entry.name[:80],
        counter_norm=norm(entry.name)[:80],
        counter_key=entry.key,
        counter_account=entry.account[:40],
        summary=entry.summary[:120],
        reference=entry.reference[:60],
        voucher=voucher,
        how=BankLine.How.RULE if voucher else BankLine.How.NONE,
        matched_at=at if voucher else None,
    )


def _write(account: BankAccount, entries: Sequence[Entry], *, digest: str, name: str, at: datetime) -> BankStatement:
    statement = _statement(account, entries, digest=digest, name=name, at=at)
    try:
        with transaction.atomic():
            statement.save()
    except IntegrityError:  # the same file, read by somebody else at this very moment
        raise Conflict(_("This file was read by somebody else just now."), field="file") from None
    bulk.insert([_line(statement, at_, entry, None, at) for at_, entry in enumerate(entries, 1)])
    return statement
