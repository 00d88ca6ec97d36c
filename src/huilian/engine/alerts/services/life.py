"""The life of an alert that has become a case: signed for, explained, checked, rectified, verified, closed.

Each act is a move of the case; here the verdict and the colour follow. Nothing closes by itself. How long each step
may last, who checks at least, and how the colour falls is the route's to say.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.accounts.models import User
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import AS_WRITTEN
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now

from ..answering import answering
from ..guards import locked, rank_of, require_checker
from ..models import Alert, Rectification
from ..routing import limits_of, route_of
from .waiting import up_on

FINDINGS = {
    Alert.Verdict.TRUE: "check",
    Alert.Verdict.PARTLY: "check",
    Alert.Verdict.UNTRUE: "dismiss",
    Alert.Verdict.DATA_ERROR: "find_data_error",
    Alert.Verdict.MADE_GOOD: "accept_correction",
}

WRITTEN = ("state", "verdict", "colour", "level", "levels", "data_owner", "ended_at", "signed_at", "made_good_at",
           "checked_by", "checked_rank", "escalated", "escalates_on")  # fmt: skip


@transaction.atomic
def sign(alert: Alert, *, by, expected: int | None = None) -> Alert:
    """The unit concerned signs for the alert."""
    alert = locked(alert)
    alert = moved_by(alert, "sign", by, "", expected)
    alert.signed_at = now()
    alert.save(update_fields=["signed_at"])
    return alert


@transaction.atomic
def explain(alert: Alert, text: str, *, made_good: bool = False, by, expected: int | None = None) -> Alert:
    """The right of reply: the unit says how it was, before anything counts. This stops the clock of the reply.

    `made_good`: a slip of form has been put right meanwhile (补正). Within the days of grace a checker who sees it so
    closes the alert without counting. Raises `Invalid` where there is no grace.
    """
    alert = locked(alert)
    if made_good:
        if alert.nature != Alert.Nature.FORM:
            raise Invalid(_("Only a slip of form can be made good; here somebody may have gained."), field="made_good")
        if now() > (until := grace_until(alert)):
            raise Invalid(
                _("The days of grace ended on %(day)s. Explain, and put it right after the check.")
                % {"day": f"{until:%F}"},
                field="made_good",
            )
        alert.made_good_at = now()
    alert = moved_by(alert, "explain", by, text, expected, data={"made_good": True} if made_good else {})
    alert.escalates_on = None
    alert.save(update_fields=["made_good_at", "escalates_on"])
    return alert


def grace_until(alert: Alert) -> datetime:
    """The end of the days of grace in which a slip of form may be made good; the moment it was raised if none."""
    since, days = moment(alert.case.clock.started_at), route_of(alert).grace_days
    if not days or alert.nature != Alert.Nature.FORM:
        return since
    last = calendar_for(alert.place).add(since.date(), days)
    return since.replace(year=last.year, month=last.month, day=last.day, hour=23, minute=59, second=59)


@transaction.atomic
def proceed(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """Go on to the check without a reply, once the time for it is over."""
    alert = locked(alert)
    require_checker(alert, by)
    due = max(alert.case.clock.due_at, grace_until(alert))
    if now() <= due:
        raise Conflict(
            _("The unit may answer until %(due)s; the check comes after that.") % {"due": f"{moment(due):%F %H:%M}"}
        )
    alert = moved_by(alert, "proceed", by, note, expected)
    alert.escalates_on = None
    alert.save(update_fields=["escalates_on"])
    return alert


@transaction.atomic
def ask_again(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """The reply leaves something open: back to the unit, the time counting as if it had never stopped."""
    alert = locked(alert)
    require_checker(alert, by)
    alert = moved_by(alert, "ask_again", by, note, expected)
    since = moment(alert.case.clock.started_at).date()
    alert.escalates_on, alert.made_good_at = up_on(route_of(alert), alert.escalated, since, alert.place), None
    alert.save(update_fields=["escalates_on", "made_good_at"])
    return alert


@transaction.atomic
def check(
    alert: Alert, *, verdict: str, note: str, data_owner: Unit | None = None, by, expected: int | None = None
) -> Alert:
    """Say whether it is true. Untrue: closed without counting. A data error: to the owner of the data, not the unit.
    A slip of form made good in time: closed without counting, though the rule was right.

    Never by the unit concerned. Raises `Invalid` without a finding in words, or a data error without an owner.
    """
    alert = locked(alert)
    require_checker(alert, by)
    if verdict not in FINDINGS:
        raise Invalid(_("Say whether it is true, partly true, not true, or an error in the data."), field="verdict")
    if not note.strip():
        raise Invalid(_("Write what was found and on what proof."), field="note")
    if verdict == Alert.Verdict.MADE_GOOD and not alert.made_good_at:
        raise Invalid(_("The unit has not reported within the days of grace that it made this good."), field="verdict")
    alert.checked_by, alert.checked_rank = by if isinstance(by, User) else None, rank_of(by)
    return judged(alert, verdict, FINDINGS[verdict], note, data_owner, by, expected)


def judged(alert: Alert, verdict: str, verb: str, note: str, data_owner: Unit | None, by, expected) -> Alert:
    """What a verdict does, by a check or on appeal, to an alert locked by the caller."""
    owner = None
    if verdict == Alert.Verdict.DATA_ERROR:
        owner = data_owner or alert.data_owner
        if owner is None:
            raise Invalid(_("Choose the unit that owns the data and is to correct them."), field="data_owner")
        alert.data_owner = owner
    alert.verdict = verdict
    moved = moved_by(alert, verb, by, note, expected, unit=owner, data={"verdict": verdict})
    if verdict in (Alert.Verdict.UNTRUE, Alert.Verdict.MADE_GOOD):
        _end(moved)
    elif verdict == Alert.Verdict.DATA_ERROR:
        moved.colour = 0  # from now on it says nothing about the unit concerned
    elif verb == "check":
        order(moved, note)
    return _written(moved, str(verdict))


def order(alert: Alert, cause: str) -> Rectification:
    """The order to put it right, due when the step's limit ends."""
    return Rectification.objects.create(
        alert=alert, cause=cause.strip(), ordered_at=now(), due_on=alert.case.due_on, colour_before=alert.colour
    )


