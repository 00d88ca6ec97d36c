"""The hotline's own rules over plain values.

Source: 国办发〔2020〕53号, 国办函〔2025〕66号; requirements S0-09 to S0-14.
"""

import re
from datetime import date, datetime, timedelta

REOPEN_DAYS = 15  # [U] county default: a citizen may have a closed matter reopened within 15 natural days.
CALLS_BEFORE_UNREACHED = 3  # [U] a citizen counts as not reached only after calls on three different days.
FIRST_UNIT_AFTER_RETURNS = 2  # RX02: after two upheld or overruled returns the next dispatch names 首接负责.
GOOD = 3  # grades 3, 4, 5 are satisfied; the grade is the citizen's own word


def is_content(*, solved: str, satisfaction: int | None) -> bool:
    """Whether the citizen's own words let the matter be closed. Silence is not satisfaction."""
    return solved == "yes" and satisfaction is not None and satisfaction >= GOOD


def is_discontent(*, solved: str, satisfaction: int | None) -> bool:
    """Whether the citizen said that it is not done, or that they are dissatisfied."""
    return solved in ("no", "partly") or (satisfaction is not None and satisfaction < GOOD)


def may_reopen(closed_at: datetime, now: datetime) -> bool:
    return now <= closed_at + timedelta(days=REOPEN_DAYS)


def counts_as_unreached(call_days: list[date]) -> bool:
    """Whether failed calls on these days are enough to close a matter as not reached."""
    return len(set(call_days)) >= CALLS_BEFORE_UNREACHED


def same_person(first: object, *others: object) -> bool:
    """Whether `first` is one of `others`; nobody (None) is never the same as anybody."""
    return first is not None and first in others


_CHARGE = re.compile(
    r"贪污|受贿|行贿|索贿|贿赂|收(?:了)?(?:红包|好处|回扣)|吃回扣|挪用|侵吞|私分|中饱私囊|吃拿卡要|违纪|买官|卖官|检举|控告"
    r"|举报.{0,12}(?:书记|主任|干部|局长|所长|站长|镇长|乡长|村长|会计|领导)"
)


def sounds_like_a_charge(text: str) -> bool:
    """Whether a text speaks of misconduct of officials, so that its writer is shown the way to 12388 before sending.

    It decides nothing: the writer does, and then the people who sort. Source: 国办发〔2020〕53号, charges against
    officials are not for the hotline.
    """
    return bool(_CHARGE.search(text))


def answers_first(returns: int) -> bool:
    """Whether the next unit is 首接负责: so many returns lie behind the matter that it cannot be handed back again."""
    return returns >= FIRST_UNIT_AFTER_RETURNS


# Weights of a unit's monthly score (S0-14). [U] county default. Satisfaction is one part of five and never a ranking of
# its own (国办函〔2025〕66号: no one-sided ranking). A part that was never counted is left out and the rest rescaled.
SCORE_WEIGHTS = {"on_time": 40, "sign": 15, "returned": 15, "satisfied": 15, "reworked": 15}
FEWER_IS_BETTER = ("returned", "reworked")
SCORED_FROM = 5  # matters closed in the month; fewer say nothing about a unit


def unit_score(parts: dict[str, tuple[int, int]], *, closed: int) -> float | None:
    """The score of a unit from 0 to 100 out of (part, whole) pairs; None for too few matters to judge by."""
    if closed < SCORED_FROM:
        return None
    gained = weighed = 0.0
    for key, weight in SCORE_WEIGHTS.items():
        part, whole = parts.get(key, (0, 0))
        if not whole:
            continue
        rate = min(1.0, part / whole)
        gained += weight * (1 - rate if key in FEWER_IS_BETTER else rate)
        weighed += weight
    return round(gained / weighed * 100, 1) if weighed else None
