"""The demonstration county stands as promised, twice over and always the same."""

from collections import Counter

import pytest

from demo import cast, county
from demo.story import count_rows
from huilian.engine.directory.models import Appointment, Place, Post, Unit

KINDS = Unit.Kind
COUNTY_BODIES = {
    KINDS.DEPARTMENT, KINDS.STATION, KINDS.PUBLIC_BODY, KINDS.DISCIPLINE, KINDS.HOTLINE_CENTRE, KINDS.COMMAND_CENTRE,
}  # fmt: skip


@pytest.fixture(scope="module")
def anlan(django_db_setup, django_db_blocker):
    """Built once for the module, and rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        built = county.build()
        count_rows()
        yield built
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def test_there_are_23_townships_and_346_villages_with_valid_codes(anlan):
    places = list(Place.objects.filter(path__startswith=anlan.place.path))
    levels = Counter(p.level for p in places)

    assert levels == {Place.Level.COUNTY: 1, Place.Level.TOWNSHIP: 23, Place.Level.VILLAGE: 346}
    assert all(len(p.code) == 12 and p.code.isdigit() and p.code.startswith("999901") for p in places)
    assert len({p.name for p in places}) == len(places)
    assert all(v.code.startswith(v.parent.code[:9]) for v in places if v.level == Place.Level.VILLAGE)


def test_there_are_more_than_80_bodies_of_the_county_each_with_duties_a_head_and_two_clerks(anlan):
    bodies = Unit.objects.filter(place=anlan.place, kind__in=COUNTY_BODIES)

    assert bodies.count() >= 80
    assert not bodies.filter(duties="").exists()
    for unit in bodies:
        assert unit.posts.filter(is_head=True, appointments__isnull=False).count() == 1, unit
    for unit in bodies.exclude(kind__in=[KINDS.DISCIPLINE, KINDS.HOTLINE_CENTRE]):
        assert unit.posts.filter(roles__icontains="department_clerk").count() >= 2, unit


def test_each_village_has_its_three_bodies_and_the_supervisors_are_not_the_supervised(anlan):
    villages = Unit.objects.filter(place__level=Place.Level.VILLAGE)

    assert villages.filter(kind__in=[KINDS.VILLAGE_COMMITTEE, KINDS.COMMUNITY]).count() == 346
    assert villages.filter(kind=KINDS.COOPERATIVE).count() == 346
    assert villages.filter(kind=KINDS.SUPERVISION_COMMITTEE).count() == 346
    watching = Appointment.objects.filter(post__unit__kind=KINDS.SUPERVISION_COMMITTEE).values("person")
    assert (
        not Appointment.objects.filter(person__in=watching)
        .exclude(post__unit__kind=KINDS.SUPERVISION_COMMITTEE)
        .exists()
    )


def test_every_member_of_the_cast_holds_the_post_that_is_printed(anlan):
    for member in cast.members():
        post = Post.objects.get(unit=anlan.units[member.unit], name=member.post)
        assert post.roles == list(member.roles)
        assert post.appointments.get().person.name == member.name


def test_every_department_of_the_dispatch_catalogue_is_there(anlan):
    from huilian.areas.hear.hotline.services import seeding

    missing = [name for name in seeding.unit_names() if "县" + name not in anlan.units]

    assert not missing


def test_building_again_changes_nothing(anlan):
    before = (Place.objects.count(), Unit.objects.count(), Post.objects.count(), Appointment.objects.count())

    again = county.build()

    assert again.place == anlan.place
    assert before == (Place.objects.count(), Unit.objects.count(), Post.objects.count(), Appointment.objects.count())
