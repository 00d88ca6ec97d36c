"""Every rule of the house holds: a new rule is one SQL file with its cases, and is tested by being there."""

import pytest

from huilian.engine.screening.catalogue import datasets, rule_files
from huilian.engine.screening.checking import check_file
from huilian.engine.screening.dataset import SAMPLE_VILLAGE
from huilian.engine.screening.services import screen
from huilian.engine.screening.store import Store


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_a_rule_of_the_house_is_sound_and_its_cases_come_out(path):
    faults = check_file(path, datasets())

    assert [str(fault) for fault in faults if not fault.warning] == []


def test_no_two_rules_have_one_id():
    stems = [path.stem for path in rule_files()]

    assert sorted(stems) == sorted(set(stems))


def test_every_case_file_belongs_to_a_rule():
    beside = {case for path in rule_files() for case in path.parent.glob("*.cases.yaml")}

    assert {case.name.split(".")[0] for case in beside} <= {path.stem for path in rule_files()}


@pytest.mark.django_db
def test_every_dataset_of_the_house_can_be_read_and_every_rule_runs_over_them():
    store = Store()
    store.load()
    store.reload([SAMPLE_VILLAGE])

    run = screen(store=store)
    part = screen([SAMPLE_VILLAGE], store=store)
    store.close()

    assert store.faults == {}
    assert run.faults == part.faults == []
    assert run.rules == part.rules == len(rule_files())


def test_what_is_made_of_vouchers_is_read_again_with_them():
    tables = ("collective_voucher", "collective_line", "collective_invoice", "collective_balance")
    made = {name for name, dataset in datasets().items() if any(table in dataset.sql for table in tables)}

    assert {name for name in made if not datasets()[name].follows.get("voucher")} == {"voucher"}
