"""Who may act for a village, and the rows locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Invalid, NotAllowed

from ..models import Item, Kind, Obligation, Question

CHECK_ACTIONS = {
    Kind.Checker.COMMITTEE: "disclosure.check",
    Kind.Checker.BRANCH: "disclosure.check_party",
    Kind.Checker.TOWNSHIP: "disclosure.check_above",
}


def require_here(by, action: str, place: Place) -> None:
    """Raise NotAllowed unless `by` may do `action` for this very village."""
    require(by, action)
    if not scope_of(by, action).holds_place(place):
        raise NotAllowed(_("%(place)s is not one of the places you answer for.") % {"place": place.name})


def village(place: Place) -> Place:
    if place.level != Place.Level.VILLAGE:
        raise Invalid(
            _("“%(place)s” is not a village. Choose the village itself.") % {"place": place.name}, field="place"
        )
    return place


def locked_item(item: Item) -> Item:
    found = Item.objects.select_for_update(of=("self",))
    return found.select_related("kind", "place", "obligation", "drafted_by").get(pk=item.pk)


def locked_obligation(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_for_update(of=("self",)).select_related("kind", "place").get(pk=obligation.pk)


def changed(row: Obligation | Question) -> None:
    """The screening looks at this duty or question again, soon."""
    touch([row.place.code], about=[f"{'question' if isinstance(row, Question) else 'disclosure'}:{row.pk}"])


def user_of(by):
    """The account to note beside the act; none for the system."""
    return None if isinstance(by, Actor) else by
