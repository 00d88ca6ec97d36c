"""Who acts in the story: the users of the units. Clerks who are not in the cast have accounts without a password."""

from random import Random

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.services import change_person
from huilian.engine.trail.actors import SYSTEM

from . import cast
from .county import County

CLERKS = ("department_clerk", "township_clerk", "village_clerk")


class Company:
    """Users by what they do. Accounts are made when somebody first has to act."""

    def __init__(self, county: County, rnd: Random) -> None:
        self.county, self.rnd = county, rnd
        self._clerks: dict[int, User] = {}
        self._heads: dict[int, User] = {}
        self._holders: dict[tuple[int, tuple[str, ...]], User] = {}
        self._of_cast = {m.login: m for m in cast.members()}
        centre = county.units["县热线中心"]
        self.operators = self._users(centre, "hotline_operator")
        self.duty_heads = self._users(centre, "hotline_supervisor")
        self.reviewers = self._users(centre, "hotline_reviewer")
        self.editor = self._users(county.units["县融媒体中心"], "media_editor")[0]
        self.alert_officer = self._users(county.units["县指挥中心"], "alert_officer")[0]
        self.leader = self._users(county.units["安澜县人民政府"], "county_leader")[0]

    def operator(self, *, but: User | None = None) -> User:
        return self.rnd.choice([u for u in self.operators if but is None or u.pk != but.pk])

    @property
    def duty_head(self) -> User:
        return self.duty_heads[0]

    @property
    def reviewer(self) -> User:
        return self.reviewers[0]

    def clerk(self, unit: Unit) -> User:
        """The unit's own clerk; every matter of a unit goes over one desk."""
        if unit.pk not in self._clerks:
            found = [u for role in CLERKS for u in self._users(unit, role, most=1)]
            self._clerks[unit.pk] = found[0] if found else self.head(unit)
        return self._clerks[unit.pk]

    def head(self, unit: Unit) -> User:
        if unit.pk not in self._heads:
            self._heads[unit.pk] = self._users(unit, "unit_head", most=1)[0]
        return self._heads[unit.pk]

    def holder(self, unit: Unit, *roles: str) -> User:
        """Whoever holds one of these posts in the unit; the same object each time, which keeps its powers."""
        if (unit.pk, roles) not in self._holders:
            self._holders[unit.pk, roles] = next(u for role in roles for u in self._users(unit, role, most=1))
        return self._holders[unit.pk, roles]

    def _users(self, unit: Unit, role: str, most: int = 9) -> list[User]:
        held = Appointment.objects.filter(post__unit=unit, ends_on=None).select_related("person__user", "post")
        found = [a for a in held.order_by("pk") if role in a.post.roles]
        return [self._user(a.person, unit) for a in found[:most]]

    def _user(self, person, unit: Unit) -> User:
        if person.user is None:
            user = User(username=f"u{person.pk:06d}", name=person.name)
            user.set_unusable_password()
            user.save()
            person = change_person(person, user=user, by=SYSTEM)
        return person.user
