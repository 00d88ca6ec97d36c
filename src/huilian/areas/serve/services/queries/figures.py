"""「便民服务统计」 Accepted, closed, once-done, trips, days saved, inquiries, with what each was counted from."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from huilian.engine.calendar.queries import calendar_for
from huilian.foundation.now import moment

from .. import rules
from ..models import Application, Inquiry
from .desk import applications_visible_to, inquiries_of

BY = {"item": ("item_id", "item__name", "item__name_en"), "point": ("point_id", "point__name", "point__name")}


@dataclass(frozen=True)
class Figures:
    """The figures of one row: the whole, an item or a point. `key` leads to the rows behind it."""

    key: str
    name: str
    name_en: str
    accepted: int
    closed: int
    once: rules.Rate
    few: rules.Rate
    none: rules.Rate
    on_time: rules.Rate
    saved: int
    saved_over: int
    inquiries: int = 0


def figures(user, *, since: datetime, until: datetime, by: str = "item") -> tuple[Figures, list[Figures]]:
    """The whole, then one row for each item or point; over what was received in [since, until)."""
    received = _received(user, since, until)
    rows = _closed(received, by)
    key, name, english = BY[by]
    counted = {
        row[key]: (row[name], row[english], row["n"])
        for row in received.order_by().values(key, name, english).annotate(n=Count("pk"))
    }
    asked = inquiries_of_span(user, since, until)
    per = dict(asked.order_by().values_list(key).annotate(n=Count("pk")))
    found = [_row(str(pk), zh, en, n, rows.get(pk, []), per.get(pk, 0)) for pk, (zh, en, n) in counted.items()]
    whole = _row(
        "", "", "", sum(n for _zh, _en, n in counted.values()), [r for rs in rows.values() for r in rs], asked.count()
    )
    return whole, sorted(found, key=lambda f: (-f.accepted, f.name))


def _received(user, since: datetime, until: datetime) -> QuerySet[Application]:
    found = applications_visible_to(user).select_related(None)
    return found.filter(case__received_at__gte=since, case__received_at__lt=until)


def inquiries_of_span(user, since: datetime, until: datetime) -> QuerySet[Inquiry]:
    both = inquiries_of(user) | inquiries_of(user, is_open=False)
    return both.select_related(None).filter(asked_at__gte=since, asked_at__lt=until)


def _closed(received: QuerySet[Application], by: str) -> dict[int, list[rules.Closed]]:
    calendar, found = calendar_for(), {}
    rows = (
        received.filter(case__state="closed")
        .annotate(
            demands=Count("notices"),
            good=Q(case__clock__stopped_at__lte=F("case__clock__due_at")),
        )
        .values_list(BY[by][0], "trips", "demands", "case__received_at", "case__closed_at", "legal_days", "good")
    )
    for key, trips, demands, received_at, closed_at, legal, good in rows:
        used = calendar.count(moment(received_at).date(), moment(closed_at).date())
        found.setdefault(key, []).append(rules.Closed(trips, demands, used, legal, good))
    return found


def _row(key: str, name: str, english: str, accepted: int, closed: list[rules.Closed], asked: int) -> Figures:
    saved, over = rules.saved(closed)
    return Figures(
        key=key,
        name=name,
        name_en=english,
        accepted=accepted,
        closed=len(closed),
        once=rules.once_done(closed),
        few=rules.few_trips(closed),
        none=rules.no_trip(closed),
        on_time=rules.on_time(closed),
        saved=saved,
        saved_over=over,
        inquiries=asked,
    )
