"""Months and years of the books: papers handed in, closed and sealed, the year carried to its result."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.directory.models import Person
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text
from huilian.foundation.now import now, today

from ..models import AccountSet, Month, Voucher, Year
from ..queries.balances import spans
from ..queries.chart import chart_of
from ..rules import closing
from ..rules import vouchers as rules
from ..rules.months import check_month, first_day, last_day, month_of, next_month, word
from .acting import allow
from .posting import enter_posted
from .writing import in_chinese, lock_sets


def subject(set: AccountSet, month: int) -> str:
    return f"collective.month:{set.pk}-{month}"


@transaction.atomic
def hand_in(accounts: AccountSet, month: int, *, by) -> Month:
    """The village hands the papers of a month to the agency; the moment is what 报账 is judged by."""
    accounts = lock_sets([accounts.pk])[0]
    person = allow(by, "collective.hand_in", accounts)
    check_month(month)
    if month < month_of(accounts.starts_on) or month > month_of(today()):
        raise Invalid(_("The books do not run in %(month)s.") % {"month": word(month)}, field="month")
    row, _made = Month.objects.get_or_create(set=accounts, month=month)
    if row.submitted_at:
        raise Conflict(_("The papers of %(month)s are handed in already.") % {"month": word(month)})
    row.submitted_at, row.submitted_by = now(), person
    row.save(update_fields=["submitted_at", "submitted_by"])
    touch([accounts.village_code])
    record("collective.hand_in", subject(accounts, month), by=by, data={"month": word(month)}, place=accounts.place)
    return row


@transaction.atomic
def close_month(accounts: AccountSet, month: int, *, by) -> Month:
    """Close and seal a month: nothing waits in it, the one before is closed, and what cannot be is not.

    December is closed with its year, by `close_year`.
    """
    accounts = lock_sets([accounts.pk])[0]
    person = allow(by, "collective.close", accounts)
    check_month(month)
    if month % 100 == 12:
        raise Invalid(_("December is closed together with the year."), field="month")
    _may_close(accounts, month)
    row = seal_month(accounts, month, person)
    accounts.closed_month = month
    accounts.save(update_fields=["closed_month"])
    data = {"month": word(month), "vouchers": row.vouchers, "digest": row.digest}
    record("collective.close_month", subject(accounts, month), by=by, data=data, place=accounts.place)
    return row


@transaction.atomic
def close_year(accounts: AccountSet, year: int, *, by) -> Year:
    """Close December and the year: income and expense to 321, and 321 with what was distributed to 322-02.

    One transaction: a process that dies on the way leaves the year open, and closing again begins from there. A year
    that is closed already is returned as it is. The balances run on; nothing is entered for the new year.
    """
    accounts = lock_sets([accounts.pk])[0]
    person = allow(by, "collective.close", accounts)
    done = Year.objects.filter(set=accounts, year=year).first()
    if done:
        return done
    december = year * 100 + 12
    _may_close(accounts, december)
    standing = {code: s.closing for code, s in spans(accounts, december, december).items()}
    to_result = closing.result_entries(standing)
    result = -sum(cents for code, cents in standing.items() if int(code[:3]) in closing.RESULT_ACCOUNTS)
    chart = chart_of(accounts)
    for summary, entries in (
        (gettext_lazy("Income and expense of %(year)d carried to the result"), to_result),
        (gettext_lazy("Result of %(year)d carried forward"), closing.undistributed_entries(standing, result)),
    ):
        if entries:
            voucher = Voucher(
                set=accounts,
                date=last_day(december),
                kind=Voucher.Kind.CARRY,
                summary=in_chinese(summary, year=year),
                prepared_by=person,
                prepared_at=now(),
                entered_at=now(),
                source="close",
            )
            enter_posted(voucher, entries, chart)
    sealed = seal_month(accounts, december, person)
    accounts.closed_month, accounts.closed_year = december, year
    accounts.save(update_fields=["closed_month", "closed_year"])
    row = Year.objects.create(
        set=accounts,
        year=year,
        closed_at=now(),
        closed_by=person,
        result_cents=result,
        digest=year_seal(accounts, year),
    )
    data = {"year": year, "cents": result, "vouchers": sealed.vouchers, "digest": row.digest}
    record("collective.close_year", f"collective.year:{accounts.pk}-{year}", by=by, data=data, place=accounts.place)
    return row


def year_seal(accounts: AccountSet, year: int) -> str:
    """The seal of a year: over the seals of its months."""
    months = Month.objects.filter(set=accounts, month__range=(year * 100 + 1, year * 100 + 12)).order_by("month")
    return rules.seal(list(months.values_list("digest", flat=True)))


def seal_month(accounts: AccountSet, month: int, person: Person | None) -> Month:
    """Write the seal of one month over the digests of its vouchers. The caller has checked that it may be closed."""
    digests = list(
        Voucher.objects.filter(set=accounts, month=month, state=Voucher.State.POSTED)
        .order_by("number")
        .values_list("digest", flat=True)
    )
    row, _made = Month.objects.get_or_create(set=accounts, month=month)
    row.closed_at, row.closed_by = now(), person
    row.vouchers, row.digest = len(digests), rules.seal(digests)
    row.save()
    touch([accounts.village_code])
    return row


def _may_close(accounts: AccountSet, month: int) -> None:
    if month <= accounts.closed_month:
        raise Conflict(_("%(month)s is closed already.") % {"month": word(month)})
    due = next_month(accounts.closed_month) if accounts.closed_month else month_of(accounts.starts_on)
    if month != due:
        raise Invalid(_("Close %(month)s first: months are closed one after the other.") % {"month": word(due)})
    if accounts.closed_on and first_day(month) > accounts.closed_on:
        raise Invalid(_("These books ended on %(day)s.") % {"day": accounts.closed_on})
    if last_day(month) >= today():
        raise Invalid(_("%(month)s is not over yet.") % {"month": word(month)})
    waiting = Voucher.objects.filter(set=accounts, month=month).exclude(state=Voucher.State.POSTED).count()
    if waiting:
        raise Invalid(
            _("%(count)d vouchers of %(month)s are not posted. Post them or throw them away, then close the month.")
            % {"count": waiting, "month": word(month)}
        )
    if (
        accounts.mode == AccountSet.Mode.AGENCY
        and not Month.objects.filter(set=accounts, month=month, submitted_at__isnull=False).exists()
    ):
        raise Invalid(_("The village has not handed in the papers of %(month)s yet.") % {"month": word(month)})
    check_sides({code: s.closing for code, s in spans(accounts, month, month).items()})


def check_sides(standing: Mapping[str, int]) -> None:
    """Cash cannot be less than nothing, nor can more be spent of a fund than came in. `standing`: code -> cents."""
    totals: dict[int, int] = {}
    for code, cents in standing.items():
        totals[int(code[:3])] = totals.get(int(code[:3]), 0) + cents
    for number in closing.NEVER_DEBIT:
        if totals.get(number, 0) > 0:
            raise Invalid(
                _("Account %(account)d is overdrawn by %(amount)s: more was spent than came in. Correct that.")
                % {"account": number, "amount": text(totals[number])}
            )
    for number in closing.NEVER_CREDIT:
        if totals.get(number, 0) < 0:
            raise Invalid(
                _("Cash stands at minus %(amount)s, which cannot be. Find the voucher that is wrong or missing.")
                % {"amount": text(-totals[number])}
            )
