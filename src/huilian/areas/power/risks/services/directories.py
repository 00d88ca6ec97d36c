"""「目录审定」 Opinions asked and answered; public notice; objections; the leaders' meeting; in force."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import rules
from ..models import Asked, Directory, Opinion, RiskPoint
from ..models.catalogue import Grade
from ..queries.progress import lacking, live_points
from .guards import allow, another, locked, said

S = Directory.State
CITIZEN = Actor("citizen", label="")
SHORTEST, LONGEST = 4, 1000


@transaction.atomic
def ask_opinions(unit: Unit, *, until: date, scope: str = Directory.Scope.PUBLIC, by) -> Directory:
    """Draw up the directory from the graded points and lay it open for opinions until a day."""
    person = allow(by, "risks.write", unit)
    if until <= today():
        raise Invalid(_("Opinions need at least one day."), field="until")
    if scope not in Directory.Scope.values:
        raise Invalid(_("Say who may read the directory."), field="scope")
    if Directory.objects.filter(unit=unit, state__in=[S.ASKING, S.NOTICE]).exists():
        raise Conflict(_("A directory of this unit is on its way already."))
    made = Directory.objects.create(
        number=next_number("FM", on=today()),
        unit=unit,
        year=today().year,
        scope=scope,
        rows=rows_of(unit),
        drafted_by=person,
        asked_from=today(),
        asked_to=until,
    )
    record("risks.ask_opinions", made, by=by, data={"until": until.isoformat()}, place=unit.place.code)
    return made


def rows_of(unit: Unit, only: Collection[str] = ()) -> list[dict]:
    """The directory as it would stand now, of `only` these points when some are named.

    Raises Invalid while a point is not graded or lacks measures.
    """
    live = live_points(unit).filter(number__in=only) if only else live_points(unit)
    points = list(live.select_related("post").prefetch_related("measures").order_by("grade", "number"))
    if not points:
        raise Invalid(_("There is no risk point to put into a directory."))
    for point in points:
        if point.state == RiskPoint.State.DRAFT:
            raise Invalid(_("%(point)s is not graded yet.") % {"point": point}, row=point.number)
        if words := lacking(point):
            raise Invalid(f"{point}：{words}", row=point.number)
    return [
        {
            "number": point.number,
            "post": point.post.name if point.post else point.section,
            "item": point.item_code,
            "basis": point.basis,
            "bounds": point.bounds,
            "duty": point.duty,
            "name": point.name,
            "manifestation": point.manifestation,
            "level": point.level,
            "kind": point.kind,
            "grade": point.grade,
            "measures": [m.text for m in point.measures.all() if m.ended_on is None],
        }
        for point in points
    ]


@transaction.atomic
def note_asked(directory: Directory, *, who: str, called: str, people: int, way: str, by) -> Asked:
    """Note who was asked and how."""
    row = locked(directory, S.ASKING)
    allow(by, "risks.write", row.unit)
    if who not in Asked.Who.values or people < 1:
        raise Invalid(_("Say who was asked, and how many they are."), field="who")
    made = Asked.objects.create(
        directory=row,
        who=who,
        called=said(called, "called")[:80],
        people=people,
        way=said(way, "way")[:80],
        asked_on=today(),
    )
    record("risks.note_asked", row, by=by, data={"who": made.get_who_display(), "people": people})
    return made


@transaction.atomic
def give_opinion(directory: Directory, text: str, *, point: str = "", by=CITIZEN) -> Opinion:
    """Anybody's opinion, without a name. During the public notice it counts as an objection and must be answered."""
    row = locked(directory)
    if not is_open(row):
        raise Conflict(_("This directory is not open for opinions any more."))
    text, point = text.strip(), point.strip().upper()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(
            _("Write your opinion in %(least)s to %(most)s characters.") % {"least": SHORTEST, "most": LONGEST},
            field="text",
        )
    if point and all(line["number"] != point for line in row.rows):
        raise Invalid(_("This directory has no point %(point)s.") % {"point": point}, field="point")
    made = Opinion.objects.create(
        directory=row, objection=row.state == S.NOTICE, point=point, text=text, given_at=now()
    )
    record("risks.give_opinion", row, by=by, data={"point": point or "—"})
    return made


