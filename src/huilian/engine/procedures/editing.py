"""Changes to the text of a procedure, one at a time: plain values in, a new text out. Nothing is kept here.

A change never leaves a step hanging where that can be helped: a new step is put into the way, a removed one is taken
out of it. What cannot be helped is named by `faults`.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

Body = dict[str, Any]


def blank(key: str, name: dict, prefix: str) -> Body:
    """A procedure of three steps to begin with: asked for, worked on, closed."""
    asked, working, closed = (
        {"zh": zh, "en": en} for zh, en in (("申请", "Application"), ("办理", "Handling"), ("办结", "Closed"))
    )
    office, plain = {"zh": "承办单位", "en": "Unit in charge"}, {"zh": "一般", "en": "Ordinary"}
    return {
        "key": key,
        "name": name,
        "prefix": prefix,
        "origin": "county",
        "lanes": [{"key": "lane-1", "name": office}],
        "classes": [{"key": "plain", "name": plain, "limit": {"length": 5, "unit": "workday"}}],
        "start": "asked",
        "steps": [
            {"key": "asked", "name": asked, "lane": "lane-1", "kind": "start", "roles": [], "holder": "unit"},
            {"key": "working", "name": working, "lane": "lane-1", "roles": [], "holder": "unit"},
            {"key": "closed", "name": closed, "lane": "lane-1", "kind": "end"},
        ],
        "moves": [
            {
                "verb": "submit",
                "name": {"zh": "受理", "en": "Accept"},
                "from": "asked",
                "to": "working",
                "needs": ["class"],
                "clock": "start",
            },
            {"verb": "close", "name": closed, "from": "working", "to": "closed", "clock": "stop"},
        ],
    }


def add_step(body: Body, after: str, name: dict) -> tuple[Body, str]:
    """A new step behind `after`: what led on from there now leads to the new one, which leads on as before."""
    body = _copied(body)
    here = _index(body, after)
    key = _free("step", {s["key"] for s in body["steps"]})
    step = {**body["steps"][here], "key": key, "name": name, "kind": "task"}
    for own in ("limit", "risks", "produces", "discloses", "quorum", "drawn"):
        step.pop(own, None)
    body["steps"].insert(here + 1, step)
    main = _main_move(body, after)
    if main is not None:
        onward = {
            "verb": _free("go", _verbs(body)),
            "name": {"zh": "下一步", "en": "Next"},
            "from": key,
            "to": main["to"],
        }
        if main.get("clock") == "stop":  # the whole time stops where it stopped: before the step it led to
            onward["clock"] = main.pop("clock")
        _redirect(body, main, after, key)
        body["moves"].append(onward)
    return body, key


def shift_step(body: Body, key: str, by: int) -> Body:
    """The step `by` places further down (up when negative) in the table and the chart; the ways stay."""
    body = _copied(body)
    here = _index(body, key)
    there = min(max(here + by, 0), len(body["steps"]) - 1)
    body["steps"].insert(there, body["steps"].pop(here))
    return body


def remove_step(body: Body, key: str) -> Body:
    """Without the step: what led to it leads where its first way led, unless that would lead back to itself."""
    body = _copied(body)
    main = _main_move(body, key)
    onward = main["to"] if main else ""
    body["steps"] = [step for step in body["steps"] if step["key"] != key]
    moves = []
    for move in body["moves"]:
        sources = [source for source in _sources(move) if source != key]
        if move.get("to") == key:
            sources = [source for source in sources if onward and source != onward]
            move["to"] = onward
        if sources:
            moves.append(_from(move, sources))
    body["moves"] = moves
    if body.get("start") == key and body["steps"]:
        body["start"] = onward or body["steps"][0]["key"]
    return body


def put_step(body: Body, key: str, values: dict, moves: Iterable[dict]) -> Body:
    """The step with `values`, and the ways that lead out of it as `moves` say (those not named are taken away)."""
    body = deepcopy(body)
    here = _index(body, key)
    body["steps"][here] = _without_empty({**body["steps"][here], **values, "key": key})
    wanted = list(moves)
    by_verb = {row["verb"]: row for row in wanted if row.get("verb")}
    kept = []
    for move in body["moves"]:
        if key not in _sources(move):
            kept.append(move)
            continue
        others = [source for source in _sources(move) if source != key]
        row = by_verb.pop(move["verb"], None)
        new = None if row is None else _without_empty({**move, **row})
        if new == move:
            kept.append(move)
            continue
        if others:
            kept.append(_from(move, others))
        if new:
            kept.append(_from(new, [key]))
    body["moves"] = kept
    for row in wanted:
        if not row.get("verb"):
            body["moves"].append(_without_empty({**row, "verb": _free("go", _verbs(body)), "from": key}))
    return body


def put_head(body: Body, values: dict) -> Body:
    """Name, lanes, classes and basis as `values` say. A step in a lane that is gone stands in the first one."""
    body = {**deepcopy(body), **values}
    lanes = [lane["key"] for lane in body["lanes"]]
    for step in body["steps"]:
        if lanes and step.get("lane") not in lanes:
            step["lane"] = lanes[0]
    return body


def _copied(body: Body) -> Body:
    """A copy whose steps stand in the chart in the order of the table."""
    body = deepcopy(body)
    for step in body["steps"]:
        step.pop("column", None)
    return body


def _index(body: Body, key: str) -> int:
    return next(i for i, step in enumerate(body["steps"]) if step["key"] == key)


def _sources(move: dict) -> list[str]:
    sources = move.get("from") or []
    return list(sources) if isinstance(sources, list) else [sources]


def _from(move: dict, sources: list[str]) -> dict:
    return {**move, "from": sources[0] if len(sources) == 1 else sources}


def _main_move(body: Body, key: str) -> dict | None:
    """The way a matter goes on from a step as a rule: the first drawn line, else the first way at all."""
    own = [move for move in body["moves"] if key in _sources(move) and move.get("to")]
    return next((m for m in own if m.get("drawn", "line") == "line"), own[0] if own else None)


def _redirect(body: Body, move: dict, source: str, target: str) -> None:
    others = [s for s in _sources(move) if s != source]
    if others:
        body["moves"].insert(body["moves"].index(move), _from({**move, "to": target}, [source]))
        move["from"] = others[0] if len(others) == 1 else others
    else:
        move["to"] = target


def _verbs(body: Body) -> set[str]:
    return {move["verb"] for move in body["moves"]}


def _free(stem: str, taken: set[str]) -> str:
    return next(f"{stem}{n}" for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)


def _without_empty(values: dict) -> dict:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
