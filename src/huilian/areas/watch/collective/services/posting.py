"""Posting and reversing: a number without a gap, a digest, the balances, all under the lock of the set."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine.trail.services import Act, record, record_many
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from ..models import AccountSet, Voucher
from ..queries.chart import Chart, chart_of, tiers_on
from ..rules import money
from ..rules import vouchers as rules
from .acting import allow
from .booking import book
from .dues import release
from .following import follow_posted
from .keeping import changed
from .writing import (
    check,
    entries_of,
    head_of,
    lock_sets,
    moves_of,
    named,
    not_waiting,
    save,
    subject,
    told,
    write_lines,
)


@transaction.atomic
def post(vouchers: Voucher | Iterable[Voucher], *, by) -> list[Voucher]:
    """Post vouchers: they get their numbers, their digests and a place in the balances. All of them or none.

    Raises Conflict where somebody posted or took one back meanwhile, Invalid where one is not right, lacks a mark or
    falls into a sealed month. The sentence names the voucher.
    """
    wanted = [vouchers] if isinstance(vouchers, Voucher) else list(vouchers)
    keys = [v.pk for v in wanted]
    sets = {s.pk: s for s in lock_sets({v.set_id for v in wanted})}
    rows = Voucher.objects.select_for_update().filter(pk__in=keys).order_by("set", "month", "date", "pk")
    found = list(rows.prefetch_related("lines"))
    if len(found) < len(set(keys)):
        raise Conflict(_("One of these vouchers was thrown away in the meantime. Look at the list again."))
    at = now()
    tiers: dict[date, list[money.Tier]] = {}
    for key, own in _by_set(found).items():
        accounts = sets[key]
        allow(by, "collective.enter", accounts)
        chart = chart_of(accounts)
        moves = []
        numbers = _Numbers(accounts)
        for voucher in own:
            voucher.set = accounts
            if voucher.state != Voucher.State.SUBMITTED:
                raise Conflict(not_waiting(voucher))
            entries = entries_of(voucher, chart)
            check(voucher, entries)
            _check_marks(voucher, tiers.setdefault(voucher.date, tiers_on(voucher.date)))
            put_in_books(voucher, entries, numbers.next(voucher.month), at)
            moves += moves_of(voucher)
        Voucher.objects.bulk_update(
            own, ["state", "number", "posted_at", "digest", "total_cents", "method", "kind", "revision"], batch_size=200
        )
        book(accounts, moves, about=[f"voucher:{voucher.pk}" for voucher in own])
    record_many((Act("collective.post", subject(v), told(v), place=sets[v.set_id].place) for v in found), by=by)
    follow_posted(found, by=by)
    return found


@transaction.atomic
def reverse(voucher: Voucher, *, reason: str, by) -> Voucher:
    """Reverse a posted voucher by one in red, dated today, and return that one. Once, and never a reversal itself."""
    accounts = lock_sets({voucher.set_id})[0]
    person = allow(by, "collective.review", accounts)
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    voucher.set = accounts
    if voucher.state != Voucher.State.POSTED:
        raise Invalid(_("Only a posted voucher is reversed. This one can still be changed or thrown away."))
    if voucher.is_reversed:
        raise Conflict(_("This voucher is reversed already."))
    if voucher.reverses_id or voucher.kind in (Voucher.Kind.CARRY, Voucher.Kind.OPENING):
        raise Invalid(
            _("Reversals, opening balances and the vouchers that close a year are not reversed. Enter a new voucher.")
        )
    if len(reason.strip()) < money.SMALLEST_REASON:
        raise Invalid(_("Write why the voucher was wrong."), field="reason")
    chart = chart_of(accounts)
    red = Voucher(
        set=accounts,
        date=today(),
        kind=voucher.kind,
        summary=voucher.summary,
        total_cents=-voucher.total_cents,
        method=voucher.method,
        payee=voucher.payee,
        payee_norm=voucher.payee_norm,
        payee_key=voucher.payee_key,
        payee_kind=voucher.payee_kind,
        payee_account=voucher.payee_account,
        contract_no=voucher.contract_no,
        fund=voucher.fund,
        handler=voucher.handler,
        prepared_by=person,
        prepared_at=now(),
        reviewed_by=person,
        reviewed_at=now(),
        entered_at=now(),
        reverses=voucher,
        reason=reason.strip(),
    )
    entries = rules.reversed_entries(entries_of(voucher, chart))
    _enter(red, entries, chart)
    voucher.is_reversed = True
    save(voucher, "is_reversed")
    release(voucher)
    record(
        "collective.reverse",
        subject(voucher),
        by=by,
        data={"reason": red.reason, "number": str(red)},
        place=accounts.place,
    )
    changed(accounts)
    return red


def enter_posted(voucher: Voucher, entries: Sequence[rules.Entry], chart: Chart) -> Voucher:
    """Write a voucher that the books make themselves (closing, merging), posted at once. The set is locked."""
    voucher.total_cents = rules.check_entries(entries)
    _enter(voucher, entries, chart)
    return voucher


def _enter(voucher: Voucher, entries: Sequence[rules.Entry], chart: Chart) -> None:
    s = voucher.set
    voucher.month = rules.check_date(
        voucher.date, starts_on=s.starts_on, closed_on=s.closed_on, closed_month=s.closed_month, today=today()
    )
    put_in_books(voucher, entries, _Numbers(s).next(voucher.month), now())
    voucher.save()
    write_lines(voucher, entries, chart)
    book(s, moves_of(voucher))


def put_in_books(voucher: Voucher, entries: Sequence[rules.Entry], number: int, at: datetime) -> None:
    """Number, moment and digest of a voucher that is being posted."""
    voucher.state, voucher.number, voucher.posted_at = Voucher.State.POSTED, number, at
    voucher.method = rules.method_of(voucher.kind, entries)
    voucher.revision += 1
    voucher.digest = rules.voucher_digest(head_of(voucher), entries)


def _check_marks(voucher: Voucher, tiers: list[money.Tier]) -> None:
    lacking = []
    for mark in money.marks_needed(voucher.kind, money.tier_of(voucher.total_cents, tiers)):
        if mark == money.DECIDED:
            if not voucher.decision_no:
                lacking.append(_("the number of the decision"))
        elif getattr(voucher, f"{mark}_at") is None:
            lacking.append(str(_WORDS()[mark]))
    if lacking:
        raise Invalid(
            _("%(voucher)sIt cannot be posted: %(lacking)s is missing.")
            % {"voucher": named(voucher), "lacking": _(", ").join(lacking)}
        )


def _WORDS() -> dict[str, str]:
    return {
        "reviewed": _("the review by the agency"),
        "approved": _("the approval"),
        "stamped": _("the stamp of the supervision committee"),
    }


def _by_set(vouchers: Iterable[Voucher]) -> dict[int, list[Voucher]]:
    found: dict[int, list[Voucher]] = {}
    for voucher in vouchers:
        found.setdefault(voucher.set_id, []).append(voucher)
    return found


class _Numbers:
    """The next numbers of one locked set, month by month, without a gap."""

    def __init__(self, set: AccountSet) -> None:
        self.set, self.last = set, {}

    def next(self, month: int) -> int:
        if month not in self.last:
            taken = Voucher.objects.filter(set=self.set, month=month).aggregate(last=Max("number"))["last"]
            self.last[month] = taken or 0
        self.last[month] += 1
        return self.last[month]
