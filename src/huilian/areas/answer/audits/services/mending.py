"""Putting findings right: promise, proof, money paid back, verified by somebody else."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.services import attach
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Finding
from .guards import allow, allow_repair, locked_finding, said, tell

State = Finding.State


@transaction.atomic
def promise(finding: Finding, *, measures: str, responsible: str, by_day: date, by: Any) -> Finding:
    """Say what will be done, who answers for it, and by when: never later than the day of the report."""
    finding = locked_finding(finding, State.REPAIR)
    allow_repair(by, finding)
    if not today() <= by_day <= max(finding.due_on, today()):
        raise Invalid(_("Promise a day from today to %(due)s.") % {"due": finding.due_on}, field="by_day")
    finding.measures, finding.responsible = said(measures, "measures"), said(responsible, "responsible")
    finding.promised_for = by_day
    finding.save()
    tell(finding.audit, "promise", by, number=finding.number, day=by_day.isoformat())
    return finding


@transaction.atomic
def hand_in(
    finding: Finding, *, result: str, paid_back_cents: int | None = None, paid_back_on: date | None = None,
    files: Sequence[tuple[BinaryIO, str]] = (), by: Any,
) -> Finding:  # fmt: skip
    """Hand the repair in with its proof. Money that was paid back needs its day."""
    finding = locked_finding(finding, State.REPAIR)
    person = allow_repair(by, finding)
    if not finding.promised_for:
        raise Conflict(_("Promise first what will be done and by when."))
    if not files:
        raise Invalid(_("Attach what shows that it was put right."), field="files")
    paid = paid_back_cents or 0
    if not 0 <= paid <= finding.back_cents:
        text = money.text(finding.back_cents)
        raise Invalid(_("%(amount)s yuan are to be paid back.") % {"amount": text}, field="paid_back_cents")
    if paid and not paid_back_on:
        raise Invalid(_("Say on which day it was paid back."), field="paid_back_on")
    if paid_back_on and paid_back_on > today():
        raise Invalid(_("That day has not come yet."), field="paid_back_on")
    finding.result, finding.handed_in_on, finding.handed_in_by = said(result, "result"), today(), person
    finding.paid_back_cents, finding.paid_back_on = paid, paid_back_on if paid else None
    finding.state = State.HANDED_IN
    finding.save()
    for file, name in files:
        attach(file, name, finding, kind="audit_proof", by=by)
    tell(finding.audit, "hand_in", by, number=finding.number)
    return finding


@transaction.atomic
def send_back(finding: Finding, *, note: str, by: Any) -> Finding:
    """Not put right: back to the village, on the same day as before."""
    finding = locked_finding(finding, State.HANDED_IN)
    allow(by, finding.audit)
    finding.state = State.REPAIR
    finding.save(update_fields=["state"])
    tell(finding.audit, "send_back", by, number=finding.number, note=said(note, "note"))
    return finding


@transaction.atomic
def verify(finding: Finding, *, how: str, by: Any) -> Finding:
    """Sign off what was put right: by somebody who did not hand it in, and not before all money is back."""
    finding = locked_finding(finding, State.HANDED_IN)
    person = allow(by, finding.audit)
    if person and person.pk == finding.handed_in_by_id:
        raise NotAllowed(_("You handed this in, so somebody else verifies it."))
    if finding.paid_back_cents < finding.back_cents:
        left = money.text(finding.back_cents - finding.paid_back_cents)
        raise Conflict(_("%(left)s yuan are not paid back yet.") % {"left": left})
    finding.verified_on, finding.verified_by, finding.verified_how = today(), person, said(how, "how")
    finding.state = State.DONE
    finding.save()
    tell(finding.audit, "verify", by, number=finding.number)
    return finding
