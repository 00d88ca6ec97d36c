"""What the bank says beside what the books say: open entries, proposals, the reconciliation statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from huilian.engine.access.queries import scope

from ..models import AccountSet, BankAccount, BankLine, BankStatement, Line, Voucher
from ..rules.matching import WINDOW, Moved, Proposal, proposals

SOURCE = "bank:"  # a voucher that was drafted from an entry says from which


def sets_visible_to(user, action: str = "collective.see") -> QuerySet[AccountSet]:
    """The account sets whose books this person reads (or may do `action` on)."""
    return scope(AccountSet.objects.all(), user, unit="unit", action=action)


def accounts_visible_to(user, action: str = "collective.see") -> QuerySet[BankAccount]:
    return BankAccount.objects.filter(set__in=sets_visible_to(user, action)).select_related("set__place", "account")


def overview(user, action: str = "collective.see") -> QuerySet[BankAccount]:
    """Accounts with `last_day`, `last_balance` and `open_lines`: where a statement is missing shows at a glance."""
    last = BankStatement.objects.filter(bank_account=OuterRef("pk")).order_by("-ends_on", "-pk")
    open_lines = BankLine.objects.filter(bank_account=OuterRef("pk"), voucher=None).order_by()
    return accounts_visible_to(user, action).annotate(
        last_day=Subquery(last.values("ends_on")[:1]),
        last_balance=Subquery(last.values("closing_cents")[:1]),
        open_lines=Subquery(open_lines.values("bank_account").annotate(n=Count("pk")).values("n")),
    )


def last_of(account: BankAccount) -> BankStatement | None:
    return BankStatement.objects.filter(bank_account=account).order_by("-ends_on", "-pk").first()


def open_lines(account: BankAccount) -> QuerySet[BankLine]:
    """Entries without a voucher, or whose voucher was reversed since, the oldest first."""
    return (
        BankLine.objects.filter(bank_account=account)
        .filter(Q(voucher=None) | Q(voucher__is_reversed=True))
        .order_by("date", "position")
    )


def booked(
    account: BankAccount, *, first: date | None = None, upto: date | None = None, standing_on: date | None = None
) -> list[Moved]:
    """What the posted vouchers moved on the account, but for reversed ones and their reversals, oldest first.

    With `standing_on` a voucher that was reversed after that day still counts.
    """
    vouchers = Q(voucher__set=account.set_id, voucher__state=Voucher.State.POSTED)
    vouchers &= ~Q(voucher__kind=Voucher.Kind.OPENING) & Q(voucher__reverses=None)
    vouchers &= ~Q(voucher__reversed_by__date__lte=standing_on) if standing_on else Q(voucher__is_reversed=False)
    if first:
        vouchers &= Q(voucher__date__gte=first)
    if upto:
        vouchers &= Q(voucher__date__lte=upto)
    rows = (
        Line.objects.filter(vouchers, account=account.account_id)
        .values("voucher_id")
        .annotate(moved=Sum(F("debit_cents") - F("credit_cents")))
        .order_by("voucher__date", "voucher_id")
        .values_list(
            "voucher_id",
            "voucher__date",
            "voucher__paid_on",
            "moved",
            "voucher__payee_norm",
            "voucher__payee_account",
            "voucher__source",
        )
    )
    return [
        Moved(key, paid or day, moved, name, bank, _hint(source))
        for key, day, paid, moved, name, bank, source in rows
        if moved
    ]


def _hint(source: str) -> int:
    return int(source[len(SOURCE) :]) if source.startswith(SOURCE) and source[len(SOURCE) :].isdecimal() else 0


def matched_vouchers(account: BankAccount) -> set[int]:
    """Keys of the vouchers that belong to an entry of this account."""
    lines = BankLine.objects.filter(bank_account=account)
    first = lines.exclude(voucher=None).values_list("voucher_id", flat=True)
    also = BankLine.also.through.objects.filter(bankline__bank_account=account).values_list("voucher_id", flat=True)
    return {*first, *also}


def as_moved(line: BankLine) -> Moved:
    return Moved(line.pk, line.date, line.amount_cents, line.counter_norm, line.counter_account)


def free_vouchers(account: BankAccount, *, first: date | None = None, upto: date | None = None) -> list[Moved]:
    """What the books moved on the account and no entry of the bank explains yet."""
    taken = matched_vouchers(account)
    return [m for m in booked(account, first=first, upto=upto) if m.key not in taken]


@dataclass(frozen=True)
class Proposed:
    """One proposal with its vouchers (or, for many entries of one voucher, its entries)."""

    proposal: Proposal
    vouchers: list[Voucher]


def proposed(lines: Iterable[BankLine], account: BankAccount) -> dict[int, list[Proposed]]:
    """For each open entry, which vouchers may belong to it; three queries however many entries."""
    lines = list(lines)
    if not lines:
        return {}
    span = timedelta(days=WINDOW)
    free = free_vouchers(account, first=min(ln.date for ln in lines) - span, upto=max(ln.date for ln in lines) + span)
    found = {line.pk: proposals(as_moved(line), free) for line in lines}
    wanted = {key for some in found.values() for p in some for key in p.keys}
    vouchers = Voucher.objects.in_bulk(list(wanted))
    return {pk: [Proposed(p, [vouchers[key] for key in p.keys]) for p in some] for pk, some in found.items() if some}


@dataclass
class Reconciliation:
    """「银行存款余额调节表」 Both balances on a day, and what only one side knows. Cents; `difference` must be 0."""

    account: BankAccount
    day: date
    bank_balance: int
    book_balance: int
    received: list[BankLine] = field(default_factory=list)  # the bank got it, the books do not know
    paid: list[BankLine] = field(default_factory=list)
    booked_in: list[Voucher] = field(default_factory=list)  # in the books, not at the bank; `moved` holds the cents
    booked_out: list[Voucher] = field(default_factory=list)

    @property
    def adjusted_bank(self) -> int:
        return self.bank_balance + sum(v.moved for v in (*self.booked_in, *self.booked_out))

    @property
    def adjusted_book(self) -> int:
        return self.book_balance + sum(ln.amount_cents for ln in (*self.received, *self.paid))

    @property
    def difference(self) -> int:
        return self.adjusted_bank - self.adjusted_book

    @property
    def open_items(self) -> int:
        return len(self.received) + len(self.paid) + len(self.booked_in) + len(self.booked_out)


def reconcile(account: BankAccount, day: date | None = None) -> Reconciliation:
    """The reconciliation statement on `day` (the last day of the last statement when not given)."""
    last = last_of(account)
    day = day or (last.ends_on if last else date.max)
    found = Reconciliation(account, day, bank_balance(account, day), book_balance(account, day))
    bank: dict[int, int] = {}
    books: dict[int, int] = {}
    lines = list(BankLine.objects.filter(bank_account=account, date__lte=day).order_by("date", "position"))
    moved = {m.key: m.amount for m in booked(account, upto=day, standing_on=day)}
    root = _roots(account, _cancelled(account, day))
    for line in lines:
        if line.voucher_id in root:
            bank[line.voucher_id] = bank.get(line.voucher_id, 0) + line.amount_cents
    for key, amount in moved.items():
        if key in root:
            books[root[key]] = books.get(root[key], 0) + amount
    settled = {key for key, amount in bank.items() if books.get(key) == amount}
    for line in lines:
        if line.voucher_id not in settled:
            (found.received if line.amount_cents > 0 else found.paid).append(line)
    open_keys = [key for key in moved if root.get(key) not in settled]
    for voucher in Voucher.objects.filter(pk__in=open_keys).order_by("date", "number"):
        voucher.moved = moved[voucher.pk]
        (found.booked_in if voucher.moved > 0 else found.booked_out).append(voucher)
    return found


def _cancelled(account: BankAccount, day: date) -> set[int]:
    """Vouchers that were reversed by `day`: whatever was matched with them stands open again."""
    rows = Voucher.objects.filter(set=account.set_id, is_reversed=True, reversed_by__date__lte=day)
    return set(rows.values_list("pk", flat=True))


def _roots(account: BankAccount, cancelled: set[int]) -> dict[int, int]:
    """For each matched voucher the first voucher of its match: what was matched together, stands or falls together."""
    lines = BankLine.objects.filter(bank_account=account).exclude(voucher=None)
    root = {key: key for key in lines.values_list("voucher_id", flat=True)}
    also = BankLine.also.through.objects.filter(bankline__bank_account=account)
    root |= dict(also.values_list("voucher_id", "bankline__voucher_id"))
    broken = cancelled | {first for key, first in root.items() if key in cancelled}
    return {key: first for key, first in root.items() if first not in broken and key not in broken}


def bank_balance(account: BankAccount, day: date) -> int:
    """What the bank held at the end of `day`."""
    line = BankLine.objects.filter(bank_account=account, date__lte=day).order_by("-date", "-position").first()
    if line:
        return line.balance_cents
    first = BankStatement.objects.filter(bank_account=account).order_by("starts_on", "pk").first()
    return first.opening_cents if first else 0


def book_balance(account: BankAccount, day: date) -> int:
    """What the books show on the account at the end of `day`."""
    rows = Line.objects.filter(
        voucher__set=account.set_id,
        voucher__state=Voucher.State.POSTED,
        voucher__date__lte=day,
        account=account.account_id,
    )
    return rows.aggregate(sum=Sum(F("debit_cents") - F("credit_cents")))["sum"] or 0


def statements_of(account: BankAccount) -> QuerySet[BankStatement]:
    return BankStatement.objects.filter(bank_account=account).order_by("-ends_on", "-pk")


def waiting_lines(sets: Iterable[int]) -> dict[int, int]:
    """How many entries of the bank wait for a voucher, by account set."""
    rows = BankLine.objects.filter(bank_account__set__in=list(sets), voucher=None).order_by()
    return dict(rows.values_list("bank_account__set").annotate(n=Count("pk")))


def last_days(sets: Iterable[int]) -> dict[int, date]:
    """Up to which day the bank's statements were read, by account set: the account that lags furthest behind."""
    rows = (
        BankAccount.objects.filter(set__in=list(sets), closed_on=None, is_registered=True)
        .annotate(upto=Max("statements__ends_on"))
        .values_list("set", "upto")
    )
    found: dict[int, date] = {}
    for key, upto in rows:
        found[key] = min(found.get(key, date.max), upto or date.min)
    return found
