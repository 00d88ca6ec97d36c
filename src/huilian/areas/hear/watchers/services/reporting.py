"""What watchers report: taken in on its route, looked into in a week, or handed up at once and told in a month."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.clocks import services as clocks
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import head_of, holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.links.services import link
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now, today

from .. import rules
from ..models import Body, BoxOpening, Meeting, Report, Seat, Topic
from ..queries.reach import branch_of, covered_readers, own_seats, serving, visible_reports
from ..ways import WAYS, open_to
from .guards import allow, locked, said, standing, steps_back

R, S = Report.Route, Report.State
MOST_WORDS = 4000
NOBODY = make_password("")  # takes as long to compare as a word that exists


@transaction.atomic
def take_report(
    body: Body,
    *,
    duty: str,
    route: str,
    words: str,
    topic: Topic | None = None,
    unit: Unit | None = None,
    mechanism: str = "",
    important: bool = False,
    secret: bool = False,
    opening: BoxOpening | None = None,
    meeting: Meeting | None = None,
    received_at: datetime | None = None,
    by,
) -> Report:
    """Take in what a member reports, or what the branch or the line was told. What accuses somebody (two of the four
    duties) is sealed always. What is about the branch itself goes past it, whatever route it came on."""
    body = standing(body)
    seat = own_seats(by).filter(body=body).first()
    if seat is None:
        allow(by, "watchers.keep", body)
    if (opening and opening.box.body_id != body.pk) or (meeting and meeting.body_id != body.pk):
        raise Invalid(_("Box and meeting belong to another body."), field="opening")
    if opening and opening.found.count() >= opening.letters:
        raise Conflict(_("All letters of this opening are registered already."))
    given = {"duty": duty, "route": route, "topic": topic, "unit": unit, "mechanism": mechanism, "opening": opening,
             "meeting": meeting, "seat": seat, "is_important": important}  # fmt: skip
    return _taken(body, given, words, secret, received_at, by)


def known_as(cover: str, word: str) -> Seat:
    """The seat of a code name. One answer for a wrong name, a wrong word and a term that is over."""
    seat = Seat.objects.filter(serving(), cover=cover.strip().upper()).exclude(cover="").first()
    if not check_password(word.strip().upper(), seat.word_digest if seat else NOBODY) or seat is None:
        raise Invalid(_("Code name and word do not belong together, or the term is over."), field="word")
    return seat


@transaction.atomic
def take_coded(cover: str, word: str, *, words: str, topic: Topic | None = None, unit: Unit | None = None,
               secret: bool = True) -> Report:  # fmt: skip
    """The quick form of an information member: code name and word. Sealed, the trail knows the code name only; left
    open it is an opinion for the branch that keeps the body, which does not learn even that."""
    seat = known_as(cover, word)
    duty = Report.Duty.ABUSE if secret else Report.Duty.OPINION
    given = {"duty": duty, "route": R.CODED, "topic": topic, "unit": unit, "seat": seat, "is_important": False}
    by = Actor(kind="citizen", id=None, label=seat.cover if secret else _("information member"))
    return _taken(standing(seat.body), given, words, secret, None, by)


def words_of_card(body: Body, words: str, topic: Topic | None, secret: bool, by) -> Report:
    """The words of a reply card, for the services of the cards."""
    given = {"duty": Report.Duty.OPINION, "route": R.CARD, "topic": topic}
    return _taken(standing(body), given, words, secret, None, by)


def _taken(body: Body, given: dict, words: str, secret: bool, received_at, by) -> Report:
    words = said(words, "words", MOST_WORDS)
    report = Report(body=body, number=next_number("SB", on=today()), received_at=moment(received_at or now()), **given)
    if report.duty not in Report.Duty.values or report.route not in R.values:
        raise Invalid(_("Say what kind of report it is and how it came."), field="duty")
    if report.received_at > now():
        raise Invalid(_("The time lies in the future."), field="received_at")
    if report.unit and not _within(report.unit, body):
        raise Invalid(_("%(unit)s lies outside the area this body watches.") % {"unit": report.unit}, field="unit")
    report.is_secret = secret or report.duty in (Report.Duty.IMAGE, Report.Duty.ABUSE)
    report.on_branch = report.unit is not None and _is_branch(report.unit, body.unit)
    if report.on_branch or report.is_secret or report.is_important or report.route == R.TOWN:
        report.is_important = report.is_important or report.is_secret
        report.handler = _above(body, report.unit)
    else:
        report.handler = body.unit
    if not report.is_secret:
        report.words = words
    report.save()
    _start(report, report.received_at, by)
    if report.is_secret:
        readers = covered_readers("watch_officer", about=report.unit)
        if not readers:
            raise Conflict(_("Nobody with a key could read this yet. Hand it over on paper to the commission."))
        vault.seal(f"watch_report:{report.number}", "content", words.encode(), readers=readers, by=by)
    _tell(report, by)
    record("watchers.take_report", report, by=by, data={"route": report.route, "due": report.clock.due_on.isoformat()})
    return report


def _is_branch(unit: Unit, branch: Unit) -> bool:
    """The keeper itself, or another unit with the same head: 「一肩挑」 makes them one."""
    return unit.pk == branch.pk or (head_of(unit) is not None and head_of(unit) == head_of(branch))


def _within(unit: Unit, body: Body) -> bool:
    """镇机关、镇属单位及村(社区): the township the body lies in with all below, the county for the county's own."""
    area = body.township or body.place
    return unit.place.path.startswith(area.path) or unit.place.level == Place.Level.COUNTY == body.place.level


