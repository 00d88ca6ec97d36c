"""What the staff reads: duties with their colours, what waits for a check, a township at a glance, withdrawals."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from huilian.engine.access.queries import may, scope, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import below
from huilian.foundation.now import today

from .. import rules
from ..models import Item, Kind, Obligation

UNDER_WAY = (Item.State.DRAFT, Item.State.CHECKING, Item.State.CHECKED)
CHECKERS = {
    Kind.Checker.COMMITTEE: "disclosure.check",
    Kind.Checker.BRANCH: "disclosure.check_party",
    Kind.Checker.TOWNSHIP: "disclosure.check_above",
}


def visible_duties(user) -> QuerySet[Obligation]:
    """Duties of the places `user` answers for."""
    return scope(Obligation.objects.select_related("kind", "place"), user, unit=None, action="disclosure.see")


def visible_items(user) -> QuerySet[Item]:
    found = Item.objects.select_related("kind", "place", "obligation").defer("rows", "columns", "facts")
    return scope(found, user, unit=None, action="disclosure.see")


def may_draft_here(user, place: Place) -> bool:
    return may(user, "disclosure.draft") and scope_of(user, "disclosure.draft").holds_place(place)


def duties_of(user, *, which: str = "open", affairs: str = "") -> QuerySet[Obligation]:
    """`which`: open, late, board (published, not on the board), done. Most urgent first."""
    found = visible_duties(user).filter(excuse="")
    if affairs:
        found = found.filter(kind__affairs=affairs)
    if which == "late":
        found = found.filter(met_on=None, due_on__lt=today())
    elif which == "board":
        found = found.filter(met_on__isnull=False, board_on=None)
    elif which == "done":
        return found.filter(met_on__isnull=False, board_on__isnull=False).order_by("-met_on", "-id")
    else:
        found = found.filter(met_on=None)
    working = Item.objects.filter(obligation=OuterRef("pk"), state__in=UNDER_WAY)
    return found.annotate(under_way=Exists(working)).order_by("due_on", "id")


def items_to_check(user) -> QuerySet[Item]:
    """What waits for a check by this person; never what they drafted themselves."""
    mine = [checker for checker, action in CHECKERS.items() if may(user, action)]
    return (
        visible_items(user)
        .filter(state=Item.State.CHECKING, kind__checker__in=mine)
        .exclude(drafted_by=user)
        .order_by("id")
    )


@dataclass(frozen=True)
class CellState:
    """One village and one period in the overview: a level and words."""

    level: str
    obligation: Obligation | None


def matrix(township: Place, kind: Kind, periods: list[str]) -> list[tuple[Place, list[CellState]]]:
    """Villages by periods of one kind: done, waiting, late; "" where there was no duty."""
    villages = list(below(township, Place.Level.VILLAGE).order_by("path"))
    have = {
        (o.place_id, o.period): o
        for o in Obligation.objects.filter(place__in=villages, kind=kind, period__in=periods, matter="")
    }
    day = today()

    def state(place: Place, period: str) -> CellState:
        found = have.get((place.pk, period))
        if found is None or found.excuse:
            return CellState("", found)
        return CellState(rules.level(found.due_on, found.met_on, day), found)

    return [(place, [state(place, period) for period in periods]) for place in villages]


def withdrawals(user) -> QuerySet[Item]:
    """What was withdrawn, newest first."""
    return visible_items(user).filter(state=Item.State.WITHDRAWN).order_by("-ended_on", "-id")
