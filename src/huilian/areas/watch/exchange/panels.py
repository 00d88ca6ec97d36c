"""What stands on the page of a lot."""

from huilian.engine.access.queries import may
from huilian.engine.look.text import say
from huilian.foundation.masking import mask_name

from .models import Deal, Lot, Registration
from .models.fields import FIELDS
from .queries.unities import checks_of


def lot_of(case) -> Lot:
    found = getattr(case, "_lot_joined", None)
    if found is None:
        joined = Lot.objects.select_related(
            "board", "right", "mode", "owner", "place", "township", "auction", "draw", "again__case"
        )
        found = case._lot_joined = joined.get(case=case)
        found.case = case
    return found


def deal_of(lot: Lot) -> Deal:
    """The deal that stands."""
    return lot.deals.exclude(state__in=("overturned", "broken")).select_related("registration").get()


def shown(registration: Registration) -> str:
    """A bidder's name where others may look on: a person's is masked."""
    return mask_name(registration.name) if registration.kind == Registration.Kind.PERSON else registration.name


def facts(case, user) -> dict:
    """What is traded, on what ground, at which price."""
    lot = lot_of(case)
    return {
        "lot": lot,
        "said": [(say(FIELDS[key]), value) for key, value in lot.said.items() if value and key in FIELDS],
    }


def course(case, user) -> dict:
    """Notices, questions, the deal, objections; bidders only as a number."""
    lot = lot_of(case)
    deals = list(lot.deals.select_related("registration"))
    for deal in deals:
        deal.winner = shown(deal.registration)
    return {
        "lot": lot,
        "notices": list(lot.notices.all()),
        "bidders": lot.registrations.filter(state__in=("applied", "qualified")).count(),
        "questions": list(lot.questions.all()),
        "objections": list(lot.objections.all()),
        "deals": deals,
        "witnesses": list(lot.witnesses.select_related("person", "unit")),
        "posts": may(user, "exchange.apply"),
        "answers": may(user, "exchange.run"),
        "decides": may(user, "exchange.decide"),
        "watches": may(user, "exchange.watch"),
    }


def unities(case, user) -> dict:
    """The five unities, from what is on record."""
    return {"checks": checks_of(lot_of(case))}
