"""「处置呈批」 Proposed by the handler, decided level by level, carried out by the last approval; the end of a lead."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.inbox.services import notify
from huilian.engine.vault.services.keys import key_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import hooks, rules
from ..models import Decision, Lead, Letter, Member, Note, Outcome, Proposal, Sanction
from ..queries.reach import must_step_back, who_may
from .guards import allow, begin, end, in_state, join, keep, note, running

S, W = Lead.State, Proposal.Way
BEGINS = {W.INTERVIEW: "talk", W.VERIFY: "verify", W.HOLD: "reread"}


@transaction.atomic
def propose(lead: Lead, *, way: str, text: str, token: str, by) -> Proposal:
    """Propose a disposal. Who decides on the three levels can open the lead from now on."""
    lead = allow(by, "leads.handle", lead)
    if lead.handler != by:
        raise NotAllowed(_("Its handler does this."))
    if way not in rules.NEXT.get(lead.state, ()):
        raise Invalid(_("This way is not open from here."), field="way")
    if lead.state == S.INTERVIEW and not lead.inquiries.exclude(reported_on=None).exists():
        raise Conflict(_("First the report on the talk or the answer."))
    if lead.state == S.VERIFY and not lead.verifications.exclude(ended_at=None).exists():
        raise Conflict(_("First the report of the verification, signed by the whole team."))
    if lead.proposals.filter(state=Proposal.State.WAITING).exists():
        raise Conflict(_("A proposal waits for its decision."))
    for level in rules.LEVELS:
        _admit_approvers(lead, level, token, by)
    made = Proposal.objects.create(
        lead=lead, way=way, by=by, at=now(), note=note(lead, Note.Kind.OPINION, text, by=by).part
    )
    late = end(lead, "opinion", by=by)
    _ask(made, by)
    keep(lead, "leads.propose", by, way=made.get_way_display(), late=late)
    return made


@transaction.atomic
def decide(proposal: Proposal, *, agree: bool, text: str = "", by) -> Proposal:
    """One level's decision. A refusal says why and sends it back; the last approval carries it out."""
    lead = allow(by, f"leads.approve{proposal.level}", proposal.lead)
    made = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if made.state != Proposal.State.WAITING or made.level != proposal.level:
        raise Conflict(_("It was decided in the meantime."))
    if by == made.by or made.decisions.filter(by=by).exists():
        raise NotAllowed(_("Who proposed it or decided on it before does not decide now."))
    if not agree and not text.strip():
        raise Invalid(_("Say why it is sent back."), field="text")
    if text.strip():
        note(lead, Note.Kind.DECISION, text, by=by)
    late = end(lead, f"approve{made.level}", by=by)
    Decision.objects.create(proposal=made, level=made.level, agreed=agree, by=by, at=now(), late=late)
    level = made.level
    if not agree:
        made.state = Proposal.State.REFUSED
        _back(lead, by)
    elif made.level < rules.LEVELS[-1]:
        made.level += 1
        _ask(made, by)
    else:
        made.state = Proposal.State.APPROVED
        _carry_out(lead, made, by)
    made.save()
    notify([made.by], "leads.decided", lead, {"number": lead.number}, link=f"/desk/leads/lead/{lead.number}/")
    said = _("agree") if agree else _("send back")
    keep(lead, "leads.decide", by, level=level, agreed=agree, said=said, way=made.get_way_display())
    return made


@transaction.atomic
def accept_trial(lead: Lead, *, by) -> Lead:
    """「审理受理」 The trial office takes the file; a month for its review."""
    lead = allow(by, "leads.try", lead)
    in_state(lead, S.FILED)
    if lead.handler == by:
        raise NotAllowed(_("Who handled it does not review it."))
    lead.members.filter(user=by).update(stated_at=now())
    lead.state = S.TRIAL
    begin(lead, "trial", by=by, place=lead.place)
    return keep(lead, "leads.accept_trial", by)


