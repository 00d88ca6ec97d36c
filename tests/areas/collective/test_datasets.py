"""The SQL of the datasets runs on the database the tests use and gives exactly the columns it declares."""

import pytest
from django.db import connection

from huilian.areas.watch.collective.datasets import DATASETS

pytestmark = pytest.mark.django_db
NAMES = [dataset.name for dataset in DATASETS]


@pytest.mark.parametrize("dataset", DATASETS, ids=NAMES)
@pytest.mark.parametrize("villages", [None, [], [999901101201, 999901101202]], ids=["whole", "none", "two"])
def test_a_dataset_gives_its_columns_in_their_order(dataset, villages):
    with connection.cursor() as cursor:
        cursor.execute(dataset.query(villages))
        given = [column[0] for column in cursor.description]

    assert given == [column.name for column in dataset.columns]


def test_names_are_promised_once_and_every_column_says_what_it_is():
    assert len(set(NAMES)) == len(NAMES)
    assert not [f"{d.name}.{c.name}" for d in DATASETS for c in d.columns if not str(c.about)]


def test_kin_is_sealed_and_no_other_dataset_reads_it():
    assert [d.name for d in DATASETS if d.sealed] == ["kin"]
    assert [d.name for d in DATASETS if "directory_kin" in d.sql] == ["kin"]
