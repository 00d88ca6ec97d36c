"""The default catalogue: there, complete, safe to enter again, and never over the county's own rows."""

import pytest

from huilian.areas.hear.hotline.models import Channel, Knowledge, Matter, RefusalGround
from huilian.areas.hear.hotline.services import seeding
from huilian.areas.hear.hotline.services.seeding import seed

pytestmark = pytest.mark.django_db


def test_the_defaults_are_there_and_every_ground_rests_on_a_law():
    seed()

    assert Channel.objects.filter(is_media=True).count() >= 3
    assert Matter.objects.count() >= 70
    assert Matter.objects.values("topic").distinct().count() >= 12
    assert Knowledge.objects.count() >= 40
    for ground in RefusalGround.objects.all():
        assert ground.law and ground.version and ground.guidance and ground.guidance_en and ground.name_en
    assert "12388" in RefusalGround.objects.get(key="discipline").guidance


def test_seeding_again_changes_nothing():
    seed()

    assert not any(seed().values())


def test_rows_of_the_county_stay_as_they_are():
    seed()
    Matter.objects.filter(code="A01").update(name="供水", origin="county")
    Channel.objects.filter(key="122").update(name="民生直通车", origin="county")

    seed()

    assert Matter.objects.get(code="A01").name == "供水"
    assert Channel.objects.get(key="122").name == "民生直通车"


def test_units_are_filled_in_once_they_exist(cast):
    seed()

    matter = Matter.objects.get(code="B01")
    assert matter.lead_unit is None, "the test county's departments have no short names"

    from huilian.engine.directory import services
    from huilian.engine.trail.actors import SYSTEM

    services.change_unit(cast.agriculture, short_name="县农业农村局", by=SYSTEM)
    seed()

    assert Matter.objects.get(code="B01").lead_unit == cast.agriculture
    assert cast.agriculture in Matter.objects.get(code="N04").co_units.all()


def test_every_matter_is_led_by_somebody_and_asks_something():
    for rows in seeding._file("matters").values():
        for row in rows:
            assert ("lead" in row) != bool(row.get("by_place")), row
            assert row["class"] in ("general", "special", "major")
            assert row["hint"]
