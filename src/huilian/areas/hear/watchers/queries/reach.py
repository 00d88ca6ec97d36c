"""Bodies, watchers and reports in reach of a person. What is about a branch, or sealed, no branch ever sees."""

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, scope, scope_of
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import holders_of
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.now import today

from ..models import Body, Question, Report, Seat, WarningLetter


def serving(day=None) -> Q:
    """Seats whose term runs on `day`: whoever's term is over sees and does nothing any more."""
    day = day or today()
    return Q(state=Seat.State.SERVING, starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def own_seats(user) -> QuerySet[Seat]:
    """Seats in which `user` serves today."""
    person = getattr(user, "person", None)
    return Seat.objects.filter(serving(), person=person) if person else Seat.objects.none()


def bodies_of(user, action: str = "watchers.see") -> QuerySet[Body]:
    """Bodies in reach by post, and those a member sits in."""
    found = Body.objects.select_related("kind", "unit__place", "business", "place", "township")
    if not may(user, action):
        return found.none()
    reach = scope(Body.objects.order_by(), user, action=action).values("pk")
    return found.filter(Q(pk__in=reach) | Q(pk__in=own_seats(user).values("body")))


def of_bodies(model, user) -> QuerySet:
    """Rows of a table that belongs to bodies, as far as those are in reach."""
    return model.objects.select_related("body").filter(body__in=bodies_of(user).order_by().values("pk"))


def visible_seats(user) -> QuerySet[Seat]:
    """Members of public bodies for everybody in reach; of the others only for the county's officer and themselves."""
    found = of_bodies(Seat, user).select_related("body__kind", "stratum", "person", "body__place")
    if may(user, "watchers.govern"):
        return found
    return found.filter(Q(body__kind__is_public=True) | Q(pk__in=own_seats(user).values("pk")))


def visible_reports(user) -> QuerySet[Report]:
    """What a person may know of. Watchers: what they reported. The branch: what is not about itself and not sealed.
    The business line: what it or those below it handle. Nobody: what is about a unit they head."""
    found = Report.objects.select_related("body__kind", "topic", "unit", "handler", "clock", "seat")
    rows = Report.objects.order_by()
    line = scope(rows, user, place="handler__place", unit="handler", action="watchers.line")
    branch = scope(rows, user, place="body__place", unit="body__unit", action="watchers.keep")
    ways = Q(seat__in=own_seats(user).values("pk"))
    ways |= Q(pk__in=branch.filter(on_branch=False, is_secret=False, handler__place__level__gte=4).values("pk"))
    ways |= Q(pk__in=line.values("pk"))
    return found.filter(ways).exclude(unit__in=headed_by(user))


def headed_by(user) -> list[int]:
    person = getattr(user, "person", None)
    if person is None:
        return []
    held = Appointment.objects.filter(in_office(today()), person=person, post__is_head=True)
    return list(held.values_list("post__unit", flat=True))


def branch_of(body: Body) -> list[Person]:
    """Who keeps the body: its organisation's branch, in a village whoever holds that post there."""
    here = body.place if body.place.level == body.place.Level.VILLAGE else None
    return holders_of("watch_branch", place=here) if here else holders_of("watch_branch", unit=body.unit)


def untrained(seat: Seat, body: Body) -> list[str]:
    """Topics the kind of the body asks for on which `seat` was not trained."""
    had = set(seat.trainings.values_list("topic", flat=True))
    return [topic for topic in body.kind.training.splitlines() if topic not in had]


def asked_of(user) -> QuerySet[Question]:
    """Questions in reach: of bodies one sees, or asked of one's unit."""
    found = Question.objects.select_related("body", "unit", "clock")
    mine = scope(Question.objects.order_by(), user, place=None, unit="unit", action="watchers.answer").values("pk")
    return found.filter(Q(pk__in=mine) | Q(body__in=bodies_of(user).order_by().values("pk")))


def letters_for(user) -> QuerySet[WarningLetter]:
    """All warning letters for the county, else those to one's own unit."""
    found = WarningLetter.objects.select_related("topic", "unit", "clock")
    if may(user, "watchers.govern"):
        return found
    return (
        found.filter(unit__in=scope_of(user, "watchers.answer").units) if may(user, "watchers.answer") else found.none()
    )


def covered_readers(role: str, *, about: Unit | None = None) -> list[User]:
    """Officers of `role` with a key of the vault, none of whom heads the unit the matter is about."""
    users = [person.user for person in holders_of(role) if person.user and person.user.is_active]
    return [u for u in users if key_of(u) is not None and (about is None or about.pk not in headed_by(u))]
