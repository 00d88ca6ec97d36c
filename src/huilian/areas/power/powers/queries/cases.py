"""Cases of items: who takes over at a step, and what stands in a case's way."""

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import scope_of
from huilian.engine.directory.models import Post, Unit
from huilian.engine.directory.queries import chain_of
from huilian.engine.procedures.definition import Step
from huilian.engine.procedures.models import Case, Procedure

from .. import rules
from ..models import ItemCase, NegativeMark


def item_case_of(case: Case) -> ItemCase | None:
    """The power a case uses, if it is noted."""
    return ItemCase.objects.select_related("unit__place", "item__listing").filter(case=case).first()


def open_marks(case: ItemCase) -> QuerySet[NegativeMark]:
    """Marks of forbidden acts that stand."""
    return case.marks.filter(lifted_on=None).select_related("item", "marked_by")


def stopped_by(case: ItemCase) -> NegativeMark | None:
    """The mark that stops the case, if one does."""
    return open_marks(case).filter(item__hard_stop=True).first()


def has_flow(code: str) -> bool:
    """Whether a flow is drawn for an item."""
    return Procedure.objects.filter(key=rules.procedure_key(code)).exists()


def unit_for(case: ItemCase, step: Step) -> Unit | None:
    """The unit that takes a case over at `step`: one with a post for it, the power's own first, then the nearest.

    Nearest: in the same village, then the township, then the county. None where no unit has such a post.
    """
    roles = set(step.roles)
    own = case.unit
    if any(roles.intersection(post.roles) for post in own.posts.filter(valid_to=None)):
        return own
    for place in chain_of(own.place)[::-1]:
        posts = Post.objects.filter(unit__place=place, unit__valid_to=None, valid_to=None).select_related("unit__place")
        for post in posts.order_by("unit_id", "id"):
            if roles.intersection(post.roles):
                return post.unit
    return None


def cases_visible_to(user) -> QuerySet[ItemCase]:
    """Cases of items of the units in reach."""
    reach = scope_of(user, "powers.see")
    found = ItemCase.objects.select_related("case__procedure", "unit", "item")
    if reach.whole:
        return found
    ways = Q(unit__in=reach.units)
    for _pk, _level, path in reach.places:
        ways |= Q(unit__place__path__startswith=path)
    return found.filter(ways)
