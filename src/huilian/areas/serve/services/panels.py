"""What the case page of an application shows."""

from django.db.models import Prefetch, prefetch_related_objects

from huilian.engine.clocks.queries import clock_face
from huilian.engine.look.text import say
from huilian.engine.procedures.guards import units_of
from huilian.foundation.masking import mask_name, mask_phone

from . import rules
from .models import Application, Leg, PointItem


def of(case) -> Application:
    """The application of a case, read once with what its page shows and with what the unit that has it may do."""
    whole = Application.objects.select_related("item", "point", "agent", "first_asked", "rating")
    offers = PointItem.objects.filter(point__unit=case.unit_id).select_related("point")
    prefetch_related_objects(
        [case],
        Prefetch("service_application", whole.prefetch_related("notices")),
        Prefetch("service_application__item__offers", offers, to_attr="offers_here"),
    )
    return case.service_application


def decides_here(case) -> bool:
    """Whether the unit that has the case may give the result of the item."""
    item = of(case).item
    return any(o.may_answer and rules.may_decide(o.point.level, item.decided_at) for o in item.offers_here)


def awaits_answers(case) -> bool:
    return of(case).legs.filter(kind=Leg.Kind.CO, ended_at=None).exists()


def is_agent(case, user) -> bool:
    person = getattr(user, "person", None)
    return person is not None and of(case).agent_id == person.pk


def application(case, user) -> dict:
    """Who applied for what, and the promise. Names and numbers are masked."""
    found = of(case)
    said = [(say(field), found.said[field["key"]]) for field in found.item.fields if field["key"] in found.said]
    return {
        "application": found,
        "applicant": mask_name(found.applicant_name),
        "phone": mask_phone(found.applicant_phone),
        "said": said,
        "may_reveal": case.unit_id in units_of(user) or found.point.unit_id in units_of(user),
    }


def papers(case, user) -> dict:
    found = of(case)
    return {"papers": found.papers.prefetch_related("files"), "notices": found.notices.all()}


def legs(case, user) -> dict:
    """「联合办理」 Every hand-over on its own clock, and the total."""
    rows = [
        {"leg": leg, "face": leg.clock and clock_face(leg.clock)}
        for leg in of(case).legs.select_related("unit", "clock")
    ]
    return {"legs": rows, "whole": clock_face(case.clock) if case.clock_id else None}


def prints(case, user) -> dict:
    """The papers that can be printed as things stand."""
    from .prints import offered

    return {"prints": offered(of(case)), "number": case.number}


def agent(case, user) -> dict:
    found = of(case)
    return {"application": found, "trips": found.travel.all(), "feedbacks": found.feedbacks.all()}


def rating(case, user) -> dict:
    return {"rating": getattr(of(case), "rating", None)}
