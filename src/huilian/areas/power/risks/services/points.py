"""Points are found, merged, graded by measured use, met by measures, reviewed and ended."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Appointment, Person, Post
from huilian.engine.directory.powers import in_office
from huilian.engine.numbering.services import next_number
from huilian.engine.screening.queries import rules as rules_in_force
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Cycle, Finding, Measure, RiskPoint
from ..models.catalogue import Grade, Importance, Level
from ..queries.frequency import is_step, scale_on, used_of
from .guards import allow, locked, said

S = RiskPoint.State
LIVE = (S.DRAFT, S.GRADED, S.FINAL)


@transaction.atomic
def save_point(point: RiskPoint | None, values: Mapping, *, way: str = "", told: str = "", by) -> RiskPoint:
    """Enter a point with the way it was found, or correct it.

    A graded point that changes is graded anew. One that stands in a directory stays there, as it was decided, and
    stays watched by the rules until the next directory is decided.
    """
    return _saved(point, values, by, lambda row, person: _find(row, way, told, person))


@transaction.atomic
def save_listed(point: RiskPoint | None, values: Mapping, *, by) -> RiskPoint:
    """The same for a table of points: how each was found is noted afterwards; the stage of finding waits for it."""
    return _saved(point, values, by, lambda row, person: None)


def _saved(point: RiskPoint | None, values: Mapping, by, find) -> RiskPoint:
    row = locked(point, *LIVE) if point else RiskPoint(number=next_number("FX", on=today()), unit=values["unit"])
    person = allow(by, "risks.write", row.unit)
    before = {name: getattr(row, name) for name in values} if point else {}
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if row.unit_id != (before["unit"].pk if "unit" in before else row.unit_id):
        raise Invalid(_("A point stays with its unit. End it here and enter it there."), field="unit")
    _check(row)
    if point and row.state != S.DRAFT and any(before[name] != getattr(row, name) for name in before):
        row.state = S.DRAFT
    row.save()
    if point is None:
        find(row, person)
    record("risks.save_point", row, by=by, data={"name": row.name}, place=row.unit.place.code)
    return row


def _check(row: RiskPoint) -> None:
    if not row.name:
        raise Invalid(_("Name the risk point."), field="name")
    if not row.manifestation:
        raise Invalid(_("Write how the risk shows itself; the known points give examples."), field="manifestation")
    if row.level == Level.POST and row.post is None:
        raise Invalid(_("A point of a post needs its post."), field="post")
    if row.level == Level.SECTION and not row.section:
        raise Invalid(_("A point of a section needs its section."), field="section")
    if row.level != Level.POST:
        row.post = None
    if row.level == Level.UNIT:
        row.section = ""
    if row.post and row.post.unit_id != row.unit_id:
        raise Invalid(_("This post belongs to another unit."), field="post")
    if (row.procedure_key or row.step) and not is_step(row.procedure_key, row.step):
        raise Invalid(_("There is no procedure in force with this step."), field="step")
    row.rule, row.item_code = row.rule.upper(), row.item_code.upper()
    if row.rule and all(found.rule.id != row.rule for found in rules_in_force()):
        raise Invalid(_("This rule is not known. Take its name from the list of rules."), field="rule")


@transaction.atomic
def find_own(post: Post, values: Mapping, *, by) -> RiskPoint:
    """「个人找」 The holder of a post says where its power can be misused. It takes no role; the unit grades it."""
    person = getattr(by, "person", None)
    if person is None or not Appointment.objects.filter(in_office(today()), post=post, person=person).exists():
        raise NotAllowed(_("Only the post-holder finds the risks of a post like this."))
    number = next_number("FX", on=today())
    row = RiskPoint(number=number, unit=post.unit, level=Level.POST, post=post, **values)
    _check(row)
    row.save()
    _find(row, Finding.Way.SELF, "", person)
    record("risks.find_own", row, by=by, data={"name": row.name}, place=row.unit.place.code)
    return row


@transaction.atomic
def add_finding(point: RiskPoint, *, way: str, told: str = "", by) -> Finding:
    """Note that a point was found once more, by another way or another voice."""
    row = locked(point, *LIVE)
    found = _find(row, way, told, allow(by, "risks.write", row.unit))
    record("risks.add_finding", row, by=by, data={"way": found.get_way_display()})
    return found


def _find(row: RiskPoint, way: str, told: str, person: Person | None) -> Finding:
    if way not in Finding.Way.values:
        raise Invalid(_("Say by which of the five ways it was found."), field="way")
    cycle = Cycle.objects.filter(unit=row.unit, closed_on=None).order_by("pk").last()
    return Finding.objects.create(
        point=row, cycle=cycle, way=way, told=told.strip()[:300], found_on=today(), found_by=person
    )


@transaction.atomic
def merge(point: RiskPoint, into: RiskPoint, *, by) -> RiskPoint:
    """Two entries of one thing become one: sources, measures, signals and checks move over and none is lost."""
    if point.pk == into.pk:
        raise Invalid(_("A point cannot be merged into itself."), field="into")
    rows = {row.pk: row for row in (locked(one, *LIVE) for one in sorted((point, into), key=lambda one: one.pk))}
    gone, kept = rows[point.pk], rows[into.pk]
    allow(by, "risks.write", kept.unit)
    if gone.unit_id != kept.unit_id:
        raise Invalid(_("Only points of one unit are merged."), field="into")
    if gone.reviewed_on:
        raise Conflict(_("%(point)s stands in the directory. Merge the newer entry into it.") % {"point": gone})
    for rows_of in (gone.findings, gone.measures, gone.signals, gone.checks, gone.interventions, gone.disposals):
        rows_of.update(point=kept)
    gone.state, gone.merged_into = S.MERGED, kept
    gone.save()
    record("risks.merge", kept, by=by, data={"gone": gone.number})
    return kept


@transaction.atomic
def grade_point(
    point: RiskPoint,
    *,
    importance: int,
    grade: int,
    told_count: int | None = None,
    deviation: str = "",
    watcher: Person | None = None,
    by,
) -> RiskPoint:
    """Grade by importance × use of the last twelve months. Cases are counted where a procedure is named.

    Only where none is, the unit tells its number, and the point says so. Another grade than the suggested one needs
    its reason. Grade 1 is then registered by the county, grade 2 watched by the head, grade 3 by the section head.
    """
    row = locked(point, *LIVE)
    allow(by, "risks.write", row.unit)
    if importance not in Importance.values or grade not in Grade.values:
        raise Invalid(_("Importance and grade are 1 to 3."), field="grade")
    counted = used_of(row)
    if counted is None and (told_count is None or told_count < 0):
        raise Invalid(_("No procedure is named, so tell how often the power was used in a year."), field="told_count")
    row.estimated = counted is None
    row.used = told_count if row.estimated else counted
    scale = scale_on(today())
    row.importance, row.grade = importance, grade
    row.suggested = rules.grade(
        importance, rules.frequency(row.used, scale.often, scale.sometimes), scale.first, scale.second
    )
    row.deviation = deviation.strip()[:300] if grade != row.suggested else ""
    if grade != row.suggested and not row.deviation:
        raise Invalid(
            _("Importance and use suggest grade %(n)s. Write why this point stands otherwise.") % {"n": row.suggested},
            field="deviation",
        )
    row.watcher = _watcher(row, watcher)
    row.state = S.GRADED  # another grade counts once a directory with it is decided
    row.save()
    record("risks.grade_point", row, by=by, data={"grade": grade, "used": row.used, "suggested": row.suggested})
    return row


def _watcher(row: RiskPoint, chosen: Person | None) -> Person | None:
    """Who watches: the county for grade 1, the unit's head for grade 2, the named section head for grade 3."""
    if row.grade == Grade.FIRST:
        return None
    held = Appointment.objects.filter(in_office(today()), post__unit=row.unit).select_related("person")
    if row.grade == Grade.SECOND:
        head = held.filter(post__is_head=True).order_by("pk").first()
        if head is None:
            raise Invalid(_("%(unit)s has no head in office who could watch this.") % {"unit": row.unit}, field="grade")
        return head.person
    if chosen is None or not held.filter(person=chosen).exists():
        raise Invalid(_("Name the head of the section, who watches a point of grade three."), field="watcher")
    return chosen


