"""Whose audit is due, by the terms the directory keeps; the county's figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from huilian.engine.directory.models import Appointment, Place, Unit
from huilian.engine.procedures.models import CaseStep

from ..models import Audit, Setting
from ..rules import Terms

BODIES = (Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY, Unit.Kind.COOPERATIVE)
LOOK_BACK = 365  # days after the end of a term in which it is still proposed


@dataclass(frozen=True)
class Office:
    """「村级负责人」 What one person heads in one village: one audit looks at all of it (一肩挑 is audited once)."""

    appointment: Appointment  # the committee's where there are several
    name: str
    starts_on: date
    ends_on: date | None


def terms() -> Terms:
    known = {"term_months", "ahead_days", "before_months"}
    return Terms(**dict(Setting.objects.filter(key__in=known).values_list("key", "value")))


def setting(key: str, default: int) -> int:
    return Setting.objects.filter(key=key).values_list("value", flat=True).first() or default


def step_due(audit: Audit) -> date | None:
    """The last day of the step at which an audit stands; None where it has no clock."""
    stay = CaseStep.objects.filter(case=audit.case_id, left_at=None).select_related("clock").last()
    return stay.clock.due_on if stay and stay.clock else None


def offices(day: date) -> list[Office]:
    """Everybody who heads a body of a village on `day`, or left it within the last year."""
    held = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day - timedelta(days=LOOK_BACK)),
        post__is_head=True, post__unit__kind__in=BODIES, post__unit__place__level=Place.Level.VILLAGE,
    )  # fmt: skip
    by_person: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
    for one in held.select_related("person", "post__unit__place__parent").order_by("pk"):
        by_person[one.person_id, one.post.unit.place_id].append(one)
    return [office_of(rows) for rows in by_person.values()]


def office_of(held: list[Appointment]) -> Office:
    held = sorted(held, key=lambda a: (a.ends_on is not None, BODIES.index(a.post.unit.kind), a.pk))
    first = held[0]
    return Office(first, "、".join(dict.fromkeys(_named(a) for a in held)), first.starts_on, first.ends_on)


def _named(held: Appointment) -> str:
    return held.post.unit.name.removeprefix(held.post.unit.place.name) + held.post.name
