"""Meetings, boxes, questions, plans of the month, work logs, reports of a period."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import head_of
from huilian.engine.inbox.services import notify
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from .. import rules
from ..models import (
    Body,
    BoxOpening,
    Checkpoint,
    ComplaintBox,
    DutyReport,
    LogEntry,
    Meeting,
    PeriodReport,
    PlanLine,
    Question,
    Seat,
    Training,
)
from ..queries.figures import raised_fields, this_month
from ..queries.reach import branch_of, own_seats, serving
from .guards import allow, locked, said, standing, steps_back

MAX_MINUTES = 20000
MEETING_DAY = 25  # of the month: county default of the reminder


def allow_work(by, body: Body) -> Seat | None:
    """The seat of `by` in the body, or None for the branch that keeps it. Raises NotAllowed."""
    seat = own_seats(by).filter(body=body).first()
    if seat is None:
        allow(by, "watchers.keep", body)
    return seat


@transaction.atomic
def hold_meeting(body: Body, *, held_on: date, present: int, minutes: str, by) -> Meeting:
    """Write down a monthly meeting (每月座谈会). What was raised is reported with this meeting."""
    body = standing(body)
    allow_work(by, body)
    if held_on > today():
        raise Invalid(_("The meeting lies in the future."), field="held_on")
    if not 1 <= present <= body.seats.filter(serving(held_on)).count():
        raise Invalid(_("As many as serve in the body can have been there."), field="present")
    made, new = Meeting.objects.get_or_create(
        body=body, held_on=held_on, defaults={"present": present, "minutes": said(minutes, "minutes", MAX_MINUTES)}
    )
    if not new:
        raise Conflict(_("The meeting of this day is written down already."))
    record("watchers.hold_meeting", body, by=by, data={"on": held_on.isoformat(), "present": present})
    return made


@transaction.atomic
def hold_training(body: Body, *, held_on: date, topic: str, seats: Iterable[Seat], by) -> Training:
    """Write down who was trained in what. Entered again for the same day and topic it takes in who is added."""
    body = standing(body)
    allow(by, "watchers.cover" if body.kind.is_covered else "watchers.keep", body)
    seats = list(seats)
    if held_on > today():
        raise Invalid(_("The training lies in the future."), field="held_on")
    if not seats or any(seat.body_id != body.pk for seat in seats):
        raise Invalid(_("Say who of this body was there."), field="seats")
    made, _new = Training.objects.get_or_create(body=body, held_on=held_on, topic=said(topic, "topic", 120))
    made.seats.add(*seats)
    data = {"on": held_on.isoformat(), "topic": made.topic, "present": len(seats)}
    record("watchers.hold_training", body, by=by, data=data)
    return made


@transaction.atomic
def note_duty_report(body: Body, *, year: int, name: str, post: str, held_on: date, text: str, good: int = 0,
                     fair: int = 0, poor: int = 0, by) -> DutyReport:  # fmt: skip
    """Enter that a cadre reported on duty before the villagers, and how those present judged it; everybody may read
    it from then on. Entered again for the same post, person and year it corrects."""
    body = standing(body)
    allow_work(by, body)
    if not body.kind.is_public:
        raise Invalid(_("Only bodies whose members are public enter reports on duty."), field="name")
    if held_on > today() or not held_on.year - 1 <= year <= held_on.year:
        raise Invalid(_("The day of the meeting and the year do not fit."), field="held_on")
    values = {"held_on": held_on, "text": said(text, "text", 600), "good": good, "fair": fair, "poor": poor}
    key = {"body": body, "year": year, "name": said(name, "name", 64), "post": said(post, "post", 64)}
    made, new = DutyReport.objects.update_or_create(**key, defaults=values)
    record("watchers.note_duty_report", body, by=by, data={"year": year, "post": made.post, "new": new})
    return made


def remind_of_meetings() -> int:
    """From the twenty-fifth on, tell keepers of bodies that meet every month and have not met in this one, once a
    month; returns how many bodies."""
    day, month = today(), this_month()
    if day.day < MEETING_DAY:
        return 0
    met = Meeting.objects.filter(held_on__year=day.year, held_on__month=day.month).values("body")
    waits = Body.objects.filter(dissolved_on=None, kind__meets_monthly=True).exclude(pk__in=met)
    waits = waits.exclude(meeting_asked=month).filter(seats__in=Seat.objects.filter(serving()).order_by()).distinct()
    bodies = list(waits.select_related("unit", "place").order_by("pk"))
    for body in bodies:
        heads = [s.person for s in body.seats.filter(serving(), is_head=True, person__isnull=False)]
        people = {p.user for p in [*branch_of(body), *heads] if p.user}
        with transaction.atomic():
            notify(people, "watchers.meeting", body, {"body": str(body)}, link=reverse("watchers-body", args=[body.pk]))
            Body.objects.filter(pk=body.pk).update(meeting_asked=month)
    return len(bodies)


@transaction.atomic
def save_box(box: ComplaintBox | None, values: Mapping, *, by) -> ComplaintBox:
    """Hang a box up, give it another keeper, or take it down."""
    row = locked(box) if box else ComplaintBox(hung_on=today())
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    body = standing(row.body)
    allow_work(by, body)
    said(row.where, "where", 120)
    if row.keeper.body_id != body.pk or not Seat.objects.filter(serving(), pk=row.keeper_id).exists():
        raise Invalid(_("The keeper of a box serves in the body it belongs to."), field="keeper")
    row.save()
    record("watchers.save_box", body, by=by, data={"where": row.where})
    return row


@transaction.atomic
def open_complaint_box(box: ComplaintBox, *, opened_at: datetime, second: str, letters: int, by) -> BoxOpening:
    """Write down an opening by two persons. Each letter is then reported with this opening."""
    box = locked(box, "body")
    body = standing(box.body)
    seat = own_seats(by).filter(body=body).first()
    if seat is None:
        raise NotAllowed(_("A member of the body opens the box, together with a second person."))
    at = moment(opened_at)
    if at > now() or box.removed_on:
        raise Invalid(_("The time lies in the future, or the box is no longer there."), field="opened_at")
    second = said(second, "second", 64)
    if second == seat.name:
        raise Invalid(_("The second person is somebody else."), field="second")
    made = BoxOpening.objects.create(box=box, opened_at=at, first=seat, second=second, letters=letters)
    record("watchers.open_complaint_box", body, by=by, data={"where": box.where, "letters": letters})
    return made


@transaction.atomic
def ask(body: Body, *, unit: Unit, text: str, about: str = "", by) -> Question:
    """Members of a supervision committee ask one of the village's committees. The answer is due in ten days."""
    body = standing(body)
    if not own_seats(by).filter(body=body).exists():
        raise NotAllowed(_("Only members of the body ask in its name."))
    if unit.place_id != body.place_id:
        raise Invalid(_("%(unit)s is not of this village.") % {"unit": unit}, field="unit")
    steps_back(by, persons=[head_of(unit)])
    made = Question.objects.create(
        body=body, unit=unit, text=said(text, "text"), about=about.strip()[:40], asked_on=today()
    )
    made.clock = clocks.start(
        made, length=rules.QUESTION_DAYS, unit="day", kind="watchers", place=body.place, by=by, within=True
    )
    made.save(update_fields=["clock"])
    record("watchers.ask", body, by=by, data={"question": made.pk, "due": made.clock.due_on.isoformat()})
    return made


