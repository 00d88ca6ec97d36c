"""What everybody may read: directories published to everybody, in force or open for opinions."""

from django.db.models import Count, QuerySet

from huilian.foundation.now import today

from .. import rules
from ..models import Directory, Measure, Opinion, RiskPoint

S = Directory.State
SHOWN = {  # what a comparison of two years looks at, by the names of a row
    "post": RiskPoint._meta.get_field("post").verbose_name,
    "item": RiskPoint._meta.get_field("item_code").verbose_name,
    **{
        name: RiskPoint._meta.get_field(name).verbose_name
        for name in ("basis", "bounds", "duty", "name", "manifestation", "grade")
    },
    "measures": Measure._meta.verbose_name_plural,
}
MOST = 60


def _public() -> QuerySet[Directory]:
    return Directory.objects.filter(scope=Directory.Scope.PUBLIC).select_related("unit")


def in_force(text: str = "") -> list[Directory]:
    """Directories in force, by a word of the unit's name."""
    found = _public().filter(state=S.FINAL)
    if text:
        found = found.filter(unit__name__icontains=text)
    return list(found.order_by("unit__place__path", "unit__name")[:MOST])


def open_now() -> list[Directory]:
    """Directories to which opinions or objections can be given today."""
    asking = _public().filter(state=S.ASKING, asked_to__gte=today())
    return list((asking | _public().filter(state=S.NOTICE, notice_to__gte=today())).order_by("unit__name"))


def directory_of(number: str) -> Directory | None:
    """One directory that is public, also one that was replaced."""
    return _public().filter(number=number).first()


def changes_of(found: Directory) -> list[dict]:
    """What a directory changes against the one in force before it; nothing for a unit's first."""
    before = Directory.objects.filter(unit=found.unit, published_at__isnull=False, pk__lt=found.pk)
    before = before.order_by("pk").last()
    if before is None:
        return []
    changes = rules.differences(before.rows, found.rows, tuple(SHOWN))
    for change in changes:
        change["fields"] = [(SHOWN[name], _plain(old), _plain(new)) for name, old, new in change["fields"]]
    return changes


def _plain(value: object) -> str:
    return "；".join(value) if isinstance(value, list) else str(value or "—")


def answers_of(found: Directory) -> list[tuple[str, int]]:
    """How many opinions were taken up, in part, not; the opinions themselves stay with the office."""
    counted = dict(found.opinions.order_by().values_list("taken").annotate(n=Count("pk")))
    return [(str(taken.label), counted[taken.value]) for taken in Opinion.Taken if taken.value in counted]
