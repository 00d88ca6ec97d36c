"""What each figure counts. One definition serves the number and the list of rows behind it, so they cannot differ.

A month here is a month of China time. What is still open is looked at as of the end of the month, or now while the
month runs; a pause is known only as it stands now.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import scope_of
from huilian.engine.procedures.models import CaseStep, Extension, State, Supervision
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.tiles.period import Period

from .. import rules
from ..models import CallBack, Objection, Order

KIND = "hotline"
REWORK = ("reopen", "send_back")  # moves that put an answered matter back to work


def orders_of(user) -> QuerySet[Order]:
    """Orders `user` may see, without a subquery where that is all of them."""
    orders = Order.objects.filter(case__kind=KIND)
    return orders if scope_of(user, "case.see").whole else orders.filter(case__in=cases_visible_to(user))


def within(field: str, period: Period) -> Q:
    return Q(**{f"{field}__gte": period.since, f"{field}__lt": period.until})


# ------------------------------------------------------------------ conditions on an order


def received(p: Period) -> Q:
    return within("case__received_at", p)


def dispatched(p: Period) -> Q:
    """Received in the period and now with a unit."""
    return received(p) & Q(case__unit__isnull=False)


def closed(p: Period) -> Q:
    return within("case__closed_at", p) & Q(case__state=State.CLOSED)


def limited(p: Period) -> Q:
    """Closed, and had a time limit. What was answered on the line never had one and stays out of the rates."""
    return closed(p) & Q(case__clock__isnull=False)


def on_time(p: Period) -> Q:
    """The answer was delivered within the limit: that, and not the closing, stops the clock."""
    return limited(p) & Q(case__clock__stopped_at__lte=F("case__clock__due_at"))


def late(p: Period) -> Q:
    return limited(p) & Q(case__clock__stopped_at__gt=F("case__clock__due_at"))


def overdue(p: Period) -> Q:
    """Past the limit and not answered as of the end of the period."""
    unanswered = Q(case__clock__stopped_at=None) | Q(case__clock__stopped_at__gt=p.as_of)
    return Q(case__is_paused=False, case__clock__due_at__lte=p.as_of) & unanswered


def overdue_by(orders: QuerySet[Order], p: Period, field: str) -> Counter:
    """How many of `orders` are overdue, by `field`: the condition above, without a look at what was closed before.

    Closing stops the clock at the latest, so that what was unanswered at the end of the period is open still or was
    closed since; an open case has no moment of closing. Each half is one stretch of the index on that moment.
    """
    halves = [Q(case__closed_at=None)]
    if p.as_of == p.until:
        halves.append(Q(case__closed_at__gt=p.as_of))
    found = Counter()
    for half in halves:
        rows = orders.filter(half, overdue(p)).order_by().values_list(field).annotate(n=Count("pk"))
        found.update(dict(rows))
    return found


def at_once(p: Period) -> Q:
    return closed(p) & Q(case__clock__isnull=True)


def heard(p: Period) -> Q:
    """Closed, and the citizen was reached by a call-back or has rated the answer."""
    called = Exists(CallBack.objects.filter(order=OuterRef("pk"), reached=True))
    return closed(p) & (Q(called) | Q(rated_at__isnull=False))


def said(p: Period) -> Q:
    return closed(p) & ~Q(solved="")


def solved(p: Period) -> Q:
    return closed(p) & Q(solved="yes")


def no_word(p: Period) -> Q:
    """Closed, and the citizen never said whether it is solved: neither solved nor unsolved."""
    return closed(p) & Q(solved="")


def graded(p: Period) -> Q:
    return closed(p) & Q(satisfaction__isnull=False)


def satisfied(p: Period) -> Q:
    return closed(p) & Q(satisfaction__gte=rules.GOOD)


def no_grade(p: Period) -> Q:
    return closed(p) & Q(satisfaction=None)


def reworked(p: Period) -> Q:
    """Closed in the period after more than one round: sent back or reopened at least once."""
    return closed(p) & Q(case__round__gt=1)


def refused(p: Period) -> Q:
    return within("case__closed_at", p) & Q(case__state=State.REFUSED)


def merged(p: Period) -> Q:
    return within("case__closed_at", p) & Q(case__state=State.MERGED)


# ------------------------------------------------------------------ things that happened to an order


def stays(p: Period) -> QuerySet[CaseStep]:
    """Stays at “signing for” begun in the period, without those that may still be signed in time."""
    decided = Q(left_at__isnull=False) | Q(clock__due_at__lte=p.as_of)
    return CaseStep.objects.filter(within("entered_at", p), decided, step="assigned", case__kind=KIND)


def signed_stays(p: Period) -> QuerySet[CaseStep]:
    """Signed for, or objected to, within the limit."""
    in_time = Q(clock=None) | Q(clock__stopped_at__lte=F("clock__due_at"))
    return stays(p).filter(in_time, left_by__in=("sign", "object"))


def sent_back(p: Period) -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(within("left_at", p), left_by__in=REWORK, case__kind=KIND)


def objections(p: Period) -> QuerySet[Objection]:
    """Returned by the unit in the period (退单)."""
    return Objection.objects.filter(within("raised_at", p))


def unfounded(p: Period) -> QuerySet[Objection]:
    """Objections that were overruled: only these are laid at the unit's door; upheld ones at the dispatcher's."""
    return objections(p).filter(upheld=False)


def extensions(p: Period) -> QuerySet[Extension]:
    return Extension.objects.filter(within("decided_at", p), approved=True, case__kind=KIND)


def supervisions(p: Period) -> QuerySet[Supervision]:
    return Supervision.objects.filter(within("issued_at", p), case__kind=KIND)


@dataclass(frozen=True)
class Figure:
    """One figure of the report. `where` is a condition on orders; `events` are rows that lead to orders by `order` or
    `case`, and `of_unit` says by which field these belong to a unit."""

    label: object
    where: Callable[[Period], Q] | None = None
    events: Callable[[Period], QuerySet] | None = None
    to: str = "case"
    of_unit: str = "case__unit"

    def orders(self, orders: QuerySet[Order], p: Period, unit: int | None = None) -> QuerySet[Order]:
        """The orders behind the figure."""
        if self.where is not None:
            found = orders.filter(self.where(p))
            return found.filter(case__unit=unit) if unit else found
        events = self.events(p)
        if unit:
            events = events.filter(**{self.of_unit: unit})
        return orders.filter(**{f"{'pk' if self.to == 'order' else 'case'}__in": events.values(self.to)})


FIGURES: dict[str, Figure] = {
    "received": Figure(pgettext_lazy("count", "Received"), received),
    "dispatched": Figure(_("Dispatched"), dispatched),
    "closed": Figure(pgettext_lazy("count", "Closed"), closed),
    "limited": Figure(_("Closed, with a time limit"), limited),
    "on_time": Figure(_("Closed, answered on time"), on_time),
    "late": Figure(_("Closed, answered late"), late),
    "overdue": Figure(_("Open and overdue"), overdue),
    "at_once": Figure(_("Answered on the line"), at_once),
    "heard": Figure(_("Reached by call-back"), heard),
    "said": Figure(_("Said whether it is solved"), said),
    "solved": Figure(_("Solved, by the citizen's word"), solved),
    "no_word": Figure(_("No word on whether it is solved"), no_word),
    "graded": Figure(_("Gave a grade"), graded),
    "satisfied": Figure(_("Satisfied, by the citizen's grade"), satisfied),
    "no_grade": Figure(_("Gave no grade"), no_grade),
    "reworked": Figure(_("Closed after more than one round"), reworked),
    "refused": Figure(_("Not accepted"), refused),
    "merged": Figure(_("Repeated, merged into the first"), merged),
    "sent": Figure(_("To be signed for"), events=stays, of_unit="unit"),
    "signed": Figure(_("Signed for in time"), events=signed_stays, of_unit="unit"),
    "sent_back": Figure(_("Sent back or reopened"), events=sent_back),
    "objected": Figure(_("Returned by the unit"), events=objections, to="order", of_unit="unit"),
    "unfounded": Figure(_("Returned without ground"), events=unfounded, to="order", of_unit="unit"),
    "extended": Figure(_("Extended"), events=extensions),
    "supervised": Figure(_("Supervised"), events=supervisions, of_unit="unit"),
}

# How the rows of a figure may be narrowed further: name → field of the order.
BY = {
    "source": "case__source",
    "topic": "topic",
    "class": "case__class_key",
    "township": "case__township",
    "ground": "refusal_ground__key",
}


def rows(user, what: str, p: Period, chosen: dict[str, str]) -> QuerySet[Order]:
    """The orders behind one number. `chosen`: source, topic, class, township, ground, unit; "-" means none given.

    Raises KeyError for a figure there is none of.
    """
    unit = chosen.get("unit", "")
    found = FIGURES[what].orders(orders_of(user), p, int(unit) if unit.isdigit() else None)
    if unit == "-":
        found = found.filter(case__unit=None)
    for name, field in BY.items():
        value = chosen.get(name, "")
        if value == "-":
            found = found.filter(Q(**{f"{field}__isnull": True}) if name == "township" else Q(**{field: ""}))
        elif name == "township" and value:
            found = found.filter(**{field: int(value)}) if value.isdigit() else found.none()
        elif value:
            found = found.filter(**{field: value})
    return found.select_related("case__unit", "case__township", "case__clock", "channel").order_by(
        "case__received_at", "pk"
    )