@transaction.atomic
def answer_question(question: Question, *, text: str, by) -> Question:
    """The committee answers; the clock stops."""
    question = locked(question, "body", "unit")
    require(by, "watchers.answer")
    if not scope_of(by, "watchers.answer").holds_unit(question.unit):
        raise NotAllowed(_("%(unit)s was asked, not your unit.") % {"unit": question.unit})
    if question.answered_on:
        raise Conflict(_("This question was answered already."))
    question.answer, question.answered_on = said(text, "text"), today()
    question.answered_by = getattr(by, "person", None)
    question.save(update_fields=["answer", "answered_on", "answered_by"])
    clocks.stop(question.clock, by=by, within=True)
    record("watchers.answer_question", question.body, by=by, data={"question": question.pk})
    return question


@transaction.atomic
def make_plan(body: Body, month: int, *, by) -> list[PlanLine]:
    """「施工图」 Lay out what the body looks at in `month` (yyyymm) from the checkpoints; those whose field a watched
    post or matter of this village touches come more often. Run twice it adds only what is new."""
    body = standing(body)
    if by is not SYSTEM:
        allow_work(by, body)
    if not 1 <= month % 100 <= 12:
        raise Invalid(_("Write the month as 202606."), field="month")
    raised = raised_fields(body.place) if body.place.level == Place.Level.VILLAGE else {}
    made = []
    for point in Checkpoint.objects.filter(is_active=True):
        every, because = raised.get(point.field, (point.every_months, ""))
        every, because = (every, because) if every < point.every_months else (point.every_months, "")
        if rules.is_due(month, every):
            line, new = PlanLine.objects.get_or_create(
                body=body, month=month, checkpoint=point, seat=None, defaults={"what": point.what, "because": because}
            )
            made += [line] if new else []
    if made:
        record("watchers.make_plan", body, by=by, data={"month": month, "count": len(made)})
    return made


