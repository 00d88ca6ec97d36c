"""What makes a voucher right: two equal sides, an account that can be posted to, and who stands beside the amount.

Source: 农村集体经济组织会计制度 (财会〔2023〕14号); 会计基础工作规范 for the red-letter reversal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huilian.foundation import hashing
from huilian.foundation.errors import Invalid
from huilian.foundation.money import text
from huilian.foundation.wording import _

from .months import month_of, word

CASH, BANK = 101, 102
MONEY = (CASH, BANK)
MOST_LINES = 999


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, as the rules see it: an amount on one side of an account (`number` is 501 or 50102)."""

    code: str
    debit: int = 0
    credit: int = 0
    party: str = ""
    summary: str = ""
    kept: str = ""  # what must stand beside the amount: party, household, fund
    party_key: str = ""

    @property
    def account(self) -> int:
        return int(self.code[:3])


def check_entries(entries: Sequence[Entry]) -> int:
    """The total of one side. Raises Invalid saying which line is wrong, or by how much the sides differ."""
    if len(entries) < 2:
        raise Invalid(_("A voucher has at least two lines: one on each side."), field="lines")
    if len(entries) > MOST_LINES:
        raise Invalid(_("A voucher has at most %(most)d lines. Make two of it.", most=MOST_LINES), field="lines")
    for at, entry in enumerate(entries, 1):
        if bool(entry.debit) == bool(entry.credit):
            raise Invalid(
                _("Line %(line)d (%(code)s) needs an amount on one side, and on one only.", line=at, code=entry.code),
                field="lines",
                row=at,
            )
        if entry.kept and not entry.party.strip():
            raise Invalid(_(WHO[entry.kept], line=at, code=entry.code), field="lines", row=at)
    debit, credit = sum(e.debit for e in entries), sum(e.credit for e in entries)
    if debit != credit:
        values = {"debit": text(debit), "credit": text(credit), "gap": text(abs(debit - credit))}
        raise Invalid(
            _("The voucher does not balance: debit %(debit)s, credit %(credit)s, a difference of %(gap)s.", **values),
            field="lines",
        )
    return debit


WHO = {
    "party": "Line %(line)d (%(code)s): write whom the amount concerns.",
    "household": "Line %(line)d (%(code)s): write which household the amount concerns.",
    "fund": "Line %(line)d (%(code)s): write which fund or project the amount belongs to.",
}
_SAID = (  # for the catalogue
    _("Line %(line)d (%(code)s): write whom the amount concerns."),
    _("Line %(line)d (%(code)s): write which household the amount concerns."),
    _("Line %(line)d (%(code)s): write which fund or project the amount belongs to."),
)


def money_moved(entries: Iterable[Entry]) -> int:
    """Cents that came in (positive) or went out (negative) through cash and bank together."""
    return sum(e.debit - e.credit for e in entries if e.account in MONEY)


def kind_of(entries: Sequence[Entry]) -> str:
    """receipt, payment or transfer, from the lines; moving cash to the bank or back counts as a payment."""
    moved = money_moved(entries)
    if moved:
        return "receipt" if moved > 0 else "payment"
    return "payment" if any(e.account in MONEY for e in entries) else "transfer"


def method_of(kind: str, entries: Sequence[Entry]) -> str:
    """cash, bank or none, from the lines: cash where cash stands on the side that moves."""
    if kind not in ("receipt", "payment"):
        return "none"
    sign = 1 if kind == "receipt" else -1
    by = {n: sign * sum(e.debit - e.credit for e in entries if e.account == n) for n in MONEY}
    return "cash" if by[CASH] > 0 and by[CASH] >= by[BANK] else "bank"


def check_kind(kind: str, entries: Sequence[Entry]) -> str:
    """`kind`, or what the lines say when it is empty. Raises Invalid when the two contradict each other."""
    found = kind_of(entries)
    if kind in ("", found) or kind in ("carry", "opening"):
        return kind or found
    sentence = {
        "receipt": _("More cash or bank money comes in than goes out, so this is a receipt voucher."),
        "payment": _("Cash or bank money goes out, so this is a payment voucher."),
        "transfer": _("Neither cash nor bank money moves, so this is a transfer voucher."),
    }[found]
    raise Invalid(sentence, field="kind")


def check_date(day: date, *, starts_on: date, closed_on: date | None, closed_month: int, today: date) -> int:
    """The month `day` falls in. Raises Invalid where the books do not run on it or its month is sealed."""
    month = month_of(day)
    if day > today:
        raise Invalid(_("%(day)s has not come yet.", day=day), field="date")
    if day < starts_on:
        raise Invalid(_("These books begin on %(day)s.", day=starts_on), field="date")
    if closed_on and day > closed_on:
        raise Invalid(_("These books ended on %(day)s.", day=closed_on), field="date")
    if month <= closed_month:
        raise Invalid(
            _(
                "%(month)s is closed and sealed. Date the voucher in an open month; a mistake in a sealed month is put "
                "right by a red-letter voucher of today.",
                month=word(month),
            ),
            field="date",
        )
    return month


def reversed_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The same lines in red: negative on the same sides, so that the turnover shows what really happened."""
    return [Entry(e.code, -e.debit, -e.credit, e.party, e.summary, e.kept, e.party_key) for e in entries]


def voucher_digest(head: dict[str, object], entries: Iterable[Entry]) -> str:
    """SHA-256 of what was posted: `head` is made of texts and whole numbers."""
    lines = [[e.code, e.debit, e.credit, e.party, e.summary] for e in entries]
    return hashing.digest(hashing.dump({**head, "lines": lines})).hex()


def seal(digests: Sequence[str]) -> str:
    """SHA-256 over the digests of a month's vouchers, in the order of their numbers."""
    return hashing.digest("\n".join(digests).encode()).hex()
