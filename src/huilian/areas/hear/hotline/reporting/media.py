"""What the media pages read: programmes, promises, items, and the two counters of S2-60."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from huilian.engine.access.queries import scope
from huilian.engine.tiles.values import Rate
from huilian.foundation.now import now

from ..models import MediaItem, Programme, Promise


def programmes_of(user) -> QuerySet[Programme]:
    """Programmes whose guest is a unit in reach: all of them for county posts."""
    return scope(Programme.objects.all(), user, place=None, action="case.see").select_related("channel", "unit")


def promises_of(user) -> QuerySet[Promise]:
    found = scope(Promise.objects.all(), user, place=None, action="case.see")
    return found.select_related("programme", "unit", "clock", "order__case")


def items_of(user) -> QuerySet[MediaItem]:
    found = scope(MediaItem.objects.all(), user, place=None, action="case.see")
    return found.select_related("channel", "unit", "clock", "order__case")


def overdue_promises(user) -> QuerySet[Promise]:
    """Not kept, and the day that was promised is over; the oldest first."""
    return promises_of(user).filter(kept_at=None, clock__due_at__lte=now()).order_by("clock__due_at")


@dataclass(frozen=True)
class Counted:
    """「播出期数·解决问题数」 (S2-60). Solved is the caller's own word."""

    aired: int
    questions: int
    solved: int
    promises: int
    kept: int
    kept_in_time: int
    overdue: int

    @property
    def keeping(self) -> Rate:
        """Promises kept in time of those that are due by now."""
        return Rate(self.kept_in_time, self.kept + self.overdue)


def counted(user) -> Counted:
    """The counters over all programmes in reach."""
    shown = programmes_of(user).filter(airs_at__lte=now()).order_by()
    orders = shown.aggregate(
        aired=Count("pk", distinct=True),
        questions=Count("orders", distinct=True),
        solved=Count("orders", filter=Q(orders__solved="yes"), distinct=True),
    )
    promises = (
        promises_of(user)
        .order_by()
        .aggregate(
            promises=Count("pk"),
            kept=Count("pk", filter=Q(kept_at__isnull=False)),
            kept_in_time=Count("pk", filter=Q(kept_at__lte=F("clock__due_at"))),
            overdue=Count("pk", filter=Q(kept_at=None, clock__due_at__lte=now())),
        )
    )
    return Counted(**orders, **promises)
