"""What stands on the case page of a work: its money and its particulars."""

from .queries.pages import events_of, sums
from .queries.reach import money_of


def money(case, user) -> dict:
    """The amounts beside one another, and what may be asked for now."""
    work = case.work
    return {"work": work, "sums": sums(work), "left": money_of(work).left_cents if work.contract_cents else None}


def facts(case, user) -> dict:
    """Budget lines, quotations, changes, payments, events, signatures."""
    work = case.work
    return {
        "work": work,
        "items": list(work.items.all()),
        "quotes": list(work.quotes.select_related("contractor")),
        "changes": list(work.changes.select_related("decided_by")),
        "pays": list(work.pays.all()),
        "events": events_of(work),
        "acceptances": list(work.acceptances.prefetch_related("signatures")),
    }