@transaction.atomic
def register_point(point: RiskPoint, *, by) -> RiskPoint:
    """The county enters a point of grade one into its register and watches it from now on."""
    row = locked(point, S.GRADED, S.FINAL)
    person = allow(by, "risks.register", row.unit)
    if row.grade != Grade.FIRST:
        raise Invalid(_("Only points of grade one are registered with the county."))
    if row.registered_on:
        raise Conflict(_("%(point)s is registered already.") % {"point": row})
    row.registered_on, row.watcher = today(), person
    row.save()
    record("risks.register_point", row, by=by, data={"name": row.name})
    return row


@transaction.atomic
def add_measure(point: RiskPoint, values: Mapping, *, by) -> Measure:
    """Set a measure against a point: its type, its phase, who is responsible."""
    row = locked(point, *LIVE)
    allow(by, "risks.write", row.unit)
    if values.get("type") not in Measure.Type.values or values.get("phase") not in Measure.Phase.values:
        raise Invalid(_("A measure has one of three types and one of three phases."), field="type")
    made = Measure.objects.create(
        point=row,
        type=values["type"],
        phase=values["phase"],
        text=said(values.get("text", ""), "text")[:300],
        responsible=said(values.get("responsible", ""), "responsible")[:60],
        due_on=values.get("due_on"),
    )
    record("risks.add_measure", row, by=by, data={"text": made.text})
    return made


