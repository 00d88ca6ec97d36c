"""The history of an imported matter on the procedure: only what its row says, nothing supposed.

A row tells some moments and is silent about others. Each moment it tells is a move of the procedure; where moves
between two known moments are missing, the stay before is marked as left by the import. An answered matter of a file
that knows no call-backs and no closings is closed at the answer as imported history and counted apart from matters
whose citizen was called; where the file does know them, only what it says is closed is closed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from huilian.engine.procedures.definition import Definition

from .. import rules
from .rows import Letter

IMPORT = "import"  # left by the import itself: how the matter got on is not known
IMPORTED = "imported"  # the outcome of a matter whose closing rests on the file alone


class Stay(NamedTuple):
    step: str
    entered_at: datetime
    left_at: datetime | None = None
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Where the matter stands and how it came there."""

    stays: list[Stay]
    step: str
    end: str  # "", closed, refused or merged
    outcome: str
    closed_at: datetime | None
    has_clock: bool  # refused, merged and at once answered matters have no time limit of their own
    stopped_at: datetime | None


def history_of(letter: Letter, procedure: Definition, *, knows_ends: bool) -> History:
    """The history `letter` amounts to. `knows_ends`: its file says of each matter whether it was closed."""
    end, outcome, closed_at = _end(letter, knows_ends)
    timed = end not in ("refused", "merged") and not letter.at_once
    stays = _stays(letter, procedure)
    if end:
        stays = _left(stays, end, closed_at, _closing_verb(letter, stays[-1].step, end, outcome), procedure)
    return History(stays, stays[-1].step, end, outcome, closed_at, timed, letter.answered_at or closed_at)


def _end(letter: Letter, knows_ends: bool) -> tuple[str, str, datetime | None]:
    last = letter.closed_at or letter.called_at or letter.answered_at or letter.dispatched_at or letter.received_at
    if letter.end in ("refused", "merged"):
        return letter.end, letter.end, last
    content = bool(letter.called_at) and rules.is_content(solved=letter.solved, satisfaction=letter.satisfaction)
    if letter.closed_at or letter.end or content:
        said = letter.end if letter.end in ("explained", "unreached") else ""
        return "closed", said or ("" if content else IMPORTED), last
    if letter.answered_at and not knows_ends:
        return "closed", IMPORTED, letter.answered_at
    return "", "", None


def _stays(letter: Letter, procedure: Definition) -> list[Stay]:
    stays = [Stay(procedure.start, letter.received_at)]
    if letter.dispatched_at or letter.at_once or letter.end == "merged" or not letter.answered_at:
        stays = _moved(stays, "accept", letter.received_at, procedure)
    moves = (
        ("dispatch", letter.dispatched_at),
        ("sign", letter.signed_at),
        ("answer_now" if letter.at_once else "answer", letter.answered_at),
        ("report", letter.reported_at),
        ("accept_report", letter.checked_at or letter.called_at if letter.reported_at else letter.checked_at),
    )
    for verb, at in moves if letter.end != "refused" else ():
        if at:
            stays = _moved(stays, verb, at, procedure)
    return stays


def _moved(stays: list[Stay], verb: str, at: datetime, procedure: Definition) -> list[Stay]:
    move = next(m for m in procedure.moves if m.verb == verb)
    by = verb if stays[-1].step in move.sources else IMPORT
    return _left(stays, move.target, at, by, procedure)


def _left(stays: list[Stay], target: str, at: datetime, by: str, procedure: Definition) -> list[Stay]:
    """Leave the last stay for `target`; a stay without duration that nobody really made is left out."""
    *before, last = stays
    if by == IMPORT and last.entered_at == at and before:
        return [*before[:-1], before[-1]._replace(left_by=IMPORT), Stay(target, at)]
    return [*before, last._replace(left_at=at, left_by=by), Stay(target, at)]


def _closing_verb(letter: Letter, step: str, end: str, outcome: str) -> str:
    if end == "closed" and step == "calling" and outcome != IMPORTED:
        return {"explained": "close_explained", "unreached": "close_unreached"}.get(outcome, "close")
    return "merge" if end == "merged" and step == "sorting" else IMPORT
