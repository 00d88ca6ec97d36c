"""What is due, the plan, the team, the notice."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.queries import holders_of, units_at
from huilian.engine.inbox.services import notify
from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import PHASES, Audit, Matter, Member, Proposal
from ..queries import due
from .guards import allow, allow_place, locked_audit, move, must_step_back, said, tell

Phase = Audit.Phase
LEAST = 2  # two auditors at least take evidence; county default


@transaction.atomic
def propose(*, by: Any = SYSTEM) -> int:
    """Enter every audit that terms make due and that nobody planned; tell who plans audits there. Safe to run again.

    A term that changed moves a proposal that is still open. Gives how many are new.
    """
    day, terms, new = today(), due.terms(), Counter[Place]()
    known = {(p.appointment_id, p.phase): p for p in Proposal.objects.filter(audit=None, put_aside="")}
    for office in due.offices(day):
        place = office.appointment.post.unit.place
        for one in rules.dues(office.starts_on, office.ends_on, day, terms):
            values = {"due_on": one.due_on, "starts_on": one.starts_on, "ends_on": one.ends_on, "office": office.name}
            proposal = known.get((office.appointment.pk, one.phase))
            if proposal:
                Proposal.objects.filter(pk=proposal.pk).update(**values)
            elif not _has_audit(office.appointment, one):
                _row, made = Proposal.objects.get_or_create(
                    appointment=office.appointment, phase=one.phase,
                    defaults={**values, "place": place, "proposed_on": day},
                )  # fmt: skip
                new[place] += made
    for town, count in _by_township(new).items():
        people = [*holders_of("town_auditor", place=town), *holders_of("audit_officer")] if town else []
        users = [p.user for p in people if p.user_id]
        notify(users, "audits.proposed", params={"count": count, "town": town.name}, link=reverse("audits-home"))
    if total := new.total():
        record("audits.propose", "audits.proposals:due", by=by, data={"count": total})
    return new.total()


def _has_audit(held: Appointment, one: rules.Due) -> bool:
    rows = Audit.objects.filter(person=held.person_id, place=held.post.unit.place_id, phase=one.phase)
    return rows.filter(ends_on__gte=one.starts_on).exclude(case__state="withdrawn").exists()


def _by_township(new: Counter[Place]) -> dict[Place, int]:
    found: Counter[Place] = Counter()
    for place, count in new.items():
        if count and place.parent:
            found[place.parent] += count
    return dict(found)


@transaction.atomic
def put_aside(proposal: Proposal, *, reason: str, by: Any) -> Proposal:
    """Not to be audited, with the reason; the proposal stays in the list of what was put aside."""
    proposal = _open_proposal(proposal, by)
    proposal.put_aside = said(reason, "reason")
    proposal.save(update_fields=["put_aside"])
    record("audits.put_aside", proposal, by=by, data={"reason": proposal.put_aside}, place=proposal.place.code)
    return proposal


@transaction.atomic
def plan_from(proposal: Proposal, *, auditor: Unit | None = None, by: Any) -> Audit:
    """「一键列入计划」 Plan what was proposed: by the township government unless another unit audits."""
    proposal = _open_proposal(proposal, by)
    held = proposal.appointment
    auditor = auditor or _government(proposal.place)
    if auditor is None:
        raise Invalid(_("Say which unit audits."), field="auditor")
    return plan(
        person=held.person, unit=held.post.unit, office=proposal.office, phase=proposal.phase, auditor=auditor,
        starts_on=proposal.starts_on, ends_on=proposal.ends_on, due_on=max(proposal.due_on, today()),
        appointment=held, by=by,
    )  # fmt: skip


def _open_proposal(proposal: Proposal, by: Any) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("appointment__post__unit__place", "place")
    found = rows.get(pk=proposal.pk)
    allow_place(by, "audits.plan", found.place)
    if found.audit_id or found.put_aside:
        raise Conflict(_("This is planned or put aside already."))
    return found


def _government(place: Place) -> Unit | None:
    return units_at(place.parent, kind=Unit.Kind.TOWNSHIP_GOVERNMENT).first() if place.parent else None


@transaction.atomic
def plan(
    *, person: Person, unit: Unit, office: str, phase: str, starts_on: date, ends_on: date, due_on: date,
    auditor: Unit, scope: Iterable[str] = (), asked: str = "", appointment: Appointment | None = None, by: Any,
) -> Audit:  # fmt: skip
    """Plan an audit of `person` in `unit` over a stretch; all matters of the law unless `scope` names some. What was
    proposed for it is done with.

    Raises Invalid where the stretch or the day is wrong, where the unit that audits is the one audited, or where the
    same person, village and phase is being audited already.
    """
    if starts_on > ends_on:
        raise Invalid(_("The first day lies after the last."), field="ends_on")
    if due_on < today():
        raise Invalid(_("The day of the report is over already."), field="due_on")
    if auditor.pk == unit.pk or auditor.place_id == unit.place_id:
        raise Invalid(_("A village does not audit itself. Choose a unit above it."), field="auditor")
    running = Audit.objects.filter(person=person, place=unit.place, phase=phase, case__state="open")
    if running.exists():
        raise Conflict(_("%(name)s is being audited for this phase already.") % {"name": person.name})
    scope = list(scope)
    if Matter.ASKED in scope and not asked.strip():
        raise Invalid(_("Say what the villagers asked for."), field="asked")
    place = unit.place
    audit = Audit(
        appointment=appointment, person=person, office=said(office, "office"), unit=unit, place=place,
        township=copies_of(place)["township"], phase=phase, starts_on=starts_on, ends_on=ends_on, due_on=due_on,
        auditor=auditor, scope=scope or [m for m in Matter.values if m != Matter.ASKED], asked=asked.strip(),
    )  # fmt: skip
    allow_place(by, "audits.plan", place)
    audit.case = cases.open_case(
        "audit", title=audit.title, by=by, place=place, unit=auditor, class_key="ordinary", source=phase
    )
    audit.number = audit.case.number
    audit.save()
    proposed = Proposal.objects.filter(appointment__person=person, place=place, phase=phase, audit=None)
    proposed.filter(put_aside="").update(audit=audit)
    allow(by, audit)
    tell(audit, "plan", by, phase=PHASES[phase])
    return audit


@transaction.atomic
def add_member(audit: Audit, person: Person, *, duty: str = "member", by: Any) -> Member:
    """Put somebody into the team. Raises Invalid with the reason where they must step back."""
    audit = locked_audit(audit, "planned", "notice", "evidence", "draft", "answers", "report")
    allow(by, audit)
    if why := must_step_back(person, audit):
        raise Invalid(why, field="person")
    if audit.members.filter(person=person, left_on=None).exists():
        raise Invalid(_("%(name)s belongs to the team already.") % {"name": person.name}, field="person")
    if duty == Member.Duty.HEAD and audit.members.filter(duty=duty, left_on=None).exists():
        raise Invalid(_("The team has a head already."), field="duty")
    member = Member.objects.create(audit=audit, person=person, duty=duty, since=today())
    tell(audit, "add_member", by, person=person.name)
    return member


@transaction.atomic
def remove_member(member: Member, *, reason: str, by: Any) -> Member:
    """Take somebody out of the team, with the reason; what they noted stays theirs."""
    allow(by, locked_audit(member.audit))
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.left_on:
        raise Conflict(_("They have left the team already."))
    member.left_on, member.reason = today(), said(reason, "reason")
    member.save(update_fields=["left_on", "reason"])
    tell(member.audit, "remove_member", by, reason=member.reason)
    return member


@transaction.atomic
def notify_head(audit: Audit, *, by: Any) -> Audit:
    """「送达审计通知书」 Tell the audited person; evidence is taken from the third day on unless they agree earlier."""
    audit = locked_audit(audit, "planned")
    allow(by, audit)
    team = list(audit.members.filter(left_on=None))
    if len(team) < LEAST or not any(m.duty == Member.Duty.HEAD for m in team):
        raise Invalid(_("The team needs %(least)s people at least, one of them its head.") % {"least": LEAST})
    audit.told_on = today()
    move(audit, "notify", by)
    tell_head(audit, "audits.noticed")
    return audit


def tell_head(audit: Audit, template: str, **params: Any) -> None:
    """Tell the audited person, where they have an account."""
    users = [audit.person.user] if audit.person.user_id else []
    link = reverse("audits-audit", args=[audit.number])
    notify(users, template, audit.case, {"number": audit.number, **params}, link=link)


@transaction.atomic
def cancel(audit: Audit, *, note: str, by: Any) -> Audit:
    """Give an audit up that has not taken evidence; its proposal is open again."""
    audit = locked_audit(audit)
    allow(by, audit)
    move(audit, "cancel", by, note=said(note, "note"))
    Proposal.objects.filter(audit=audit).update(audit=None)
    return audit
