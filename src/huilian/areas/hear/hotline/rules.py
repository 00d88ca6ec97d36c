"""The hotline's own rules over plain values.

Source: 国办发〔2020〕53号, 国办函〔2025〕66号; requirements S0-09 to S0-14.
"""

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
