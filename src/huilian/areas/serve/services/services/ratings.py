"""「好差评」 Five grades; every bad one is called back by somebody who did not handle it, and corrected on a clock."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.clocks import services as clocks
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import State
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from .. import rules
from ..models import Application, Rating
from ..queries.catalogue import number_of
from .people import CITIZEN, locked, require_point, tell_unit

LONGEST = 500


@transaction.atomic
def rate(application: Application, *, stars: int, words: str = "", call_me: bool = False, by=CITIZEN) -> Rating:
    """The applicant's grade, once, after the matter is closed. Nobody is asked to explain a good one.

    Who gave a bad one is called back, and whoever wishes it (`call_me`).
    """
    application = locked(application)
    if application.case.state != State.CLOSED:
        raise Conflict(_("The matter is not finished yet. You can rate it when you have the result."))
    if Rating.objects.filter(application=application).exists():
        raise Conflict(_("This matter was already rated."))
    if stars not in Rating.Stars.values:
        raise Invalid(_("Choose one of the five grades."), field="stars")
    if len(words) > LONGEST:
        raise Invalid(_("At most %(most)s characters.") % {"most": LONGEST}, field="words")
    rating = Rating.objects.create(
        application=application,
        stars=stars,
        words=words.strip(),
        rated_at=now(),
        state=rules.state_of_rating(stars, call_me),
    )
    if rating.state == Rating.State.CALL:
        _clock(rating, "call_back_days", application, by)
        notice = "services.bad_rating" if rating.is_bad else "services.call_wished"
        tell_unit(application.point.unit, notice, application)
    cases.act(application.case, "rate", by=by, holder="anyone", data={"stars": stars})
    return rating


def _clock(rating: Rating, number: str, application: Application, by) -> None:
    """One clock at a time: to call back, then to correct."""
    if rating.clock_id and rating.clock.is_open:
        clocks.stop(rating.clock, by=by)
    rating.clock = clocks.start(
        rating, length=number_of(number), unit="workday", kind=number, place=application.case.place, by=by
    )
    rating.save(update_fields=["clock"])


@transaction.atomic
def call_back(rating: Rating, *, confirmed: bool, note: str, by) -> Rating:
    """Call a bad rating back: it holds and is corrected, or it was a slip and somebody else decides.

    A good one whose citizen wished to be called has nothing to correct: the call closes it.
    """
    rating = _locked(rating, Rating.State.CALL)
    _require_not_involved(rating, by)
    _require_words(note, _("Write what the applicant said."), "note")
    rating.called_at, rating.called_by, rating.call_note = now(), by, note.strip()
    if not rating.is_bad:
        _end(rating, Rating.State.CLOSED, by)
    elif confirmed:
        rating.state = Rating.State.CORRECT
        _clock(rating, "bad_rating_days", rating.application, by)
        tell_unit(
            rating.application.point.unit, "services.to_correct", rating.application, due=str(rating.clock.due_on)
        )
    else:
        rating.state, rating.appeal_note, rating.appealed_by = Rating.State.APPEAL, note.strip(), by
    return _written(rating, "services.call_back", by, confirmed=confirmed)


@transaction.atomic
def decide_slip(rating: Rating, *, slip: bool, note: str, by) -> Rating:
    """Decide whether the grade was a slip of the finger; never by who made the call."""
    rating = _locked(rating, Rating.State.APPEAL)
    require_point(by, "service.oversee", rating.application.point)
    if rating.appealed_by_id == by.pk:
        raise NotAllowed(_("Who made the call cannot decide that it was a slip. Somebody else must."))
    _require_words(note, _("Say why."), "note")
    rating.decided_by, rating.decision_note = by, note.strip()
    if slip:
        _end(rating, Rating.State.SLIP, by)
    else:
        rating.state = Rating.State.CORRECT
        _clock(rating, "bad_rating_days", rating.application, by)
    return _written(rating, "services.decide_slip", by, slip=slip)


@transaction.atomic
def correct(rating: Rating, *, correction: str, by) -> Rating:
    """Write what was put right; the clock stops, and the applicant is asked once more."""
    rating = _locked(rating, Rating.State.CORRECT)
    require_point(by, "service.take", rating.application.point)
    _require_words(correction, _("Write what was put right."), "correction")
    rating.correction, rating.corrected_at, rating.state = correction.strip(), now(), Rating.State.CHECK
    clocks.stop(rating.clock, by=by)
    return _written(rating, "services.correct", by)


@transaction.atomic
def confirm_correction(rating: Rating, *, content: bool, note: str, by) -> Rating:
    """The applicant was asked again: content closes it, not content sends it back to be corrected."""
    rating = _locked(rating, Rating.State.CHECK)
    _require_not_involved(rating, by)
    _require_words(note, _("Write what the applicant said."), "note")
    rating.call_note = f"{rating.call_note}\n{note.strip()}"
    if content:
        _end(rating, Rating.State.CLOSED, by)
    else:
        rating.state = Rating.State.CORRECT
        _clock(rating, "bad_rating_days", rating.application, by)
    return _written(rating, "services.confirm_correction", by, content=content)


def _end(rating: Rating, state: str, by) -> None:
    if rating.clock.is_open:
        clocks.stop(rating.clock, by=by)
    rating.state, rating.closed_at = state, now()


def _locked(rating: Rating, state: str) -> Rating:
    joined = ("clock", "application__case", "application__point__unit", "application__item")
    rating = locking.locked(Rating.objects.select_related(*joined), rating.pk)
    if rating.state != state:
        raise Conflict(
            _("This rating stands at “%(state)s” by now. Look at it again.") % {"state": rating.get_state_display()}
        )
    return rating


def _require_not_involved(rating: Rating, by) -> None:
    """差评回访 is never made by who took the matter in or carried it as agent."""
    application = rating.application
    require_point(by, "service.oversee", application.point)
    if by.pk in (application.first_asked_id, application.agent and application.agent.user_id):
        raise NotAllowed(_("Who handled the matter cannot make this call. Somebody else must."))


def _require_words(text: str, say: str, field: str) -> None:
    if len(text.strip()) < 4:
        raise Invalid(say, field=field)


def _written(rating: Rating, verb: str, by, **data) -> Rating:
    rating.save()
    record(verb, rating.application.case, by=by, data=data)
    return rating
