"""Months of the books as the integer yyyymm, and the years they lie in."""

import calendar
from datetime import date

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _


def month_of(day: date) -> int:
    return day.year * 100 + day.month


def next_month(month: int) -> int:
    return month + 89 if month % 100 == 12 else month + 1


def previous_month(month: int) -> int:
    return month - 89 if month % 100 == 1 else month - 1


def first_day(month: int) -> date:
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    return date(month // 100, month % 100, calendar.monthrange(month // 100, month % 100)[1])


def year_of(month: int) -> int:
    return month // 100


def months_between(first: int, last: int) -> list[int]:
    """Every month from `first` to `last`, both included; empty when `last` lies before `first`."""
    found = []
    while first <= last:
        found.append(first)
        first = next_month(first)
    return found


def check_month(month: int) -> int:
    """`month` itself. Raises Invalid when it is not a month such as 202605."""
    if not (1 <= month % 100 <= 12 and 1990 <= month // 100 <= 2999):
        raise Invalid(_("%(month)s is no month. Write the year and two digits, such as 202605.", month=month))
    return month


def word(month: int) -> str:
    """202605 as 2026-05."""
    return f"{month // 100}-{month % 100:02d}"
