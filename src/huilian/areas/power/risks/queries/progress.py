"""What a stage must have brought about before it can be handed in, read from the facts."""

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.procedures.models import Procedure

from .. import rules
from ..models import Check, Cycle, Directory, Finding, Measure, RiskPoint
from ..models.catalogue import Grade

LIVE = ("draft", "graded", "final")


def live_points(unit):
    return RiskPoint.objects.filter(unit=unit, state__in=LIVE)


def changed_since_review(points):
    """Points in force whose procedure was published anew after their last review: ground for a cycle in part."""
    newer = Procedure.objects.filter(key=OuterRef("procedure_key"), published_at__date__gt=OuterRef("reviewed_on"))
    return points.filter(state=RiskPoint.State.FINAL).exclude(procedure_key="").filter(Exists(newer))


def wanting(cycle: Cycle) -> list[str]:
    """Sentences on what is missing at the stage where the cycle stands; empty when it may be handed in.

    A scheme with several stages for one of the six asks for it at the last of them.
    """
    part = cycle.stage_called(cycle.step)["of"]
    last = [stage["key"] for stage in cycle.stages if stage["of"] == part][-1]
    return LOOKS[part](cycle) if part in LOOKS and last == cycle.step else []


def _found(cycle: Cycle) -> list[str]:
    if not cycle.findings.exists() and not live_points(cycle.unit).exists():
        return [_("no risk point is entered.")]
    n = live_points(cycle.unit).filter(findings=None).count()
    words = ngettext("%(n)s point has no way of finding.", "%(n)s points have no way of finding.", n)
    return [words % {"n": n}] if n else []


def _measures(cycle: Cycle) -> list[str]:
    points = list(live_points(cycle.unit).prefetch_related("measures"))
    open_ = [point for point in points if point.grade is None or point.state == "draft"]
    found = []
    if open_:
        found.append(
            ngettext("%(n)s point is not graded.", "%(n)s points are not graded.", len(open_)) % {"n": len(open_)}
        )
    found += [str(point) + "：" + words for point in points if (words := lacking(point))]
    return found[:6]


def lacking(point: RiskPoint) -> str:
    """What measures a point still needs, in a sentence; empty when there are enough."""
    types = [m.type for m in point.measures.all() if m.ended_on is None]
    if not types:
        return _("no measure stands against it.")
    if point.grade == Grade.FIRST and (missing := rules.missing_types(types)):
        names = "、".join(str(Measure.Type(kind).label) for kind in missing)
        return _("grade one needs all three types of measures; missing: %(names)s.") % {"names": names}
    return ""


def _checked(cycle: Cycle) -> list[str]:
    seen = Check.objects.filter(checked_on__gte=cycle.started_on).values("point")
    left = live_points(cycle.unit).filter(grade=Grade.FIRST).exclude(pk__in=seen).count()
    words = ngettext("%(n)s point of grade one was not checked.", "%(n)s points of grade one were not checked.", left)
    return [words % {"n": left}] if left else []


def _fed_back(cycle: Cycle) -> list[str]:
    if (
        cycle.kind == Cycle.Kind.FULL
        and not Directory.objects.filter(
            unit=cycle.unit, state=Directory.State.FINAL, resolved_on__gte=cycle.started_on
        ).exists()
    ):
        return [_("the directory of this cycle is not in force yet.")]
    return []


LOOKS = {"find": _found, "measures": _measures, "assess": _checked, "feedback": _fed_back}


def by_way(cycle: Cycle) -> list[tuple[str, int]]:
    """Progress of finding: how many points each of the five ways brought in, zeros included."""
    counted = dict(cycle.findings.values_list("way").annotate(n=Count("point", distinct=True)).order_by())
    return [(str(way.label), counted.get(way.value, 0)) for way in Finding.Way]
