"""「季度评估」 Counted by formula, told to the unit, objected to, final. A unit that fails gets written advice."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Case
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from ..models import Criterion, Evaluation
from ..queries.measures import MEASURES, span
from ..rules import bounds, grade, points

S = Evaluation.State


def criteria_on(day) -> list[Criterion]:
    """The contents in force on a day: of each measure the newest row that has begun."""
    found: dict[str, Criterion] = {}
    for row in Criterion.objects.filter(valid_from__lte=day).order_by("valid_from"):
        found[row.key] = row
    return sorted((row for row in found.values() if row.weight), key=lambda row: row.position)


@transaction.atomic
def evaluate(year: int, quarter: int, *, by) -> list[Evaluation]:
    """Evaluate every unit that closed a case in a quarter that is over. What is final or objected to stays."""
    require(by, "monitoring.evaluate")
    if quarter not in (1, 2, 3, 4):
        raise Invalid(_("A year has the quarters 1 to 4."), field="quarter")
    since, until = bounds(year, quarter)
    if until > today():
        raise Invalid(_("This quarter is not over yet."), field="quarter")
    criteria = criteria_on(since)
    if not criteria:
        raise Invalid(_("No contents of the evaluation are in force for this quarter."), field="quarter")
    kept = Evaluation.objects.filter(year=year, quarter=quarter).exclude(state=S.TOLD).values("unit")
    units = Case.objects.filter(closed_at__date__gte=since, closed_at__date__lt=until, unit__isnull=False)
    made = []
    for unit in Unit.objects.filter(pk__in=units.values("unit")).exclude(pk__in=kept):
        made.append(_one(unit, year, quarter, criteria))
    record("monitoring.evaluate", f"monitoring.quarter:{year}-{quarter}", by=by, data={"units": len(made)})
    return made


def _one(unit: Unit, year: int, quarter: int, criteria: list[Criterion]) -> Evaluation:
    stretch, scores, total = span(unit, *bounds(year, quarter)), [], Decimal(0)
    for row in criteria:
        part, whole = MEASURES[row.key][1](stretch)
        got = points(row.weight, part, whole)
        total += got
        scores.append(
            {"key": row.key, "zh": row.name, "en": row.name_en or row.name, "weight": row.weight, "part": part,
             "whole": whole, "points": str(got)}
        )  # fmt: skip
    values = {
        "cases": stretch.closed().count(),
        "scores": scores,
        "total": total,
        "grade": grade(total, sum(row.weight for row in criteria)),
        "made_at": now(),
    }
    return Evaluation.objects.update_or_create(unit=unit, year=year, quarter=quarter, defaults=values)[0]


@transaction.atomic
def object_to(evaluation: Evaluation, text: str, *, by) -> Evaluation:
    """The unit objects, with its reasons, before the evaluation counts."""
    evaluation = _locked(evaluation, S.TOLD)
    if evaluation.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may object.") % {"unit": evaluation.unit})
    if not text.strip():
        raise Invalid(_("Write which figure is wrong and why."), field="text")
    evaluation.objection, evaluation.state = text.strip(), S.OBJECTED
    evaluation.save()
    record("monitoring.object", evaluation, by=by, data={"text": evaluation.objection})
    return evaluation


@transaction.atomic
def answer_objection(evaluation: Evaluation, answer: str, *, again: bool, by) -> Evaluation:
    """Answer the objection, and count anew where data were put right (`again`); either way it is then final."""
    require(by, "monitoring.evaluate")
    evaluation = _locked(evaluation, S.OBJECTED)
    _apart(evaluation, by)
    if not answer.strip():
        raise Invalid(_("Answer the objection in a few sentences."), field="answer")
    if again:
        since, _until = bounds(evaluation.year, evaluation.quarter)
        fresh = _one(evaluation.unit, evaluation.year, evaluation.quarter, criteria_on(since))
        evaluation.scores, evaluation.total, evaluation.grade = fresh.scores, fresh.total, fresh.grade
    evaluation.answer = answer.strip()
    return _final(evaluation, by)


@transaction.atomic
def settle(evaluation: Evaluation, *, by) -> Evaluation:
    """Make an evaluation final that nobody objected to."""
    require(by, "monitoring.evaluate")
    evaluation = _locked(evaluation, S.TOLD)
    _apart(evaluation, by)
    return _final(evaluation, by)


def _apart(evaluation: Evaluation, by) -> None:
    if evaluation.unit_id in units_of(by):
        raise NotAllowed(_("Nobody settles the evaluation of their own unit."))


def _final(evaluation: Evaluation, by) -> Evaluation:
    evaluation.state, evaluation.final_at, evaluation.decided_by = S.FINAL, now(), getattr(by, "person", None)
    evaluation.save()
    record("monitoring.settle", evaluation, by=by, data={"grade": evaluation.grade, "total": str(evaluation.total)})
    return evaluation


def _locked(evaluation: Evaluation, state: str) -> Evaluation:
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evaluation.pk)
    if evaluation.state != state:
        raise Conflict(
            _("The evaluation of %(what)s is already “%(state)s”; nothing was changed.")
            % {"what": evaluation, "state": evaluation.get_state_display()}
        )
    return evaluation
