"""Who sees which room and which talk. What was confided about a person opens with the vault only."""

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, roles_that_may, scope
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today

from ..models import Adoption, DutyTask, Room, Talk

SEE, WORK = "office.see", "office.work"


def visible_rooms(user) -> QuerySet[Room]:
    rows = Room.objects.select_related("unit")
    return scope(rows, user, place="unit__place", unit="unit", action=SEE) if may(user, SEE) else rows.none()


def visible_to(user) -> QuerySet[Talk]:
    """Talks one takes part in; for approvers and keepers of places all those in their reach. No name is in them."""
    if not may(user, SEE):
        return Talk.objects.none()
    rows = Talk.objects.select_related("room__unit", "talker", "second", "guard", "asked_by", "decided_by")
    if may(user, "office.approve") or may(user, "office.keep"):
        return rows.filter(room__in=visible_rooms(user).order_by())
    key = getattr(user, "pk", None)
    return rows.filter(Q(talker=key) | Q(second=key) | Q(guard=key) | Q(asked_by=key))


def every_office() -> QuerySet[Unit]:
    """Discipline bodies: the commission and the supervision offices of townships."""
    return Unit.objects.filter(kind=Unit.Kind.DISCIPLINE, valid_to=None).select_related("place")


def offices(user) -> QuerySet[Unit]:
    return (
        scope(every_office(), user, place="place", unit="pk", action=WORK) if may(user, WORK) else Unit.objects.none()
    )


def visible_adoptions(user) -> QuerySet[Adoption]:
    return Adoption.objects.filter(unit__in=offices(user).order_by()).select_related("slot", "unit", "file")


def visible_tasks(user) -> QuerySet[DutyTask]:
    return DutyTask.objects.filter(unit__in=offices(user).order_by()).select_related("duty", "unit", "done_by")


def who_may(action: str) -> list[User]:
    """Accounts whose post allows an act."""
    keys = {role.key for role in roles_that_may(action)}
    held = Appointment.objects.filter(in_office(today()), person__user__is_active=True)
    found = {user for user, roles in held.values_list("person__user", "post__roles") if keys.intersection(roles)}
    return [user for user in User.objects.filter(pk__in=found).order_by("pk") if may(user, action)]
