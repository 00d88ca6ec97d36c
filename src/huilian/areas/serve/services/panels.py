"""What the case page of an application shows."""

from huilian.engine.clocks.queries import clock_face
from huilian.engine.look.text import say
from huilian.engine.procedures.guards import units_of
from huilian.foundation.masking import mask_name, mask_phone

from . import rules
from .models import Application, Leg
from .queries.catalogue import offer, point_of


def _of(case) -> Application:
    return case.service_application


def decides_here(case) -> bool:
    """Whether the unit that has the case may give the result of the item."""
    application = _of(case)
    here = point_of(case.unit)
    offered = offer(here, application.item)
    return bool(offered and offered.may_answer and rules.may_decide(here.level, application.item.decided_at))


def awaits_answers(case) -> bool:
    return _of(case).legs.filter(kind=Leg.Kind.CO, ended_at=None).exists()


def is_agent(case, user) -> bool:
    person = getattr(user, "person", None)
    return person is not None and _of(case).agent_id == person.pk


def application(case, user) -> dict:
    """Who applied for what, and the promise. Names and numbers are masked."""
    found = _of(case)
    said = [(say(field), found.said[field["key"]]) for field in found.item.fields if field["key"] in found.said]
    return {
        "application": found,
        "applicant": mask_name(found.applicant_name),
        "phone": mask_phone(found.applicant_phone),
        "said": said,
        "may_reveal": case.unit_id in units_of(user) or found.point.unit_id in units_of(user),
    }


def papers(case, user) -> dict:
    found = _of(case)
    return {"papers": found.papers.prefetch_related("files"), "notices": found.notices.all()}


def legs(case, user) -> dict:
    """「联合办理」 Every hand-over on its own clock, and the total."""
    rows = [
        {"leg": leg, "face": leg.clock and clock_face(leg.clock)}
        for leg in _of(case).legs.select_related("unit", "clock")
    ]
    return {"legs": rows, "whole": clock_face(case.clock) if case.clock_id else None}


def prints(case, user) -> dict:
    """The papers that can be printed as things stand."""
    from .prints import offered

    return {"prints": offered(_of(case)), "number": case.number}


def agent(case, user) -> dict:
    found = _of(case)
    return {"application": found, "trips": found.travel.all(), "feedbacks": found.feedbacks.all()}


def rating(case, user) -> dict:
    return {"rating": getattr(_of(case), "rating", None)}
