"""The way of a tip, as the rules of 2020 draw it: accepted here, carried up, passed down, kept, concluded, told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Unit
from huilian.engine.inbox.models import Notice
from huilian.engine.inbox.services import notify
from huilian.engine.procedures import services as cases
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Box
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import rules
from ..models import Tip
from .guards import free_tip, team_tip
from .talking import team_of
from .teams import assign, withdrawn

SORT, HANDLE, APPROVE = "tips.sort", "tips.handle", "tips.approve"
WAITS = timedelta(days=365)  # the desk keeps access to what it passed down


@transaction.atomic
def accept(tip: Tip, *, unit: Unit, handlers, until: datetime, token: str, by, expected: int | None = None) -> Tip:
    """Send a tip within own competence to the supervision department `unit`, where `handlers` may open it until a day;
    case management has the number from now on. Who sorted it has no access any more. Raises Invalid without handlers.
    """
    tip = team_tip(tip, SORT, by)
    if not handlers:
        raise Invalid(_("Name who handles it."), field="handlers")
    for user in handlers:
        assign(
            tip, user, purpose=_("handling"), until=until, token=token, identity=tip.named != Tip.Named.ANONYMOUS, by=by
        )
    verb = "accept" if rules.is_told(tip.case.class_key) else "accept_other"
    tip = _moved(tip, verb, by, fast=True, unit=unit, expected=expected)
    others = tip.members.filter(ended_at=None).exclude(user__in=handlers).select_related("user")
    for member in sorted(others, key=lambda m: m.user == by):  # oneself last: only who can open takes access back
        withdrawn(tip, member.user, by)
    return tip


@transaction.atomic
def keep_repeat(tip: Tip, *, of: str, by, expected: int | None = None) -> Tip:
    """Keep a tip as a repeat of `of`: registered, linked, and not told again."""
    tip = link_repeat(tip, of=of, by=by)
    return _moved(tip, "keep", by, expected=expected)


@transaction.atomic
def link_repeat(tip: Tip, *, of: str, by) -> Tip:
    """Note that a tip says what another said before. Raises Invalid (no such tip, or itself)."""
    tip = team_tip(tip, SORT, by)
    first = Tip.objects.filter(number=of.strip().upper()).exclude(pk=tip.pk).first()
    if first is None:
        raise Invalid(_("There is no such tip."), field="of")
    tip.repeat_of = first.repeat_of if first.repeat_of and first.repeat_of_id != tip.pk else first
    tip.save(update_fields=["repeat_of"])
    record("tips.link_repeat", tip, by=by, data={"of": tip.repeat_of.number})
    return tip


@transaction.atomic
def send_up(tip: Tip, *, level: str, by, expected: int | None = None) -> Tip:
    """It turns out to concern a cadre of a higher level, or the head here: it goes straight up, and what was entered
    about it is taken out of the register."""
    tip = team_tip(tip, SORT, by)
    if level not in rules.STRAIGHT_UP:
        raise Invalid(_("Only a tip on a higher cadre or on the head here goes straight up."), field="level")
    tip.level, tip.unit, tip.place, tip.field, tip.micro = level, None, None, "", ""
    tip.save(update_fields=["level", "unit", "place", "field", "micro"])
    return _moved(tip, "send_up", by, expected=expected)


@transaction.atomic
def hand_over(tip: Tip, *, receipt: str, by, expected: int | None = None) -> Tip:
    """「直报上级」 Carried up and signed for: the receipt is noted and everything sealed here is destroyed, copies and
    digests with it. What stays is number, day and who carried it (§14)."""
    tip = team_tip(tip, SORT, by)
    if len(receipt.strip()) < 2:
        raise Invalid(_("Enter the receipt of the commission that took it."), field="receipt")
    tip = _moved(tip, "hand_over", by, expected=expected)
    boxes = list(Box.objects.filter(subject=tip.subject))
    for box in boxes:
        if box.file:
            transaction.on_commit(lambda file=box.file: file.storage.delete(file.name))
        box.looks.all().delete()
        box.openings.all().delete()
        box.delete()
    tip.marks.all().delete()
    tip.messages.all().delete()
    tip.carrier, tip.receipt, tip.destroyed_at = by, receipt.strip(), now()
    tip.save(update_fields=["carrier", "receipt", "destroyed_at"])
    record("tips.destroy", tip, by=by, data={"boxes": len(boxes), "receipt": tip.receipt})
    return tip


@transaction.atomic
def transfer(tip: Tip, *, unit: Unit, by, expected: int | None = None) -> Tip:
    """Pass a tip on a cadre of a lower level to the commission there, by its rewritten summary; the desk waits for the
    answer, on a clock. Raises Conflict where none is sealed, Invalid where the unit is the one concerned."""
    tip = team_tip(tip, SORT, by)
    if unit.pk == tip.unit_id:
        raise Invalid(_("Never to the unit that it concerns."), field="unit")
    if not Box.objects.filter(subject=tip.subject, part="summary").exists():
        raise Conflict(_("Write the summary first: what is passed on must not show who wrote it."))
    tip.passed_to = unit
    tip.save(update_fields=["passed_to"])
    tip.members.filter(ended_at=None).update(until=now() + WAITS)
    return _moved(tip, "transfer", by, data={"to": unit.name}, expected=expected)


@transaction.atomic
def urge(tip: Tip, *, by, expected: int | None = None) -> Tip:
    """「催办」 Note that the lower level was urged to answer. The clock runs on."""
    return _moved(team_tip(tip, SORT, by), "urge", by, expected=expected)


@transaction.atomic
def answer_below(tip: Tip, text: str, *, by, expected: int | None = None) -> Tip:
    """「下级反馈」 Seal what the lower level answered. A real-name reporter is told by us: nobody below knows them."""
    tip = team_tip(tip, SORT, by)
    if len(text.strip()) < 4:
        raise Invalid(_("Write what the lower level answered."), field="text")
    vault.seal(tip.subject, "answer", text.strip().encode(), readers=team_of(tip), by=by)
    verb = "answer_below_named" if rules.is_told(tip.case.class_key) else "answer_below"
    return _moved(tip, verb, by, expected=expected)


@transaction.atomic
def call_back(tip: Tip, *, note: str, by, expected: int | None = None) -> Tip:
    """「提级办理」 Take it back to be sorted here: the lower level did not answer, or not well."""
    return _moved(team_tip(tip, SORT, by), "call_back", by, note=note, expected=expected)


def ask_after(*, by) -> int:
    """Tell the desk once of each tip whose answer from below is late; how many. Nothing ends by itself."""
    late = Tip.objects.filter(case__step="transferred", case__due_on__lt=today()).select_related("case")
    told = Notice.objects.filter(template="tips.unanswered").values("subject_id")
    asked = list(late.exclude(number__in=told))
    for tip in asked:
        team = [m.user for m in tip.members.filter(ended_at=None, until__gt=now()).select_related("user")]
        notify(team, "tips.unanswered", tip, {"number": tip.number}, link=f"/desk/tips/{tip.number}/", level=1)
    return len(asked)


@transaction.atomic
def ask_petition(tip: Tip, *, note: str, by, expected: int | None = None) -> Tip:
    """Ask the head to let a matter that is not one of discipline pass to the petition office."""
    return _moved(team_tip(tip, SORT, by), "ask_petition", by, note=note, expected=expected)


@transaction.atomic
def decide_petition(tip: Tip, *, agreed: bool, note: str = "", by, expected: int | None = None) -> Tip:
    """Let it pass to the petition office, or not. A head decides by number, without opening it."""
    tip = free_tip(tip, APPROVE, by)
    return _moved(tip, "pass_on" if agreed else "hold_back", by, note=note, expected=expected)


@transaction.atomic
def tell_acceptance(tip: Tip, *, by, expected: int | None = None) -> Tip:
    """Note that a real-name reporter was told of the acceptance; a repeat is not told again."""
    tip = team_tip(tip, HANDLE, by)
    if tip.told_at or not rules.is_told(tip.case.class_key):
        raise Conflict(_("Nobody is to be told, or they were told already."))
    tip = _moved(tip, "tell_acceptance", by, expected=expected)
    tip.told_at = now()
    tip.save(update_fields=["told_at"])
    return tip


@transaction.atomic
def feed_back(tip: Tip, *, by, expected: int | None = None) -> Tip:
    """Feed the state of the handling back to those who sorted it; the next quarter begins."""
    return _moved(team_tip(tip, HANDLE, by), "feed_back", by, fast=True, expected=expected)


@transaction.atomic
def to_lead(tip: Tip, *, lead: str, by, expected: int | None = None) -> Tip:
    """Note the number of the lead that the tip became."""
    tip = team_tip(tip, HANDLE, by)
    if not lead.strip():
        raise Invalid(_("Enter the number of the lead."), field="lead")
    tip = _moved(tip, "to_lead", by, expected=expected)
    tip.lead = lead.strip()
    tip.save(update_fields=["lead"])
    return tip


@transaction.atomic
def conclude(tip: Tip, *, by, expected: int | None = None) -> Tip:
    """Conclude the handling. A real-name reporter is to be told the result within 15 working days."""
    tip = team_tip(tip, HANDLE, by)
    if (charge := tip.led) and not charge.signed_on:
        raise Conflict(_("%(leader)s leads it and has not closed it by signature yet.") % {"leader": charge.leader})
    owed = rules.is_told(tip.case.class_key)
    return _moved(tip, "conclude_named" if owed else "conclude", by, expected=expected)


@transaction.atomic
def tell_result(tip: Tip, *, by, expected: int | None = None) -> Tip:
    """Note that the reporter was told the result."""
    tip = team_tip(tip, SORT if may(by, SORT) else HANDLE, by)
    tip = _moved(tip, "tell_result", by, expected=expected)
    tip.result_told_at = now()
    tip.save(update_fields=["result_told_at"])
    return tip


def _moved(tip: Tip, verb: str, by, *, fast: bool = False, **more) -> Tip:
    """The move of the case; in the fast lane its own, where there is one."""
    if fast and tip.case.step.endswith("_fast"):
        verb += "_fast"
    tip.case = cases.move(tip.case, verb, by=by, **more)
    return tip
