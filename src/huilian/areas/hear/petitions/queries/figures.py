"""Counts per township: matters, never people. Every figure says what it was counted from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from huilian.engine.directory.models import Place
from huilian.engine.procedures.models import State
from huilian.foundation.now import now, today

from .. import rules
from ..models import Petition, StockTarget

UNSETTLED = Q(case__state=State.OPEN) & (Q(delivered_at=None) | Q(case__step__in=["review", "final", "working"]))


@dataclass(frozen=True)
class Year:
    """One township in one year; `stock` is what stands unsettled now, of any year."""

    township: Place
    new: int
    before: int  # received by the same day of the year before
    stock: int
    skips: int
    repeats: int
    groups: int
    overdue: int
    target: StockTarget | None = None

    @property
    def change(self) -> float | None:
        return rules.change(self.new, self.before)

    @property
    def over_stock(self) -> bool:
        return self.target is not None and self.stock > self.target.stock

    @property
    def over_new(self) -> bool:
        return self.target is not None and self.new > self.target.new


def years_of(places: QuerySet[Place], year: int) -> list[Year]:
    """Every township of `places` in a year, up to today, with its target."""
    end = min(date(year, 12, 31), today())
    same_day = end.replace(year=year - 1, day=28 if (end.month, end.day) == (2, 29) else end.day)
    this = Q(case__received_at__date__gte=date(year, 1, 1), case__received_at__date__lte=end)
    before = Q(case__received_at__date__gte=date(year - 1, 1, 1), case__received_at__date__lte=same_day)
    counted = {}
    places = list(places)
    for level in ("place", "place__parent"):
        rows = Petition.objects.filter(**{f"{level}__in": places}).order_by().values(level)
        for row in rows.annotate(
            new=Count("pk", filter=this),
            before=Count("pk", filter=before),
            stock=Count("pk", filter=UNSETTLED),
            skips=Count("pk", filter=this & Q(is_skip=True)),
            repeats=Count("pk", filter=this & Q(repeat_of__isnull=False)),
            groups=Count("pk", filter=this & Q(people__gte=rules.GROUP)),
            overdue=Count("pk", filter=_overdue(this)),
        ):
            kept = counted.setdefault(row.pop(level), dict.fromkeys(row, 0))
            for name, n in row.items():
                kept[name] += n
    targets = {t.township_id: t for t in StockTarget.objects.filter(year=year, township__in=places)}
    none = dict.fromkeys(("new", "before", "stock", "skips", "repeats", "groups", "overdue"), 0)
    return [Year(p, **counted.get(p.pk, none), target=targets.get(p.pk)) for p in places]


def _overdue(this: Q) -> Q:
    """Received in the year and late: open past its day, or answered after it."""
    late = Q(is_late=True) | Q(case__clock__stopped_at=None, case__clock__due_at__lte=now(), case__state=State.OPEN)
    return this & late


def year_of(township: Place, year: int) -> Year:
    return years_of(Place.objects.filter(pk=township.pk), year)[0]


def skips_by_month(places: QuerySet[Place], year: int) -> list[tuple[Place, list[int]]]:
    """「越级访月统计」 Visits that skipped a level, by township and month."""
    found = [(place, [0] * 12) for place in places]
    by_pk = {place.pk: months for place, months in found}
    rows = Petition.objects.filter(is_skip=True, case__received_at__year=year)
    for pk, parent, month in rows.values_list("place_id", "place__parent_id", "case__received_at__month"):
        months = by_pk.get(pk) or by_pk.get(parent)
        if months is not None:
            months[month - 1] += 1
    return found


@dataclass(frozen=True)
class Answered:
    """How answers came: delivered in time, first answers that needed no review, grades that were given."""

    delivered: int
    in_time: int
    reviewed: int
    rated: int
    satisfied: int


def answered_in(petitions: QuerySet[Petition], since: date, until: date) -> Answered:
    rows = petitions.order_by().filter(delivered_at__date__gte=since, delivered_at__date__lte=until)
    found = rows.aggregate(
        delivered=Count("pk", distinct=True),
        in_time=Count("pk", filter=Q(is_late=False), distinct=True),
        reviewed=Count("pk", filter=Q(reviews__isnull=False), distinct=True),
        rated=Count("pk", filter=Q(stars__isnull=False), distinct=True),
        satisfied=Count("pk", filter=Q(stars__gte=Petition.Grade.FAIR), distinct=True),
    )
    return Answered(**found)
