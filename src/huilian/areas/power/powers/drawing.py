"""A flow written in short becomes a procedure. Pure; the seeds use it, the county draws on in the flow editor.

One step a line: a letter for the lane, the working days it may take, what it is, what it must produce:

    m5 代表会议决议 | Decision by the representatives = 会议记录、签到和票数 | Minutes, who came, votes

`n7` is a notice of seven natural days; a `?` after the number marks a step that may be left out.
"""

import re
from collections.abc import Mapping, Sequence
from math import ceil

from . import rules

# Lanes by their letter: key, name, who acts, working days where none are written [origin=default].
LANES: dict[str, tuple[str, str, tuple[str, ...], int]] = {
    "v": ("village", "村“两委” | Village committees", ("village_clerk", "village_head"), 3),
    "m": ("meeting", "村级会议 | Village meetings", ("village_clerk", "village_head"), 7),
    "s": ("committee", "村务监督|委员会 | Supervision|committee", ("village_stamper",), 3),
    "a": ("accountant", "报账员 | Village|accountant", ("village_accountant",), 3),
    "k": ("agency", "委托代理|中心 | Bookkeeping|agency", ("agency_bookkeeper", "agency_reviewer"), 3),
    "t": ("township", "乡镇 | Township", ("township_clerk",), 5),
    "f": ("township", "乡镇 | Township", ("township_approver",), 3),
    "b": ("county", "县级部门 | County|department", ("department_clerk",), 10),
    "w": ("clerk", "经办岗 | Clerk", ("department_clerk", "township_clerk"), 3),
    "h": ("head", "负责人 | Head", ("unit_head", "township_approver"), 2),
    "d": ("board", "领导班子|会议 | Leaders'|meeting", ("unit_head", "township_approver"), 5),
}
NOTICE = "n"
_STEP = re.compile(r"([a-z])(\d*)(\??) (.+)")
_RISK = re.compile(r"(\d+)(!?)(?:@(\w+))? (.+)")
BACK = {"zh": "退回补正", "en": "Send back to be corrected"}
REFUSE = {"zh": "不予办理", "en": "Refuse"}
WITHDRAW = {"zh": "撤回", "en": "Withdraw"}
FINISH = {"zh": "办结归档", "en": "Finish and file"}


def draw(code: str, name: Mapping[str, str], flow: Sequence[str], risks: Sequence[str] = (), *, lanes=None) -> dict:
    """The procedure of the item `code`: every step may send back or refuse, the first may be withdrawn.

    `lanes` renames lanes for another kind of body. Raises ValueError naming the line that cannot be read.
    """
    own = {
        letter: (key, (lanes or {}).get(letter, text), roles, days)
        for letter, (key, text, roles, days) in LANES.items()
    }
    mover = next(line[0] for line in flow if line[0] != NOTICE)  # who moves the matter also puts up its notices
    steps, optional = [], set()
    for index, line in enumerate(flow):
        step, left_out = _step(index, line, own, mover)
        steps.append(step)
        if left_out:
            optional.add(index)
    for mark, risk in enumerate(risks, 1):
        at, point = _risk(mark, risk)
        steps[at - 1].setdefault("risks", []).append(point)
    used = dict.fromkeys(step["lane"] for step in steps)
    named = {key: rules.two(text) for key, text, _roles, _days in reversed(own.values())}
    last = steps[-1]["lane"]
    ends = [
        {"key": "closed", "name": {"zh": "办结", "en": "Closed"}, "lane": last, "kind": "end", "column": len(steps)},
        *(
            {"key": key, "name": words, "lane": last, "kind": "end", "column": len(steps), "drawn": False}
            for key, words in (("refused", REFUSE), ("withdrawn", WITHDRAW))
        ),
    ]
    return {
        "key": rules.procedure_key(code),
        "prefix": "SX",
        "name": dict(name),
        "origin": "default",
        "lanes": [{"key": key, "name": named[key]} for key in used],
        "classes": [{"key": "whole", "name": {"zh": "全程", "en": "Whole"}, "limit": days_of(steps)}],
        "steps": [*steps, *ends],
        "moves": _moves(steps, optional),
    }


