"""「复查·复核」 Asked within thirty days of the answer, decided within thirty; after the second there is no third."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import CaseStep
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Petition, Review
from .guards import CITIZEN, locked, said, tell_unit

Stage, Result = Review.Stage, Review.Result
HEARING = "信访工作条例（2022年5月1日起施行）第三十六条"
OFFICE = ("petition_clerk", "petition_head", "petition_desk")


@transaction.atomic
def ask_review(petition: Petition, *, reason: str, by=CITIZEN, expected: int | None = None) -> Review:
    """Ask the organ above to review the answer, or to review the review for the last time.

    Raises Conflict when the thirty days are over, with what is left to the person.
    """
    petition = locked(petition)
    first = petition.reviews.filter(stage=Stage.REVIEW).exclude(delivered_at=None).order_by("pk").last()
    stage = Stage.FINAL if petition.case.step == "reviewed" else Stage.REVIEW
    until = first.ask_until if first and stage == Stage.FINAL else petition.ask_until
    if until is not None and today() > until:
        raise Conflict(
            _("The thirty days ended on %(day)s. New facts can be raised as a new petition; courts remain open.")
            % {"day": until}
        )
    if by is not CITIZEN:
        require(by, "petitions.take")
    made = Review(petition=petition, stage=stage, reason=said(reason, "reason", 4), asked_at=now())
    unit = _office()
    petition.case = cases.move(
        petition.case, "ask_final" if stage == Stage.FINAL else "ask_review", by=by, unit=unit, expected=expected,
        class_key="final" if stage == Stage.FINAL else "review",
    )  # fmt: skip
    made.save()
    tell_unit(unit, "petitions.review", petition.case.number)
    return made


def _office() -> Unit:
    """The office that keeps the reviews. Raises Invalid where nobody holds the post."""
    for held in Appointment.objects.filter(in_office(today())).select_related("post__unit").order_by("pk"):
        if "petition_reviewer" in held.post.roles:
            return held.post.unit
    raise Invalid(_("Nobody holds the post for reviews. Have somebody appointed, then go on."))


@transaction.atomic
def decide_review(petition: Petition, *, organ: str, result: str, text: str, by, expected: int | None = None) -> Review:
    """The opinion of the reviewing organ, delivered today. Nobody of the unit that answered decides on its answer."""
    require(by, "petitions.review")
    petition = locked(petition)
    review = petition.reviews.filter(delivered_at=None).order_by("pk").last()
    if review is None:
        raise Conflict(_("No review is asked for."))
    unit = _handled_by(petition)
    if unit and unit.pk in units_of(by):
        raise NotAllowed(_("Your unit gave the answer, so somebody else must review it."))
    if result not in Result.values:
        raise Invalid(_("Choose what came of the review."), field="result")
    review.organ, review.result, review.text = said(organ, "organ"), result, said(text, "text", 10)
    review.delivered_at = now()
    given = {"by": by, "expected": expected, "data": {"result": result}}
    if result == Result.AGAIN:
        petition.case = cases.move(petition.case, "handle_again", unit=unit, class_key=petition.kind, **given)
        tell_unit(unit, "petitions.again", petition.case.number)
    elif review.stage == Stage.REVIEW:
        review.ask_until = rules.ask_until(today(), calendar_for(petition.place))
        petition.case = cases.move(petition.case, "decide_review", **given)
    else:
        petition.case = cases.move(petition.case, "decide_final", **given)
    review.save()
    return review


def _handled_by(petition: Petition) -> Unit | None:
    stay = CaseStep.objects.filter(case=petition.case, step="delivering").select_related("unit").order_by("-pk").first()
    return stay.unit if stay else None


@transaction.atomic
def begin_hearing(petition: Petition, *, by) -> Petition:
    """A hearing is held: its time is not counted into the final review (第三十六条)."""
    require(by, "petitions.review")
    petition = locked(petition)
    if petition.case.step != "final":
        raise Conflict(_("Only the final review stands still for a hearing."))
    petition.case = cases.pause(petition.case, reason="hearing", basis=HEARING, by=by)
    return petition


@transaction.atomic
def end_hearing(petition: Petition, *, by) -> Petition:
    require(by, "petitions.review")
    petition = locked(petition)
    petition.case = cases.resume(petition.case, by=by)
    return petition
