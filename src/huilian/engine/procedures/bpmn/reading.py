"""A BPMN 2.0 file read as the text of a procedure. What we cannot carry is told with its place; none is half read."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from lxml import etree

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import Wording, _

from .names import BPMN, bpmn, ours, plain, take_name

MOST = 2_000_000  # bytes
TASKS = ("task", "userTask", "manualTask")
NODES = (*TASKS, "startEvent", "endEvent", "exclusiveGateway")
QUIET = ("incoming", "outgoing", "extensionElements", "terminateEventDefinition")  # children that add nothing here
UNSUPPORTED = {
    "callActivity": _("A call to another process. Draw its steps here, or leave it to a procedure of its own."),
    "subProcess": _("Steps within a step. Draw them one after the other."),
    "boundaryEvent": _("An event at the border of a step. Give the step a limit: it warns, turns red and gives cards."),
    "intermediateCatchEvent": _("Waiting for an event. Draw a step in which somebody notes that it happened."),
    "intermediateThrowEvent": _("An event in between. Draw a step in which somebody does it."),
    "inclusiveGateway": _("Several ways at once by choice. A matter stands at one step at a time: draw one choice."),
    "parallelGateway": _("Several ways at once. A matter stands at one step at a time: ask co-handling units instead."),
    "complexGateway": _("A choice by rule. Draw one choice that a person makes."),
    "eventBasedGateway": _("A choice by events. Draw one choice that a person makes."),
    "messageFlow": _("A message between pools. Draw one pool with a lane for each unit."),
    "conditionExpression": _("A condition worked out by a machine. Name the way instead: a person chooses it."),
    "timerEventDefinition": _("A timer. Give the step before it a limit."),
}
OTHER = _("Not something a procedure can carry. Take it out of the drawing.")


@dataclass(frozen=True)
class Unsupported:
    """One thing in the file that we cannot carry: where it stands, and what to do instead."""

    line: int
    element: str
    id: str
    name: str
    why: Wording


class NotSupported(Invalid):
    """The file was not taken over. `found` lists what stands in the way, in the order of the file."""

    def __init__(self, found: list[Unsupported]):
        first = found[0]
        super().__init__(
            _(
                "Nothing was taken over: %(count)s things in the file cannot be carried. First: line %(line)s, "
                "%(element)s “%(name)s”: %(why)s",
                count=len(found),
                line=first.line,
                element=first.element,
                name=first.name or first.id,
                why=first.why,
            ),
            field="file",
        )
        self.found = found


def read_bpmn(content: bytes, *, key: str = "", prefix: str = "") -> dict[str, Any]:
    """The text of the one procedure in the file, for a draft. `key` and `prefix` serve where the file has none of ours.

    A file from another tool has no posts and no limits: the draft says so. Raises `NotSupported`, or `Invalid` when
    the file is no BPMN at all.
    """
    root = _parsed(content)
    try:
        return _body(root, key, prefix)
    except (AttributeError, KeyError, TypeError, ValueError) as fault:  # what a hand or a tool did to our extensions
        raise Invalid(_("The file was damaged after it was written: %(fault)s", fault=fault), field="file") from fault


def _body(root: Any, key: str, prefix: str) -> dict[str, Any]:
    process, found = _process(root)
    graph = _Graph(process, found)
    if found:
        raise NotSupported(sorted(found, key=lambda f: f.line))
    head = _own(process, "procedure")
    if head is None:
        name = {"zh": process.get("name") or "—"}
        return {"key": key, "name": name, "prefix": prefix, "origin": "county", "classes": [], **graph.text}
    return {
        "key": head.get("key"),
        "name": _words(head, process),
        "prefix": head.get("prefix"),
        "origin": head.get("origin"),
        "classes": [
            {"key": c.get("key"), "name": take_name(c, "key", "limit", "unit"), "limit": _limit(c, "limit")}
            for c in head.findall(ours("class"))
        ],
        "basis": [json.loads(basis.text) for basis in head.findall(ours("basis"))],
        **graph.text,
    }


def _parsed(content: bytes) -> Any:
    """The tree, without entities, document types or anything fetched from elsewhere."""
    if len(content) > MOST:
        raise Invalid(_("The file is larger than %(most)s MB.", most=MOST // 1_000_000), field="file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Invalid(_("This is no readable XML file: %(fault)s", fault=fault), field="file") from fault
    if root.getroottree().docinfo.doctype:
        raise Invalid(_("A file with a document type of its own is not accepted. Export it again."), field="file")
    if root.tag != bpmn("definitions"):
        raise Invalid(_("This is no BPMN 2.0 file: it begins with “%(tag)s”.", tag=_tag(root)), field="file")
    return root


def _process(root: Any) -> tuple[Any, list[Unsupported]]:
    """The process of the file, and what is wrong around it."""
    processes = root.findall(bpmn("process"))
    if not processes:
        raise Invalid(_("There is no process in the file."), field="file")
    found = [_told(extra, _("A second process. Draw one pool with a lane for each unit.")) for extra in processes[1:]]
    for element in root.findall(f"{bpmn('collaboration')}/*"):
        if element.tag == bpmn("participant"):
            if element.get("processRef") is None:
                found.append(_told(element, _("A pool without steps. Draw one pool with a lane for each unit.")))
        elif element.tag != bpmn("extensionElements"):
            found.append(_told(element))
    return processes[0], found


class _Graph:
    """Nodes and flows of a process turned into lanes, steps and moves; gateways are folded into the ways."""

    def __init__(self, process: Any, found: list[Unsupported]):
        self.found = found
        self.nodes: dict[str, Any] = {}
        self.out: dict[str, list[Any]] = defaultdict(list)
        lane_sets, flows = [], []
        for element in process:
            tag = _tag(element)
            if not isinstance(element.tag, str) or tag == "extensionElements":
                continue
            if tag == "laneSet":
                lane_sets.append(element)
            elif tag == "sequenceFlow":
                flows.append(element)
                self._children(element)
            elif tag in NODES and element.tag.startswith(f"{{{BPMN}}}"):
                self.nodes[element.get("id", "")] = element
                self._children(element)
            else:
                found.append(_told(element))
        for flow in flows:
            if flow.get("sourceRef") in self.nodes and flow.get("targetRef") in self.nodes:
                self.out[flow.get("sourceRef")].append(flow)
            elif not found:
                found.append(_told(flow, _("A way from or to something that is not in the process.")))
        self._lanes(process, lane_sets)
        tasks = [e for e in self.nodes.values() if _tag(e) in (*TASKS, "endEvent")]
        ours_first = sorted(tasks, key=lambda e: int(s.get("n")) if (s := _own(e, "step")) is not None else len(tasks))
        self.keys = {e.get("id"): self._key(e) for e in tasks}
        self.text: dict[str, Any] = (
            {}
            if found
            else {
                "start": self._start(),
                "lanes": self.lanes,
                "steps": [self._step(e) for e in ours_first],
                "moves": self._moves(tasks),
            }
        )

    def _children(self, element: Any) -> None:
        """Only what says nothing of its own may stand inside a node or a flow."""
        for child in element:
            if isinstance(child.tag, str) and _tag(child) not in QUIET:
                self.found.append(_told(child, owner=element))

    def _lanes(self, process: Any, lane_sets: list[Any]) -> None:
        self.lanes: list[dict] = []
        self.lane_of: dict[str, str] = {}
        for number, lane in enumerate((lane for lane_set in lane_sets for lane in lane_set), 1):
            if lane.find(bpmn("childLaneSet")) is not None:
                self.found.append(_told(lane, _("Lanes within a lane. Draw them side by side.")))
            own = _own(lane, "lane")
            key = own.get("key") if own is not None else f"lane-{number}"
            words = _said(lane, take_name(own, "key")) if own is not None else {"zh": lane.get("name") or f"{number}"}
            self.lanes.append({"key": key, "name": words})
            for ref in lane.findall(bpmn("flowNodeRef")):
                self.lane_of[(ref.text or "").strip()] = key
        if not self.lanes:
            self.lanes = [{"key": "lane-1", "name": {"zh": process.get("name") or "—"}}]

    def _key(self, element: Any) -> str:
        own = _own(element, "step")
        return own.get("key") if own is not None else element.get("id")[:40]

    def _start(self) -> str:
        """The step the one start event leads to."""
        events = [e for e in self.nodes.values() if _tag(e) == "startEvent"]
        first = events[0] if events else next(iter(self.nodes.values()), None)
        targets = [self.keys.get(flow.get("targetRef")) for e in events for flow in self.out[e.get("id")]]
        if len(events) != 1 or len(targets) != 1 or not targets[0]:
            if first is None:
                raise Invalid(_("There is no step in the file."), field="file")
            self.found.append(_told(first, _("A procedure begins with one start event that leads to one step.")))
            return ""
        return targets[0]

    def _step(self, element: Any) -> dict[str, Any]:
        key = self.keys[element.get("id")]
        is_end, own = _tag(element) == "endEvent", _own(element, "step")
        name = {"zh": element.get("name") or ("办结" if is_end else "—")}
        lane = self.lane_of.get(element.get("id"), self.lanes[0]["key"])
        if own is None:
            return {"key": key, "name": name, "lane": lane, "kind": "end" if is_end else "task", "holder": "unit"}
        step: dict[str, Any] = {
            "key": key,
            "name": _words(own, element),
            "lane": lane,
            "kind": own.get("kind"),
            "roles": own.get("roles", "").split(),
            "holder": own.get("holder"),
            "column": int(own.get("column")),
            "drawn": own.get("drawn") == "true",
            "produces": [take_name(e) for e in own.findall(ours("produces"))],
            "discloses": [take_name(e) for e in own.findall(ours("discloses"))],
            "risks": [
                {
                    "mark": int(risk.get("mark")),
                    "level": risk.get("level"),
                    "model": risk.get("model", ""),
                    "name": _words(risk),
                    "note": _words(risk, part="note"),
                }
                for risk in own.findall(ours("risk"))
            ],
        }
        if (limit := own.find(ours("limit"))) is not None:
            step["limit"] = _limit(limit, "length")
        if (quorum := own.find(ours("quorum"))) is not None:
            step["quorum"] = json.loads(quorum.text)
        return step

    def _moves(self, tasks: list[Any]) -> list[dict[str, Any]]:
        """Ours by the number they carry, several sources in one; those of other tools each by itself, behind them."""
        own: dict[tuple, list[tuple[int, str, Any, Any]]] = defaultdict(list)
        foreign: list[dict[str, Any]] = []
        for element in tasks:
            source = self.keys[element.get("id")]
            for flow, name, target in self._ways(element.get("id"), ()):
                carried = _own(flow, "move")
                if carried is not None:
                    stays = carried.get("stays") == "true" and target == source
                    key = (int(carried.get("n")), "" if stays else target, flow.get("name", ""))
                    own[key].append((int(carried.get("place")), source, carried, flow))
                else:
                    verb, words = f"go{len(foreign) + 1}", name or _("Go on to “%(step)s”", step=self._name(target))
                    foreign.append({"verb": verb, "name": {"zh": str(words)}, "from": source, "to": target})
        moves = []
        for (_n, target, _name), parts in sorted(own.items(), key=lambda item: item[0][0]):
            parts.sort(key=lambda part: part[0])
            carried, flow = parts[0][2:]
            moves.append(
                {
                    "verb": carried.get("verb"),
                    "name": _words(carried, flow),
                    "from": [part[1] for part in parts],
                    "to": target,
                    "label": _words(carried, part="label"),
                    **{part: carried.get(part, "").split() for part in ("roles", "needs")},
                    **{part: carried.get(part, "") for part in ("holder", "clock", "outcome", "drawn")},
                }
            )
        return moves + foreign

    def _name(self, key: str) -> str:
        return next((self.nodes[id].get("name") or key for id, k in self.keys.items() if k == key), key)

    def _ways(self, node: str, passed: tuple[str, ...]) -> list[tuple[Any, str, str]]:
        """(flow that carries the move, its name, the step it leads to) for each way out of `node`, through gateways."""
        found = []
        for flow in self.out[node]:
            target, name = flow.get("targetRef"), flow.get("name", "")
            if target in self.keys:
                found.append((flow, name, self.keys[target]))
            elif target in passed:
                self.found.append(_told(flow, _("Gateways that lead to one another in a ring.")))
            elif _tag(self.nodes[target]) == "startEvent":
                self.found.append(_told(flow, _("A way into a start event. Let it lead to the first step.")))
            else:
                found += [(last, inner or name, step) for last, inner, step in self._ways(target, (*passed, target))]
        return found


def _own(element: Any, tag: str) -> Any:
    return element.find(f"{bpmn('extensionElements')}/{ours(tag)}")


def _words(own: Any, shown: Any = None, part: str = "name") -> dict:
    """Words in two languages that our extension carries; a name changed in the modeller is the one meant."""
    element = own.find(ours(part))
    words = {} if element is None else take_name(element)
    return words if shown is None else _said(shown, words)


def _said(shown: Any, words: dict) -> dict:
    name = shown.get("name", "")
    return words if name == plain(words) or not name else {**words, "zh": name}


def _limit(element: Any, length: str) -> dict[str, Any] | None:
    return {"length": int(element.get(length)), "unit": element.get("unit")} if element.get(length) else None


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _told(element: Any, why: Wording | None = None, owner: Any = None) -> Unsupported:
    who = owner if owner is not None and not element.get("id") else element
    name = element.get("name") or (owner.get("name") if owner is not None else "") or ""
    tag = _tag(element)
    return Unsupported(element.sourceline or 0, tag, who.get("id") or "", name, why or UNSUPPORTED.get(tag, OTHER))