def _above(body: Body, unit: Unit | None) -> Unit:
    """The line that looks into it; where it is about that line, or the office beside it, the one above."""
    line = body.business
    if unit is not None and unit.place_id == line.place_id and line.place.level >= Place.Level.TOWNSHIP:
        county = Unit.objects.filter(kind=Unit.Kind.DISCIPLINE, place__level=Place.Level.COUNTY, valid_to=None)
        return county.filter(place__path=line.place.path[:6]).first() or line
    return line


def _start(report: Report, at: datetime, by) -> None:
    length, unit = (rules.IMPORTANT_MONTHS, "month") if report.is_important else (rules.GENERAL_DAYS, "day")
    kind = "important" if report.is_important else "general"
    report.clock = clocks.start(
        report, length=length, unit=unit, kind=f"watchers_{kind}", start_at=at, place=report.body.place, by=by,
        within=True,
    )  # fmt: skip
    report.save(update_fields=["clock"])


def _tell(report: Report, by) -> None:
    branch = branch_of(report.body) if report.handler_id == report.body.unit_id else []
    people = branch or holders_of("watch_town", unit=report.handler) or holders_of("watch_officer", unit=report.handler)
    users = [
        p.user for p in people if p.user and p.user != by and visible_reports(p.user).filter(pk=report.pk).exists()
    ]
    notify(users, "watchers.reported", report, {"number": report.number, "due": report.clock.due_on.isoformat()},
           link=reverse("watchers-report", args=[report.number]))  # fmt: skip


def handles(by, report: Report) -> bool:
    """Whether `by` stands for the unit that looks into it."""
    reach = scope_of(by, "watchers.keep" if report.handler_id == report.body.unit_id else "watchers.line")
    return reach.holds_unit(report.handler)


def _handled(report: Report, by) -> Report:
    report = locked(report, "body__kind", "body__place", "body__unit")
    report.handler = Unit.objects.select_related("place").get(pk=report.handler_id)
    require(by, "watchers.see")
    if not handles(by, report) or not visible_reports(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("%(unit)s looks into this, not your post.") % {"unit": report.handler})
    steps_back(by, units=[report.unit])
    if report.state != S.OPEN:
        raise Conflict(_("%(number)s is finished already.") % {"number": report.number})
    return report