@transaction.atomic
def end_measure(measure: Measure, *, by) -> Measure:
    """Give a measure up. A point of grade one keeps all three types."""
    point = locked(measure.point, *LIVE)
    allow(by, "risks.write", point.unit)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if row.ended_on:
        raise Conflict(_("This measure was given up already."))
    left = point.measures.filter(ended_on=None).exclude(pk=row.pk).values_list("type", flat=True)
    if point.grade == Grade.FIRST and point.reviewed_on and rules.missing_types(left):
        raise Invalid(_("A risk of grade one needs a measure at the post, in the procedure and in the rules."))
    row.ended_on = today()
    row.save()
    record("risks.end_measure", point, by=by, data={"text": row.text})
    touch([int(point.unit.place.code)])
    return row


@transaction.atomic
def review_point(point: RiskPoint, *, note: str, by) -> RiskPoint:
    """The yearly review: the head looks at a point and leaves it. Nobody reviews the point of their own post."""
    row = locked(point, S.FINAL, related=("unit__place", "post"))
    person = allow(by, "risks.confirm", row.unit)
    if row.post and person and Appointment.objects.filter(in_office(today()), post=row.post, person=person).exists():
        raise NotAllowed(_("This is the point of your own post, so somebody else must review it."))
    row.reviewed_on = today()
    row.save()
    record("risks.review_point", row, by=by, data={"note": said(note, "note")})
    touch([int(row.unit.place.code)])
    return row


@transaction.atomic
def end_point(point: RiskPoint, *, reason: str, by) -> RiskPoint:
    """The post or the power is gone. The head says so; the point leaves the next directory."""
    row = locked(point, *LIVE)
    allow(by, "risks.confirm", row.unit)
    row.state, row.ended_why = S.ENDED, said(reason, "reason")[:200]
    row.save()
    record("risks.end_point", row, by=by, data={"reason": row.ended_why})
    touch([int(row.unit.place.code)])
    return row