@transaction.atomic
def send_to_trial(lead: Lead, officer, *, token: str, by) -> Lead:
    """Hand the filed case to an officer of the trial office, who can open it from now on."""
    lead = allow(by, "leads.handle", lead)
    in_state(lead, S.FILED)
    if lead.handler != by:
        raise NotAllowed(_("Its handler does this."))
    if not may(officer, "leads.try") or officer == by:
        raise Invalid(_("Choose an officer of the trial office."), field="officer")
    join(lead, officer, Member.Duty.TRIAL, purpose=str(_("review of the case")), token=token, by=by)
    notify([officer], "leads.given", lead, {"number": lead.number}, link=f"/desk/leads/lead/{lead.number}/")
    return keep(lead, "leads.send_to_trial", by, to=str(officer))


@transaction.atomic
def enter_outcome(lead: Lead, *, no: int, sanction: Sanction, decided_on: date, text: str = "", by) -> Outcome:
    """What was decided for one of the persons, coded by the four forms; its effect ends on a day of its own.

    By the trial office after a review; by the handler where a reminder or the like was approved.
    """
    reminded = lead.state == S.CLOSED and lead.way == W.REMIND
    lead = allow(by, "leads.handle" if reminded else "leads.try", lead)
    if not reminded:
        in_state(lead, S.TRIAL, S.DECIDED)
    if reminded and sanction.form != 1:
        raise Invalid(_("A reminder is of the first of the four forms."), field="sanction")
    if not 1 <= no <= lead.people:
        raise Invalid(_("The sealed list has %(n)s persons.") % {"n": lead.people}, field="no")
    if decided_on > today():
        raise Invalid(_("This day has not come yet."), field="decided_on")
    if lead.outcomes.filter(no=no, sanction=sanction).exists():
        raise Conflict(_("This is entered already."))
    until = rules.months_later(decided_on, sanction.months) if sanction.months else None
    made = Outcome.objects.create(lead=lead, no=no, sanction=sanction, decided_on=decided_on, effect_until=until)
    if text.strip():
        note(lead, Note.Kind.RESULT, text, by=by)
    if lead.state == S.TRIAL:
        lead.state = S.DECIDED
        end(lead, "trial", by=by)
        begin(lead, "announce", by=by, place=lead.place)
    keep(lead, "leads.enter_outcome", by, form=sanction.form)
    return made


@transaction.atomic
def announce(lead: Lead, *, announced_on: date, by) -> Lead:
    """The decisions were announced to those concerned and their units, within a month."""
    lead = allow(by, "leads.try", lead)
    in_state(lead, S.DECIDED)
    if announced_on > today() or lead.outcomes.filter(decided_on__gt=announced_on).exists():
        raise Invalid(_("Announced between the decision and today."), field="announced_on")
    lead.outcomes.filter(announced_on=None).update(announced_on=announced_on)
    return keep(lead, "leads.announce", by, late=end(lead, "announce", by=by))


@transaction.atomic
def archive(lead: Lead, *, archive_no: str, by) -> Lead:
    """The case is over, its file has its number in the archive."""
    lead = allow(by, "leads.try", lead)
    in_state(lead, S.DECIDED)
    if lead.outcomes.filter(announced_on=None).exists():
        raise Conflict(_("A decision is not announced yet."))
    if not archive_no.strip():
        raise Invalid(_("Give the number in the archive."), field="archive_no")
    lead.archive_no = archive_no.strip()
    close(lead, by=by)
    return keep(lead, "leads.archive", by, number=lead.archive_no)


@transaction.atomic
def feed_back(lead: Lead, *, told_on: date, text: str = "", by) -> Lead:
    """The reporter in the real name was told the result (15 working days); an objection is written down sealed."""
    lead = allow(by, "leads.keep", lead)
    in_state(lead, S.CLOSED)
    if lead.naming not in (Lead.Naming.REAL, Lead.Naming.JOINT) or lead.fed_back_on:
        raise Conflict(_("There is nobody to tell, or they were told."))
    if told_on > today():
        raise Invalid(_("This day has not come yet."), field="told_on")
    if text.strip():
        note(lead, Note.Kind.RESULT, text, by=by)
    lead.fed_back_on = told_on
    return keep(lead, "leads.feed_back", by, late=end(lead, "feedback", by=by))


