"""A voucher's life: drafted, handed over, marked by three more persons, posted, and if it was wrong, reversed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.names import norm
from huilian.foundation.now import now, today

from ..models import AccountSet, Invoice, Voucher
from ..queries.chart import Chart, chart_of, tier_for
from ..rules import money
from ..rules import vouchers as rules
from .acting import allow, stands_apart
from .following import let_go
from .posting import post, reverse
from .writing import PEOPLE, check, entries_of, named, not_waiting, save, subject, told, write_lines

__all__ = ["approve", "change", "discard", "draft", "post", "reverse", "review", "send_back", "stamp", "submit"]

TYPED = (
    "date",
    "kind",
    "summary",
    "attachments",
    "payee",
    "payee_kind",
    "payee_key",
    "payee_account",
    "paid_on",
    "decision_no",
    "decided_on",
    "contract_no",
    "fund",
    "handler",
    "handled_by",
    "source",
)
MARKS = ("reviewed", "approved", "stamped")
Mark = tuple[Person | None, datetime]


@transaction.atomic
def draft(
    set: AccountSet,
    values: Mapping,
    lines: Sequence[Mapping],
    invoices: Sequence[Mapping] = (),
    *,
    by,
    approved: Mark | None = None,
    stamped: Mark | None = None,
) -> Voucher:
    """Enter a voucher. It need not balance yet; its accounts must exist and its date lie in an open month.

    `values`: those of `TYPED`. A line: `account` (code), `debit_cents` or `credit_cents`, `party`, `party_key`,
    `summary`. An invoice: `kind`, `number`, `seller`, `date`, `amount_cents`. `approved` and `stamped` (person,
    moment) are given where a request to pay carried them already.
    """
    person = allow(by, "collective.enter", set)
    voucher = Voucher(set=set, prepared_by=person, prepared_at=now(), entered_at=now())
    for mark, given in (("approved", approved), ("stamped", stamped)):
        if given:
            setattr(voucher, f"{mark}_by", given[0])
            setattr(voucher, f"{mark}_at", given[1])
            _apart(voucher, mark)
    _write(voucher, values, lines, invoices, chart_of(set))
    record("collective.draft", subject(voucher), by=by, data=told(voucher), place=set.place)
    return voucher


@transaction.atomic
def change(
    voucher: Voucher,
    values: Mapping,
    lines: Sequence[Mapping] | None = None,
    invoices: Sequence[Mapping] | None = None,
    *,
    by,
    expected: int | None = None,
) -> Voucher:
    """Change a voucher that is not handed over yet. `expected`: the revision the person had before their eyes."""
    voucher = _locked(voucher, Voucher.State.DRAFT)
    allow(by, "collective.enter", voucher.set)
    if expected is not None and expected != voucher.revision:
        raise Conflict(_("Somebody else changed this voucher in the meantime. Look at it again before you change it."))
    chart = chart_of(voucher.set)
    before = told(voucher, chart)
    _write(voucher, values, lines, invoices, chart)
    data = {"before": before, **told(voucher, chart)}
    record("collective.change", subject(voucher), by=by, data=data, place=voucher.set.place)
    return voucher


@transaction.atomic
def discard(voucher: Voucher, *, by) -> None:
    """Throw away a voucher that was never posted. What stood on it stays in the trail."""
    voucher = _locked(voucher, Voucher.State.DRAFT, Voucher.State.SUBMITTED)
    allow(by, "collective.enter", voucher.set)
    data = told(voucher, chart_of(voucher.set))
    record("collective.discard", subject(voucher), by=by, data=data, place=voucher.set.place)
    let_go(voucher)
    voucher.delete()


@transaction.atomic
def submit(voucher: Voucher, *, by) -> Voucher:
    """Hand the voucher over for review; from here on it must be right in itself."""
    voucher = _locked(voucher, Voucher.State.DRAFT)
    allow(by, "collective.enter", voucher.set)
    check(voucher, entries_of(voucher, chart_of(voucher.set)))
    voucher.state = Voucher.State.SUBMITTED
    save(voucher, "state")
    record("collective.submit", subject(voucher), by=by, place=voucher.set.place)
    return voucher


@transaction.atomic
def send_back(voucher: Voucher, *, reason: str = "", by) -> Voucher:
    """Take a voucher back before it is posted: who entered it at once, others with a reason. Its marks fall away."""
    voucher = _locked(voucher, Voucher.State.SUBMITTED)
    own = getattr(by, "person", None)
    if own is None or own.pk != voucher.prepared_by_id:
        allow(by, "collective.review", voucher.set)
        if len(reason.strip()) < money.SMALLEST_REASON:
            raise Invalid(_("Write what is wrong with the voucher, so that it can be put right."), field="reason")
    else:
        allow(by, "collective.enter", voucher.set)
    voucher.state = Voucher.State.DRAFT
    for mark in MARKS:
        setattr(voucher, f"{mark}_by", None)
        setattr(voucher, f"{mark}_at", None)
    save(voucher, "state", *(f"{m}_{x}" for m in MARKS for x in ("by", "at")))
    record("collective.send_back", subject(voucher), by=by, data={"reason": reason.strip()}, place=voucher.set.place)
    return voucher


def review(voucher: Voucher, *, by) -> Voucher:
    """The agency has read the voucher and its papers and finds them right."""
    return _mark(voucher, "reviewed", "collective.review", by)


def approve(voucher: Voucher, *, by) -> Voucher:
    """Who may agree to this amount agrees: the village's head, or above its limit the township."""
    tier = tier_for(voucher.total_cents, voucher.date)
    upper = bool(tier and tier.needs_township)
    return _mark(voucher, "approved", "collective.approve_upper" if upper else "collective.approve", by)


