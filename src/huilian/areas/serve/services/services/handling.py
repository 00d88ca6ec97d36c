"""「分类·协办·上报·督办」 What the window, the departments and the levels above do with an application."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Person, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import Limit, Limits
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import CaseStep, CoHandler
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from .. import rules
from ..models import Application, Leg
from ..queries.catalogue import days_of, offer, point_of, promise_of
from .papers import missing_of
from .people import CITIZEN, locked, tell_unit, works_in

LEADS = ("window_clerk", "proxy_agent", "service_head", "unit_head", "department_clerk", "township_clerk")
Mode, Result = Application.Mode, Application.Result
SHORTEST_GROUND = 10  # characters: a refusal or denial says on what it rests


@dataclass(frozen=True)
class Task:
    """What one department is to do. Departments of the same `position` work at the same time."""

    unit: Unit
    task: str = ""
    position: int = 1


@transaction.atomic
def receive(application: Application, *, by, expected: int | None = None) -> Application:
    """Take up what came in by phone or screen; who does so is the one asked first."""
    application = locked(application)
    application.case = cases.move(application.case, "receive", by=by, expected=expected)
    if application.first_asked_id is None:
        application.first_asked = by
        application.save(update_fields=["first_asked"])
    return application


@transaction.atomic
def advise(application: Application, answer: str, *, by, expected: int | None = None) -> Application:
    """Answer a question on the spot; that closes it."""
    application = locked(application)
    _require_ground(answer, "answer", _("Answer in a sentence that people can understand."))
    _set_result(application, Result.ADVISED, answer)
    application.case = cases.move(application.case, "advise", by=by, note=answer.strip(), expected=expected)
    return application


@transaction.atomic
def accept(
    application: Application,
    *,
    mode: str,
    reason: str,
    conditions: str = "",
    agent: Person | None = None,
    by,
    expected: int | None = None,
) -> Application:
    """Accept it with a promise in writing: why not at once, what it depends on, by which day (S3-46).

    The promise is the sum of the days of every level it has to pass. A matter decided above gets a named agent.
    """
    application = locked(application)
    _require_complete(application)
    if mode not in (Mode.GUIDED, Mode.JOINT, Mode.AGENT, Mode.ACTIVE):
        raise Invalid(_("Choose how it is handled; what can be done at once is finished at once."), field="mode")
    _require_ground(reason, "reason", _("Say why it cannot be done at once; it stands on the slip of the promise."))
    _name_agent(application, agent)
    level, item = application.point.level, application.item
    application.case = cases.move(
        application.case,
        "accept_completed" if application.notices.exists() else "accept",
        by=by,
        class_key=rules.class_of(item.decided_at),
        limits=_limits(application, level, promise_of(item, application.point)),
        expected=expected,
        data={"mode": mode},
    )
    application.mode, application.accepted_at = mode, now()
    application.promised_on = application.case.clock.due_on
    application.promise_reason, application.promise_conditions = reason.strip(), conditions.strip()
    application.save()
    _enter_leg(application, Leg.Kind.OWN, level)
    return application


@transaction.atomic
def finish_now(application: Application, *, result: str, text: str, by, expected: int | None = None) -> Application:
    """立即办: complete and within the point's power, so the result is there at once and only has to be told."""
    application = locked(application)
    _require_complete(application)
    _require_power(application, application.point)
    _set_result(application, result, text)
    application.mode, application.accepted_at = Mode.NOW, now()
    application.case = cases.move(
        application.case, "finish_now", by=by, class_key="instant", expected=expected, data={"result": result}
    )
    application.promised_on = application.case.clock.due_on
    application.save()
    return application


@transaction.atomic
def refuse(application: Application, ground: str, *, by, expected: int | None = None) -> Application:
    """Not accept it, in writing and with the ground (行政许可法 §32, §38); where to go instead belongs to it."""
    application = locked(application)
    _require_ground(ground, "note", _("Say on which ground, and where the applicant can go instead."))
    application.case = cases.move(application.case, "refuse", by=by, note=ground.strip(), expected=expected)
    return application


@transaction.atomic
def joint(application: Application, tasks: Sequence[Task], *, by, expected: int | None = None) -> Application:
    """联合办: departments behind the window work side by side or one after the other, each on its own clock."""
    application = locked(application)
    if not tasks or len({task.unit.pk for task in tasks}) < len(tasks):
        raise Invalid(_("Choose the departments, each once."), field="units")
    if any(task.unit.pk == application.case.unit_id for task in tasks):
        raise Invalid(_("Your own unit leads the matter and cannot help itself."), field="units")
    level = application.case.unit.place.level
    positions = {n: i for i, n in enumerate(sorted({task.position for task in tasks}), 1)}
    days = days_of(application.item)
    whole = sum(
        max(rules.days_at(days, t.unit.place.level) for t in tasks if t.position == n) for n in sorted(positions)
    )
    application.case = cases.move(
        application.case,
        "joint",
        by=by,
        expected=expected,
        limits=Limits(step=Limit(whole)),
        data={"units": "、".join(task.unit.name for task in tasks)},
    )
    _leave_leg(application)
    Leg.objects.bulk_create(
        Leg(
            application=application,
            kind=Leg.Kind.CO,
            unit=task.unit,
            level=task.unit.place.level,
            position=positions[task.position],
            task=task.task.strip(),
            days=rules.days_at(days, task.unit.place.level),
        )
        for task in tasks
    )
    _enter_leg(application, Leg.Kind.OWN, level)
    _start_next(application, by)
    return application


