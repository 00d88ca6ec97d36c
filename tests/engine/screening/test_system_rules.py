"""The system's own datasets read their tables, and what XT rules name is answered for."""

import pytest
from django.db import connection

from huilian.engine.screening.datasets import DATASETS
from huilian.engine.screening.models import Feed, Hit
from huilian.engine.screening.services import fed, screen
from huilian.engine.screening.subjects import resolve
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record

from ..alerts import world as alerts_world

pytestmark = pytest.mark.django_db
COUNTY = 999901000000


@pytest.mark.parametrize("dataset", DATASETS, ids=[d.name for d in DATASETS])
@pytest.mark.parametrize("villages", [None, [999901101201]], ids=["whole", "one village"])
def test_a_dataset_of_the_system_gives_its_columns_in_their_order(cast, dataset, villages):
    with connection.cursor() as cursor:
        cursor.execute(dataset.query(villages))
        given = [column[0] for column in cursor.description]

    assert given == [column.name for column in dataset.columns]


def test_a_change_in_a_village_does_not_read_the_trail_again(cast):
    record("access.open_sealed", "directory.kin:1", by=cast.lin_zheng, data={"purpose": "核查"})
    look = next(d for d in DATASETS if d.name == "sealed_look")

    with connection.cursor() as cursor:
        cursor.execute(look.query([999901101201]))
        assert cursor.fetchall() == []
        cursor.execute(look.query())
        rows = cursor.fetchall()

    assert [(row[1], row[2]) for row in rows] == [(COUNTY, str(cast.lin_zheng.pk))]


def test_bad_data_and_a_large_export_are_found_and_answered_for_by_the_commission(cast):
    alerts_world.build(cast)
    fed("bank", rows=1000, faults=120, by=SYSTEM)
    record("registers.export", "registers.register:x", by=cast.he_wei, data={"rows": 150_000, "register": "x"})

    screen(rules=["XT02", "XT06"])

    found = {h.rule: h for h in Hit.objects.all()}
    assert (found["XT02"].subject, found["XT02"].level) == (f"feed:{Feed.objects.get().pk}", 3)
    assert (found["XT06"].subject, found["XT06"].level) == (f"accounts.user:{cast.he_wei.pk}", 3)
    about = resolve([(found["XT06"].subject, COUNTY), (found["XT02"].subject, COUNTY), ("rule:ZJ01", COUNTY)])
    assert {a.unit for a in about.values()} == {cast.commission}
    assert list(about[found["XT06"].subject].persons) == [cast.he_wei.person]
