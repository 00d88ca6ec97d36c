"""The problem base: entered by hand, proposed by sources, decided by a person, put right by the unit, verified."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Unit
from huilian.engine.documents.queries import attachments_of
from huilian.engine.documents.services import attach
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import services as cases
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import hooks
from ..models import Aspect, Campaign, Problem
from ..sources import HOUSE
from .guards import MANAGE, allow, campaign_for, locked, said

Upload = tuple[BinaryIO, str]
State = Problem.State


def sources() -> dict[str, hooks.Source]:
    """Everything that proposes problems: what the house knows, and what flows put in."""
    return HOUSE | hooks.sources


def _make(campaign: Campaign, unit: Unit, fact: str, **values: Any) -> Problem:
    aspect = values.get("aspect")
    if aspect and aspect.kind_id != campaign.kind_id:
        raise Invalid(_("This aspect belongs to another kind of campaign."), field="aspect")
    return Problem.objects.create(
        number=next_number("ZP"), campaign=campaign, unit=unit, place=unit.place, noted_on=today(),
        township=copies_of(unit.place)["township"], fact=said(fact, "fact"), **values,
    )  # fmt: skip


@transaction.atomic
def note_problem(
    campaign: Campaign,
    *,
    unit: Unit,
    fact: str,
    aspect: Aspect | None = None,
    field: str = "",
    amount_cents: int | None = None,
    source: str = "hand",
    source_ref: str = "",
    reason: str = "",
    is_immediate: bool = False,
    by: Any,
) -> Problem:
    """Enter a problem into the base and tell its unit; `reason` says where it is known from."""
    campaign = campaign_for(campaign, by)
    person = allow(by, MANAGE, unit)
    problem = _make(
        campaign, unit, fact, aspect=aspect, field=field or campaign.field, amount_cents=amount_cents, source=source,
        source_ref=source_ref, noted_by=person,
    )  # fmt: skip
    record("campaigns.note", problem, by=by, place=problem.place.code, data={"source": source})
    return _take_up(problem, reason, is_immediate, by)


@transaction.atomic
def draw(campaign: Campaign, source: str, *, by: Any) -> list[Problem]:
    """Have a source propose what it sees in the days of the campaign. What it proposed before is not proposed again."""
    campaign = campaign_for(campaign, by)
    if source not in sources():
        raise Invalid(_("There is no such source."), field="source")
    known = set(campaign.problems.filter(source=source).values_list("source_ref", flat=True))
    aspects = {aspect.key: aspect for aspect in campaign.kind.aspects.filter(is_active=True)}
    made = [
        _make(
            campaign, found.unit, found.fact, aspect=aspects.get(found.aspect), field=campaign.field, source=source,
            source_ref=found.ref, amount_cents=found.amount_cents,
        )
        for found in sources()[source].find(campaign, by)
        if found.ref not in known
    ]  # fmt: skip
    record("campaigns.draw", campaign, by=by, data={"source": source, "n": len(made)})
    return made


def _proposed(problem: Problem, by: Any) -> Problem:
    problem = locked(problem)
    campaign_for(problem.campaign, by)
    allow(by, MANAGE, problem.unit)
    if problem.state != State.PROPOSED:
        raise Conflict(_("%(number)s is decided already.") % {"number": problem.number})
    return problem


@transaction.atomic
def accept(
    problem: Problem, *, reason: str, aspect: Aspect | None = None, is_immediate: bool = False, by: Any
) -> Problem:
    """Take a proposal up, with the reason why it is one; the unit is told and its clock begins."""
    problem = _proposed(problem, by)
    if aspect and aspect.kind_id != problem.campaign.kind_id:
        raise Invalid(_("This aspect belongs to another kind of campaign."), field="aspect")
    problem.aspect = aspect or problem.aspect
    return _take_up(problem, said(reason, "reason"), is_immediate, by)


@transaction.atomic
def refuse(problem: Problem, *, reason: str, by: Any) -> Problem:
    """Do not take a proposal up, with the reason. It is not proposed again."""
    problem = _proposed(problem, by)
    problem.state, problem.reason = State.REFUSED, said(reason, "reason")
    problem.decided_on, problem.decided_by = today(), getattr(by, "person", None)
    problem.save()
    record("campaigns.refuse", problem, by=by, place=problem.place.code, data={"reason": problem.reason})
    return problem


def _take_up(problem: Problem, reason: str, is_immediate: bool, by: Any) -> Problem:
    case = cases.open_case(
        "campaign_problem", title=problem.fact[:80], by=by, place=problem.place, unit=problem.unit
    )  # fmt: skip
    problem.case = cases.move(
        case, "tell", by=by, unit=problem.unit, class_key="immediate" if is_immediate else "ordinary",
        data={"problem": problem.number},
    )  # fmt: skip
    problem.state, problem.reason = State.ACCEPTED, reason.strip()
    problem.decided_on, problem.decided_by = today(), getattr(by, "person", None)
    problem.save()
    return problem


def _move(problem: Problem, verb: str, by: Any, **more: Any) -> Problem:
    problem.case = cases.move(problem.case, verb, by=by, **more)
    problem.save()
    return problem


@transaction.atomic
def promise(
    problem: Problem, *, measures: str, responsible: str, by_day: date, by: Any, expected: int | None = None
) -> Problem:
    """The unit says what it will do, who answers for it, and by when: never later than the clock allows."""
    problem = locked(problem)
    problem.measures, problem.responsible = said(measures, "measures"), said(responsible, "responsible")
    if not today() <= by_day <= problem.case.clock.due_on:
        raise Invalid(
            _("Promise a day from today to %(due)s, when the clock ends.") % {"due": problem.case.clock.due_on},
            field="by_day",
        )
    problem.promised_for = by_day
    return _move(problem, "promise", by, expected=expected)


@transaction.atomic
def hand_in(
    problem: Problem, *, result: str, files: Sequence[Upload] = (), by: Any, expected: int | None = None
) -> Problem:
    """The unit says what it did, with papers or photographs that show it."""
    problem = locked(problem)
    problem.result, problem.handed_in_at = said(result, "result"), now()
    moved = _move(problem, "hand_in", by, expected=expected)
    for file, name in files:
        attach(file, name, moved.case, kind="campaign_proof", by=by)
    return moved


@transaction.atomic
def send_back(problem: Problem, *, note: str, by: Any, expected: int | None = None) -> Problem:
    """Not put right: back to the unit; its clock goes on as if it had not stopped."""
    problem = locked(problem)
    return _move(problem, "send_back", by, note=note.strip(), unit=problem.unit, expected=expected)


@transaction.atomic
def sign_off(problem: Problem, *, verified: str, effect: str = "", by: Any, expected: int | None = None) -> Problem:
    """「销号」 Signed off by the leading side, saying how it was verified by papers or on the spot."""
    problem = locked(problem)
    person = allow(by, MANAGE, problem.unit)
    problem.verified, problem.effect, problem.closed_by = said(verified, "verified"), effect.strip(), person
    proofs = attachments_of(problem.case, "campaign_proof").count()
    return _move(problem, "close", by, note=problem.verified, expected=expected, data={"proofs": proofs})


@transaction.atomic
def reopen(problem: Problem, *, note: str, by: Any, expected: int | None = None) -> Problem:
    """Open a problem again that was signed off without having been put right."""
    problem = locked(problem)
    problem.closed_by, problem.verified, problem.effect = None, "", ""
    return _move(problem, "reopen", by, note=note.strip(), unit=problem.unit, expected=expected)


@transaction.atomic
def withdraw(problem: Problem, *, note: str, by: Any, expected: int | None = None) -> Problem:
    """The problem was none."""
    return _move(locked(problem), "withdraw", by, note=note.strip(), expected=expected)
