"""Procedures out to BPMN 2.0 and back: nothing lost, nothing half taken over, every line drawn."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from huilian.engine.procedures.bpmn import NotSupported, read_bpmn, write_bpmn
from huilian.engine.procedures.bpmn.names import BPMN, DC, DD, DI, bpmn
from huilian.engine.procedures.definition import parse
from huilian.engine.procedures.faults import UNITS, faults_of
from huilian.foundation.errors import Invalid
from huilian.project import discover

from .conftest import BODY

OURS = sorted(discover.files("procedures/*.yaml"))


@pytest.fixture(scope="module")
def schema():
    """OMG's own schema of BPMN 2.0, as the test-time package SpiffWorkflow carries it."""
    import SpiffWorkflow.bpmn.parser as carrier

    return etree.XMLSchema(etree.parse(Path(carrier.__file__).parent / "schema" / "BPMN20.xsd"))


words = st.fixed_dictionaries(
    {
        "zh": st.text(
            st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cc"]), min_size=1
        )
    },
    optional={"en": st.text(st.characters(codec="ascii", min_codepoint=0x20), min_size=1)},
)
key = st.text(st.characters(codec="ascii", categories=["L", "Nd"], include_characters="-._"), min_size=1, max_size=12)
limit = st.builds(dict, length=st.integers(1, 90), unit=st.sampled_from(UNITS))
risk = st.builds(
    dict, mark=st.integers(1, 99), level=st.sampled_from(["yellow", "orange", "red"]), name=words, note=words,
    model=st.sampled_from(["", "RX07"]),
)  # fmt: skip


@st.composite
def bodies(draw):
    keys = draw(st.lists(key, min_size=2, max_size=7, unique=True))
    lanes = draw(st.lists(key, min_size=1, max_size=3, unique=True))
    roles = st.lists(st.sampled_from(["unit_head", "township_clerk"]), unique=True)
    steps = [
        {
            "key": k,
            "name": draw(words),
            "lane": draw(st.sampled_from(lanes)),
            "kind": "end" if k == keys[-1] else draw(st.sampled_from(["start", "task", "gate"])),
            "roles": draw(roles),
            "holder": draw(st.sampled_from(["centre", "unit", "anyone"])),
            "limit": draw(st.none() | limit),
            "produces": draw(st.lists(words, max_size=2)),
            "discloses": draw(st.lists(words, max_size=1)),
            "risks": draw(st.lists(risk, max_size=2)),
            "quorum": draw(st.none() | st.just({"present": [2, 3]})),
            "column": draw(st.integers(0, 9)),
            "drawn": draw(st.booleans()),
        }
        for k in keys
    ]
    moves = [
        {
            "verb": f"v{n}",
            "name": draw(words),
            "from": draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)),
            "to": draw(st.sampled_from(["", *keys])),
            "roles": draw(roles),
            "holder": draw(st.sampled_from(["", "anyone"])),
            "needs": draw(st.lists(st.sampled_from(["note", "unit", "class"]), unique=True)),
            "clock": draw(st.sampled_from(["", "start", "stop"])),
            "outcome": draw(st.sampled_from(["", "refused"])),
            "drawn": draw(st.sampled_from(["line", "dash", "back", "none"])),
            "label": draw(st.just({}) | words),
        }
        for n in range(draw(st.integers(0, 8)))
    ]
    return {
        "key": draw(key),
        "name": draw(words),
        "prefix": "SX",
        "origin": draw(st.sampled_from(["default", "county"])),
        "basis": draw(st.lists(st.just({"law": "村民委员会组织法", "article": "二十四"}), max_size=1)),
        "lanes": [{"key": k, "name": draw(words)} for k in lanes],
        "classes": [{"key": "c", "name": draw(words), "limit": draw(limit)}],
        "start": draw(st.sampled_from(keys)),
        "steps": steps,
        "moves": moves,
    }


