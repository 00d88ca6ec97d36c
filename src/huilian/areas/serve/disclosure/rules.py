"""When something must be public, how urgent that is, what may not be published, and how villages are compared. Pure.

Sources: 村民委员会组织法 on 村务公开 (ordinary items quarterly, heavy traffic of money monthly, matters of villagers'
interest at any time); 农村集体经济组织财务公开规定 (农经发〔2011〕13号: item by item, 逐笔); 农村集体经济组织法 (2025:
financial report open to members ten days before the meeting); 个人信息保护法 §6. The days of each kind are county data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from huilian.foundation import hashing
from huilian.foundation.errors import Invalid
from huilian.foundation.masking import found_in, mask_given
from huilian.foundation.wording import _
from huilian.foundation.workdays import PERIODS, WORKDAY, WorkCalendar, period_end

MONTH, QUARTER, HALF, YEAR, EVENT, STANDING = "month", "quarter", "half", "year", "event", "standing"
MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}
ALWAYS = "always"  # the period of what stands on the board all the time
NEAR_DAYS = 3  # natural days before the due day from which on it is yellow [origin=default]

# Kinds of columns. "name" is a person and masked; "party" is a person or a firm, masked by whoever makes the rows;
# "phone" is an office number that may stand there, "code" a number of a paper.
TEXT, MONEY, DATE, NUMBER, NAME, PARTY, PHONE, CODE = (
    "text", "money", "date", "number", "name", "party", "phone", "code",
)  # fmt: skip
COLUMN_KINDS = (TEXT, MONEY, DATE, NUMBER, NAME, PARTY, PHONE, CODE)
LARGEST_BODY = 5000  # rows of one item; a village has a few hundred vouchers a year

HEADLINE, DETAIL, VOUCHER = 1, 2, 3  # S2-22: how deep an item goes
BANDS = (1000, 2000, 4000)  # persons; villages are compared with those of their own size [origin=default]
FEWEST_ALIKE = 5  # below that a median says more about one neighbour than about all of them


Column = Mapping[str, str]
Row = Sequence[Any]


class Period(NamedTuple):
    """A stretch of time that an item is about: "2026-10", "2026Q3", "2026H1", "2026"."""

    key: str
    starts_on: date
    ends_on: date


def period_of(cycle: str, day: date) -> Period:
    """The period of `cycle` in which `day` lies."""
    length = MONTHS[cycle]
    first = (day.month - 1) // length * length + 1
    starts = date(day.year, first, 1)
    following = date(day.year + (first + length > 12), (first + length - 1) % 12 + 1, 1)
    part = (first - 1) // length + 1
    key = {MONTH: f"{day:%Y-%m}", QUARTER: f"{day.year}Q{part}", HALF: f"{day.year}H{part}", YEAR: str(day.year)}[cycle]
    return Period(key, starts, following - timedelta(days=1))


def read_period(cycle: str, key: str) -> Period:
    """The period that `key` names. Raises Invalid for one that does not belong to `cycle`."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)|Q([1-4])|H([12]))?", key, re.ASCII)
    if found:
        year, month, quarter, half = found.groups()
        first = int(month or (int(quarter) * 3 - 2 if quarter else int(half) * 6 - 5 if half else 1))
        if 1 <= first <= 12 and cycle in MONTHS:
            period = period_of(cycle, date(int(year), first, 1))
            if period.key == key:
                return period
    raise Invalid(_("“%(key)s” is not a period of this matter. Write it as 2026-10, 2026Q3, 2026H1 or 2026.", key=key),
                  field="period")  # fmt: skip


def opens_on(period: Period, counted_from: str) -> date:
    """The day on which the duty to publish begins to run: after the period, or at its start for plans."""
    return period.starts_on if counted_from == "start" else period.ends_on + timedelta(days=1)


def opened(cycle: str, counted_from: str, since: date, upto: date) -> list[Period]:
    """The periods whose duty began to run on a day from `since` to `upto`."""
    found, at = [], period_of(cycle, since - timedelta(days=400))
    while at.starts_on <= upto:
        if since <= opens_on(at, counted_from) <= upto:
            found.append(at)
        at = period_of(cycle, at.ends_on + timedelta(days=1))
    return found


def due_on(anchor: date, length: int, unit: str, calendar: WorkCalendar, *, before: bool = False) -> date:
    """The last day on which it may go up: `length` days after the anchor, or before it for what must be read first.

    After: the anchor is day zero and natural days that end on a rest day end on the next working day (民法典 §203).
    Before: so many whole days lie between, and a rest day does not move it: the notice would come too late.
    """
    if unit not in PERIODS:
        raise Invalid(_("A period is counted in working days, days or months."), field="unit")
    if not before:
        return period_end(unit, anchor, length, calendar)
    return calendar.add(anchor, -length) if unit == WORKDAY else anchor - timedelta(days=length)


