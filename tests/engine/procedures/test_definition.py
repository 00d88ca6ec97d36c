"""A procedure file is refused when a case could get lost in it."""

import copy

import pytest

from huilian.engine.procedures.definition import read
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
    "unreachable step": (lambda b: b["steps"].append({**b["steps"][1], "key": "lost"}), "lost"),
    "no way out": (
        lambda b: (
            b["steps"].append({**b["steps"][1], "key": "trap"})
            or b["moves"].append({"verb": "x", "from": "lent", "to": "trap"})
        ),
        "到不了|走不到",
    ),
    "cycle without exit": (lambda b: b["moves"][1].update(to="asked"), "back"),
    "missing post": (lambda b: b["steps"][1].pop("roles"), "没有岗位|无人"),
    "unknown step": (lambda b: b["moves"][0].update(to="moon"), "moon"),
    "unknown lane": (lambda b: b["steps"][0].update(lane="sky"), "sky"),
    "unknown clock act": (lambda b: b["moves"][0].update(clock="hurry"), "hurry"),
    "same key twice": (lambda b: b["steps"][1].update(key="asked"), "重复"),
    "no prefix": (lambda b: b.pop("prefix"), "prefix"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_procedure_in_which_a_case_could_get_lost_is_refused(fault):
    change, said = BAD[fault]

    with pytest.raises(Invalid, match=said):
        read(spoilt(change))
