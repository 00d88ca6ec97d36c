"""Works and everything that belongs to them, in reach of a person; reference prices; how the money stands."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, Sum

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Place
from huilian.foundation.now import today

from ..models import Change, Item, Pay, Price, Project
from ..rules import Money

SEE = "works.see"
Row = TypeVar("Row", bound=Model)


def works_of(user: Any, action: str = SEE) -> QuerySet[Project]:
    """The works that `user` reaches by roles that allow `action`."""
    rows = Project.objects.select_related("place", "unit", "limit_class", "contractor", "case__procedure")
    return scope(rows, user, unit=None, action=action)


def rows_of(rows: QuerySet[Row], user: Any) -> QuerySet[Row]:
    """The rows that belong to those works."""
    return rows.filter(project__in=scope(Project.objects.all(), user, unit=None, action=SEE).order_by())


def prices_at(place: Place, day: date | None = None) -> QuerySet[Price]:
    """The reference prices that hold for `place` on a day, the nearest place and the latest day first."""
    above = [place.pk, *(p.pk for p in _above(place))]
    rows = Price.objects.filter(Q(place=None) | Q(place__in=above), valid_from__lte=day or today())
    return rows.select_related("place").order_by("-place__level", "-valid_from")


def reference_of(item: Item, prices: list[Price]) -> Price | None:
    """The price an item is compared with: same trade, procedure, specification and unit of measure."""
    asked = (item.trade, item.name, item.spec, item.measure)
    same = [p for p in prices if (p.trade, p.name, p.spec, p.measure) == asked]
    local = [p for p in same if p.place_id]
    return next(iter(local or same), None)


def money_of(project: Project) -> Money:
    """How the money of a work stands now. `pay` dropped is left out."""
    asked = Pay.objects.filter(project=project).exclude(state=Pay.State.DROPPED).aggregate(n=Sum("amount_cents"))["n"]
    sort = project.limit_class
    return Money(
        contract_cents=project.contract_cents or 0,
        changes_cents=changes_of(project),
        asked_cents=asked or 0,
        progress=project.progress,
        started=project.started_on is not None,
        accepted=project.accepted_on is not None,
        settled_cents=project.settled_cents,
        retention_permille=project.retention_permille,
        released=project.released_on is not None,
        advance_permille=sort.advance_permille,
        progress_permille=sort.progress_permille,
    )


def pay_asked_as(request_no: str) -> Pay | None:
    """The payment that waits for this request to pay."""
    return Pay.objects.filter(request_no=request_no, state=Pay.State.ASKED).first()


def changes_of(project: Project) -> int:
    """The approved changes together, in cents."""
    rows = Change.objects.filter(project=project, state=Change.State.APPROVED)
    return rows.aggregate(n=Sum("amount_cents"))["n"] or 0


def _above(place: Place) -> list[Place]:
    found = []
    while place.parent_id:
        place = place.parent
        found.append(place)
    return found