@transaction.atomic
def clear_name(lead: Lead, *, scope: str, text: str, by) -> Note:
    """「澄清正名」 Nothing was found: said so where it matters, in the scope that fits."""
    lead = allow(by, "leads.handle", lead)
    in_state(lead, S.CLOSED)
    if lead.outcomes.exists():
        raise Conflict(_("Somebody was sanctioned; there is nothing to clear."))
    made = note(lead, Note.Kind.CLEARING, text, by=by)
    keep(lead, "leads.clear_name", by, scope=scope)
    return made


@transaction.atomic
def find_false(lead: Lead, *, level: str, approval_no: str, text: str, by) -> Note:
    """「认定诬告陷害」 Only with the approval of an organ at the level of a city with districts or above; an honest
    mistake is none (处理检举控告工作规则 2020)."""
    lead = allow(by, "leads.keep", lead)
    in_state(lead, S.CLOSED)
    if level not in ("city", "province"):
        raise Invalid(_("Only an organ of a city with districts or above approves this."), field="level")
    if not approval_no.strip():
        raise Invalid(_("Give the number of the approval."), field="approval_no")
    made = note(lead, Note.Kind.FALSE, text, by=by)
    keep(lead, "leads.find_false", by, approval=approval_no.strip())
    return made


def close(lead: Lead, *, by) -> None:
    """The end of a lead: every limit stops; the reporter is to be told; whoever gave the lead learns the end."""
    lead.state, lead.closed_at = S.CLOSED, now()
    for kind in ("opinion", "transfer", "talk", "reply", "report", "verify", "reread", "trial", "announce"):
        end(lead, kind, by=by)
    if lead.naming in (Lead.Naming.REAL, Lead.Naming.JOINT):
        begin(lead, "feedback", by=by, place=lead.place)
    lead.save()
    for tell in hooks.ended:
        tell(lead, by)


def _admit_approvers(lead: Lead, level: int, token: str, by) -> None:
    found = [u for u in who_may(f"leads.approve{level}") if u != by and key_of(u) and not must_step_back(u, lead)]
    if not found:
        raise Conflict(_("Nobody on level %(n)s has a key and may see this lead.") % {"n": level})
    for user in found:
        member = join(lead, user, Member.Duty.APPROVER, purpose=str(_("approval of the disposal")), token=token, by=by)
        if member.stated_at is None:
            member.stated_at = now()
            member.save()


def _ask(proposal: Proposal, by) -> None:
    lead = proposal.lead
    begin(lead, f"approve{proposal.level}", by=by, place=lead.place)
    people = [u for u in who_may(f"leads.approve{proposal.level}") if lead.members.filter(user=u).exists()]
    notify(people, "leads.decide", lead, {"number": lead.number}, link=f"/desk/leads/lead/{lead.number}/")


def _back(lead: Lead, by) -> None:
    """An opinion sent back is none: its month has run on."""
    if lead.state == S.ASSIGNED and running(lead, "opinion") is None:
        stopped = Clock.objects.filter(subject=f"leads.lead:{lead.number}", kind="opinion").last()
        if stopped:
            clocks.reopen(stopped, by=by)


def _carry_out(lead: Lead, proposal: Proposal, by) -> None:
    if lead.rank in rules.UPWARD and not lead.letters.filter(kind=Letter.Kind.UPWARD).exists():
        raise Conflict(_("A lead on a main leader or a member of the committee is first reported to the organ above."))
    end(lead, "talk", "report", "reread", by=by)
    lead.way = proposal.way
    lead.state = rules.LEADS_TO[proposal.way]
    if key := BEGINS.get(proposal.way):
        begin(lead, key, by=by, place=lead.place)
    if lead.state == S.CLOSED:
        close(lead, by=by)
