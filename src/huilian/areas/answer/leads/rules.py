"""What is weighed and counted about leads. Pure functions.

Disposal and its limits: 监督执纪工作规则 (2019-01-01). Weights and grades: a default of the house.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

WEIGHTS = {  # most points of each factor; together 100
    "specific": 20,  # 事实具体
    "verifiable": 20,  # 线索、证据可查
    "serious": 20,  # 性质、金额、后果
    "power": 10,  # 对象的职权
    "source": 10,  # 实名或多个来源
    "repeated": 10,  # 反复、集中
    "urgent": 10,  # 时效、证据灭失
}
GRADES = ((80, "A"), (60, "B"), (40, "C"), (0, "D"))
SUGGESTED = {"A": "verify", "B": "verify", "C": "interview", "D": "hold"}

NEXT = {  # which disposals may be proposed from which state
    "assigned": ("interview", "verify", "hold", "close"),
    "held": ("interview", "verify", "hold", "close"),
    "interview": ("close", "remind", "interview", "verify"),
    "verify": ("file", "close", "remind", "hold", "party"),
}
LEADS_TO = {  # the state after the last approval
    "interview": "interview", "verify": "verify", "hold": "held", "close": "closed",
    "file": "filed", "remind": "closed", "party": "closed",
}  # fmt: skip
LEVELS = (1, 2, 3)
UPWARD = ("committee", "main")  # members of the same-level committee, main leaders: reported to the organ above
ABOVE = "above"  # never entered here: 处理检举控告工作规则 §14–18
TEAM = 2  # a verification has at least two
SMALL = 3  # a count below it is not shown to those who see numbers only


def total(scores: Mapping[str, int]) -> int:
    """The sum of the seven factors. Raises ValueError with the factor that is missing or out of bounds."""
    for factor, most in WEIGHTS.items():
        if not 0 <= scores.get(factor, -1) <= most:
            raise ValueError(factor)
    return sum(scores[factor] for factor in WEIGHTS)


def grade(points: int) -> str:
    return next(letter for least, letter in GRADES if points >= least)


def months_later(day: date, months: int) -> date:
    """The same number of the month, or its last day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts with small ones hidden (None). A single hidden one could be got from the sum: then the next smallest is
    hidden with it."""
    hidden = {key for key, n in counts.items() if 0 < n < SMALL}
    if len(hidden) == 1:
        others = sorted((n, key) for key, n in counts.items() if n and key not in hidden)
        hidden.update(key for _n, key in others[:1])
    return {key: None if key in hidden else n for key, n in counts.items()}


def linked(start: str, marks: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Leads joined to `start` by common marks, directly (1) or over others (2, 3). `marks` gives the marks of each."""
    holders: dict[str, set[str]] = {}
    for lead, own in marks.items():
        for mark in own:
            holders.setdefault(mark, set()).add(lead)
    found, frontier = {start: 0}, [start]
    for step in (1, 2, 3):
        near = {other for lead in frontier for mark in marks.get(lead, ()) for other in holders[mark]} - found.keys()
        found.update(dict.fromkeys(near, step))
        frontier = sorted(near)
    del found[start]
    return found
