"""Whole rolls at once: the same checks as one by one, all or nothing, each in the trail."""

from datetime import date

import pytest

from huilian.engine.directory import services
from huilian.engine.directory.models import Appointment, Person, Post, Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


def _units(cast):
    return [Unit(name=name, kind="station", place=cast.county, duties="测试") for name in ("一站", "二站")]


def test_a_roll_of_units_is_entered_and_each_is_in_the_trail(cast):
    made = services.add_units(_units(cast), by=SYSTEM)

    assert [u.name for u in made] == ["一站", "二站"]
    assert Event.objects.filter(verb="directory.add_unit", subject_id__in=[str(u.pk) for u in made]).count() == 2


def test_a_name_twice_refuses_the_whole_roll_and_names_the_row(cast):
    before = Unit.objects.count()

    with pytest.raises(Conflict) as refused:
        services.add_units([*_units(cast), Unit(name="一站", kind="station", place=cast.county)], by=SYSTEM)

    assert refused.value.row == 3
    assert Unit.objects.count() == before


def test_only_the_system_administrator_enters_units(cast):
    with pytest.raises(NotAllowed):
        services.add_units(_units(cast), by=cast.wang_min)

    assert not Unit.objects.filter(name="一站").exists()


def test_posts_people_and_appointments(cast):
    posts = [
        Post(unit=cast.agriculture, name="局长", roles=["unit_head"], is_head=True),
        Post(unit=cast.agriculture, name="经办人", roles=["department_clerk"]),
    ]
    services.add_posts(posts, by=SYSTEM)
    people = services.add_people([Person(name="甲"), Person(name="乙")], by=SYSTEM)

    made = services.appoint_all(zip(people, posts, strict=True), starts_on=SINCE, by=SYSTEM)

    assert [a.person.name for a in made] == ["甲", "乙"]
    assert Event.objects.filter(verb="directory.appoint", subject_id=str(made[0].pk)).exists()


def test_an_unknown_role_is_refused(cast):
    with pytest.raises(Invalid):
        services.add_posts([Post(unit=cast.agriculture, name="某岗", roles=["emperor"])], by=SYSTEM)

    assert not Post.objects.filter(name="某岗").exists()


def test_a_second_head_and_a_second_holding_are_refused(cast):
    head = cast.posts["xu_fang"]
    somebody = services.add_people([Person(name="甲")], by=SYSTEM)[0]
    before = Appointment.objects.count()

    with pytest.raises(Conflict):
        services.appoint_all([(somebody, head)], starts_on=SINCE, by=SYSTEM)
    with pytest.raises(Conflict):
        services.appoint_all([(cast.xu_fang.person, head)], starts_on=SINCE, by=SYSTEM)

    assert Appointment.objects.count() == before


def test_the_three_administrators_stay_apart(cast):
    audit = cast.posts["audit_admin"]

    with pytest.raises(Invalid) as refused:
        services.appoint_all([(cast.system_admin.person, audit)], starts_on=SINCE, by=SYSTEM)

    assert "系统管理员" in str(refused.value)
