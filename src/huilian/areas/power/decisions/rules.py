"""How a vote is judged, and how far what was carried out may lie from what was decided. Pure.

There are two families of majorities and a matter belongs to one of them by what it is about, never by habit. Villagers'
matters: 村民委员会组织法 (2018), §22 and §26, a majority of those present. Matters of the collective economy:
农村集体经济组织法 (in force 2025-05-01), two thirds of all members. Which text counts on a day is data (`Quorum`).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Share:
    """A share of a whole number of people: two thirds, or (`more`) more than half."""

    num: int
    den: int
    more: bool = False

    def met(self, n: int, whole: int) -> bool:
        """Whether `n` of `whole` people are enough. Of nobody, nobody is enough."""
        if whole <= 0:
            return False
        return n * self.den > whole * self.num if self.more else n * self.den >= whole * self.num

    def least(self, whole: int) -> int:
        """The smallest number of people that is enough."""
        return whole * self.num // self.den + 1 if self.more else -(-whole * self.num // self.den)


@dataclass(frozen=True)
class Majority:
    """Who must be there and who must say yes; `of_all`: yes is counted against all who are due, not those present."""

    attend: Share
    passes: Share
    of_all: bool = False


@dataclass(frozen=True)
class Verdict:
    """`outcome`: passed, not_passed or no_quorum, with how many it takes."""

    outcome: str
    need_present: int
    need_yes: int


def judge(majority: Majority, *, due: int, present: int, yes: int) -> Verdict:
    """What a vote is worth. Those who did not vote, abstained or stayed away never count as yes."""
    whole = due if majority.of_all else present
    verdict = (
        "no_quorum"
        if not majority.attend.met(present, due)
        else "passed"
        if majority.passes.met(yes, whole)
        else "not_passed"
    )
    return Verdict(verdict, majority.attend.least(due), majority.passes.least(whole))


def count_fault(*, due: int, present: int, yes: int, no: int, abstain: int) -> str:
    """Why figures of a count cannot be true: "present", "votes" or nothing."""
    if min(due, present, yes, no, abstain) < 0 or present > due:
        return "present"
    return "votes" if yes + no + abstain > present else ""


def doubled(keys: Iterable[Hashable]) -> list[Hashable]:
    """Which of those who are due stand on the roll more than once; empty keys are nobody's."""
    return [key for key, times in Counter(key for key in keys if key).items() if times > 1]


def speaks_too_early(is_head: bool, others_silent: int) -> bool:
    """「末位表态」 The head speaks last: as long as one of the others present has not spoken, the head waits."""
    return is_head and others_silent > 0


def earliest(previous: date | None, gap_days: int, noticed: date, notice_days: int) -> date:
    """The first day on which a meeting may be held: the gap after the step before, and its notice, in whole days."""
    after_notice = noticed + timedelta(days=notice_days)
    return max(after_notice, previous + timedelta(days=gap_days)) if previous else after_notice


def breaches(
    *, held: date, previous: date | None, gap_days: int, noticed: date | None, notice_days: int
) -> Sequence[str]:
    """What a meeting entered from paper did against its chain: kept beside it, for rules and readers."""
    found = []
    if previous and held < previous:
        found.append("order")
    elif previous and held < previous + timedelta(days=gap_days):
        found.append("gap")
    if notice_days and (noticed is None or held < noticed + timedelta(days=notice_days)):
        found.append("notice")
    return found


def within(amount_cents: int, decided_cents: int, tolerance_percent: int) -> bool:
    """Whether an amount stays within what was decided and the county's tolerance."""
    return amount_cents * 100 <= decided_cents * (100 + tolerance_percent)
