"""「领导包案」 A leader leads a tip to its end, by visits and steps, and closes it by own signature."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.inbox.services import notify
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, today

from .. import rules
from ..models import Charge, ChargeNote, Tip
from ..queries.reach import LEAD, SEE
from .guards import team_tip
from .talking import team_of
from .teams import assign

HANDLE = "tips.handle"
AFTER = timedelta(days=90)  # a leader who is late may still open what they lead
Kind = ChargeNote.Kind


@transaction.atomic
def put_in_charge(tip: Tip, leader, *, marks: Mapping[str, int], reason: str, due_on: date, token: str, by) -> Charge:
    """A leader of the commission leads the tip. Below the points of the house the reason says why all the same.

    Raises NotAllowed (the leader is concerned or no leader; then nothing is given), Conflict or Invalid.
    """
    tip = team_tip(tip, HANDLE, by)
    if tip.case.step not in rules.LED_AT:
        raise Conflict(_("A leader leads only what is accepted and not concluded."))
    if tip.charges.filter(ended_on=None).exists():
        raise Conflict(_("A leader leads this tip already."))
    try:
        points = rules.worth(marks)
    except ValueError:
        raise Invalid(_("Each factor has points up to its most."), field="reason") from None
    if due_on < today():
        raise Invalid(_("The day lies in the past."), field="due_on")
    if not may(leader, LEAD):
        raise NotAllowed(_("%(name)s is no leader of the commission.") % {"name": leader})
    until = datetime.combine(due_on, time(18), CHINA) + AFTER
    assign(tip, leader, purpose=_("leading the tip"), until=until, token=token, by=by)
    made = Charge.objects.create(tip=tip, leader=leader, points=points, marks=dict(marks), since=today(), due_on=due_on)
    _note(made, Kind.REASON, reason, by, least=2 if points >= rules.LEAD_FROM else 10, field="reason")
    record("tips.put_in_charge", tip, by=by, data={"leader": str(leader), "points": points})
    told = {"number": tip.number, "day": due_on.isoformat()}
    notify([leader], "tips.led", tip, told, link=f"/desk/tips/{tip.number}/", level=1)
    return made


@transaction.atomic
def note_charge(tip: Tip, *, kind: str, text: str, by) -> ChargeNote:
    """A visit to the people or a step forward, noted by the leader or the team that works for them."""
    charge = _charge(team_tip(tip, SEE, by))
    if kind not in (Kind.VISIT, Kind.STEP):
        raise Invalid(_("Choose a visit or a step."), field="kind")
    made = _note(charge, kind, text, by)
    record("tips.note_charge", charge.tip, by=by, data={"kind": str(kind)})
    return made


@transaction.atomic
def propose_end(tip: Tip, *, result: str, by) -> Charge:
    """Propose to close what a leader leads; there must have been a visit to the people."""
    charge = _charge(team_tip(tip, HANDLE, by))
    if not charge.notes.filter(kind=Kind.VISIT).exists():
        raise Conflict(_("The leader has not visited the people yet."))
    _note(charge, Kind.RESULT, result, by, field="result")
    charge.asked_close_on = today()
    charge.save(update_fields=["asked_close_on"])
    record("tips.propose_end", charge.tip, by=by)
    return charge


@transaction.atomic
def sign_end(tip: Tip, *, by) -> Charge:
    """The leader signs; nobody signs for them, and until they did nothing is concluded."""
    charge = _charge(team_tip(tip, SEE, by))
    if by.pk != charge.leader_id:
        raise NotAllowed(_("Only %(leader)s, who leads it, closes it.") % {"leader": charge.leader})
    if charge.asked_close_on is None:
        raise Conflict(_("Nobody has proposed to close it yet."))
    charge.signed_on = today()
    charge.save(update_fields=["signed_on"])
    record("tips.sign_end", charge.tip, by=by)
    return charge


def _charge(tip: Tip) -> Charge:
    """What is led and not signed yet; `tip` is locked, and so nobody else writes to it."""
    charge = tip.led
    if charge is None or charge.signed_on:
        raise Conflict(_("No leader leads it, or the leader has signed already."))
    return charge


def _note(charge: Charge, kind: str, text: str, by, *, least: int = 4, field: str = "text") -> ChargeNote:
    if len(text.strip()) < least:
        raise Invalid(_("Say it in at least %(least)s characters.") % {"least": least}, field=field)
    n = ChargeNote.objects.filter(charge__tip=charge.tip).count() + 1
    made = ChargeNote.objects.create(charge=charge, n=n, kind=kind, on=today(), by=by)
    vault.seal(charge.tip.subject, made.part, text.strip().encode(), readers=team_of(charge.tip), by=by)
    return made
