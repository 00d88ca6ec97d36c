"""What every rule of the house tells the people who must answer to it, beyond what `rules check` demands."""

import re

import pytest

from huilian.engine.screening import cases, rule
from huilian.engine.screening.catalogue import rule_files
from huilian.engine.screening.rule import LADDER

FILES = rule_files()
IDS = [path.stem for path in FILES]
CHINESE = re.compile(r"[\u3400-\u9fff]")


def texts(found: rule.Rule):
    """(where, text in both languages) of everything the rule says."""
    yield "names", found.names
    yield "explain", found.explain
    yield "exclusions", found.exclusions
    yield "false_alarms", found.false_alarms
    for level, said in found.levels.items():
        yield f"levels.{level}", said
    for name, parameter in found.parameters.items():
        yield f"parameters.{name}", parameter.names
    if found.note:
        yield "note", found.note


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_rule_says_everything_in_both_languages(path):
    found = rule.read(path)

    for where, said in texts(found):
        assert CHINESE.search(said["zh"]) or "_zh}" in said["zh"], f"{where} is not Chinese"
        assert said["en"].strip() and said["en"] != said["zh"], f"{where} is not English"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_rule_names_its_basis_or_says_that_there_is_none(path):
    found = rule.read(path)

    assert found.basis or found.note, "give a basis of law, or a note that says why there is none"
    assert all(b.get("law") and b.get("version") for b in found.basis), "a law is named with its version"
    assert found.note or all(b.get("article") for b in found.basis), "where the article is open, a note says so"
    assert found.group == found.id[:2]
    assert found.source, "say where the idea comes from"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_step_of_the_ladder_is_raised_by_a_case(path):
    found = rule.read(path)
    beside = path.with_name(f"{path.stem}.cases.yaml")
    given = cases.read(beside.read_text("utf-8"), found, beside.name)

    assert {expected["level"] for case in given for expected in case.expect} == {LADDER[k] for k in found.levels}


def test_the_house_has_the_rules_of_the_money_chain():
    groups = {prefix: sum(1 for name in IDS if name.startswith(prefix)) for prefix in ("ZC", "HT", "ZW", "CX")}

    assert groups["ZC"] >= 9 and groups["HT"] >= 12 and groups["ZW"] >= 6 and groups["CX"] >= 7
