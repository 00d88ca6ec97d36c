"""「流程图上的风险点」 A procedure's chart with the points of one unit as marks at their steps."""

from dataclasses import replace

from django.db.models import QuerySet

from huilian.engine.look.svg.flow import Chart, Risk
from huilian.engine.procedures.charts import chart_of_procedure
from huilian.engine.procedures.models import Procedure

from ..models import RiskPoint

SHAPES = {1: "red", 2: "orange", 3: "yellow"}  # the chart's marks by grade; an alert's colour is another thing


def chart_of(procedure_key: str, points: QuerySet[RiskPoint]) -> Chart | None:
    """The newest version drawn with graded points at its steps; None when there is no such procedure."""
    procedure = Procedure.objects.filter(key=procedure_key).order_by("version").last()
    if procedure is None:
        return None
    chart = chart_of_procedure(procedure.definition)
    rows = list(
        points.filter(procedure_key=procedure_key, grade__isnull=False).exclude(step="").order_by("grade", "number")
    )
    marks = [(n, point, SHAPES[point.grade]) for n, point in enumerate(rows, 1)]
    return replace(
        chart,
        nodes=tuple(
            replace(node, risks=tuple(Risk(n, level, False) for n, point, level in marks if point.step == node.id))
            for node in chart.nodes
        ),
        risks=tuple(
            {"no": n, "level": level, "hit": False, "name": point.name, "note": point.manifestation}
            for n, point, level in marks
        ),
    )
