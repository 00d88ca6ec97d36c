"""「年度防控」 A cycle begins, passes stage by stage with two signatures each, and ends; newcomers confirm."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.inbox.services import notify
from huilian.engine.look.text import say
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Confirmation, Cycle, RiskPoint, Scheme, Stage
from ..queries.progress import wanting
from .guards import allow, another, locked, said


@transaction.atomic
def start_cycle(unit: Unit, scheme: Scheme, *, year: int | None = None, cause: str = "", by) -> Cycle:
    """Begin the yearly round of a unit, or with a `cause` one in part. The year before must be over."""
    allow(by, "risks.write", unit)
    year, cause = year or today().year, cause.strip()
    if not scheme.is_active:
        raise Invalid(_("This scheme of stages is not in use any more."), field="scheme")
    if abs(year - today().year) > 1:
        raise Invalid(_("A cycle belongs to this year, the one before or the next."), field="year")
    open_ = Cycle.objects.filter(unit=unit, kind=Cycle.Kind.FULL, closed_on=None).first()
    if open_ and not cause:
        raise Conflict(_("The cycle of %(year)s is not over yet. Bring it to its end first.") % {"year": open_.year})
    stages = scheme.stages
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(
                number=next_number("FK", on=today()),
                unit=unit,
                year=year,
                kind=Cycle.Kind.PARTIAL if cause else Cycle.Kind.FULL,
                cause=cause,
                scheme=scheme,
                stages=stages,
                step=stages[0]["key"],
                started_on=today(),
            )
    except IntegrityError as twice:
        raise Conflict(_("%(unit)s has its cycle of %(year)s already.") % {"unit": unit, "year": year}) from twice
    Stage.objects.create(cycle=cycle, key=cycle.step, entered_at=now())
    record("risks.start_cycle", cycle, by=by, data={"year": year, "cause": cause or "—"}, place=unit.place.code)
    return cycle


@transaction.atomic
def submit_stage(cycle: Cycle, *, inputs: str, outputs: str, by) -> Stage:
    """Hand in the stage the cycle stands at. What the stage must bring about is looked up, not believed."""
    cycle, stage = _standing(cycle)
    person = allow(by, "risks.write", cycle.unit)
    if stage.submitted_at:
        raise Conflict(_("This stage is handed in already and waits for its signature."))
    inputs, outputs = said(inputs, "inputs"), said(outputs, "outputs")
    if missing := wanting(cycle):
        raise Invalid(_("This stage is not done: %(what)s") % {"what": " ".join(missing)})
    stage.inputs, stage.outputs, stage.returned = inputs, outputs, ""
    stage.submitted_by, stage.submitted_at = person, now()
    stage.save()
    record("risks.submit_stage", cycle, by=by, data={"stage": say(cycle.stage_called(stage.key))})
    return stage


@transaction.atomic
def sign_stage(cycle: Cycle, *, by) -> Cycle:
    """The head signs; the next stage begins, or the cycle ends. Nobody signs what they handed in."""
    cycle, stage = _standing(cycle)
    person = _signs(cycle, stage, by)
    stage.signed_by, stage.signed_at = person, now()
    stage.save()
    record("risks.sign_stage", cycle, by=by, data={"stage": say(cycle.stage_called(stage.key))})
    following = rules.next_stage(cycle.keys, cycle.step)
    if following:
        Stage.objects.create(cycle=cycle, key=following, entered_at=now())
        if cycle.stage_called(following)["of"] == "find":
            held = Appointment.objects.filter(in_office(today()), post__unit=cycle.unit, person__user__isnull=False)
            people = [one.person.user for one in held.select_related("person__user")]
            notify(people, "risks.find", cycle, {"unit": cycle.unit.name}, link=reverse("risks-mine"))
    else:
        cycle.closed_on = today()
    cycle.step = following or ""
    cycle.save()
    return cycle


@transaction.atomic
def return_stage(cycle: Cycle, *, reason: str, by) -> Stage:
    """The head sends a stage back with the reason."""
    cycle, stage = _standing(cycle)
    _signs(cycle, stage, by)
    stage.returned, stage.submitted_by, stage.submitted_at = said(reason, "reason")[:300], None, None
    stage.save()
    record("risks.return_stage", cycle, by=by, data={"reason": stage.returned})
    return stage


def _standing(cycle: Cycle) -> tuple[Cycle, Stage]:
    cycle = locked(cycle)
    if not cycle.step:
        raise Conflict(_("This cycle is over; nothing was changed."))
    return cycle, Stage.objects.select_for_update().get(cycle=cycle, key=cycle.step)


def _signs(cycle: Cycle, stage: Stage, by):
    person = allow(by, "risks.confirm", cycle.unit)
    if not stage.submitted_at:
        raise Conflict(_("This stage is not handed in yet."))
    another(person, stage.submitted_by_id)
    return person


@transaction.atomic
def call_newcomers() -> int:
    """Ask everybody who came into a post with risk points since its directory to confirm them. Safe to run again."""
    posts = RiskPoint.objects.filter(state=RiskPoint.State.FINAL, post__isnull=False).values("post")
    since = today() - timedelta(rules.CONFIRM_DAYS)
    asked = 0
    for held in Appointment.objects.filter(in_office(today()), post__in=posts, starts_on__gte=since).select_related(
        "person__user", "post"
    ):
        row, made = Confirmation.objects.get_or_create(
            post=held.post,
            person=held.person,
            since=held.starts_on,
            defaults={"due_on": held.starts_on + timedelta(rules.CONFIRM_DAYS)},
        )
        asked += made
        if made and held.person.user:
            told = {"post": held.post.name, "due": row.due_on.isoformat()}
            notify([held.person.user], "risks.confirm", row, told, link=reverse("risks-mine"))
    return asked


@transaction.atomic
def confirm_post(confirmation: Confirmation, *, promise: str, by) -> Confirmation:
    """The post-holder has read the points of the post and promises to keep to the measures."""
    row = Confirmation.objects.select_for_update().get(pk=confirmation.pk)
    if getattr(by, "person", None) is None or by.person.pk != row.person_id:
        raise NotAllowed(_("Only the post-holder confirms the risks of a post."))
    if row.confirmed_at:
        raise Conflict(_("You have confirmed this already."))
    row.promise, row.confirmed_at = said(promise, "promise")[:300], now()
    row.save()
    record("risks.confirm_post", row, by=by, data={"post": row.post.name})
    return row