def _start_next(application: Application, by) -> bool:
    """Start the departments whose turn it is; False when all have answered."""
    waiting = application.legs.filter(kind=Leg.Kind.CO, ended_at=None)
    if waiting.exclude(started_at=None).exists():
        return True
    first = waiting.order_by("position").first()
    if first is None:
        return False
    for leg in waiting.filter(position=first.position).select_related("unit"):
        leg.started_at = now()
        leg.clock = clocks.start(leg, length=leg.days, kind="leg", place=leg.unit.place, by=by)
        leg.save(update_fields=["started_at", "clock"])
        follow(application, leg.unit, leg.task, by)
        tell_unit(leg.unit, "services.leg", application, days=leg.days)
    return True


def follow(application: Application, unit: Unit, duty: str, by) -> None:
    """Let a unit see the case although it lies with another."""
    case = application.case
    if unit.pk != case.unit_id and not CoHandler.objects.filter(case=case, unit=unit).exists():
        cases.assign_co_handler(case, unit, duty=duty, by=by, roles=LEADS)


@transaction.atomic
def answer_leg(leg: Leg, *, opinion: str, agrees: bool, by) -> Leg:
    """A department that helps answers the unit that leads; the next ones in line begin."""
    application = locked(leg.application)
    leg = Leg.objects.select_for_update(of=("self",)).select_related("unit", "clock").get(pk=leg.pk)
    if leg.kind != Leg.Kind.CO or leg.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may answer here.") % {"unit": leg.unit.name})
    if leg.started_at is None or leg.ended_at is not None:
        raise Conflict(_("This hand-over waits for no answer now."))
    _require_ground(opinion, "opinion", _("Write what your unit found."))
    leg.opinion, leg.agrees, leg.ended_at = opinion.strip(), agrees, now()
    leg.save()
    clocks.stop(leg.clock, by=by)
    helper = CoHandler.objects.filter(case=application.case, unit=leg.unit, answered_at=None).first()
    if helper:
        cases.give_opinion(helper, leg.opinion, by=by)
    record("service.leg", application.case, by=by, data={"unit": leg.unit.name, "agrees": agrees})
    if not _start_next(application, SYSTEM):  # whose turn it is was settled by the unit that leads
        tell_unit(application.case.unit, "services.legs_in", application)
    return leg


@transaction.atomic
def report(application: Application, *, note: str = "", by, expected: int | None = None) -> Application:
    """上报: pass it to the next level, never past one (逐级申报); a named agent stays with it."""
    application = locked(application)
    here = point_of(application.case.unit)
    offered = offer(here, application.item)
    above = here.parent if here else None
    if above is None or offered is None or not offered.may_forward:
        raise Conflict(_("This point passes “%(item)s” up to nobody.") % {"item": application.item})
    if application.agent_id is None:
        raise Invalid(_("Name the agent who stays with the matter until the result is there."), field="agent")
    _require_answers(application)
    application.case = cases.move(
        application.case,
        "report",
        by=by,
        unit=above.unit,
        note=note,
        expected=expected,
        limits=_limits(application, above.level),
    )
    _leave_leg(application)
    _enter_leg(application, Leg.Kind.UP, above.level)
    follow(application, here.unit, _("stays with the matter until the result"), by)
    tell_unit(above.unit, "services.passed_up", application)
    return application


@transaction.atomic
def send_down(application: Application, note: str, *, by, expected: int | None = None) -> Application:
    """Send it back to the point that took it in, with what has to be done there."""
    application = locked(application)
    unit = application.point.unit
    application.case = cases.move(
        application.case,
        "send_down",
        by=by,
        unit=unit,
        note=note,
        expected=expected,
        limits=_limits(application, application.point.level),
    )
    _leave_leg(application)
    _enter_leg(application, Leg.Kind.OWN, application.point.level)
    tell_unit(unit, "services.sent_down", application)
    return application


@transaction.atomic
def decide(application: Application, *, result: str, text: str, by, expected: int | None = None) -> Application:
    """Give the result, at the level that may. Where another point took it in, it goes back there to be brought home."""
    application = locked(application)
    here = point_of(application.case.unit)
    _require_power(application, here)
    _require_answers(application)
    _set_result(application, result, text)
    verb = "decide" if application.case.step == "sort" else "decide_above"
    unit = application.point.unit if verb == "decide_above" else None
    application.case = cases.move(application.case, verb, by=by, unit=unit, expected=expected, data={"result": result})
    application.save()
    _leave_leg(application)
    if unit:
        tell_unit(unit, "services.decided", application)
    return application