def is_open(directory: Directory) -> bool:
    """Whether opinions or objections can be given today."""
    until = {S.ASKING: directory.asked_to, S.NOTICE: directory.notice_to}.get(directory.state)
    return until is not None and today() <= until


@transaction.atomic
def answer_opinion(opinion: Opinion, *, taken: str, answer: str, by) -> Opinion:
    """Say what became of an opinion or objection, and why."""
    directory = locked(opinion.directory, S.ASKING, S.NOTICE)
    person = allow(by, "risks.write", directory.unit)
    row = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if row.taken:
        raise Conflict(_("This opinion is answered already."))
    if taken not in Opinion.Taken.values:
        raise Invalid(_("Say what became of the opinion."), field="taken")
    row.taken, row.answer, row.answered_by, row.answered_at = taken, said(answer, "answer"), person, now()
    row.save()
    record("risks.answer_opinion", directory, by=by, data={"taken": row.get_taken_display()})
    return row


@transaction.atomic
def begin_notice(directory: Directory, *, days: int = rules.NOTICE_DAYS, by) -> Directory:
    """After the opinions: public notice for so many natural days, with the rows as they stand now."""
    row = locked(directory, S.ASKING)
    allow(by, "risks.write", row.unit)
    if today() <= row.asked_to:
        raise Conflict(_("Opinions may be given until %(day)s.") % {"day": row.asked_to})
    if days < rules.NOTICE_DAYS:
        raise Invalid(_("The public notice lasts at least %(n)s days.") % {"n": rules.NOTICE_DAYS}, field="days")
    if not row.asked.filter(who__in=[Asked.Who.SERVED, Asked.Who.MANAGED]).exists():
        raise Conflict(_("Nobody whom the unit serves or manages was asked yet. Ask them and note it."))
    _all_answered(row)
    row.rows, row.state = rows_of(row.unit), S.NOTICE
    row.notice_from, row.notice_to = today(), today() + timedelta(days)
    row.save()
    record("risks.begin_notice", row, by=by, data={"until": row.notice_to.isoformat()})
    return row


@transaction.atomic
def resolve(directory: Directory, *, minutes_no: str, resolved_on: date, by) -> Directory:
    """The leaders' meeting has decided: the directory is in force and published, its points are reviewed."""
    row = locked(directory, S.NOTICE)
    person = allow(by, "risks.confirm", row.unit)
    another(person, row.drafted_by_id)
    if today() <= row.notice_to:
        raise Conflict(_("The public notice lasts until %(day)s.") % {"day": row.notice_to})
    _all_answered(row)
    minutes_no = said(minutes_no, "minutes_no")[:60]
    if not row.notice_to < resolved_on <= today():
        raise Invalid(_("The meeting was after the public notice and not in the future."), field="resolved_on")
    row.rows = rows_of(row.unit, [line["number"] for line in row.rows])  # what came later had no public notice
    Directory.objects.filter(unit=row.unit, state=S.FINAL).update(state=S.REPLACED)
    row.state, row.minutes_no, row.resolved_on, row.resolved_by = S.FINAL, minutes_no, resolved_on, person
    row.published_at = now()
    row.save()
    points = RiskPoint.objects.filter(number__in=[line["number"] for line in row.rows])
    points.update(state=RiskPoint.State.FINAL, reviewed_on=resolved_on)
    points.exclude(grade=Grade.FIRST).update(registered_on=None)
    record("risks.resolve", row, by=by, data={"minutes": minutes_no}, place=row.unit.place.code)
    touch([int(row.unit.place.code)])
    return row


def _all_answered(row: Directory) -> None:
    if waiting := row.opinions.filter(taken="").count():
        raise Conflict(_("%(n)s opinions wait for an answer. Answer each first.") % {"n": waiting})
