"""Levels, days, modes and rates of the services: pure functions over plain values.

Days: village 2, township 3–5, county departments 5–10 working days (requirements S3-47, upper bounds; an item may set
fewer). Missing papers are told once, within five days (行政许可法, 2019-04-23修正, §32).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VILLAGE, TOWNSHIP, COUNTY = 5, 4, 3  # levels of places, the lowest first; a higher level has a smaller number
MOST_DAYS = {VILLAGE: 2, TOWNSHIP: 5, COUNTY: 10}
CLASS_OF = {VILLAGE: "village", TOWNSHIP: "township"}  # everything above is the county's
BAD_STARS = 2  # 非常不满意、不满意
PROXY_MODES = ("agent", "joint")


def lane(level: int) -> int:
    """The level whose days hold: city and province take the county's."""
    return max(level, COUNTY)


def days_at(days: Mapping[int, int], level: int) -> int:
    """Working days a level has, from an item's own days."""
    return days[lane(level)]


def whole_days(days: Mapping[int, int], taken_at: int, decided_at: int) -> int:
    """The promise to the applicant: the days of every level from where it was taken in up to where it is decided."""
    passed = [level for level in MOST_DAYS if lane(decided_at) <= level <= lane(taken_at)]
    return sum(days[level] for level in passed or [lane(taken_at)])


def may_decide(level: int, decided_at: int) -> bool:
    """Whether a point of `level` may give the result: 县级集中审批, 乡镇全程代理, 村级延伸代办 (S3-37)."""
    return level <= decided_at


def class_of(decided_at: int, instant: bool = False) -> str:
    """The class of the case in its procedure."""
    return "instant" if instant else CLASS_OF.get(decided_at, "county")


def acts_of(level: int, decided_at: int) -> dict[str, bool]:
    """What a point of `level` does with an item unless the county says otherwise."""
    decides = may_decide(level, decided_at)
    return {"may_accept": True, "may_answer": decides, "may_forward": not decides and level > COUNTY}


def trips_of(channel: str) -> int:
    """Trips an application begins with: one when people came to a window or a screen, none when we came to them."""
    return 1 if channel in ("window", "kiosk") else 0


def state_of_rating(stars: int, wished: bool = False) -> str:
    """Every bad rating is called back (差评百分之百回访), and every other one whose citizen wishes it."""
    return "call" if wished or stars <= BAD_STARS else "good"


def days_saved(legal: int | None, used: int) -> int | None:
    """Working days saved against the legal limit; none where the law sets none (S3-51)."""
    return None if legal is None else legal - used


@dataclass(frozen=True)
class Rate:
    """A share with what it was counted from; None is shown as “–”, never as 0 or 100."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> int:
        """Whole per cent, half rounded up; ask only where `whole` is not zero."""
        return (200 * self.part + self.whole) // (2 * self.whole)


@dataclass(frozen=True)
class Closed:
    """One closed application, as far as the figures need it."""

    trips: int
    demands: int  # notices of missing papers
    used: int  # working days from acceptance to the answer
    legal: int | None
    on_time: bool | None  # none where nothing was promised: a question answered on the spot


def once_done(rows: Iterable[Closed]) -> Rate:
    """一次性办结率: closed with at most one trip and without a demand for papers (S3-52)."""
    rows = list(rows)
    return Rate(sum(r.trips <= 1 and not r.demands for r in rows), len(rows))


def few_trips(rows: Iterable[Closed]) -> Rate:
    """最多跑一次: closed with no trip or one (S1-11)."""
    rows = list(rows)
    return Rate(sum(r.trips <= 1 for r in rows), len(rows))


def no_trip(rows: Iterable[Closed]) -> Rate:
    """零跑腿."""
    rows = list(rows)
    return Rate(sum(r.trips == 0 for r in rows), len(rows))


def on_time(rows: Iterable[Closed]) -> Rate:
    promised = [r.on_time for r in rows if r.on_time is not None]
    return Rate(sum(promised), len(promised))


def saved(rows: Iterable[Closed]) -> tuple[int, int]:
    """Working days saved in all, and over how many applications with a legal limit."""
    known = [days_saved(r.legal, r.used) for r in rows if r.legal is not None]
    return sum(d for d in known if d is not None), len(known)


@dataclass(frozen=True)
class Finding:
    """What one of the eight rules gave at a point: `failing` of `counted` are not as the rule says."""

    key: str
    counted: int
    failing: int

    @property
    def good(self) -> bool | None:
        """None: there was nothing to count, so nothing can be said."""
        return None if not self.counted else not self.failing
