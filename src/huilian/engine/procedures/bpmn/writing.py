"""A procedure written as BPMN 2.0, drawing included.

A step is a user task, for a case rests there until somebody acts; the first one is led to by a start event, an end is
an end event. Where several ways leave a step an exclusive gateway stands behind it, and a person decides there.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..definition import Definition, Move, Step
from .layout import Layout
from .names import DC, DD, DI, NSMAP, bpmn, id_of, ours, plain, put_name


def write_bpmn(d: Definition, *, version: int = 0) -> bytes:
    """The file. Text is Chinese first, as in the county; the other language goes along in the extensions."""
    root = etree.Element(
        bpmn("definitions"), nsmap=NSMAP, id="definitions", targetNamespace="urn:huilian:procedures", exporter="Huilian"
    )
    collaboration = etree.SubElement(root, bpmn("collaboration"), id="collaboration")
    etree.SubElement(collaboration, bpmn("participant"), id="pool", name=plain(d.name), processRef="process")
    process = etree.SubElement(root, bpmn("process"), id="process", name=plain(d.name), isExecutable="false")
    _head(process, d, version)
    nodes, flows = _graph(d)
    lanes = etree.SubElement(process, bpmn("laneSet"), id="lanes")
    for key, name in d.lanes:
        lane = etree.SubElement(lanes, bpmn("lane"), id=id_of("lane", key), name=plain(name))
        extension = etree.SubElement(lane, bpmn("extensionElements"))
        put_name(extension, "lane", name, key=key)
        for node in nodes:
            if node.lane == key:
                etree.SubElement(lane, bpmn("flowNodeRef")).text = node.id
    for node in nodes:
        element = etree.SubElement(process, bpmn(node.tag), id=node.id, **({"name": node.name} if node.name else {}))
        if node.step is not None:
            _step(etree.SubElement(element, bpmn("extensionElements")), node.step, node.column)
        for way, end in (("incoming", "target"), ("outgoing", "source")):
            for flow in flows:
                if getattr(flow, end) == node.id:
                    etree.SubElement(element, bpmn(way)).text = flow.id
    for flow in flows:
        attributes = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
        if flow.move is not None:
            attributes["name"] = plain(flow.move.name)
        element = etree.SubElement(process, bpmn("sequenceFlow"), attributes)
        if flow.move is not None:
            _move(etree.SubElement(element, bpmn("extensionElements")), flow)
    _draw(root, d, nodes, flows)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


@dataclass(frozen=True)
class Node:
    """A flow node of the file; `column` is the number of its step."""

    tag: str
    id: str
    lane: str
    column: int
    name: str = ""
    step: Step | None = None


@dataclass(frozen=True)
class Flow:
    """A sequence flow; of a move with its number, and as which of its sources it stands there."""

    id: str
    source: str
    target: str
    move: Move | None = None
    number: int = 0
    place: int = 0


def _graph(d: Definition) -> tuple[list[Node], list[Flow]]:
    leaving: dict[str, list[tuple[Move, int, int]]] = defaultdict(list)
    for number, move in enumerate(d.moves):
        for place, source in enumerate(move.sources):
            leaving[source].append((move, number, place))
    first = next(i for i, step in enumerate(d.steps) if step.key == d.start)
    nodes = [Node("startEvent", "begin", d.steps[first].lane, first)]
    flows = [Flow("flow-begin", "begin", id_of("step", d.start))]
    for column, step in enumerate(d.steps):
        ways, own = leaving[step.key], id_of("step", step.key)
        # A matter may be taken up again after its end; an end event has no way out, so such an end is drawn as a task.
        tag = "endEvent" if step.kind == "end" and not ways else "userTask"
        nodes.append(Node(tag, own, step.lane, column, plain(step.name), step))
        from_ = own
        if len(ways) > 1:
            from_ = id_of("choice", step.key)
            nodes.append(Node("exclusiveGateway", from_, step.lane, column))
            flows.append(Flow(id_of("to-choice", step.key), own, from_))
        for i, (move, number, place) in enumerate(ways):
            target = id_of("step", move.target or step.key)
            flows.append(Flow(id_of("flow", f"{step.key}-{i}"), from_, target, move, number, place))
    return nodes, flows


def _head(process: Any, d: Definition, version: int) -> None:
    extension = etree.SubElement(process, bpmn("extensionElements"))
    head = etree.SubElement(
        extension, ours("procedure"), key=d.key, prefix=d.prefix, origin=d.origin, start=d.start, version=str(version)
    )
    put_name(head, "name", d.name)
    for case_class in d.classes:
        put_name(head, "class", case_class.name, key=case_class.key, **_limit(case_class))
    for basis in d.basis:
        etree.SubElement(head, ours("basis")).text = json.dumps(basis, ensure_ascii=False)


def _limit(owner: Any) -> dict[str, str]:
    return {"limit": str(owner.limit.length), "unit": owner.limit.unit} if owner.limit else {}


def _step(parent: Any, step: Step, index: int) -> None:
    element = etree.SubElement(
        parent,
        ours("step"),
        n=str(index),
        key=step.key,
        kind=step.kind,
        roles=" ".join(step.roles),
        holder=step.holder,
        column=str(step.column),
        drawn=str(step.drawn).lower(),
    )
    put_name(element, "name", step.name)
    if step.limit:
        etree.SubElement(element, ours("limit"), length=str(step.limit.length), unit=step.limit.unit)
    for words in step.produces:
        put_name(element, "produces", words)
    for words in step.discloses:
        put_name(element, "discloses", words)
    for risk in step.risks:
        point = etree.SubElement(element, ours("risk"), mark=str(risk.mark), level=risk.level, model=risk.model)
        put_name(point, "name", risk.name)
        put_name(point, "note", risk.note)
    if step.quorum is not None:
        etree.SubElement(element, ours("quorum")).text = json.dumps(step.quorum, ensure_ascii=False)


def _move(parent: Any, flow: Flow) -> None:
    move = flow.move
    element = etree.SubElement(
        parent,
        ours("move"),
        n=str(flow.number),
        place=str(flow.place),
        verb=move.verb,
        roles=" ".join(move.roles),
        holder=move.holder,
        needs=" ".join(move.needs),
        clock=move.clock,
        outcome=move.outcome,
        drawn=move.drawn,
        stays=str(not move.target).lower(),
    )
    put_name(element, "name", move.name)
    put_name(element, "label", move.label)


def _draw(root: Any, d: Definition, nodes: list[Node], flows: list[Flow]) -> None:
    plan = Layout(d, nodes)
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    for id, box, horizontal in plan.boxes():
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", id=f"{id}-shape", bpmnElement=id)
        if horizontal:
            shape.set("isHorizontal", "true")
        etree.SubElement(shape, f"{{{DC}}}Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
    for flow in flows:
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"{flow.id}-edge", bpmnElement=flow.id)
        for x, y in plan.way(flow.source, flow.target):
            etree.SubElement(edge, f"{{{DD}}}waypoint", x=str(x), y=str(y))