@transaction.atomic
def again(application: Application, note: str, *, by, expected: int | None = None) -> Application:
    """督办: the result is not complete; it goes back to who gave it."""
    application = locked(application)
    last = application.legs.exclude(kind=Leg.Kind.CO).order_by("-pk").select_related("unit").first()
    application.case = cases.move(
        application.case,
        "again",
        by=by,
        unit=last.unit,
        note=note,
        expected=expected,
        limits=_limits(application, last.level),
    )
    _enter_leg(application, Leg.Kind.UP, last.level)
    tell_unit(last.unit, "services.sent_down", application)
    return application


@transaction.atomic
def confirm(application: Application, *, by, expected: int | None = None) -> Application:
    """督办: the result is there and complete."""
    application = locked(application)
    application.case = cases.move(application.case, "confirm", by=by, expected=expected)
    return application


@transaction.atomic
def withdraw(application: Application, note: str, *, by=CITIZEN) -> Application:
    """The applicant gives it up, until others work on it."""
    application = locked(application)
    application.case = cases.move(application.case, "withdraw", by=by, note=note.strip())
    _leave_leg(application)
    return application


# ---------------------------------------------------------------------- inside


def _limits(application: Application, level: int, whole: int | None = None) -> Limits:
    step = Limit(rules.days_at(days_of(application.item), level))
    return Limits(whole=Limit(whole) if whole else None, step=step)


def _enter_leg(application: Application, kind: str, level: int) -> None:
    """Note the stay that has just begun; its clock is the one of the step."""
    stay = CaseStep.objects.filter(case=application.case, left_at=None).order_by("-pk").first()
    Leg.objects.create(
        application=application,
        kind=kind,
        unit=application.case.unit,
        level=level,
        days=stay.clock.length,
        clock=stay.clock,
        started_at=stay.entered_at,
    )


def _leave_leg(application: Application) -> None:
    """The stay is over; its clock has stopped with the step."""
    application.legs.exclude(kind=Leg.Kind.CO).filter(ended_at=None).update(ended_at=now())


def _require_complete(application: Application) -> None:
    missing = [str(paper) for paper in missing_of(application)]
    if missing:
        raise Conflict(
            _("Still missing: %(papers)s. Tell the applicant all of it at once.") % {"papers": "、".join(missing)}
        )


def _require_power(application: Application, point) -> None:
    """Raise NotAllowed unless this point may give the result of the item (S3-37)."""
    offered = offer(point, application.item)
    if offered is None or not offered.may_answer or not rules.may_decide(point.level, application.item.decided_at):
        raise NotAllowed(
            _("“%(item)s” is decided at a higher level. Pass it up; your point stays with it as agent.")
            % {"item": application.item}
        )


def _require_answers(application: Application) -> None:
    waiting = application.legs.filter(kind=Leg.Kind.CO, ended_at=None).select_related("unit")
    if waiting:
        names = "、".join(leg.unit.name for leg in waiting)
        raise Conflict(_("Not all departments have answered yet: %(units)s.") % {"units": names})


def _require_ground(text: str, field: str, sentence: str) -> None:
    if len(text.strip()) < 4:
        raise Invalid(sentence, field=field)


def _set_result(application: Application, result: str, text: str) -> None:
    if result not in Result.values:
        raise Invalid(_("Choose the result."), field="result")
    least = SHORTEST_GROUND if result == Result.DENIED else 2
    if len(text.strip()) < least:
        raise Invalid(_("Write the result; if it is not granted, with the ground and where to complain."), field="text")
    application.result, application.result_text, application.decided_at = result, text.strip(), now()
    application.save(update_fields=["result", "result_text", "decided_at"])


def _name_agent(application: Application, agent: Person | None) -> None:
    """Who stays with the matter: somebody of the point that took it in. Needed where the point cannot decide itself."""
    if agent is None:
        offered = offer(application.point, application.item)
        if application.agent_id is None and not (offered and offered.may_answer):
            raise Invalid(_("Name the agent who stays with the matter until the result is there."), field="agent")
        return
    if not works_in(agent, application.point.unit):
        raise Invalid(_("%(agent)s does not work at this point.") % {"agent": agent.name}, field="agent")
    application.agent, application.delegated_at = agent, now()


def open_legs(unit_ids: Iterable[int]):
    """Hand-overs that wait for an answer of these units."""
    found = Leg.objects.filter(kind=Leg.Kind.CO, unit__in=unit_ids, ended_at=None).exclude(started_at=None)
    return found.select_related("application__case", "application__item", "clock", "unit")