def days_of(steps: Sequence[Mapping]) -> int:
    """Working days of all steps together: the limit of the whole."""
    return sum(step["limit"] for step in steps)


def risk_lines(risks: Sequence[str]) -> list[dict[str, str]]:
    """The same risk points as the item tells them: the point and what is done against it."""
    points = [_risk(mark, risk)[1] for mark, risk in enumerate(risks, 1)]
    return [
        {"zh": f"{p['name']['zh']}：{p['note']['zh']}", "en": f"{p['name'].get('en', '')}: {p['note'].get('en', '')}"}
        for p in points
    ]


def _step(index: int, line: str, lanes: Mapping, mover: str) -> tuple[dict, bool]:
    found = _STEP.fullmatch(line)
    if found is None or found[1] not in (*lanes, NOTICE):
        raise ValueError(f"step {index + 1} cannot be read: {line}")
    letter, number, left_out, words = found.groups()
    words, _is, produces = words.partition(" = ")
    key, _text, roles, days = lanes[mover if letter == NOTICE else letter]
    step = {
        "key": f"s{index + 1}",
        "name": rules.two(words),
        "lane": key,
        "column": index,
        "roles": list(roles),
        "holder": "unit",
        "limit": int(number or days),
    }
    if index == 0:
        step["kind"] = "start"
    if letter == NOTICE:
        step["limit"] = ceil(int(number) * 5 / 7) + 2  # the notice itself and two days to take it down and go on
        step["discloses"] = [
            {
                "zh": f"公示不少于{number}日，公布监督电话",
                "en": f"On display for {number} days or more, with a number to call",
            }
        ]
    if produces:
        step["produces"] = [rules.two(produces)]
    return step, bool(left_out)


def _risk(mark: int, line: str) -> tuple[int, dict]:
    found = _RISK.fullmatch(line)
    if found is None or " = " not in line:
        raise ValueError(f"risk {mark} cannot be read: {line}")
    at, grave, model, words = found.groups()
    name, _is, note = words.partition(" = ")
    point = {"mark": mark, "level": "red" if grave else "orange", "name": rules.two(name), "note": rules.two(note)}
    return int(at), point | ({"model": model} if model else {})


def _moves(steps: Sequence[Mapping], optional: set[int]) -> list[dict]:
    keys = [step["key"] for step in steps]
    moves = []
    for index, step in enumerate(steps[:-1]):
        moves.append(_onward("next", step, steps[index + 1]))
        if index + 1 in optional and index + 2 < len(steps):
            skip = _onward("skip", step, steps[index + 2])
            moves.append({**skip, "drawn": "dash", "label": {"zh": "不需要时", "en": "where not needed"}})
    moves[0]["clock"] = "start"
    moves.append({"verb": "finish", "name": FINISH, "from": keys[-1], "to": "closed", "clock": "stop"})
    moves.append({"verb": "back", "name": BACK, "from": keys[1:], "to": keys[0], "needs": ["note"], "drawn": "none"})
    moves.append({"verb": "refuse", "name": REFUSE, "from": keys[1:], "to": "refused", "needs": ["note"],
                  "outcome": "refused", "drawn": "none"})  # fmt: skip
    moves.append({"verb": "withdraw", "name": WITHDRAW, "from": keys[0], "to": "withdrawn", "needs": ["note"],
                  "outcome": "withdrawn", "drawn": "none"})  # fmt: skip
    return moves


def _onward(verb: str, step: Mapping, onto: Mapping) -> dict:
    name = onto["name"]
    words = {"zh": f"转“{name['zh']}”", "en": f"On to “{name.get('en', name['zh'])}”"}
    needs = {"needs": ["unit"]} if onto["lane"] == "county" and step["lane"] != "county" else {}
    return {"verb": verb, "name": words, "from": step["key"], "to": onto["key"], **needs}