@settings(max_examples=60, deadline=None)
@given(body=bodies())
def test_out_and_in_gives_an_equal_procedure_and_a_valid_drawn_file(schema, body):
    d = parse(body)
    content = write_bpmn(d)

    assert parse(read_bpmn(content)) == d
    root = etree.fromstring(content)
    assert schema.validate(root), schema.error_log
    shown = {e.get("bpmnElement") for e in root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge")}
    drawn = (*(bpmn(t) for t in ("userTask", "startEvent", "endEvent", "exclusiveGateway", "sequenceFlow", "lane")),)
    assert {e.get("id") for e in root.iter(*drawn)} | {"pool"} == shown


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.stem)
def test_every_procedure_of_the_house_goes_out_and_comes_back_equal(schema, path):
    d = parse(yaml.safe_load(path.read_text(encoding="utf-8")))
    content = write_bpmn(d, version=3)

    assert parse(read_bpmn(content)) == d
    assert schema.validate(etree.fromstring(content)), schema.error_log


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.stem)
def test_no_line_of_the_drawing_runs_through_a_box(path):
    root = etree.fromstring(write_bpmn(parse(yaml.safe_load(path.read_text(encoding="utf-8")))))
    boxes = {}
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        if not shape.get("isHorizontal"):
            x, y, wide, high = (float(shape[0].get(k)) for k in ("x", "y", "width", "height"))
            boxes[shape.get("bpmnElement")] = (x, y, x + wide, y + high)
    ends = {f.get("id"): (f.get("sourceRef"), f.get("targetRef")) for f in root.iter(bpmn("sequenceFlow"))}

    assert root[2][0].find(f"{{{DI}}}BPMNShape/{{{DC}}}Bounds") is not None
    for edge in root.iter(f"{{{DI}}}BPMNEdge"):
        points = [(float(p.get("x")), float(p.get("y"))) for p in edge.iter(f"{{{DD}}}waypoint")]
        for (ax, ay), (bx, by) in pairwise(points):
            assert ax == bx or ay == by
            for name, (left, top, right, bottom) in boxes.items():
                if name not in ends[edge.get("bpmnElement")]:
                    through = min(ax, bx) < right and max(ax, bx) > left and min(ay, by) < bottom and max(ay, by) > top
                    assert not through, f"{edge.get('bpmnElement')} runs through {name}"


def test_another_engine_reads_the_file():
    from SpiffWorkflow.bpmn.parser import BpmnParser

    content = write_bpmn(parse(BODY))  # no choice in it: those a person makes, an engine of machines cannot
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(content.replace(b'isExecutable="false"', b'isExecutable="true"')))

    assert {"begin", "step_asked", "step_done"} <= set(parser.get_spec("process").task_specs)


