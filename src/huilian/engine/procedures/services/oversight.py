"""Watching over a case: co-handlers, 催办 → 督办 → 查办, and yellow and red cards with the right of reply."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..guards import lock, require_actor, require_free, units_of
from ..models import Card, Case, CoHandler, Supervision

# How long a unit has to answer each level, in working days. [U] county default, facts.md §6: reply 3/2/1.
REPLY_WORKDAYS = {1: 3, 2: 2, 3: 1}


@transaction.atomic
def assign_co_handler(case: Case, unit: Unit, *, duty: str = "", by, roles=()) -> CoHandler:
    """Ask a further unit to help; the unit responsible stays responsible."""
    case = lock(case.pk)
    require_actor(case, by, roles=roles or case.definition.step(case.step).roles, holder="centre")
    if unit.pk == case.unit_id:
        raise Invalid(_("%(unit)s already leads this matter.") % {"unit": unit.name}, field="unit")
    co_handler, made = CoHandler.objects.get_or_create(
        case=case, unit=unit, defaults={"duty": duty, "assigned_at": now()}
    )
    if not made:
        raise Conflict(_("%(unit)s already helps with this matter.") % {"unit": unit.name})
    record("procedures.assign_co_handler", case, by=by, data={"unit": unit.name, "duty": duty})
    return co_handler


@transaction.atomic
def give_opinion(co_handler: CoHandler, opinion: str, *, by) -> CoHandler:
    """A co-handling unit answers the unit responsible."""
    case = lock(co_handler.case_id)
    co_handler = CoHandler.objects.select_related("unit").get(pk=co_handler.pk)
    if co_handler.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may answer here.") % {"unit": co_handler.unit.name})
    require_free(case, by)
    if not opinion.strip():
        raise Invalid(_("Write what your unit found."), field="opinion")
    co_handler.opinion, co_handler.answered_at = opinion.strip(), now()
    co_handler.save()
    record("procedures.give_opinion", case, by=by, data={"unit": co_handler.unit.name})
    return co_handler


@transaction.atomic
def supervise(case: Case, *, demand: str, level: int | None = None, by) -> Supervision:
    """Remind, supervise, investigate: one level above the last one unless said otherwise; a level is never lowered."""
    require(by, "case.supervise")
    case = lock(case.pk)
    require_free(case, by)
    if not case.is_open:
        raise Conflict(_("%(number)s is closed; there is nothing to hurry.") % {"number": case.number})
    if not demand.strip():
        raise Invalid(_("Write what the unit is to do, and by when."), field="demand")
    level = level or min(case.supervision + 1, Supervision.Level.INVESTIGATE)
    if level < case.supervision:
        raise Invalid(_("The matter is already at a higher level of supervision."), field="level")
    when = now()
    number = next_number("DB", on=when.date())
    supervision = Supervision.objects.create(
        case=case,
        number=number,
        level=level,
        demand=demand.strip(),
        unit=case.unit,
        issued_by=by if by is not SYSTEM else None,
        issued_at=when,
        clock=clocks.start(
            f"procedures.supervision:{number}",
            length=REPLY_WORKDAYS[level],
            unit="workday",
            start_at=when,
            kind="reply",
        ),
    )
    case.supervision = level
    case.revision += 1
    case.save(update_fields=["supervision", "revision"])
    record("procedures.supervise", case, by=by, data={"level": int(level), "number": number, "demand": demand.strip()})
    return supervision


@transaction.atomic
def answer_supervision(supervision: Supervision, reply: str, *, by) -> Supervision:
    """The unit answers a supervision."""
    case = lock(supervision.case_id)
    supervision = Supervision.objects.select_for_update(of=("self",)).select_related("clock").get(pk=supervision.pk)
    if supervision.unit_id not in units_of(by):
        raise NotAllowed(_("Only the unit that was reminded may answer."))
    if supervision.replied_at:
        raise Conflict(_("This supervision was already answered."))
    if not reply.strip():
        raise Invalid(_("Write what was done and when it will be finished."), field="reply")
    supervision.reply, supervision.replied_by, supervision.replied_at = reply.strip(), by, now()
    supervision.save()
    clocks.stop(supervision.clock, at=supervision.replied_at)
    record("procedures.answer_supervision", case, by=by, data={"number": supervision.number})
    return supervision


@transaction.atomic
def raise_card(case: Case, *, ground: str, colour: int, fact: str, by=SYSTEM, at: datetime | None = None) -> Card:
    """Give the unit a card. The same card is given once a step; a red one does not take the yellow one away."""
    case = lock(case.pk)
    card, made = Card.objects.get_or_create(
        case=case,
        ground=ground,
        colour=colour,
        step=case.step,
        defaults={"fact": fact, "unit": case.unit, "raised_at": at or now()},
    )
    if made:
        record("procedures.card", case, by=by, data={"ground": ground, "colour": colour, "fact": fact})
    return card


@transaction.atomic
def answer_card(card: Card, reply: str, *, by) -> Card:
    """The right of reply: the unit explains before the card counts."""
    case = lock(card.case_id)
    card = Card.objects.select_for_update().get(pk=card.pk)
    if card.unit_id not in units_of(by):
        raise NotAllowed(_("Only the unit that got the card may answer it."))
    if card.upheld is not None:
        raise Conflict(_("This card was already decided."))
    if not reply.strip():
        raise Invalid(_("Write your explanation."), field="reply")
    card.reply, card.replied_at = reply.strip(), now()
    card.save()
    record("procedures.answer_card", case, by=by, data={"ground": card.ground})
    return card


@transaction.atomic
def decide_card(card: Card, *, uphold: bool, remark: str = "", by) -> Card:
    """Uphold or lift a card, by somebody who is not of the unit concerned."""
    require(by, "case.supervise")
    case = lock(card.case_id)
    card = Card.objects.select_for_update().get(pk=card.pk)
    if card.unit_id in units_of(by):
        raise NotAllowed(_("A unit cannot decide on its own card."))
    if card.upheld is not None:
        raise Conflict(_("This card was already decided."))
    if not uphold and not remark.strip():
        raise Invalid(_("Say why the card is lifted."), field="remark")
    card.upheld, card.decided_at, card.remark = uphold, now(), remark.strip()
    card.save()
    verb = "procedures.uphold_card" if uphold else "procedures.lift_card"
    record(verb, case, by=by, data={"ground": card.ground, "remark": card.remark})
    return card
