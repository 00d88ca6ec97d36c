"""Rules of audits, without Django: when an audit is due, what changed between two looks at the books.

Every member of a village committee is audited in office and on leaving; the result is published, that on leaving
before the next election (村民委员会组织法, 2025-10-28 修订). A term lasts five years (the same law). How long before
the end an audit is proposed, and how far back one before office looks, no higher rule says: county defaults.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BEFORE, DURING, LEAVING = "before", "during", "leaving"
BOUND_YEARS = 3  # a former post in the village binds an auditor that long; county default


@dataclass(frozen=True)
class Terms:
    """The county's figures: months of a term, days ahead, months an audit before office looks back."""

    term_months: int = 60
    ahead_days: int = 90
    before_months: int = 12


@dataclass(frozen=True)
class Due:
    """One audit that is due: its phase, the day by which the report is wanted, the stretch it looks at."""

    phase: str
    due_on: date
    starts_on: date
    ends_on: date


def months_later(day: date, months: int) -> date:
    """The same day `months` later (earlier where negative), or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term_end(starts: date, ends: date | None, terms: Terms) -> date:
    """The last day of the term: as the appointment says, else counted from its beginning."""
    return ends or months_later(starts, terms.term_months) - timedelta(days=1)


def dues(starts: date, ends: date | None, today: date, terms: Terms) -> list[Due]:
    """The audits of one term that are to be proposed today.

    Before office: from the naming until `ahead_days` after the first day. In office: from `ahead_days` before the
    middle of the term until half a year after it, later the audit on leaving is near enough. On leaving: from
    `ahead_days` before the last day, without end.
    """
    last = term_end(starts, ends, terms)
    ahead = timedelta(days=terms.ahead_days)
    middle = months_later(starts, terms.term_months // 2)
    found = []
    if today <= starts + ahead:
        since = months_later(starts, -terms.before_months)
        found.append(Due(BEFORE, starts + ahead, since, starts - timedelta(days=1)))
    if middle - ahead <= today < months_later(middle, 6) and middle < last:
        found.append(Due(DURING, months_later(middle, 6), starts, middle))
    if last - ahead <= today:
        found.append(Due(LEAVING, last, starts, last))
    return found


@dataclass(frozen=True)
class Change:
    """What differs between two looks at the books: `was` or `now` is None where the row was not there."""

    section: Mapping[str, str]
    label: str
    was: int | None
    now: int | None


def differences(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[Change]:  # type: ignore[type-arg]
    """Rows that came, went, or show another amount, in the order of the later look; what went stands last."""
    old = {(s["key"], r["key"]): (s["title"], r) for s in before for r in s["rows"]}
    new = {(s["key"], r["key"]): (s["title"], r) for s in after for r in s["rows"]}
    found = []
    for key, (title, row) in new.items():
        if key not in old:
            found.append(Change(title, row["label"], None, row["cents"]))
        elif (was := old[key][1]["cents"]) != row["cents"]:
            found.append(Change(title, row["label"], was, row["cents"]))
    found += [Change(title, row["label"], row["cents"], None) for key, (title, row) in old.items() if key not in new]
    return found
