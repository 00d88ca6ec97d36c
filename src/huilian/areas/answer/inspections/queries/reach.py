"""Rounds, targets and findings in reach of a person. Until a unit is told, nobody of it sees what was found there."""

from typing import Any

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, ways_of
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today

from ..models import Finding, Letter, Meeting, Member, Round, Talk, Target, Task

PLAN, ANSWER = "inspections.plan", "inspections.answer"
NEVER, ALWAYS = Q(pk__in=[]), Q(pk__isnull=False)  # an empty Q would vanish beside an "or"


def _ways(model: Any, user: Any, action: str, place: str | None, unit: str) -> Q:
    """The rows that posts with `action` reach, as one condition."""
    if not may(user, action):
        return NEVER
    ways = ways_of(model, user, place=place, unit=unit, action=action)
    if ways is None:
        return ALWAYS
    found = NEVER
    for way in ways:
        found |= way
    return found


def _pk(user: Any) -> int:
    """The key of an account; 0, which is nobody's, for the system and for strangers."""
    return getattr(user, "pk", None) or 0


def authorities(user: Any) -> QuerySet[Member]:
    """What `user` may look into today, matter by matter."""
    day = today()
    return Member.objects.filter(person__user=_pk(user), starts_on__lte=day, ends_on__gte=day)


def visible_rounds(user: Any) -> QuerySet[Round]:
    rows = Round.objects.select_related("unit", "form")
    return rows.filter(_ways(Round, user, PLAN, None, "unit") | Q(pk__in=authorities(user).values("round")))


def visible_targets(user: Any) -> QuerySet[Target]:
    """Targets of visible rounds; where units check each other, only those the own unit checks."""
    rows = Target.objects.select_related("round__form", "unit", "firm", "place", "township", "checker")
    mine = Appointment.objects.filter(in_office(today()), person__user=_pk(user)).values("post__unit")
    own = Q(round__in=authorities(user).values("round")) & (Q(checker=None) | Q(checker__in=mine))
    return rows.filter(_ways(Target, user, PLAN, "place", "unit") | own)


def visible_findings(user: Any) -> QuerySet[Finding]:
    rows = Finding.objects.select_related("case__procedure", "target__round", "item", "unit", "owner", "place")
    told = _ways(Finding, user, ANSWER, "place", "owner") & Q(told_on__isnull=False)
    targets = visible_targets(user).order_by().values("pk")
    return rows.filter(_ways(Finding, user, PLAN, "place", "unit") | told | Q(target__in=targets))


def _to_and_from(model: Any, user: Any) -> QuerySet:
    """What a unit sent, for its officers, and what a unit was sent, for those who answer there."""
    rows = model.objects.select_related("unit", "sender")
    return rows.filter(_ways(model, user, PLAN, None, "sender") | _ways(model, user, ANSWER, "unit__place", "unit"))


def visible_letters(user: Any) -> QuerySet[Letter]:
    return _to_and_from(Letter, user).select_related("finding")


def visible_talks(user: Any) -> QuerySet[Talk]:
    return _to_and_from(Talk, user).select_related("post", "person")


def visible_tasks(user: Any) -> QuerySet[Task]:
    return _to_and_from(Task, user).select_related("meeting", "session__round", "routine", "accepted_by")


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    return Meeting.objects.select_related("unit").filter(_ways(Meeting, user, PLAN, None, "unit"))