@transaction.atomic
def escalate(report: Report, *, note: str, by) -> Report:
    """「及时报送」 Hand an important matter up to the business line; a month runs from its receipt."""
    report = _handled(report, by)
    if report.handler_id != report.body.unit_id:
        raise Conflict(_("It is with the business line already."))
    return _up(report, said(note, "note", 300), by)


def _up(report: Report, note: str, by) -> Report:
    clocks.stop(report.clock, by=by, within=True)
    report.handler, report.is_important = _above(report.body, report.unit), True
    report.save()
    _start(report, now(), by)
    record("watchers.escalate", report, by=by, data={"note": note, "due": report.clock.due_on.isoformat()})
    _tell(report, by)
    return report


@transaction.atomic
def move_up_late(*, by=SYSTEM) -> int:
    """「超期移交镇纪委」 What a branch left unanswered over its week goes up by itself; returns how many. The missed
    limit stays with the report."""
    require(by, "watchers.line")
    waits = Report.objects.filter(state=S.OPEN, handler=F("body__unit"), missed_on=None, clock__due_on__lt=today())
    late = list(waits.select_for_update(of=("self",)).order_by("pk"))
    for report in late:
        report.missed_on = report.clock.due_on
        _up(report, _("not answered in %(n)s days") % {"n": rules.GENERAL_DAYS}, by)
    return len(late)


@transaction.atomic
def answer(report: Report, *, text: str = "", outcome: str = "", early: bool = False, by) -> Report:
    """Tell whoever reported what came of it; the clock stops. Of a sealed one day and outcome alone are written."""
    report = _handled(report, by)
    if not report.is_secret:
        report.answer = said(text, "text")
    if outcome not in (Report.Outcome.values if report.is_secret else ["", *Report.Outcome.values]):
        raise Invalid(_("Say whether it was found true."), field="outcome")
    report.outcome = outcome
    report.state, report.answered_on, report.settled_early = S.ANSWERED, today(), early and not report.is_important
    report.save()
    clocks.stop(report.clock, by=by, within=True)
    record("watchers.answer", report, by=by, data={"early": report.settled_early})
    return report


def pass_on(report: Report, *, way: str, text: str = "", token: str = "", by) -> Report:
    """Let it go on as an order of the hotline, a finding or a sealed report; its number there is kept and linked.
    A secret way takes the sealed words, opened with the officer's own key and never written down in between."""
    found = WAYS.get(way)
    if found is None or found not in open_to(report):
        raise Invalid(_("Choose where it goes on."), field="way")
    with transaction.atomic():
        report = _handled(report, by)
        words = (
            read_words(report, token=token, purpose=_("Passed on"), by=by) if report.is_secret else said(text, "text")
        )
        report.passed_to, report.way = found.run(report, words, by=by), way
        report.state, report.answered_on = S.PASSED, today()
        report.save()
        clocks.stop(report.clock, by=by, within=True)
        record("watchers.pass_on", report, by=by, data={"way": way, "number": report.passed_to})
        link(report, f"{way}:{report.passed_to}", "led_to", by=by)
    return report


def read_words(report: Report, *, token: str, purpose: str, by) -> str:
    """The sealed words, for who was given them; the look is written down first. Raises NotAllowed."""
    if not visible_reports(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("This report is not for your post."))
    box = boxes_of(f"watch_report:{report.number}").filter(part="content").get()
    return vault.open_box(box, token=token, purpose=said(purpose, "purpose", 200), by=by).decode()


@transaction.atomic
def rate(report: Report, *, worth: int, by) -> Report:
    """「情报价值」 Say what a report was worth, 0 to 5; the code name's credit is the sum."""
    report = locked(report)
    require(by, "watchers.govern")
    if not 0 <= worth <= 5:
        raise Invalid(_("Between 0 and 5."), field="worth")
    report.worth = worth
    report.save(update_fields=["worth"])
    record("watchers.rate", report, by=by, data={"worth": worth})
    return report
