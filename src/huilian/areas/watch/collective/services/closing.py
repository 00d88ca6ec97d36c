"""Months and years of the past closed in bulk, with the moments and persons of their time; singly: `months`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine import bulk
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from ..models import AccountSet, Balance, Month, Voucher, Year
from ..queries.chart import charts_of
from ..rules import closing
from ..rules import vouchers as rules
from ..rules.months import last_day, month_of, next_month, word, year_of
from .acting import allow
from .bulk import Given, write_posted
from .months import check_sides
from .sets import subject
from .writing import in_chinese, lock_sets


@dataclass(slots=True)
class Closing:
    """One month of one set: when and by whom it was handed in and closed (keys of persons)."""

    set: AccountSet
    month: int
    submitted_at: datetime | None
    submitted_by: int | None
    closed_at: datetime
    closed_by: int | None = None


@transaction.atomic
def close_months_bulk(rows: Iterable[Closing], *, by) -> list[Month]:
    """Close months of many sets; each set's in their order, without a gap. A December closes its year with it.

    The same conditions hold as for `close_month` and `close_year`, and the same seals come of it. All or nothing.
    """
    wanted: dict[int, list[Closing]] = defaultdict(list)
    for row in rows:
        wanted[row.set.pk].append(row)
    sets = {s.pk: s for s in lock_sets(wanted)}
    for key, own in wanted.items():
        allow(by, "collective.close", sets[key])
        own.sort(key=lambda c: c.month)
        _check_order(sets[key], own)
    _nothing_waits(wanted, sets)
    results = _close_years(wanted, sets)
    standing = _Standing(sets)
    for key, own in wanted.items():
        for row in own:
            check_sides(standing.at(key, row.month))
    months = _seal(wanted, sets)
    _years(wanted, results)
    for key, own in wanted.items():
        accounts = sets[key]
        accounts.closed_month = own[-1].month
        years = [year_of(c.month) for c in own if c.month % 100 == 12]
        accounts.closed_year = max([accounts.closed_year, *years])
    AccountSet.objects.bulk_update(sets.values(), ["closed_month", "closed_year"], batch_size=300)
    touch({accounts.village_code for accounts in sets.values()})
    record_many(
        (
            Act(
                "collective.close_months",
                subject(sets[key]),
                {"first": word(own[0].month), "last": word(own[-1].month)},
                place=sets[key].place,
            )
            for key, own in wanted.items()
        ),
        by=by,
    )
    return months


def _check_order(accounts: AccountSet, own: list[Closing]) -> None:
    due = next_month(accounts.closed_month) if accounts.closed_month else month_of(accounts.starts_on)
    for row in own:
        if row.month != due:
            raise Invalid(_("Close %(month)s first: months are closed one after the other.") % {"month": word(due)})
        if last_day(row.month) >= today():
            raise Invalid(_("%(month)s is not over yet.") % {"month": word(row.month)})
        if accounts.mode == AccountSet.Mode.AGENCY and row.submitted_at is None:
            raise Invalid(_("The village has not handed in the papers of %(month)s yet.") % {"month": word(row.month)})
        due = next_month(due)


def _nothing_waits(wanted: dict[int, list[Closing]], sets: dict[int, AccountSet]) -> None:
    waiting = Voucher.objects.filter(set__in=list(sets)).exclude(state=Voucher.State.POSTED)
    for key, month in waiting.values_list("set", "month"):
        if month <= wanted[key][-1].month:
            raise Invalid(
                _("%(count)d vouchers of %(month)s are not posted. Post them or throw them away, then close the month.")
                % {"count": waiting.filter(set=key, month=month).count(), "month": word(month)}
            )


class _Standing:
    """What every account of many sets stood at at the end of any month, read once."""

    def __init__(self, sets: dict[int, AccountSet]) -> None:
        self.rows: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        balances = Balance.objects.filter(set__in=list(sets)).order_by("month")
        for key, code, month, opening, debit, credit in balances.values_list(
            "set", "account__code", "month", "opening_cents", "debit_cents", "credit_cents"
        ):
            self.rows[key][code].append((month, opening + debit - credit))

    def at(self, key: int, month: int) -> dict[str, int]:
        found = {}
        for code, rows in self.rows[key].items():
            closing_ = [cents for of, cents in rows if of <= month]
            if closing_:
                found[code] = closing_[-1]
        return found


def _close_years(wanted: dict[int, list[Closing]], sets: dict[int, AccountSet]) -> dict[tuple[int, int], int]:
    """The vouchers that end the years, one year after the other; returns the results by (set, year)."""
    results: dict[tuple[int, int], int] = {}
    charts = charts_of(sets.values())
    for year in sorted({year_of(c.month) for own in wanted.values() for c in own if c.month % 100 == 12}):
        december = year * 100 + 12
        standing = _Standing(sets)
        carried = []
        for key, own in wanted.items():
            row = next((c for c in own if c.month == december), None)
            if row is None:
                continue
            stand = standing.at(key, december)
            result = -sum(cents for code, cents in stand.items() if int(code[:3]) in closing.RESULT_ACCOUNTS)
            results[key, year] = result
            for sentence, entries in (
                (gettext_lazy("Income and expense of %(year)d carried to the result"), closing.result_entries(stand)),
                (gettext_lazy("Result of %(year)d carried forward"), closing.undistributed_entries(stand, result)),
            ):
                if entries:
                    lines = [(e.code, e.debit - e.credit, "", "") for e in entries]
                    prepared = (row.closed_by, row.closed_at)
                    carried.append(
                        Given(
                            sets[key],
                            date(year, 12, 31),
                            in_chinese(sentence, year=year),
                            lines,
                            "carry",
                            prepared=prepared,
                            posted_at=row.closed_at,
                        )
                    )
        write_posted(carried, sets, charts, source="close")
    return results


def _seal(wanted: dict[int, list[Closing]], sets: dict[int, AccountSet]) -> list[Month]:
    digests: dict[tuple[int, int], list[str]] = defaultdict(list)
    posted = Voucher.objects.filter(set__in=list(sets), state=Voucher.State.POSTED).order_by("set", "month", "number")
    for key, month, digest in posted.values_list("set", "month", "digest"):
        digests[key, month].append(digest)
    kept = {(m.set_id, m.month): m for m in Month.objects.filter(set__in=list(sets))}
    new, changed = [], []
    for key, own in wanted.items():
        for row in own:
            month = kept.get((key, row.month))
            (changed if month else new).append(month := month or Month(set_id=key, month=row.month))
            month.submitted_at = month.submitted_at or row.submitted_at
            month.submitted_by_id = month.submitted_by_id or row.submitted_by
            month.closed_at, month.closed_by_id = row.closed_at, row.closed_by
            found = digests.get((key, row.month), [])
            month.vouchers, month.digest = len(found), rules.seal(found)
    Month.objects.bulk_update(
        changed, ["submitted_at", "submitted_by", "closed_at", "closed_by", "vouchers", "digest"], batch_size=200
    )
    return [*bulk.insert(new), *changed]


def _years(wanted: dict[int, list[Closing]], results: dict[tuple[int, int], int]) -> None:
    years = []
    seals: dict[tuple[int, int], list[str]] = defaultdict(list)
    months = Month.objects.filter(set__in=list(wanted), closed_at__isnull=False).order_by("month")
    for key, month, digest in months.values_list("set", "month", "digest"):
        seals[key, year_of(month)].append(digest)
    for (key, year), result in results.items():
        row = next(c for c in wanted[key] if c.month == year * 100 + 12)
        years.append(
            Year(
                set_id=key,
                year=year,
                closed_at=row.closed_at,
                closed_by_id=row.closed_by,
                result_cents=result,
                digest=rules.seal(seals[key, year]),
            )
        )
    bulk.insert(years)