def level(due: date, met: date | None, today: date) -> str:
    """The colour of one duty: done, ok, yellow, orange (today), red."""
    if met is not None:
        return "done"
    left = (due - today).days
    return "red" if left < 0 else "orange" if not left else "yellow" if left <= NEAR_DAYS else "ok"


# ---------------------------------------------------------------------- what is published


class Leak(NamedTuple):
    """Something that may not be published: where (row as people count, column) and what (identity, phone, account)."""

    row: int
    column: int
    what: str


def check_table(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Raise Invalid, with its row, where a table does not hold what its columns say."""
    for column in columns:
        if column.get("kind", TEXT) not in COLUMN_KINDS or not column.get("key") or not column.get("zh"):
            raise Invalid(_("A column needs a key, a heading and one of the known kinds."), field="columns")
    if len(rows) > LARGEST_BODY:
        raise Invalid(_("One item holds at most %(n)s rows. Publish it in parts.", n=LARGEST_BODY), field="rows")
    kinds = [c.get("kind", TEXT) for c in columns]
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise Invalid(
                _("Row %(row)s has %(n)s values, but there are %(m)s columns.", row=number, n=len(row), m=len(columns)),
                row=number,
            )
        for kind, value in zip(kinds, row, strict=True):
            if not _fits(kind, value):
                raise Invalid(_("Row %(row)s: “%(value)s” cannot stand in this column.", row=number, value=value),
                              row=number)  # fmt: skip


def _fits(kind: str, value: object) -> bool:
    if value is None:
        return True
    if kind == MONEY:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == NUMBER:
        return isinstance(value, int | str) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == DATE and value:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return len(value) <= 1000


def leaks(columns: Sequence[Column], rows: Sequence[Row], *texts: str) -> list[Leak]:
    """Identity numbers, telephones and bank accounts in a table and in the `texts` around it (row 0).

    An office telephone may stand in a column of kind "phone"; codes of papers and firms in one of kind "code".
    """
    found = [Leak(0, 0, what) for what in found_in("\n".join(texts))]
    kinds = [c.get("kind", TEXT) for c in columns]
    read = [i for i, kind in enumerate(kinds) if kind not in (MONEY, DATE)]
    for number, row in enumerate(rows, 1):
        # The whole row first: hardly any row has anything, and looking at each cell costs ten times as much.
        if not found_in("\n".join(str(row[i]) for i in read if row[i])):
            continue
        for i in read:
            allowed = {PHONE: ("phone",), CODE: ("account",)}.get(kinds[i], ())
            found += [Leak(number, i, what) for what in found_in(str(row[i] or "")) if what not in allowed]
    return found


def freeze(columns: Sequence[Column], rows: Iterable[Row]) -> list[list[Any]]:
    """The rows as they go up: names of persons cut to 姓**."""
    names = [i for i, c in enumerate(columns) if c.get("kind") == NAME]
    if not names:
        return [list(row) for row in rows]
    frozen = []
    for row in rows:
        line = list(row)
        for i in names:
            line[i] = mask_given(line[i]) if line[i] else line[i]
        frozen.append(line)
    return frozen


def totals(columns: Sequence[Column], rows: Iterable[Row]) -> dict[str, int]:
    """The sum of every money column, in cents."""
    money = [(i, c["key"]) for i, c in enumerate(columns) if c.get("kind") == MONEY]
    sums = {key: 0 for _i, key in money}
    for row in rows:
        for i, key in money:
            sums[key] += row[i] or 0
    return sums


def depth_of(columns: Sequence[Column], rows: Sequence[Row]) -> int:
    """S2-22: a headline, details line by line, or each line with its voucher."""
    if not rows:
        return HEADLINE
    return VOUCHER if any(c["key"] == "voucher" for c in columns) else DETAIL


def body_digest(body: Mapping[str, object]) -> str:
    """SHA-256 over the canonical bytes of what was published, in hexadecimal; anybody can recompute it."""
    return hashing.digest(hashing.canonical(body)).hex()


# ---------------------------------------------------------------------- villages alike


class Quartiles(NamedTuple):
    low: int
    median: int
    high: int


def band_of(persons: int) -> int:
    """The size class of a village: how many of the bounds it reaches."""
    return sum(persons >= bound for bound in BANDS)


def per_head(cents: int, persons: int) -> int:
    """Cents for each person, rounded half up."""
    return (2 * cents + persons) // (2 * persons) if persons > 0 else 0


def quartiles(values: Iterable[int]) -> Quartiles:
    """Lower quartile, median and upper quartile, between neighbours in proportion, in whole cents."""
    ordered = sorted(values)

    def at(quarter: int) -> int:
        place, rest = divmod((len(ordered) - 1) * quarter, 4)
        if not rest:
            return ordered[place]
        return ordered[place] + ((ordered[place + 1] - ordered[place]) * rest + 2) // 4

    return Quartiles(at(1), at(2), at(3))
