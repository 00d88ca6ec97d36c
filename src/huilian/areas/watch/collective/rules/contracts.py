"""What a contract lacks, how late its payments are, and how soon it ends. Pure."""

from collections.abc import Mapping
from datetime import date

WARN_DAYS = (30, 60, 90)  # 三资预警 C01: 90/60/30 days before a contract ends
AGES = (15, 60, 180, 365)  # days late at which a payment moves to the next column of the ageing table
LEVEL_OF_GAP = {"double": 2, "no_deal": 3, "no_decision": 2, "no_publication": 2, "no_filing": 1, "no_scan": 1}


def gaps(facts: Mapping[str, object], *, exchange_limit_cents: int) -> list[str]:
    """What the file of a contract lacks, in the order in which one would ask for it.

    `facts`: total_cents, deal_no, decision_no, published_on, filed_on, has_scan, is_oral, signed_on, double (another
    contract lets the same thing at the same time). These are notices: an old contract must be enterable as it is.
    """
    found = []
    if facts.get("double"):
        found.append("double")
    if exchange_limit_cents and int(str(facts["total_cents"])) >= exchange_limit_cents and not facts["deal_no"]:
        found.append("no_deal")
    if not facts["decision_no"]:
        found.append("no_decision")
    if not facts["published_on"]:
        found.append("no_publication")
    if not facts["filed_on"]:
        found.append("no_filing")
    if facts["is_oral"]:
        found.append("oral")
    elif not facts["has_scan"]:
        found.append("no_scan")
    return found


def overlaps(starts: date, ends: date, other_starts: date, other_ends: date) -> bool:
    """Whether two stretches of time have a day in common."""
    return starts <= other_ends and other_starts <= ends


def ends_within(ends_on: date, day: date) -> int | None:
    """30, 60 or 90 when the contract ends within so many days; 0 when it is past; None when there is time."""
    left = (ends_on - day).days
    if left < 0:
        return 0
    return next((limit for limit in WARN_DAYS if left <= limit), None)


def age_of(due_on: date, day: date) -> int:
    """The column of the ageing table: 0 not due yet, then 1 up to `len(AGES) + 1` for the longest late."""
    late = (day - due_on).days
    if late <= 0:
        return 0
    return next((column for column, limit in enumerate(AGES, 1) if late <= limit), len(AGES) + 1)


def allocate(open_cents: list[int], amount: int) -> list[int]:
    """How an amount is laid on open sums, the oldest first. The rest stays unallocated."""
    laid = []
    for one in open_cents:
        part = min(one, amount)
        laid.append(part)
        amount -= part
    return laid
