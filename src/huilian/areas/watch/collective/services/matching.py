"""Bank entries and vouchers brought together: what is beyond doubt by rule, the rest by a person, and undone again."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text as yuan
from huilian.foundation.now import now

from ..models import BankAccount, BankLine, Line, Voucher
from ..queries.bank import as_moved, free_vouchers, matched_vouchers, open_lines
from ..rules.matching import WINDOW, beyond_doubt
from .acting import allow


@transaction.atomic
def match(lines: Sequence[BankLine], vouchers: Sequence[Voucher], *, by) -> None:
    """Say that these entries and these vouchers are the same money: one entry and its vouchers, or one voucher and its
    entries. Raises Invalid where the sums differ, Conflict where somebody matched one of them meanwhile."""
    if not lines or not vouchers or (len(lines) > 1 and len(vouchers) > 1):
        raise Invalid(_("Choose one entry and its vouchers, or one voucher and its entries."), field="voucher")
    account = BankAccount.objects.select_for_update().get(pk=lines[0].bank_account_id)
    allow(by, "collective.bank", account.set)
    lines = list(BankLine.objects.select_for_update().filter(pk__in=[ln.pk for ln in lines], bank_account=account))
    vouchers = list(Voucher.objects.filter(pk__in=[v.pk for v in vouchers], set=account.set_id).order_by("pk"))
    for line in lines:
        if line.voucher_id:
            raise Conflict(
                _("The entry of %(day)s over %(amount)s is matched already.")
                % {"day": line.date, "amount": yuan(line.amount_cents)}
            )
    taken = matched_vouchers(account)
    for voucher in vouchers:
        if voucher.state != Voucher.State.POSTED or voucher.is_reversed or voucher.reverses_id:
            raise Invalid(
                _("Voucher %(voucher)s is not posted, or it was reversed.") % {"voucher": voucher}, field="voucher"
            )
        if voucher.pk in taken:
            raise Conflict(_("Voucher %(voucher)s is matched already.") % {"voucher": voucher})
    at_bank, in_books = sum(ln.amount_cents for ln in lines), _moved(account, vouchers)
    if at_bank != in_books or not vouchers:
        raise Invalid(
            _("The bank moved %(bank)s, the vouchers %(books)s: a difference of %(gap)s.")
            % {"bank": yuan(at_bank), "books": yuan(in_books), "gap": yuan(abs(at_bank - in_books))},
            field="voucher",
        )
    _join(lines, vouchers, BankLine.How.HAND)
    record(
        "collective.bank_match",
        account,
        by=by,
        data={
            "account": account.number[-4:],
            "entries": [ln.pk for ln in lines],
            "vouchers": [v.pk for v in vouchers],
            "cents": at_bank,
        },
        place=account.set.place,
    )
    touch([account.set.village_code])


@transaction.atomic
def unmatch(line: BankLine, *, by) -> None:
    """Let an entry go again, with everything that was matched with it."""
    account = BankAccount.objects.select_for_update().get(pk=line.bank_account_id)
    allow(by, "collective.bank", account.set)
    line = BankLine.objects.get(pk=line.pk)
    if not line.voucher_id:
        raise Conflict(_("This entry is not matched."))
    keys = [line.voucher_id, *line.also.values_list("pk", flat=True)]
    _release(BankLine.objects.filter(bank_account=account, voucher=line.voucher_id))
    record(
        "collective.bank_unmatch",
        account,
        by=by,
        data={"account": account.number[-4:], "entry": line.pk, "vouchers": keys},
        place=account.set.place,
    )
    touch([account.set.village_code])


@transaction.atomic
def match_open(account: BankAccount, *, by) -> int:
    """Match what is beyond doubt, after letting go of vouchers that were reversed; returns how many entries."""
    account = BankAccount.objects.select_for_update().get(pk=account.pk)
    allow(by, "collective.bank", account.set)
    reversed_ = BankLine.objects.filter(bank_account=account).filter(
        Q(voucher__is_reversed=True) | Q(also__is_reversed=True)
    )
    _release(BankLine.objects.filter(pk__in=list(reversed_.values_list("pk", flat=True))))
    lines = list(open_lines(account))
    if not lines:
        return 0
    span = timedelta(days=WINDOW)
    free = free_vouchers(account, first=lines[0].date - span, upto=lines[-1].date + span)
    pairs = beyond_doubt([as_moved(line) for line in lines], free)
    by_key = {line.pk: line for line in lines}
    at = now()
    for line, voucher in pairs:
        by_key[line].voucher_id, by_key[line].how, by_key[line].matched_at = voucher, BankLine.How.RULE, at
    BankLine.objects.bulk_update([by_key[line] for line, _v in pairs], ["voucher", "how", "matched_at"])
    if pairs:
        record(
            "collective.bank_match_open",
            account,
            by=by,
            data={"account": account.number[-4:], "entries": len(pairs)},
            place=account.set.place,
        )
        touch([account.set.village_code])
    return len(pairs)


def match_all_open(*, by=SYSTEM) -> int:
    """The same for every account, each in a transaction of its own; a voucher is often posted days after its entry."""
    still_open = BankLine.objects.filter(Q(voucher=None) | Q(voucher__is_reversed=True)).values("bank_account")
    return sum(match_open(account, by=by) for account in BankAccount.objects.filter(pk__in=still_open).order_by("pk"))


def _moved(account: BankAccount, vouchers: Sequence[Voucher]) -> int:
    lines = Line.objects.filter(voucher__in=vouchers, account=account.account_id)
    return lines.aggregate(sum=Sum(F("debit_cents") - F("credit_cents")))["sum"] or 0


def _join(lines: Sequence[BankLine], vouchers: Sequence[Voucher], how: str) -> None:
    at = now()
    for line in lines:
        line.voucher, line.how, line.matched_at = vouchers[0], how, at
        line.save(update_fields=["voucher", "how", "matched_at"])
    if len(vouchers) > 1:
        lines[0].also.set(vouchers[1:])


def _release(lines) -> None:
    BankLine.also.through.objects.filter(bankline__in=lines).delete()
    lines.update(voucher=None, how=BankLine.How.NONE, matched_at=None)
