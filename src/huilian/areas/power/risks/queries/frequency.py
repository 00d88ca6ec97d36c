"""「行使频率」 How often a power was really used, from cases; and the scale that counts on a day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from huilian.engine.procedures.models import Case, CaseStep, Procedure
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from ..models import GradeScale, RiskPoint

TWELVE_MONTHS = timedelta(days=365)
FAMILY = "item."  # cases of power items run the procedure "item.<code>"


def scale_on(day: date) -> GradeScale:
    """The scale in force. Raises Invalid when the county has none, so that nothing is graded by a guess."""
    found = GradeScale.objects.filter(valid_from__lte=day).first()
    if found is None:
        raise Invalid(_("No scale of grades is in force. Have the county enter one."))
    return found


def is_step(procedure_key: str, step: str) -> bool:
    """Whether the newest version of a procedure exists and, when `step` is given, has it."""
    found = Procedure.objects.filter(key=procedure_key).order_by("version").last()
    return found is not None and (not step or any(one.key == step for one in found.definition.steps))


def used_of(point: RiskPoint, until: date | None = None) -> int | None:
    """Cases of the last twelve months at the point's step, or of its procedure; None where nothing can be counted."""
    until = until or today()
    key = point.procedure_key or (FAMILY + point.item_code.lower() if point.item_code else "")
    if not key or not Procedure.objects.filter(key=key).exists():
        return None
    since, before = until - TWELVE_MONTHS, until + timedelta(1)
    if point.step:
        stays = CaseStep.objects.filter(case__procedure__key=key, step=point.step, unit=point.unit)
        return stays.filter(entered_at__date__gte=since, entered_at__date__lt=before).values("case").distinct().count()
    cases = Case.objects.filter(procedure__key=key, unit=point.unit)
    return cases.filter(received_at__date__gte=since, received_at__date__lt=before).count()
