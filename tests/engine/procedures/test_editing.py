"""Changes a clerk makes to a procedure one at a time, and what two versions differ in."""

import copy

import pytest

from huilian.engine.procedures import editing
from huilian.engine.procedures.comparing import compare
from huilian.engine.procedures.definition import parse
from huilian.engine.procedures.faults import faults_of, read

NAME = {"zh": "集体研究", "en": "Decided together"}


@pytest.fixture
def body():
    made = editing.blank("item.v-p-90", {"zh": "试", "en": "Trial"}, "SX")
    for step in made["steps"]:
        step["roles"] = ["unit_head"] if step.get("kind") != "end" else []
    return made


def ways(body) -> list[tuple[str, str]]:
    return [(source, move.target) for move in parse(body).moves for source in move.sources]


def test_a_blank_procedure_lacks_only_the_posts():
    made = editing.blank("item.x", {"zh": "试"}, "SX")

    assert [f.step for f in faults_of(parse(made))] == ["asked", "working"]


def test_a_new_step_is_put_into_the_way_and_the_clock_still_stops_at_the_end(body):
    before = copy.deepcopy(body)
    new, key = editing.add_step(body, "working", NAME)

    assert ways(new) == [("asked", "working"), ("working", key), (key, "closed")]
    assert [m.clock for m in read(new).moves] == ["start", "", "stop"]
    assert body == before


def test_a_step_taken_away_leaves_no_gap(body):
    new, key = editing.add_step(body, "asked", NAME)
    new = editing.remove_step(new, "working")

    assert ways(new) == [("asked", key), (key, "closed")]
    assert faults_of(read(new)) == []


def test_the_first_step_taken_away_lets_the_next_one_begin(body):
    assert read(editing.remove_step(body, "asked")).start == "working"


def test_a_step_is_moved_in_the_table_and_no_further_than_its_ends(body):
    body["steps"][0]["column"] = 4
    down = editing.shift_step(body, "asked", 1)

    assert [s["key"] for s in down["steps"]] == ["working", "asked", "closed"]
    assert [s.column for s in parse(down).steps] == [0, 1, 2]
    assert editing.shift_step(body, "closed", 1)["steps"][2]["key"] == "closed"


def test_ways_out_of_a_step_are_kept_changed_added_and_taken_away(body):
    body["moves"].append({"verb": "return", "name": {"zh": "退回"}, "from": ["working", "asked"], "to": "asked"})
    rows = [
        {"verb": "return", "name": {"zh": "退回补正"}, "to": "asked", "needs": ["note"]},
        {"verb": "", "name": {"zh": "不予同意"}, "to": "closed", "outcome": "refused"},
    ]

    new = editing.put_step(body, "working", {"limit": {"length": 2, "unit": "workday"}, "roles": ["unit_head"]}, rows)

    d = parse(new)
    assert [(m.verb, m.sources, m.name["zh"]) for m in d.moves] == [
        ("submit", ("asked",), "受理"),
        ("return", ("asked",), "退回"),
        ("return", ("working",), "退回补正"),
        ("go1", ("working",), "不予同意"),
    ]
    assert d.step("working").limit.length == 2


def test_steps_of_a_lane_that_is_gone_stand_in_the_first(body):
    new = editing.put_head(body, {"lanes": [{"key": "town", "name": {"zh": "乡镇"}}]})

    assert {s.lane for s in parse(new).steps} == {"town"}


def test_two_versions_are_compared_with_the_days_saved(body):
    old = editing.put_step(body, "asked", {"limit": {"length": 3, "unit": "workday"}}, body["moves"][:1])
    old, key = editing.add_step(old, "asked", NAME)
    old = editing.put_step(old, key, {"limit": {"length": 4, "unit": "workday"}, "name": NAME}, old["moves"][-1:])
    old["classes"][0]["limit"] = {"length": 10, "unit": "workday"}
    old["moves"][0].pop("clock")
    new = editing.remove_step(old, key)
    new["classes"][0]["limit"] = {"length": 6, "unit": "workday"}
    new["steps"][0]["limit"]["length"] = 1
    new["steps"][1]["roles"] = ["township_clerk"]

    found = compare(parse(old), parse(new))

    assert [s.name for s in found.removed] == [NAME] and found.added == ()
    assert [(c.old.length, c.new.length, c.saved) for c in found.classes] == [(10, 6, 4)]
    assert [c.saved for c in found.limits] == [2]
    assert [(c.new.key, c.what) for c in found.changed] == [("working", ("roles",))]
    assert (found.steps, found.workdays) == ((3, 2), (7, 1))
    assert not found.is_same and compare(parse(new), parse(new)).is_same
