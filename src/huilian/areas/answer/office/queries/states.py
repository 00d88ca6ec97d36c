"""How the items of a list were last found; what a running talk is warned of."""

from collections.abc import Iterable

from django.db.models import Max

from huilian.foundation.now import moment, now

from .. import rules
from ..models import Check, Item, Limit, Mark, Talk


def limits() -> dict[str, int]:
    return dict(Limit.objects.values_list("key", "minutes"))


def latest(**of) -> dict[int, Check]:
    """The look that counts, by item, of one room, unit or talk."""
    last = Check.objects.filter(**of).order_by().values("item").annotate(last=Max("pk")).values("last")
    return {check.item_id: check for check in Check.objects.filter(pk__in=last).select_related("by", "photo")}


def items_of(*lists: str) -> list[Item]:
    return list(Item.objects.filter(list__in=lists, is_active=True))


def table(*lists: str, **of) -> list[tuple[Item, Check | None]]:
    """Each item in use with how it was last found."""
    found = latest(**of)
    return [(item, found.get(item.pk)) for item in items_of(*lists)]


def warnings_of(talk: Talk, known: dict[str, int] | None = None) -> list[rules.Warning]:
    marks = [(m.kind, moment(m.at)) for m in talk.marks.all() if m.kind != Mark.Kind.WARNED]
    return rules.warnings(marks, known or limits(), moment(now()))


def running(talks) -> Iterable[Talk]:
    return talks.filter(state=Talk.State.INSIDE).prefetch_related("marks")
