"""A procedure file is refused when a case could get lost in it."""

import copy
import re

import pytest

from huilian.engine.procedures.definition import parse
from huilian.engine.procedures.faults import faults_of, kept, read
from huilian.foundation.errors import Invalid

GOOD = {
    "key": "loan",
    "name": {"zh": "借用", "en": "Loan"},
    "prefix": "JY",
    "lanes": [{"key": "office", "name": {"zh": "办公室", "en": "Office"}}],
    "classes": [{"key": "plain", "name": {"zh": "一般", "en": "plain"}, "limit": {"length": 3}}],
    "steps": [
        {"key": "asked", "name": {"zh": "申请", "en": "asked"}, "lane": "office", "kind": "start", "roles": ["clerk"]},
        {"key": "lent", "name": {"zh": "借出", "en": "lent"}, "lane": "office", "roles": ["clerk"]},
        {"key": "back", "name": {"zh": "归还", "en": "back"}, "lane": "office", "kind": "end"},
    ],
    "moves": [
        {"verb": "lend", "from": "asked", "to": "lent", "clock": "start"},
        {"verb": "return", "from": "lent", "to": "back"},
    ],
}


def spoilt(change):
    body = copy.deepcopy(GOOD)
    change(body)
    return body


def test_a_sound_procedure_is_read():
    procedure = read(GOOD)

    assert procedure.start == "asked"
    assert procedure.move("lend", "asked").target == "lent"
    assert procedure.move("lend", "lent") is None
    assert procedure.is_end("back") and not procedure.is_end("lent")


BAD = {
    "unreachable step": (lambda b: b["steps"].append({**b["steps"][1], "key": "lost"}), "没有路径到达环节“4 借出”"),
    "no way out": (
        lambda b: (
            b["steps"].append({**b["steps"][1], "key": "trap"})
            or b["moves"].append({"verb": "x", "from": "lent", "to": "trap"})
        ),
        "环节“4 借出”没有下一步",
    ),
    "cycle without exit": (lambda b: b["moves"][1].update(to="asked"), "1 申请 → 2 借出"),
    "missing post": (lambda b: b["steps"][1].pop("roles"), "环节“2 借出”没有岗位负责"),
    "unknown step": (lambda b: b["moves"][0].update(to="moon"), "moon"),
    "unknown lane": (lambda b: b["steps"][0].update(lane="sky"), "sky"),
    "unknown clock act": (lambda b: b["moves"][0].update(clock="hurry"), "hurry"),
    "same key twice": (lambda b: b["steps"][1].update(key="asked"), "重复"),
    "no prefix": (lambda b: b.pop("prefix"), "prefix"),
    "same verb twice from a step": (lambda b: b["moves"].append({**b["moves"][0], "to": "back"}), "“1 申请”.*重复"),
    "no end": (lambda b: b["steps"][2].update(kind="task", roles=["clerk"]), "没有终点"),
    "limit of nothing": (lambda b: b["steps"][1].update(limit={"length": 0}), "“2 借出”的时限"),
    "start of a limit nobody knows": (lambda b: b.pop("classes"), "没有事项类别"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_procedure_in_which_a_case_could_get_lost_is_refused(fault):
    change, said = BAD[fault]

    with pytest.raises(Invalid) as refused:
        read(spoilt(change))

    assert any(re.search(said, str(f.text)) for f in faults_of(parse(spoilt(change))))
    assert "loan" in str(refused.value)


def test_all_faults_are_told_at_once_each_at_its_row():
    def change(body):
        body["steps"][1].pop("roles")
        body["steps"].insert(1, {**body["steps"][0], "key": "lost", "kind": "task"})
        body["moves"][1]["to"] = "moon"

    told = [(f.part, f.step) for f in faults_of(parse(spoilt(change)))]

    assert told == [("steps", "lost"), ("moves", "lost"), ("steps", "lent"), ("moves", "lent"), ("steps", "back")]


def test_steps_that_together_take_longer_than_the_whole_are_a_warning_with_the_way():
    def change(body):
        body["steps"][1]["limit"] = {"length": 2}
        body["steps"].insert(2, {**body["steps"][1], "key": "held", "name": {"zh": "使用"}})
        body["moves"][1] = {"verb": "use", "from": "lent", "to": "held"}
        body["moves"].append({"verb": "return", "from": "held", "to": "back"})

    [fault] = faults_of(parse(spoilt(change)))

    assert fault.is_warning and "2 借出 → 3 使用" in str(fault.text) and "4" in str(fault.text)
    assert read(spoilt(change))


def test_what_the_product_itself_uses_must_stay_in_its_own_procedures():
    new = parse(spoilt(lambda b: (b["steps"].pop(1), b["moves"].pop(1))))

    assert [str(f.text) for f in kept(read(GOOD), new)] == ["环节“借出”由系统使用，不能删除。"]
    assert len(kept(read(GOOD), parse(spoilt(lambda b: b["moves"].pop(0))))) == 1
    assert kept(parse({**GOOD, "key": "item.v-p-01"}), new) == []