@transaction.atomic
def correct(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """The owner of the data says what was corrected; that closes the alert without counting."""
    alert = locked(alert)
    moved = moved_by(alert, "correct", by, note, expected)
    _end(moved)
    return _written(moved, "corrected")


@transaction.atomic
def rectify(
    alert: Alert,
    note: str,
    *,
    responsible: str = "",
    recovered_cents: int | None = None,
    by,
    expected: int | None = None,
) -> Alert:
    """The unit reports what it has put right, who answers for it, and what money came back; proof is attached.

    `recovered_cents` is whole cents; None says that no money was to come back, or none did.
    """
    alert = locked(alert)
    if recovered_cents is not None and recovered_cents < 0:
        raise Invalid(_("Money that came back is not less than nothing."), field="recovered")
    data = {"recovered_cents": recovered_cents} if recovered_cents else {}
    alert = moved_by(alert, "rectify", by, note, expected, data=data)
    row = _rectification(alert)
    row.measures, row.responsible, row.recovered_cents = note.strip(), responsible.strip()[:80], recovered_cents
    row.reported_at, row.reported_by = now(), str(by)[:80]
    row.save()
    return alert


@transaction.atomic
def verify(
    alert: Alert, *, passed: bool, note: str, colour: int | None = None, by, expected: int | None = None
) -> Alert:
    """See whether it was put right. Passed: the colour falls (降色), to `colour` if something remains to be watched.

    Where the route lets it fall one step at a time it falls by one; green only ends it, until then it is looked at
    again. Not passed: back to the unit, with a new order.
    """
    alert = locked(alert)
    require_checker(alert, by)
    if not note.strip():
        raise Invalid(_("Write what was seen and by whom."), field="note")
    row = _rectification(alert)
    if not passed:
        moved = moved_by(alert, "send_back", by, note, expected)
        _seen(row, False, note, by, alert.colour)
        order(moved, note)
        return moved
    stepwise = route_of(alert).stepwise
    if colour is None:
        colour = max(alert.colour - 1, 0) if stepwise else 0
    if not 0 <= colour <= max(alert.colour - 1, 0):
        raise Invalid(_("After verification the colour falls; it cannot stay or rise."), field="colour")
    if stepwise and colour < alert.colour - 1:
        raise Invalid(_("Here the colour falls one step at a time."), field="colour")
    moved = moved_by(alert, "lower" if colour else "verify", by, note, expected, data={"colour": colour})
    moved.colour = colour
    _seen(row, True, note, by, colour)
    return _written(moved, "lowered" if colour else "verified")


def _rectification(alert: Alert) -> Rectification:
    """The attempt at hand."""
    return Rectification.objects.select_for_update(of=("self",)).filter(alert=alert).first() or order(alert, "")


def _seen(row: Rectification, passed: bool, note: str, by, colour: int) -> None:
    row.passed, row.conclusion = passed, "\n".join(filter(None, (row.conclusion, note.strip())))
    row.verified_at, row.verified_by, row.colour_after = now(), str(by)[:80], colour
    row.save()


@transaction.atomic
def close(alert: Alert, *, note: str = "", by, expected: int | None = None) -> Alert:
    """Take it off the list (销号), after verification."""
    alert = locked(alert)
    require_checker(alert, by)
    moved = moved_by(alert, "close", by, note, expected)
    moved.state, moved.ended_at = Alert.State.CLOSED, now()
    return _written(moved, "closed")


@transaction.atomic
def reopen(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """Raise a closed alert again, with its reason: a repair on paper, new facts."""
    alert = locked(alert)
    require_checker(alert, by)
    return raise_again(alert, note, by, expected=expected)


def raise_again(alert: Alert, note: str, by, *, at: datetime | None = None, expected: int | None = None) -> Alert:
    """A closed alert (locked by the caller) begins anew with the level it now has."""
    route, unit = route_of(alert), answering([alert.unit]).get(alert.unit_id)
    moved = moved_by(
        alert, "reopen", by, note, expected, unit=unit, class_key=class_of(alert.level), at=at,
        limits=limits_of(route, "raised"),
    )  # fmt: skip
    moved.state, moved.verdict, moved.colour, moved.ended_at = Alert.State.OPEN, "", alert.level, None
    moved.signed_at = moved.made_good_at = moved.checked_by = None
    moved.checked_rank = moved.escalated = 0
    moved.escalates_on = up_on(route, 0, moment(at or now()).date(), alert.place)
    return _written(moved, "reopened")


def class_of(level: int) -> str:
    return {1: "yellow", 2: "orange", 3: "red"}[level]


def moved_by(alert: Alert, verb: str, by, note: str, expected: int | None, **more) -> Alert:
    """Make the move `verb` of the alert's case, within the limits of its route."""
    step = alert.case.definition.move(verb, alert.case.step)
    if "limits" not in more:
        more["limits"] = limits_of(route_of(alert), step.target) if step else AS_WRITTEN
    alert.case = cases.move(alert.case, verb, by=by, note=note.strip(), expected=expected, **more)
    return alert


def _end(alert: Alert) -> None:
    alert.state, alert.colour, alert.ended_at = Alert.State.CLOSED, 0, now()


def _written(alert: Alert, why: str) -> Alert:
    alert.levels = [*alert.levels, mark(alert, why)]
    alert.save(update_fields=WRITTEN)
    return alert


def mark(alert: Alert, why: str, at: datetime | None = None) -> dict:
    """One line of the history of levels."""
    return {"at": moment(at or now()).isoformat(), "level": alert.level, "colour": alert.colour, "why": str(why)}
