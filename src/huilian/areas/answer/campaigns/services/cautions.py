"""「效能告诫」 Proposed by one, the person heard, decided by another, an appeal decided by a third."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, recused, require
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Appointment, Person
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Caution, Problem
from .guards import allow, said

PROPOSE, DECIDE = "campaigns.caution_propose", "campaigns.caution_decide"
State, Outcome = Caution.State, Caution.Outcome


def _address(caution: Caution) -> str:
    return reverse("campaigns-caution", args=[caution.number])


def _told(caution: Caution, verb: str, by: Any, **data: Any) -> Caution:
    """Kept, in the trail without a name or a fact, and the person knows where it stands."""
    caution.save()
    record(f"campaigns.{verb}", caution, by=by, place=caution.place.code, data=data)
    if caution.person.user and verb != "appeal":
        notify(
            [caution.person.user], "campaigns.caution", caution, {"number": caution.number}, _address(caution),
        )  # fmt: skip
    touch({int(caution.place.code)})
    return caution


def _for(caution: Caution, by: Any, action: str, state: str) -> tuple[Caution, Person | None]:
    """The caution, locked, in `state`, and the person who acts: never the one concerned nor their kin."""
    caution = Caution.objects.select_for_update(of=("self",)).get(pk=caution.pk)
    person = allow(by, action, caution.unit)
    if why := recused(by, persons=[caution.person]):
        raise NotAllowed(why)
    if caution.state != state:
        raise Conflict(_("%(number)s stands elsewhere by now. Look at it again.") % {"number": caution})
    return caution, person


@transaction.atomic
def propose(person: Person, *, fact: str, basis: str, problem: Problem | None = None, by: Any) -> Caution:
    """Propose a caution to a person in office; the person is told at once and will be heard."""
    require(by, PROPOSE)
    held = Appointment.objects.filter(in_office(today()), person=person).select_related("post__unit__place").first()
    if held is None:
        raise Invalid(_("%(person)s holds no post today.") % {"person": person}, field="person")
    proposer = allow(by, PROPOSE, held.post.unit)
    if why := recused(by, persons=[person]):
        raise NotAllowed(why)
    unit = held.post.unit
    caution = Caution(
        number=next_number("GJ"), person=person, post=held.post.name, unit=unit, place=unit.place,
        township=copies_of(unit.place)["township"], problem=problem, fact=said(fact, "fact"),
        basis=said(basis, "basis"), proposed_on=today(), proposer=proposer,
    )  # fmt: skip
    return _told(caution, "propose", by)


@transaction.atomic
def hear(caution: Caution, *, on: date, hearing: str, by: Any) -> Caution:
    """Write down what the person says to it, or that nothing was said after a summons. Nothing counts before."""
    caution, _person = _for(caution, by, PROPOSE, State.PROPOSED)
    if not caution.proposed_on <= on <= today():
        raise Invalid(_("The day lies before the proposal, or has not come yet."), field="on")
    caution.state, caution.heard_on, caution.hearing = State.HEARD, on, said(hearing, "hearing")
    return _told(caution, "hear", by)


@transaction.atomic
def decide(caution: Caution, *, give: bool, reason: str, months: int = rules.EFFECT_MONTHS, by: Any) -> Caution:
    """Give the caution, in effect from today, or decide against it. Never by who proposed it."""
    caution, person = _for(caution, by, DECIDE, State.HEARD)
    if person and person == caution.proposer:
        raise NotAllowed(_("Who proposed a caution does not decide on it."))
    if not 1 <= months <= rules.MOST_MONTHS:
        raise Invalid(_("Between 1 and %(most)s months.") % {"most": rules.MOST_MONTHS}, field="months")
    caution.decider, caution.decided_on, caution.reason = person, today(), said(reason, "reason")
    if not give:
        caution.state = State.DROPPED
        return _told(caution, "drop", by)
    caution.state, caution.starts_on = State.GIVEN, today()
    caution.ends_on = rules.effect_ends(today(), months)
    caution.appeal_due = calendar_for(caution.place).add(today(), rules.APPEAL_WITHIN)
    return _told(caution, "give", by, until=caution.ends_on.isoformat())


@transaction.atomic
def appeal(caution: Caution, *, text: str, by: Any) -> Caution:
    """The person appeals, once and in time; the effect goes on until somebody decides."""
    caution = Caution.objects.select_for_update(of=("self",)).get(pk=caution.pk)
    if getattr(by, "person", None) != caution.person:
        raise NotAllowed(_("Only the person concerned appeals."))
    if caution.state != State.GIVEN or caution.outcome:
        raise Conflict(_("No appeal is possible against %(number)s as it stands.") % {"number": caution})
    if today() > caution.appeal_due:
        raise Conflict(_("An appeal was possible until %(day)s.") % {"day": caution.appeal_due})
    caution.state, caution.appealed_on, caution.appeal = State.APPEALED, today(), said(text, "text")
    caution.clock = clocks.start(
        caution, length=rules.APPEAL_ANSWERED, unit="workday", kind="appeal", place=caution.place, by=by
    )
    _told(caution, "appeal", by)
    people = [p.user for p in holders_of("caution_decider") if p.user and p != caution.decider]
    due = {"number": caution.number, "due": caution.clock.due_on.isoformat()}
    notify(people, "campaigns.caution_appeal", caution, due, _address(caution))
    return caution


@transaction.atomic
def decide_appeal(caution: Caution, *, outcome: str, reason: str, ends_on: date | None = None, by: Any) -> Caution:
    """Decide the appeal: never by who proposed or decided. What is revoked never counted."""
    caution, person = _for(caution, by, DECIDE, State.APPEALED)
    if person and person in (caution.proposer, caution.decider):
        raise NotAllowed(_("Somebody who neither proposed nor decided must decide the appeal."))
    if outcome not in Outcome.values:
        raise Invalid(_("Choose one of the outcomes."), field="outcome")
    if outcome == Outcome.SHORTENED:
        if ends_on is None or not caution.starts_on <= ends_on < caution.ends_on:
            raise Invalid(_("Give a last day before %(day)s.") % {"day": caution.ends_on}, field="ends_on")
        caution.ends_on = ends_on
    caution.state = State.REVOKED if outcome == Outcome.REVOKED else State.GIVEN
    caution.outcome, caution.outcome_reason, caution.appeal_decider = outcome, said(reason, "reason"), person
    clocks.stop(caution.clock, by=by)
    return _told(caution, "decide_appeal", by, outcome=outcome)
