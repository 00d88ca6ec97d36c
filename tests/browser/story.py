"""What is in the database of the browser suite: the cast of the tests and whatever the parts add, made by services.

A part adds a function to `PARTS`. It gets the cast and returns facts: names that paths in `pages.py` may use.
"""

from collections.abc import Callable

from . import (
    story_alerts,
    story_auctions,
    story_audits,
    story_board,
    story_books,
    story_campaigns,
    story_decisions,
    story_desk,
    story_exchange,
    story_flows,
    story_inspections,
    story_leads,
    story_logs,
    story_money,
    story_monitoring,
    story_office,
    story_operator,
    story_petitions,
    story_portal,
    story_powers,
    story_registers,
    story_risks,
    story_seals,
    story_services,
    story_serving,
    story_things,
    story_tips,
    story_vault,
    story_village,
    story_watchers,
    story_works,
)

PARTS: list[Callable[..., dict[str, str]]] = [
    story_desk.tell,
    story_operator.tell,
    story_portal.tell,
    story_board.tell,
    story_registers.tell,
    story_seals.tell,
    story_risks.tell,
    story_exchange.tell,
    story_monitoring.tell,
    story_petitions.tell,
    story_powers.tell,
    story_services.tell,
    story_decisions.tell,
    story_money.tell,
    story_alerts.tell,
    story_village.tell,
    story_books.tell,
    story_things.tell,
    story_flows.tell,
    story_logs.tell,
    story_serving.tell,
    story_auctions.tell,
    story_works.tell,
    story_watchers.tell,
    story_vault.tell,
    story_watchers.tell_coded,
    story_leads.tell,
    story_office.tell,
    story_tips.tell,
    story_inspections.tell,
    story_audits.tell,
    story_campaigns.tell,
]


def tell() -> dict[str, str]:
    """Tell the whole story in one transaction and return all facts."""
    from django.db import transaction

    from tests import cast

    facts: dict[str, str] = {}
    with transaction.atomic():
        people = cast.build()
        for part in PARTS:
            facts |= part(people)
    return facts
