"""「反馈」 The result reaches the applicant, with something that shows it; and the agent who goes instead."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Person
from huilian.engine.documents import services as documents
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import require_free
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from ..models import Application, Feedback, Trip
from ..prints import Print, paper_of
from .people import locked, require_point, works_in

SHORTEST_PURPOSE = 4  # characters


@transaction.atomic
def tell(
    application: Application,
    *,
    way: str,
    proof: str,
    reached: bool = True,
    photo: tuple[BinaryIO, str] | None = None,
    by,
    expected: int | None = None,
) -> Feedback:
    """Tell the applicant of the result, and note what shows it: who signed, which call, where. Only this closes it.

    Not reached: the attempt is kept, the matter and its clock stay open.
    """
    application = locked(application)
    if application.case.step != "feedback":
        raise Conflict(_("There is no result to be told of yet."))
    if way not in Feedback.Way.values:
        raise Invalid(_("Choose how the applicant was told."), field="way")
    if len(proof.strip()) < 4:
        raise Invalid(_("Write what shows it: who signed for it, whom you spoke to and when."), field="proof")
    file = documents.attach(*photo, application.case, kind="service_proof", by=by) if photo else None
    feedback = Feedback.objects.create(
        application=application, way=way, proof=proof.strip(), reached=reached, file=file, at=now(), by=by
    )
    said = {"way": way}
    if not reached:
        cases.act(application.case, "feedback", by=by, data=said)
        return feedback
    if way == Feedback.Way.HANDED and moment(application.case.received_at).date() != today():
        application.trips += 1  # they came for it on another day
        application.save(update_fields=["trips"])
    application.case = cases.move(application.case, "tell", by=by, expected=expected, data=said)
    return feedback


@transaction.atomic
def name_agent(application: Application, agent: Person, *, by) -> Application:
    """Name or change the agent; the letter of delegation is made out to them."""
    application = locked(application)
    require_point(by, "service.take", application.point)
    if not application.case.is_open:
        raise Conflict(_("%(number)s is already closed.") % {"number": application.number})
    if not works_in(agent, application.point.unit):
        raise Invalid(_("%(agent)s does not work at this point.") % {"agent": agent.name}, field="agent")
    application.agent, application.delegated_at = agent, now()
    application.save(update_fields=["agent", "delegated_at"])
    record("service.agent", application.case, by=by, data={"agent": agent.name})
    return application


@transaction.atomic
def note_trip(application: Application, *, on, where: str, done: str, by) -> Trip:
    """The agent notes a way gone for the applicant."""
    application = locked(application)
    person = getattr(by, "person", None)
    if person is None or application.agent_id != person.pk:
        raise NotAllowed(_("Only the agent of this matter notes trips."))
    if not application.case.is_open:
        raise Conflict(_("%(number)s is already closed.") % {"number": application.number})
    if on > today() or on < moment(application.case.received_at).date():
        raise Invalid(_("The day of the trip lies between the application and today."), field="on")
    if not where.strip() or len(done.strip()) < 4:
        raise Invalid(_("Write where you went and what you did there."), field="done")
    trip = Trip.objects.create(
        application=application, agent=person, on=on, where=where.strip(), done=done.strip(), noted_at=now()
    )
    record("service.trip", application.case, by=by, data={"where": trip.where})
    return trip


@transaction.atomic
def note_fee(application: Application, *, cents: int, by) -> Application:
    """Note a fee somebody took although services are free; found by a check or said by the applicant. Raises SP07."""
    require(by, "service.oversee")
    application = locked(application)
    if cents <= 0:
        raise Invalid(_("Write what was taken, in yuan."), field="cents")
    application.fee_cents = cents
    application.save(update_fields=["fee_cents"])
    record("service.fee", application.case, by=by, data={"cents": cents})
    return application


@transaction.atomic
def reveal_applicant(application: Application, *, purpose: str, by) -> tuple[str, str]:
    """The applicant's name and number in full, for a purpose that is written down where it cannot be removed."""
    require(by, "service.see")
    application = locked(application)
    if not cases_visible_to(by).filter(pk=application.case_id).exists():
        raise NotAllowed(_("This matter is not with you."))
    require_free(application.case, by)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Invalid(_("Say what you need the number for; it is kept in the trail."), field="purpose")
    record("service.reveal", application.case, by=by, data={"purpose": purpose.strip()})
    return application.applicant_name, application.applicant_phone


@transaction.atomic
def print_paper(application: Application, key: str, *, by) -> Print:
    """A paper of the application to be printed, with the applicant's whole name on it; that it was is recorded."""
    require(by, "service.see")
    paper = paper_of(application, key)
    if paper is None:
        raise Conflict(_("This paper cannot be printed as things stand."))
    record("service.print", application.case, by=by, data={"paper": paper.title})
    return paper
