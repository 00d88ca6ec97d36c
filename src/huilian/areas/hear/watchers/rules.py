"""What can be said of watchers without asking the database."""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

GENERAL_DAYS = 7  # 一般问题一周之内调查并答复反映人 (S3-28), natural days
IMPORTANT_MONTHS = 1  # 重大问题及时报送镇纪委，1月内反馈 (S3-29), from the township's receipt
QUESTION_DAYS = 10  # county default: a question under a publication has the same
LETTER_WORKDAYS = 15  # county default
UNFIT = "unfit"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(starts_on: date, months: int) -> date:
    """The last day of a term of `months` that begins on `starts_on` (聘任期限一般为1年, S3-23)."""
    return months_later(starts_on, months) - timedelta(days=1)


def is_out(results: Mapping[int, str]) -> bool:
    """Two years in a row not competent end the office (村务监督委员会指导意见, 2017). `results`: verdict by year."""
    return any(result == UNFIT and results.get(year + 1) == UNFIT for year, result in results.items())


def is_due(month: int, every: int) -> bool:
    """Whether a checkpoint that comes every `every` months falls into `month` (yyyymm): quarterly in March, June…"""
    return every > 0 and month % 100 % every == 0


def month_after(month: int) -> int:
    """The month after `month` (both yyyymm)."""
    return month + 1 if month % 100 < 12 else month + 89


def month_before(month: int) -> int:
    """The month before `month` (both yyyymm)."""
    return month - 1 if month % 100 > 1 else month - 89


def missed(first: int, last: int, every: int, have: Collection[int]) -> list[int]:
    """Months from `first` to `last` (yyyymm) at whose end a stretch of `every` months was over with nothing in it."""
    found, stretch, month = [], set(), first
    while month <= last:
        stretch.add(month)
        if is_due(month, every):
            found += [month] if stretch.isdisjoint(have) else []
            stretch = set()
        month = month_after(month)
    return found


def shares(quotas: Mapping[str, int], wanted: int, there: Mapping[str, int]) -> dict[str, int]:
    """How many of `wanted` each stratum gives: by quota, largest remainder, never more than are there. What a stratum
    cannot give the others give, so that the sum is `wanted` as long as enough are there."""
    given = dict.fromkeys(quotas, 0)
    left = min(wanted, sum(there.get(key, 0) for key, quota in quotas.items() if quota))
    while left:
        open_ = {key: quotas[key] for key in quotas if quotas[key] and given[key] < there.get(key, 0)}
        whole = sum(open_.values())
        exact = {key: left * quota / whole for key, quota in open_.items()}
        step = {key: min(int(share), there[key] - given[key]) for key, share in exact.items()}
        if not any(step.values()):
            first = max(sorted(exact), key=lambda key: exact[key])
            step = {first: 1}
        for key, n in step.items():
            given[key] += n
            left -= n
    return given


def percent(part: int, whole: int) -> int | None:
    """Whole percent, None of nothing."""
    return round(100 * part / whole) if whole else None


def poor_topics(marks: Sequence[Mapping[str, int]], poor: int = 3) -> dict[str, int]:
    """How many cards gave a topic the worst mark."""
    found: dict[str, int] = {}
    for card in marks:
        for focus, mark in card.items():
            found[focus] = found.get(focus, 0) + (mark == poor)
    return found
