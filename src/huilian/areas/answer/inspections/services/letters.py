"""Letters that must be answered by a day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Finding, Letter
from .guards import MANAGE, allow, said


@transaction.atomic
def send_letter(
    kind: str, unit: Unit, sender: Unit, *, facts: str, advice: str, due_on: date, basis: str = "",
    finding: Finding | None = None, by: Any,
) -> Letter:  # fmt: skip
    """Send a letter. Raises Invalid where the day of the answer is over already."""
    allow(by, MANAGE, unit)
    if due_on <= today():
        raise Invalid(_("The answer is due on a day to come."), field="due_on")
    letter = Letter.objects.create(
        number=next_number("DH"), kind=kind, unit=unit, sender=sender, finding=finding, facts=said(facts, "facts"),
        advice=said(advice, "advice"), basis=basis.strip(), sent_on=today(), due_on=due_on,
    )  # fmt: skip
    record("inspections.send_letter", letter, by=by, data={"to": unit.name, "due": due_on.isoformat()})
    return letter


def _locked(letter: Letter) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=letter.pk)
    if letter.answered_on:
        raise Conflict(_("%(letter)s is answered already.") % {"letter": letter.number})
    return letter


@transaction.atomic
def answer_letter(letter: Letter, *, answer: str, by: Any) -> Letter:
    """The unit answers in writing."""
    letter = _locked(letter)
    allow(by, "inspections.answer", letter.unit)
    letter.answer, letter.answered_on = said(answer, "answer"), today()
    letter.save(update_fields=["answer", "answered_on"])
    record("inspections.answer_letter", letter, by=by)
    return letter


@transaction.atomic
def follow_up_letter(letter: Letter, *, outcome: str, text: str, by: Any) -> Letter:
    """Checked again: what became of what was asked for. May be entered again when it is looked at later."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=letter.pk)
    allow(by, MANAGE, letter.unit)
    if outcome not in Letter.Outcome.values:
        raise Invalid(_("Choose one of the answers."), field="outcome")
    letter.outcome, letter.follow_up, letter.followed_on = outcome, said(text, "text"), today()
    letter.save(update_fields=["outcome", "follow_up", "followed_on"])
    record("inspections.follow_up_letter", letter, by=by, data={"outcome": letter.get_outcome_display()})
    return letter


@transaction.atomic
def remind(letter: Letter, *, by: Any) -> Letter:
    """Remind the unit of an answer that is due."""
    letter = _locked(letter)
    allow(by, MANAGE, letter.unit)
    letter.reminded += 1
    letter.save(update_fields=["reminded"])
    record("inspections.remind", letter, by=by, data={"times": letter.reminded})
    return letter
