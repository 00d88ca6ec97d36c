"""From hand to hand: assigned, taken over, weighed, talked about, verified."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.accounts.models import User
from huilian.engine.inbox.services import notify
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, now, today

from .. import rules
from ..models import Handover, Inquiry, Lead, Member, Note, Score, Signature, Verification
from .guards import allow, allow_any, begin, end, in_state, join, keep, leave, note

S = Lead.State


@transaction.atomic
def hand_over(lead: Lead, taker: User, *, office: str = "", until: datetime | None = None, token: str, by) -> Handover:
    """Give a lead to a handler, by the case manager or the present handler. It is theirs when they sign, too."""
    lead = allow_any(by, ["leads.keep", "leads.handle"], lead)
    if not may(by, "leads.keep") and lead.handler != by:
        raise NotAllowed(_("The case manager or the present handler hands a lead over."))
    if not lead.is_open or lead.handovers.filter(taken_at=None).exists():
        raise Conflict(_("It is being handed over already, or it is closed."))
    if not may(taker, "leads.handle") or taker in (by, lead.handler):
        raise Invalid(_("Choose another handler of leads."), field="taker")
    join(lead, taker, Member.Duty.HANDLER, purpose=str(_("handling of the lead")), until=until, token=token, by=by)
    lead.office = office.strip() or lead.office
    made = Handover.objects.create(
        lead=lead, giver=by, taker=taker, boxes=boxes_of(lead.subject).count(), given_at=now()
    )
    notify([taker], "leads.given", lead, {"number": lead.number}, link=f"/desk/leads/lead/{lead.number}/")
    keep(lead, "leads.hand_over", by, to=str(taker), boxes=made.boxes)
    return made


@transaction.atomic
def take_over(lead: Lead, *, by) -> Lead:
    """Sign for a lead, and that nothing keeps one away. Who had it before has no access any more."""
    lead = allow(by, "leads.handle", lead)
    handover = lead.handovers.filter(taken_at=None, taker=by).first()
    if handover is None:
        raise NotAllowed(_("It was not handed over to you."))
    handover.taken_at = now()
    handover.save()
    lead.members.filter(user=by).update(stated_at=now())
    if lead.handler and not may(lead.handler, "leads.keep"):
        leave(lead, lead.handler, by=by)
        lead.members.filter(user=lead.handler).update(until=now())
    lead.handler = by
    if lead.state == S.REGISTERED:
        lead.state = S.ASSIGNED
    return keep(lead, "leads.take_over", by, giver=str(handover.giver))


@transaction.atomic
def weigh(lead: Lead, points: Mapping[str, int], *, cause: str, by) -> Score:
    """「价值评估」 Points for the seven factors. Advice: no state changes. Reading a held lead again begins the half
    year until the next reading anew."""
    lead = allow_any(by, ["leads.handle", "leads.keep"], lead)
    if cause not in Score.Cause.values or (cause == Score.Cause.REREAD and lead.state != S.HELD):
        raise Invalid(_("Say why it is weighed; only a held lead is read again."), field="cause")
    try:
        total = rules.total(points)
    except ValueError as factor:
        raise Invalid(_("The points of this factor lie outside its bounds."), field=str(factor)) from factor
    score = Score.objects.create(
        lead=lead, cause=cause, points={key: points[key] for key in rules.WEIGHTS}, total=total,
        grade=rules.grade(total), by=by, at=now(),
    )  # fmt: skip
    lead.grade = score.grade
    if cause == Score.Cause.REREAD:
        end(lead, "reread", by=by)
        begin(lead, "reread", by=by, place=lead.place)
    keep(lead, "leads.weigh", by, grade=score.grade, points=total)
    return score


@transaction.atomic
def inquire(lead: Lead, *, kind: str, text: str, held_on: date, copied_to_head: bool = False, by) -> Inquiry:
    """A talk was held, or the letter of inquiry sent: in the office's name and copied to the head of the committee."""
    lead = _mine(lead, S.INTERVIEW, by)
    if kind not in Inquiry.Kind.values:
        raise Invalid(_("A talk or a letter."), field="kind")
    if held_on > today():
        raise Invalid(_("This day has not come yet."), field="held_on")
    if kind == Inquiry.Kind.LETTER and not copied_to_head:
        raise Invalid(_("A letter of inquiry is copied to the head of the party committee."), field="copied_to_head")
    if lead.inquiries.filter(reported_on=None).exists():
        raise Conflict(_("The one before has no report yet."))
    made = Inquiry.objects.create(lead=lead, kind=kind, held_on=held_on, copied_to_head=copied_to_head)
    note(lead, Note.Kind.LETTER, text, by=by)
    end(lead, "talk", by=by)
    begin(lead, "reply" if kind == Inquiry.Kind.LETTER else "report", by=by, at=_noon(held_on), place=lead.place)
    keep(lead, "leads.inquire", by, kind=made.get_kind_display())
    return made


