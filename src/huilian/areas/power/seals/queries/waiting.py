"""How long people wait for a seal, in minutes of office time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, F, Max, Q, QuerySet

from huilian.engine.calendar.queries import calendar_for, hours_for
from huilian.engine.directory.models import Place
from huilian.foundation.now import moment
from huilian.foundation.workdays import open_time

from ..models import Request


def office_minutes(since: datetime, until: datetime, place: Place) -> int:
    """Whole minutes the office of `place` was open between two moments."""
    span = open_time(moment(since), moment(until), calendar_for(place), hours_for(place))
    return int(span.total_seconds() // 60)


@dataclass(frozen=True)
class Waited:
    """One class of papers: how many were agreed to, in how many minutes, how many within the promise."""

    name: str
    promised: int
    count: int
    average: float
    longest: int
    in_time: int

    @property
    def share(self) -> float | None:
        return self.in_time / self.count if self.count else None


def waited_by_class(requests: QuerySet[Request], name: str) -> list[Waited]:
    """Promised against actual minutes for each class of papers among `requests`; `name` is the field to show."""
    label = f"document_class__{name}"
    rows = (
        requests.filter(released_at__isnull=False, is_emergency=False)
        .values(label, "document_class__promised_minutes")
        .annotate(
            n=Count("pk"),
            mean=Avg("waited_minutes"),
            most=Max("waited_minutes"),
            kept=Count("pk", filter=Q(waited_minutes__lte=F("document_class__promised_minutes"))),
        )
        .order_by("document_class__position", label)
    )
    return [
        Waited(r[label], r["document_class__promised_minutes"], r["n"], r["mean"], r["most"], r["kept"]) for r in rows
    ]
