"""「五种处置」 Proposed by severity, approved by somebody else, served, answered, its effect checked."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import recused
from huilian.engine.directory.models import Appointment, Person
from huilian.engine.directory.powers import in_office
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Disposal, RiskPoint, Signal
from .guards import allow, another, locked, said

K, S = Disposal.Kind, Disposal.State
FITTING = {1: K.NOTICE, 2: K.CRITICISM, 3: K.ADMONITION, 4: K.ORDER, 5: K.HANDOVER}
MOST_REPLY_DAYS = 60


@transaction.atomic
def propose(
    person: Person,
    *,
    severity: int,
    kind: str,
    facts: str = "",
    demand: str = "",
    sealed_no: str = "",
    deviation: str = "",
    point: RiskPoint | None = None,
    signal: Signal | None = None,
    by,
) -> Disposal:
    """Propose one of the five disposals for a person in office. Another than fits the severity needs its reason.

    A hand-over keeps the number of the sealed paper and not one word of what stands in it.
    """
    held = Appointment.objects.filter(in_office(today()), person=person).select_related("post__unit__place")
    posts = [one.post for one in held.order_by("pk")]
    if not posts:
        raise Invalid(_("%(name)s holds no post today.") % {"name": person}, field="person")
    unit = next((post.unit for post in posts if point and post.unit_id == point.unit_id), posts[0].unit)
    proposer = allow(by, "risks.dispose", unit)
    _free(by, person)
    if severity not in Disposal.Severity.values or kind not in K.values:
        raise Invalid(_("Say how severe it is and which of the five disposals is proposed."), field="kind")
    deviation = deviation.strip()[:300] if kind != FITTING[severity] else ""
    if kind != FITTING[severity] and not deviation:
        raise Invalid(
            _("For this severity the scheme has “%(kind)s”. Write why another is proposed.")
            % {"kind": FITTING[severity].label},
            field="deviation",
        )
    if kind == K.HANDOVER:
        if facts.strip() or demand.strip():
            raise Invalid(
                _("What is handed over stands in the sealed paper only. Leave facts and demand empty."), field="facts"
            )
        sealed_no = said(sealed_no, "sealed_no")[:60]
    else:
        facts, demand, sealed_no = said(facts, "facts"), said(demand, "demand"), ""
    made = Disposal.objects.create(
        number=next_number("FZ", on=today()),
        unit=unit,
        person=person,
        point=point,
        signal=signal,
        kind=kind,
        severity=severity,
        deviation=deviation,
        facts=facts,
        demand=demand,
        sealed_no=sealed_no,
        asked_by=proposer,
        asked_on=today(),
    )
    record("risks.propose", made, by=by, data={"kind": made.get_kind_display()})
    return made


@transaction.atomic
def decide(disposal: Disposal, *, agree: bool, ground: str = "", by) -> Disposal:
    """Approve or refuse; never by who proposed it, by the person themself or by their kin."""
    row = _locked(disposal, S.ASKED)
    person = allow(by, "risks.approve", row.unit)
    another(person, row.asked_by_id)
    _free(by, row.person)
    row.ground = "" if agree else said(ground, "ground")[:300]
    row.state, row.decided_by, row.decided_on = S.APPROVED if agree else S.REFUSED, person, today()
    return _keep(row, "risks.decide", by, {"state": row.get_state_display()})


@transaction.atomic
def serve(disposal: Disposal, *, reply_days: int = 10, by) -> Disposal:
    """The paper was handed to the person. A hand-over ends here; an admonishing talk counts for six months."""
    row = _locked(disposal, S.APPROVED)
    allow(by, "risks.dispose", row.unit)
    _free(by, row.person)
    row.served_on = today()
    if row.kind == K.HANDOVER:
        row.state = S.DONE
    else:
        if not 1 <= reply_days <= MOST_REPLY_DAYS:
            raise Invalid(_("The answer is due in 1 to %(n)s days.") % {"n": MOST_REPLY_DAYS}, field="reply_days")
        row.state, row.reply_due_on = S.SERVED, today() + timedelta(reply_days)
    if row.kind == K.ADMONITION:
        row.effect_until = rules.months_later(today(), rules.ADMONITION_MONTHS)
    if row.signal_id:
        Signal.objects.filter(pk=row.signal_id, noticed_on=None).update(noticed_on=today())
    if row.kind != K.HANDOVER and row.person.user:
        notify([row.person.user], "risks.served", row, {"number": row.number}, link=reverse("risks-mine"))
    return _keep(row, "risks.serve", by, {"kind": row.get_kind_display()})


@transaction.atomic
def reply(disposal: Disposal, text: str, *, by) -> Disposal:
    """The person answers, or the head of the unit for them."""
    row = _locked(disposal, S.SERVED)
    if getattr(by, "person", None) is None or by.person.pk != row.person_id:
        allow(by, "risks.confirm", row.unit)
    row.reply, row.replied_on, row.state = said(text, "reply"), today(), S.REPLIED
    return _keep(row, "risks.reply", by, {})


@transaction.atomic
def check_effect(disposal: Disposal, *, effective: bool, effect: str, by) -> Disposal:
    """Look whether it is put right. What is not goes back to the person with a new day."""
    row = _locked(disposal, S.REPLIED)
    allow(by, "risks.dispose", row.unit)
    _free(by, row.person)
    row.effective, row.effect, row.checked_on = effective, said(effect, "effect"), today()
    if effective:
        row.state = S.DONE
        if row.signal_id:
            Signal.objects.filter(pk=row.signal_id, corrected_on=None).update(corrected_on=today())
    else:
        row.state, row.reply_due_on = S.SERVED, today() + timedelta(10)
    return _keep(row, "risks.check_effect", by, {"effective": effective})


def _locked(disposal: Disposal, state: str) -> Disposal:
    return locked(disposal, state, related=("unit__place", "person__user"))


def _free(by, person: Person) -> None:
    if why := recused(by, persons=[person]):
        raise NotAllowed(why)


def _keep(row: Disposal, verb: str, by, data: dict) -> Disposal:
    row.save()
    record(verb, row, by=by, data=data)
    return row