@transaction.atomic
def take_answer(lead: Lead, *, text: str, answered_on: date, signed_by_secretary: bool, by) -> Inquiry:
    """The person answered in writing; the secretary of the party committee signed. The month for the report begins."""
    lead = _mine(lead, S.INTERVIEW, by)
    inquiry = lead.inquiries.filter(kind=Inquiry.Kind.LETTER, answered_on=None).first()
    if inquiry is None:
        raise Conflict(_("No letter waits for an answer."))
    if not signed_by_secretary:
        raise Invalid(_("An answer without the secretary's signature goes back."), field="signed_by_secretary")
    if not inquiry.held_on <= answered_on <= today():
        raise Invalid(_("The answer lies between the letter and today."), field="answered_on")
    inquiry.answered_on, inquiry.signed_by_secretary = answered_on, True
    inquiry.save()
    note(lead, Note.Kind.ANSWER, text, by=by)
    late = end(lead, "reply", by=by)
    begin(lead, "report", by=by, at=_noon(answered_on), place=lead.place)
    keep(lead, "leads.take_answer", by, late=late)
    return inquiry


@transaction.atomic
def report_inquiry(lead: Lead, *, text: str, by) -> Inquiry:
    """The report on the talk or the answer. Its opinion on the disposal is proposed after it."""
    lead = _mine(lead, S.INTERVIEW, by)
    inquiry = lead.inquiries.filter(reported_on=None).first()
    if inquiry is None or (inquiry.kind == Inquiry.Kind.LETTER and inquiry.answered_on is None):
        raise Conflict(_("There is no talk or answer to report on."))
    inquiry.reported_on = today()
    inquiry.save()
    note(lead, Note.Kind.REPORT, text, by=by)
    keep(lead, "leads.report_inquiry", by, late=end(lead, "report", by=by))
    return inquiry


@transaction.atomic
def recheck_inquiry(lead: Lead, *, truthful: bool, text: str, by) -> Inquiry:
    """The yearly check whether what was answered is true, by the case manager."""
    lead = allow(by, "leads.keep", lead)
    inquiry = lead.inquiries.exclude(reported_on=None).first()
    if inquiry is None or lead.handler == by:
        raise Conflict(_("An answered inquiry is checked again by somebody who did not make it."))
    inquiry.rechecked_on, inquiry.truthful = today(), truthful
    inquiry.save()
    note(lead, Note.Kind.RESULT, text, by=by)
    said = _("the answer held good") if truthful else _("the answer did not hold good")
    keep(lead, "leads.recheck_inquiry", by, truthful=truthful, said=said)
    return inquiry


@transaction.atomic
def plan_verification(lead: Lead, *, text: str, team: Iterable[User], until: datetime, token: str, by) -> Verification:
    """The plan and the team, at least two with the handler; their access ends on a day by itself."""
    lead = _mine(lead, S.VERIFY, by)
    team = [user for user in dict.fromkeys(team) if user != by]
    if len(team) + 1 < rules.TEAM:
        raise Invalid(_("A team has at least two."), field="team")
    if not all(may(user, "leads.handle") for user in team):
        raise Invalid(_("Only handlers of leads belong into a team."), field="team")
    if lead.verifications.filter(ended_at=None).exists():
        raise Conflict(_("A verification is on its way."))
    made = Verification.objects.create(lead=lead, planned_at=now())
    for user in team:
        purpose = str(_("initial verification"))
        join(lead, user, Member.Duty.MEMBER, purpose=purpose, until=until, token=token, by=by)
    Signature.objects.bulk_create(Signature(verification=made, user=user) for user in (by, *team))
    note(lead, Note.Kind.PLAN, text, by=by)
    notify(team, "leads.joined", lead, {"number": lead.number}, link=f"/desk/leads/lead/{lead.number}/")
    keep(lead, "leads.plan_verification", by, people=len(team) + 1, until=until.date().isoformat())
    return made


@transaction.atomic
def report_verification(lead: Lead, *, text: str, by) -> Verification:
    """The report; every member of the team has signed the statements before and signs the report after."""
    lead = _mine(lead, S.VERIFY, by)
    made = lead.verifications.filter(ended_at=None, reported_at=None).first()
    if made is None:
        raise Conflict(_("There is no verification to report on."))
    users = made.signatures.values("user")
    if lead.members.filter(user__in=users, stated_at=None).exists():
        raise Conflict(_("Somebody of the team has not signed the statement on recusal and secrecy."))
    made.reported_at = now()
    made.save()
    note(lead, Note.Kind.REPORT, text, by=by)
    keep(lead, "leads.report_verification", by)
    return made


@transaction.atomic
def sign_report(lead: Lead, *, by) -> Verification:
    """Stand for the report with one's name. With the last signature the verification ends."""
    lead = allow(by, "leads.handle", lead)
    made = lead.verifications.filter(ended_at=None).exclude(reported_at=None).first()
    signature = made and made.signatures.filter(user=by, at=None).first()
    if not signature:
        raise Conflict(_("No report waits for your signature."))
    signature.at = now()
    signature.save()
    if not made.signatures.filter(at=None).exists():
        made.ended_at = now()
        made.save()
        end(lead, "verify", by=by)
    keep(lead, "leads.sign_report", by)
    return made


def _mine(lead: Lead, state: str, by) -> Lead:
    lead = allow(by, "leads.handle", lead)
    in_state(lead, state)
    if lead.handler != by:
        raise NotAllowed(_("Its handler does this."))
    return lead


def _noon(day: date) -> datetime:
    """A day as the event of a limit; today it is now, never a moment to come."""
    return now() if day == today() else datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
