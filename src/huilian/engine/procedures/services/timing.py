"""Time on a case: pauses with a legal reason and at most one extension a round, decided by somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.clocks import services as clocks
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..guards import lock, require_actor
from ..models import Case, Extension
from .lifecycle import follow_clock


@transaction.atomic
def pause(case: Case, *, reason: str, basis: str, by, roles=()) -> Case:
    """Stop counting while the law says so (等群众补材料、鉴定、听证…). Raises `Invalid` without reason and basis."""
    case = _running(case)
    _require_holder(case, by, roles)
    if not reason.strip() or not basis.strip():
        raise Invalid(_("A pause needs its reason and the provision it rests on."), field="reason")
    clocks.pause(case.clock, at=now(), reason=reason.strip(), basis=basis.strip(), by=by)
    return _written(case, "procedures.pause", by, {"reason": reason.strip(), "basis": basis.strip()})


@transaction.atomic
def resume(case: Case, *, by, roles=()) -> Case:
    """Count on after a pause."""
    case = lock(case.pk)
    _require_holder(case, by, roles)
    if not case.clock_id or case.clock.state != "paused":
        raise Conflict(_("The clock of %(number)s is not paused.") % {"number": case.number})
    clocks.resume(case.clock, at=now(), by=by)
    return _written(case, "procedures.resume", by, {})


@transaction.atomic
def ask_extension(case: Case, *, workdays: int, reason: str, by) -> Extension:
    """Ask for more time, once a round and before the time is over."""
    case = _running(case)
    _require_holder(case, by, ())
    if not reason.strip():
        raise Invalid(_("Say why more time is needed; the citizen will read it."), field="reason")
    if not 1 <= workdays <= case.clock.length:
        raise Invalid(
            _("An extension is between 1 and %(most)s working days, no longer than the limit itself.")
            % {"most": case.clock.length},
            field="workdays",
        )
    if case.clock.due_at <= now():
        raise Conflict(_("The time is already over; an extension can only be asked before that."))
    if Extension.objects.filter(case=case, round=case.round).exclude(approved=False).exists():
        raise Conflict(_("An extension was already asked for in this round; there is only one."))
    extension = Extension.objects.create(
        case=case, round=case.round, length=workdays, reason=reason.strip(), asked_by=by, asked_at=now()
    )
    _written(case, "procedures.ask_extension", by, {"workdays": workdays, "reason": reason.strip()})
    return extension


@transaction.atomic
def decide_extension(extension: Extension, *, approve: bool, remark: str = "", by, roles=()) -> Extension:
    """Approve or refuse; never by the person who asked. A refusal says why."""
    case = lock(extension.case_id)
    require_actor(case, by, roles=roles, holder="centre")
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.approved is not None:
        raise Conflict(_("This request was already decided."))
    if extension.asked_by_id == by.pk:
        raise NotAllowed(_("Who asks for an extension cannot approve it. Somebody else must decide."))
    if not approve and not remark.strip():
        raise Invalid(_("Say why the extension is refused."), field="remark")
    extension.approved, extension.decided_by = approve, by
    extension.decided_at, extension.remark = now(), remark.strip()
    extension.save()
    if approve:
        clocks.extend(case.clock, length=extension.length, reason=extension.reason, approver=str(by), by=by)
    _written(
        case,
        "procedures.grant_extension" if approve else "procedures.refuse_extension",
        by,
        {"workdays": extension.length, "remark": extension.remark},
    )
    return extension


@transaction.atomic
def tell_extension(extension: Extension, *, by) -> Extension:
    """Note that the citizen was told of the extension and its reason."""
    extension = Extension.objects.select_for_update(of=("self",)).select_related("case").get(pk=extension.pk)
    if not extension.approved or extension.told_at:
        raise Conflict(_("There is no approved extension that still has to be told."))
    extension.told_at = now()
    extension.save(update_fields=["told_at"])
    record("procedures.tell_extension", extension.case, by=by, data={})
    return extension


def _running(case: Case) -> Case:
    case = lock(case.pk)
    if not case.is_open or not case.clock_id or case.clock.state != "running":
        raise Conflict(_("The clock of %(number)s is not running.") % {"number": case.number})
    return case


def _require_holder(case: Case, by, roles) -> None:
    step = case.definition.step(case.step)
    require_actor(case, by, roles=roles or step.roles, holder="centre" if roles else step.holder)


def _written(case: Case, verb: str, by, data: dict) -> Case:
    follow_clock(case)
    case.revision += 1
    case.save(update_fields=["lamp", "due_on", "colour", "is_paused", "revision"])
    record(verb, case, by=by, data=data)
    return case