def stamp(voucher: Voucher, *, by) -> Voucher:
    """The village supervision committee has seen the papers and puts its stamp."""
    return _mark(voucher, "stamped", "collective.stamp", by)


def _write(voucher: Voucher, values: Mapping, lines, invoices, chart: Chart) -> None:
    unknown = [k for k in values if k not in TYPED]
    if unknown:
        raise TypeError(f"a voucher has no {', '.join(unknown)}")
    for name, value in values.items():
        setattr(voucher, name, value.strip() if isinstance(value, str) else value)
    if voucher.date is None:
        raise Invalid(_("Write the date of the voucher."), field="date")
    if not voucher.summary:
        raise Invalid(_("Write in a few words what the money was for."), field="summary")
    s = voucher.set
    voucher.month = rules.check_date(
        voucher.date, starts_on=s.starts_on, closed_on=s.closed_on, closed_month=s.closed_month, today=today()
    )
    if voucher.decided_on and voucher.decided_on > today():
        raise Invalid(_("The day of the decision has not come yet."), field="decided_on")
    voucher.payee_norm = norm(voucher.payee)
    new = voucher.pk is None
    entries = _entries(lines, chart) if lines is not None else entries_of(voucher, chart)
    given = values.get("kind") or ""
    voucher.kind = given if given in ("carry", "opening") else given or rules.kind_of(entries)
    voucher.method = rules.method_of(voucher.kind, entries)
    voucher.total_cents = max(sum(e.debit for e in entries), sum(e.credit for e in entries))
    voucher.revision += 1
    voucher.save()
    if lines is not None:
        if not new:
            voucher.lines.all().delete()
        write_lines(voucher, entries, chart)
    if invoices is not None:
        if not new:
            voucher.invoices.all().delete()
        Invoice.objects.bulk_create([Invoice(voucher=voucher, **invoice) for invoice in invoices])


def _entries(lines: Sequence[Mapping], chart: Chart) -> list[rules.Entry]:
    entries = []
    for at, line in enumerate(lines, 1):
        account = chart.account(line["account"], row=at)
        entry = rules.Entry(
            account.code,
            line.get("debit_cents") or 0,
            line.get("credit_cents") or 0,
            (line.get("party") or "").strip(),
            (line.get("summary") or "").strip(),
            account.kept,
            line.get("party_key") or "",
        )
        if bool(entry.debit) == bool(entry.credit):
            raise Invalid(
                _("Line %(line)d (%(code)s) needs an amount on one side, and on one only.")
                % {"line": at, "code": entry.code},
                field="lines",
                row=at,
            )
        entries.append(entry)
    return entries


@transaction.atomic
def _mark(voucher: Voucher, mark: str, action: str, by) -> Voucher:
    voucher = _locked(voucher, Voucher.State.SUBMITTED)
    person = allow(by, action, voucher.set)
    if getattr(voucher, f"{mark}_at") is not None:
        raise Conflict(_("Somebody else has done this in the meantime."))
    stands_apart(person, by, voucher)
    setattr(voucher, f"{mark}_by", person)
    setattr(voucher, f"{mark}_at", now())
    _apart(voucher, mark)
    save(voucher, f"{mark}_by", f"{mark}_at")
    record(f"collective.{mark}", subject(voucher), by=by, place=voucher.set.place)
    return voucher


def _apart(voucher: Voucher, mark: str) -> None:
    """Preparing, reviewing, approving and stamping are four persons' acts."""
    own = getattr(voucher, f"{mark}_by_id")
    if own and own in [getattr(voucher, p) for p in PEOPLE if p != f"{mark}_by_id"]:
        raise NotAllowed(
            _(
                "You have acted on this voucher already. Entering, reviewing, approving and stamping are four persons' "
                "acts."
            )
        )


def _locked(voucher: Voucher, *states: str) -> Voucher:
    found = (
        Voucher.objects.select_for_update(of=("self",)).select_related("set__place", "set__unit").filter(pk=voucher.pk)
    ).first()
    if found is None:
        raise Conflict(_("This voucher was thrown away in the meantime."))
    if found.state not in states:
        raise Conflict(not_waiting(found) if found.state == Voucher.State.POSTED else _wrong_state(found))
    return found


def _wrong_state(voucher: Voucher) -> str:
    if voucher.state == Voucher.State.SUBMITTED:
        return _("%(voucher)sIt is handed over for review. Take it back before you change it.") % {
            "voucher": named(voucher)
        }
    return not_waiting(voucher)
