"""The agency's entry page: what is typed is kept as one goes, becomes a voucher, and many are handed on at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.foundation.errors import Conflict, Refused
from huilian.foundation.now import now

from ..models import AccountSet, BankLine, EntryDraft, Voucher
from ..queries.bank import SOURCE
from ..reading.entry import Entered
from . import vouchers
from .acting import allow

LARGEST = 60_000  # characters of a kept draft


@transaction.atomic
def keep(set: AccountSet, said: Mapping, *, by) -> EntryDraft:
    """Keep what is being typed, so that nothing is lost with the page."""
    allow(by, "collective.enter", set)
    if sum(len(str(v)) for v in said.values()) > LARGEST:
        raise Conflict(_("This is more than a voucher can hold."))
    return EntryDraft.objects.update_or_create(user=by, set=set, defaults={"said": dict(said), "kept_at": now()})[0]


def drop(set: AccountSet, *, by) -> None:
    """Forget what was being typed: the page is cleared."""
    EntryDraft.objects.filter(user=by, set=set).delete()


@transaction.atomic
def enter(
    set: AccountSet,
    entered: Entered,
    *,
    by,
    voucher: Voucher | None = None,
    expected: int | None = None,
    bank_line: BankLine | None = None,
    hand_over: bool = False,
) -> Voucher:
    """Make a voucher of what was typed, or change one, and hand it over where asked; the kept draft goes.

    `bank_line`: the entry of the bank it was drafted from; when it is posted, the two are matched by rule.
    """
    values = dict(entered.values)
    if bank_line is not None:
        values["source"] = f"{SOURCE}{bank_line.pk}"
    if voucher is None:
        voucher = vouchers.draft(set, values, entered.as_lines(), entered.invoices, by=by)
    else:
        voucher = vouchers.change(voucher, values, entered.as_lines(), entered.invoices, by=by, expected=expected)
    if hand_over:
        voucher = vouchers.submit(voucher, by=by)
    drop(set, by=by)
    return voucher


@dataclass(frozen=True)
class Result:
    """What became of one voucher of many: `words` is the refusal, "" when it was done."""

    voucher: Voucher
    words: str = ""

    @property
    def done(self) -> bool:
        return not self.words


def submit_many(rows: Iterable[Voucher], *, by) -> list[Result]:
    return _each(rows, lambda v: vouchers.submit(v, by=by))


def review_many(rows: Iterable[Voucher], *, by) -> list[Result]:
    return _each(rows, lambda v: vouchers.review(v, by=by))


def post_many(rows: Iterable[Voucher], *, by) -> list[Result]:
    """Post each voucher that can be; the others say why not. They are posted in the order of their dates."""
    ordered = sorted(rows, key=lambda v: (v.set_id, v.date, v.pk))
    return _each(ordered, lambda v: vouchers.post(v, by=by)[0])


def discard_many(rows: Iterable[Voucher], *, by) -> list[Result]:
    return _each(rows, lambda v: vouchers.discard(v, by=by))


def _each(rows: Iterable[Voucher], act: Callable[[Voucher], object]) -> list[Result]:
    """Each for itself: one that is refused holds up no other."""
    results = []
    for voucher in rows:
        try:
            act(voucher)
        except Refused as refused:
            results.append(Result(voucher, str(refused)))
        else:
            results.append(Result(voucher))
    return results
