"""What the rules find in real rows: matters, townships and units, and who answers for them."""

from huilian.areas.hear.petitions.datasets import DATASETS
from huilian.engine.alerts.models import Alert
from huilian.engine.screening.services import screen

from .conftest import WHO, accepted, at, delivered, took

RULES = ["XF09", "XF11", "XF12", "XF13"]


def test_colours_of_matters_townships_and_units(office):
    first = accepted(office)
    for _n in range(2):
        took(office, repeat_of=first)
    took(office, channel="visit", visited_level=2, people=[WHO], count=6)
    delivered(office)
    with at(2026, 9, 1):
        screen(None, rules=RULES)
        found = {(a.rule, a.subject, a.level, a.unit and a.unit.name) for a in Alert.objects.all()}

    housing, town = office.cast.housing, office.cast.qingshi_government
    assert ("XF12", f"petition_unit:{housing.pk}", 1, housing.name) in found
    assert ("XF09", f"petition_township:{office.cast.qingshi.pk}", 1, town.name) in found
    assert ("XF13", f"petition:{first.pk}", 1, housing.name) in found
    told = " ".join(str(vars(alert)) for alert in Alert.objects.all())
    assert WHO["name"] not in told and WHO["phone"] not in told


def test_no_dataset_holds_or_groups_by_who_handed_a_petition_in():
    for dataset in DATASETS:
        names = {column.name for column in dataset.columns}
        assert not any(column.personal for column in dataset.columns)
        assert not {n for n in names if any(word in n for word in ("name", "phone", "address", "person", "key"))}
        assert "petitioner" not in dataset.sql
