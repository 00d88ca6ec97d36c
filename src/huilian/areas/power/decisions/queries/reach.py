"""Motions, meetings and rolls in reach of a person."""

from django.db.models import QuerySet

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today

from ..models import EarlierDecision, Meeting, Motion, Quorum, Seat
from .chain import serves, spec_of


def visible_motions(user, action: str = "decisions.see") -> QuerySet[Motion]:
    found = Motion.objects.select_related("case__procedure", "case__lamp", "place", "unit", "matter")
    return scope(found, user, action=action)


def visible_meetings(user, action: str = "decisions.see") -> QuerySet[Meeting]:
    """Those of one's posts, and those one is due at."""
    found = Meeting.objects.select_related("place", "unit", "body")
    person = getattr(user, "person", None)
    own = Meeting.objects.filter(attendances__seat__person=person) if person else Meeting.objects.none()
    return found.filter(
        pk__in=scope(Meeting.objects.all(), user, action=action).order_by().values("pk")
    ) | found.filter(pk__in=own.order_by().values("pk"))


def visible_seats(user, action: str = "decisions.see") -> QuerySet[Seat]:
    return scope(Seat.objects.select_related("unit", "place", "person"), user, action=action)


def visible_earlier(user) -> QuerySet[EarlierDecision]:
    return scope(EarlierDecision.objects.select_related("place"), user, action="decisions.see")


def own_units(user) -> QuerySet[Unit]:
    """The units for which `user` may bring a motion up: those of their posts and others of their villages."""
    held = Appointment.objects.filter(in_office(today()), person__user=user).values("post__unit__place")
    return Unit.objects.filter(place__in=held, valid_to=None).order_by("pk")


def waiting_for(user, body: Quorum) -> list[Motion]:
    """Motions that wait for a meeting of `body`."""
    motions = visible_motions(user, "decisions.keep").filter(case__state="open").exclude(items__outcome="")
    return [
        m for m in motions if serves(body, spec_of(m).body) and not m.items.filter(step=m.case.step, outcome="passed")
    ]
