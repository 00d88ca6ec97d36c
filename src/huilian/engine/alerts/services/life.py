"""The life of an alert that has become a case: signed for, explained, checked, rectified, verified, closed.

Each act is a move of the case; here the verdict and the colour follow. Nothing closes by itself.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.procedures import services as cases
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now

from ..guards import locked, require_checker
from ..models import Alert

FINDINGS = {
    Alert.Verdict.TRUE: "check",
    Alert.Verdict.PARTLY: "check",
    Alert.Verdict.UNTRUE: "dismiss",
    Alert.Verdict.DATA_ERROR: "find_data_error",
}


@transaction.atomic
def sign(alert: Alert, *, by, expected: int | None = None) -> Alert:
    """The unit concerned signs for the alert."""
    alert = locked(alert)
    return _moved(alert, "sign", by, "", expected)


@transaction.atomic
def explain(alert: Alert, text: str, *, by, expected: int | None = None) -> Alert:
    """The right of reply: the unit says how it was, before anything counts. This stops the clock of the reply."""
    alert = locked(alert)
    return _moved(alert, "explain", by, text, expected)


@transaction.atomic
def proceed(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """Go on to the check without a reply, once the time for it is over."""
    alert = locked(alert)
    require_checker(alert, by)
    due = alert.case.clock.due_at
    if now() <= due:
        raise Conflict(
            _("The unit may answer until %(due)s; the check comes after that.") % {"due": f"{moment(due):%F %H:%M}"}
        )
    return _moved(alert, "proceed", by, note, expected)


@transaction.atomic
def ask_again(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """The reply leaves something open: back to the unit, the time counting as if it had never stopped."""
    alert = locked(alert)
    require_checker(alert, by)
    return _moved(alert, "ask_again", by, note, expected)


@transaction.atomic
def check(
    alert: Alert, *, verdict: str, note: str, data_owner: Unit | None = None, by, expected: int | None = None
) -> Alert:
    """Say whether it is true. Untrue: closed without counting. A data error: to the owner of the data, not the unit.

    Never by the unit concerned. Raises `Invalid` without a finding in words, or a data error without an owner.
    """
    alert = locked(alert)
    require_checker(alert, by)
    if verdict not in FINDINGS:
        raise Invalid(_("Say whether it is true, partly true, not true, or an error in the data."), field="verdict")
    if not note.strip():
        raise Invalid(_("Write what was found and on what proof."), field="note")
    owner = None
    if verdict == Alert.Verdict.DATA_ERROR:
        owner = data_owner or alert.data_owner
        if owner is None:
            raise Invalid(_("Choose the unit that owns the data and is to correct them."), field="data_owner")
        alert.data_owner = owner
    alert.verdict = verdict
    moved = _moved(alert, FINDINGS[verdict], by, note, expected, unit=owner, data={"verdict": verdict})
    if verdict == Alert.Verdict.UNTRUE:
        _end(moved)
    elif verdict == Alert.Verdict.DATA_ERROR:
        moved.colour = 0  # from now on it says nothing about the unit concerned
    return _written(moved, str(verdict))


@transaction.atomic
def correct(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """The owner of the data says what was corrected; that closes the alert without counting."""
    alert = locked(alert)
    moved = _moved(alert, "correct", by, note, expected)
    _end(moved)
    return _written(moved, "corrected")


@transaction.atomic
def rectify(alert: Alert, note: str, *, by, expected: int | None = None) -> Alert:
    """The unit reports what it has put right; proof is attached to the case."""
    alert = locked(alert)
    return _moved(alert, "rectify", by, note, expected)


@transaction.atomic
def verify(alert: Alert, *, passed: bool, note: str, colour: int = 0, by, expected: int | None = None) -> Alert:
    """See whether it was put right. Passed: the colour falls (降色), to `colour` if something remains to be watched."""
    alert = locked(alert)
    require_checker(alert, by)
    if not note.strip():
        raise Invalid(_("Write what was seen and by whom."), field="note")
    if not passed:
        return _moved(alert, "send_back", by, note, expected)
    if not 0 <= colour < alert.colour:
        raise Invalid(_("After verification the colour falls; it cannot stay or rise."), field="colour")
    moved = _moved(alert, "verify", by, note, expected, data={"colour": colour})
    moved.colour = colour
    return _written(moved, "verified")


@transaction.atomic
def close(alert: Alert, *, note: str = "", by, expected: int | None = None) -> Alert:
    """Take it off the list (销号), after verification."""
    alert = locked(alert)
    require_checker(alert, by)
    moved = _moved(alert, "close", by, note, expected)
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
    moved = _moved(alert, "reopen", by, note, expected, unit=alert.unit, class_key=class_of(alert.level), at=at)
    moved.state, moved.verdict, moved.colour, moved.ended_at = Alert.State.OPEN, "", alert.level, None
    return _written(moved, "reopened")


def class_of(level: int) -> str:
    return {1: "yellow", 2: "orange", 3: "red"}[level]


def _moved(alert: Alert, verb: str, by, note: str, expected: int | None, **more) -> Alert:
    alert.case = cases.move(alert.case, verb, by=by, note=note.strip(), expected=expected, **more)
    return alert


def _end(alert: Alert) -> None:
    alert.state, alert.colour, alert.ended_at = Alert.State.CLOSED, 0, now()


def _written(alert: Alert, why: str) -> Alert:
    alert.levels = [*alert.levels, mark(alert, why)]
    alert.save(update_fields=["state", "verdict", "colour", "level", "levels", "data_owner", "ended_at"])
    return alert


def mark(alert: Alert, why: str, at: datetime | None = None) -> dict:
    """One line of the history of levels."""
    return {"at": moment(at or now()).isoformat(), "level": alert.level, "colour": alert.colour, "why": str(why)}
