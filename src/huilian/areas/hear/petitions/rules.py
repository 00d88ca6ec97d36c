"""Numbers and answers of the law on petitions: pure functions over plain values.

信访工作条例 (中共中央、国务院, in force 2022-05-01). Days without 工作 are natural days counted by 民法典
§§200-204: a period that would end on a day of rest ends on the day after. Simple handling: 国家信访局 2016.
"""

from collections.abc import Mapping
from datetime import date

from huilian.foundation.workdays import WorkCalendar, period_end

REGISTER_DAYS = 15  # 第二十二条: registered and passed on
DECIDE_DAYS = 15  # accepted or not, told in writing
HANDLE_DAYS, MOST_MORE = 60, 30  # 第三十四条, with the approval of the head of the organ, the reason told
ASK_DAYS, REVIEW_DAYS = 30, 30  # 第三十五条, 第三十六条
SIMPLE_DECIDE, SIMPLE_ANSWER = 3, 10  # working days
MOST_REPRESENTATIVES = 5  # 第二十条
GROUP = 5  # from so many people on a visit is one of a group
ANSWER_PARTS = ("claim", "facts", "law", "opinion", "remedy")
SHORTEST = 4  # characters of a part of an answer: fewer say nothing
TOWNSHIP = 4  # level of places; a smaller number is a higher level

# What makes a matter worth a leader's lead: points per ground, 0 or 1 or 2 each. Grounds are about the matter, none is
# about who complains. Default of the house.
WORTH = ("harm", "people", "duration", "units", "turn")
LEAD_FROM = 5  # points of ten from which a leader is proposed


def ask_until(delivered_on: date, calendar: WorkCalendar) -> date:
    """The last day on which a review of an answer can be asked for."""
    return period_end("day", delivered_on, ASK_DAYS, calendar)


def skips(competent: int, visited: int) -> bool:
    """「越级走访」 A visit may go to the competent organ or the one above it (第二十条); any higher skips a level.

    A village is no organ that decides on petitions: its matters belong to the township.
    """
    return visited < min(competent, TOWNSHIP) - 1


def missing_parts(answer: Mapping[str, str]) -> list[str]:
    """Parts of an answer that are not there: claim, facts, grounds in law, opinion, remedy (第三十二条)."""
    return [name for name in ANSWER_PARTS if len(answer.get(name, "").strip()) < SHORTEST]


def worth(marks: Mapping[str, int]) -> int:
    """Points of a matter. Raises ValueError for a ground or a mark that does not exist."""
    if set(marks) - set(WORTH) or any(mark not in (0, 1, 2) for mark in marks.values()):
        raise ValueError("grounds are marked 0, 1 or 2")
    return sum(marks.values())


def change(now: int, before: int) -> float | None:
    """Year on year as a share; none where nothing can be compared."""
    return (now - before) / before if before else None