@transaction.atomic
def give_task(seat: Seat, *, what: str, month: int, by) -> PlanLine:
    """Give a watcher something to do in a month."""
    body = standing(seat.body)
    allow(by, "watchers.keep", body)
    if not Seat.objects.filter(serving(), pk=seat.pk).exists():
        raise Conflict(_("%(seat)s does not serve now.") % {"seat": seat})
    if not 1 <= month % 100 <= 12:
        raise Invalid(_("Write the month as 202606."), field="month")
    made = PlanLine.objects.create(body=body, seat=seat, month=month, what=said(what, "what", 300))
    record("watchers.give_task", body, by=by, data={"line": made.pk, "month": month})
    return made


@transaction.atomic
def tick_off(line: PlanLine, *, found: str, by) -> PlanLine:
    """Note that a line of the plan was looked at, and what was found."""
    line = locked(line, "body")
    allow_work(by, standing(line.body))
    if line.done_on:
        raise Conflict(_("This line is done already."))
    line.done_on, line.found = today(), said(found, "found", 300)
    line.save(update_fields=["done_on", "found"])
    record("watchers.tick_off", line.body, by=by, data={"line": line.pk})
    return line


@transaction.atomic
def log(body: Body, *, on: date, what: str, about: str = "", by) -> LogEntry:
    """A member writes down what they did; `about` is the number of the paper (a voucher, a decision, a contract)."""
    body = standing(body)
    seat = own_seats(by).filter(body=body).first()
    if seat is None:
        raise NotAllowed(_("Only members of the body write its log."))
    if on > today():
        raise Invalid(_("The day lies in the future."), field="on")
    made = LogEntry.objects.create(body=body, seat=seat, on=on, what=said(what, "what", 300), about=about.strip()[:40])
    record("watchers.log", body, by=by, data={"entry": made.pk, "about": made.about})
    return made


@transaction.atomic
def hand_in(body: Body, *, month: int, text: str, raised: int = 0, solved: int = 0, is_special: bool = False,
            by) -> PeriodReport:  # fmt: skip
    """Hand in the report of a month or period, or a special report of what was not solved."""
    body = standing(body)
    allow_work(by, body)
    if not 1 <= month % 100 <= 12 or month > this_month():
        raise Invalid(_("Write the month as 202606; it has begun."), field="month")
    if solved > raised:
        raise Invalid(_("No more can be solved than were raised."), field="solved")
    if is_special and solved >= raised:
        raise Invalid(_("A special report is about what was not solved."), field="is_special")
    if not is_special and PeriodReport.objects.filter(body=body, month=month, is_special=False).exists():
        raise Conflict(_("The report of this month was handed in already."))
    made = PeriodReport.objects.create(
        body=body, month=month, text=said(text, "text", MAX_MINUTES), raised=raised, solved=solved,
        is_special=is_special, handed_in_at=now(), by=getattr(by, "person", None),
    )  # fmt: skip
    record("watchers.hand_in", body, by=by, data={"month": month, "raised": raised, "solved": solved})
    return made


def plan_next_month() -> int:
    """On the first of a month, lay out the plans of all stations and supervision committees; returns how many lines."""
    month = this_month()
    bodies = Body.objects.filter(dissolved_on=None, kind__key__in=["station", "committee"]).exclude(plan__month=month)
    return sum(len(make_plan(body, month, by=SYSTEM)) for body in bodies)
