"""What somebody may know of their own complaint, by its number and code."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from huilian.engine.clocks.queries import Face, clock_face
from huilian.engine.look.text import say
from huilian.engine.procedures.models import CaseStep, State

from ..models import ActComplaint


def code_digest(code: str) -> str:
    """What is kept of a code."""
    plain = "".join(code.split()).replace("-", "").upper()
    return salted_hmac("monitoring.complaint", plain, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class ComplaintView:
    """A complaint as its citizen sees it; `stages` are (name, done | now | todo) of the steps it goes through."""

    number: str
    about: str
    text: str
    received_at: datetime
    stages: tuple[dict[str, str], ...]
    clock: Face | None
    is_refused: bool
    result: str
    justified: bool | None


def complaint_by_code(number: str, code: str) -> ActComplaint | None:
    """The complaint, when the code belongs to it. A wrong number and a wrong code look alike."""
    found = complaint_numbered(number)
    return found if constant_time_compare(code_digest(code), found.code_digest if found else "") else None


def complaint_numbered(number: str) -> ActComplaint | None:
    """The complaint whose code the caller has checked before."""
    return (
        ActComplaint.objects.select_related("case__procedure", "case__lamp", "about")
        .filter(case__number=number.strip().upper())
        .first()
    )


def complaint_view(complaint: ActComplaint) -> ComplaintView:
    case = complaint.case
    passed = set(CaseStep.objects.filter(case=case).values_list("step", flat=True))
    drawn = [step for step in case.definition.steps if step.drawn or step.key in passed]
    stages = [
        {"name": say(step.name), "state": "now" if step.key == case.step and case.is_open else _state(step.key, passed)}
        for step in drawn
        if case.state != State.REFUSED or step.key in passed
    ]
    return ComplaintView(
        number=case.number,
        about=complaint.about.number,
        text=complaint.text,
        received_at=case.received_at,
        stages=tuple(stages),
        clock=clock_face(case.lamp) if case.lamp_id else None,
        is_refused=case.state == State.REFUSED,
        result="" if case.is_open else complaint.result,
        justified=None if case.is_open else complaint.justified,
    )


def _state(key: str, passed: set[str]) -> str:
    return "done" if key in passed else "todo"