def foreign(inside: str, outside: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{BPMN}" targetNamespace="x">{outside}
  <bpmn:process id="p" name="购置">
    <bpmn:startEvent id="s"/><bpmn:task id="a" name="申请"/><bpmn:exclusiveGateway id="g"/>
    <bpmn:userTask id="b" name="审批"/><bpmn:endEvent id="e" name="办结"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
    <bpmn:sequenceFlow id="f3" name="金额较大" sourceRef="g" targetRef="b"/>
    <bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="e"/><bpmn:sequenceFlow id="f5" sourceRef="b" targetRef="e"/>
    {inside}
  </bpmn:process>
</bpmn:definitions>""".encode()


def test_a_drawing_of_another_tool_becomes_a_draft_whose_faults_are_told():
    body = read_bpmn(foreign(""), key="item.v-p-07", prefix="SX")
    d = parse(body)

    assert [(s.key, s.name["zh"], s.kind) for s in d.steps] == [
        ("a", "申请", "task"), ("b", "审批", "task"), ("e", "办结", "end"),
    ]  # fmt: skip
    assert [(m.sources, m.target, m.name["zh"]) for m in d.moves] == [
        (("a",), "b", "金额较大"), (("a",), "e", "到“办结”"), (("b",), "e", "到“办结”"),
    ]  # fmt: skip
    assert d.start == "a" and [f.step for f in faults_of(d)] == ["a", "b"]


REFUSED = {
    "call activity": ('<bpmn:callActivity id="c" name="另一个流程"/>', "callActivity", "另一个流程"),
    "timer at the border": (
        '<bpmn:boundaryEvent id="t" name="三天" attachedToRef="a"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>',
        "boundaryEvent",
        "三天",
    ),
    "inclusive gateway": ('<bpmn:inclusiveGateway id="i" name="可多选"/>', "inclusiveGateway", "可多选"),
    "parallel gateway": ('<bpmn:parallelGateway id="i"/>', "parallelGateway", ""),
    "sub-process": ('<bpmn:subProcess id="u" name="子流程"/>', "subProcess", "子流程"),
    "script": ('<bpmn:scriptTask id="u" name="算"/>', "scriptTask", "算"),
    "condition": (
        '<bpmn:sequenceFlow id="x" name="大于" sourceRef="a" targetRef="b">'
        "<bpmn:conditionExpression>x&gt;1</bpmn:conditionExpression></bpmn:sequenceFlow>",
        "conditionExpression",
        "大于",
    ),
    "start by timer": (
        '<bpmn:startEvent id="z"><bpmn:timerEventDefinition/></bpmn:startEvent>',
        "timerEventDefinition",
        "",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_we_cannot_carry_is_told_with_line_element_and_name_and_nothing_is_taken_over(what):
    inside, element, name = REFUSED[what]

    with pytest.raises(NotSupported) as refused:
        read_bpmn(foreign(inside))

    [found] = refused.value.found
    assert (found.line, found.element, found.name) == (9, element, name)
    assert str(found.why) and str(found.line) in str(refused.value)


def test_pools_that_send_messages_and_second_processes_are_all_told():
    outside = (
        '<bpmn:collaboration id="k"><bpmn:participant id="p1" processRef="p"/><bpmn:participant id="p2" name="群众"/>'
        '<bpmn:messageFlow id="m" name="申请表" sourceRef="p2" targetRef="p1"/></bpmn:collaboration>'
        '<bpmn:process id="q" name="第二个"/>'
    )
    with pytest.raises(NotSupported) as refused:
        read_bpmn(
            foreign('<bpmn:inclusiveGateway id="i"/>', outside).replace(
                b'<bpmn:process id="q"', b'<bpmn:process id="q"'
            )
        )

    assert {"messageFlow", "participant"} <= {found.element for found in refused.value.found}


DAMAGED = {
    "no XML": b"PK\x03\x04",
    "empty": b"",
    "other XML": b"<a/>",
    "no process": f'<d:definitions xmlns:d="{BPMN}"/>'.encode(),
    "entities": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + foreign("").split(b"?>", 1)[1],
    "bomb": b'<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
    "too large": b" " * 2_000_001,
    "our extensions damaged": write_bpmn(parse(yaml.safe_load(OURS[0].read_text(encoding="utf-8")))).replace(
        b'column="0"', b'column="x"'
    ),
    "start leads nowhere": foreign("").replace(b'sourceRef="s" targetRef="a"', b'sourceRef="a" targetRef="a"'),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_or_hostile_file_is_refused_with_one_sentence(what):
    with pytest.raises(Invalid) as refused:
        read_bpmn(DAMAGED[what])

    assert str(refused.value) and "root:" not in str(refused.value)


def test_a_name_changed_in_the_modeller_and_a_way_led_elsewhere_are_what_is_meant():
    d = parse(yaml.safe_load(next(p for p in OURS if p.stem == "payment").read_text(encoding="utf-8")))
    content = write_bpmn(d).decode()
    changed = content.replace('name="乡镇审批"', 'name="镇级联审"').encode()

    step = parse(read_bpmn(changed)).step("township")

    assert step.name == {"zh": "镇级联审", "en": "Township"} and step.limit == d.step("township").limit
