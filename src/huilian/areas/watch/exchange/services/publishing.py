"""「公告」 What everybody is told: notice, village board, answers, extension, a new price."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for
from huilian.engine.documents.services import attach
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures import grounds
from huilian.engine.procedures.definition import Limit, Limits
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.money import text as money
from huilian.foundation.now import CHINA, moment, now, today

from .. import rules
from ..models import Lot, Notice, Period, Question
from .guards import PUBLIC, allow, end_of, locked, moved, noted, past, written
from .telling import tell_subscribers

Kind, What = Notice.Kind, Period.What


@transaction.atomic
def publish(lot: Lot, *, until: date | None = None, text: str = "", by, expected: int | None = None) -> Notice:
    """Publish the notice of the trade; registration runs until 17:00 of `until`, at least as long as the table says."""
    lot = locked(lot, "ready")
    allow(by, "exchange.run", lot.place)
    least, most = end_of(lot, What.NOTICE), end_of(lot, What.NOTICE_MOST)
    until = until or least
    if until < least:
        raise Invalid(_("The notice must stay until %(day)s at least.") % {"day": least}, field="until")
    if until > most:
        raise Invalid(_("A notice stays until %(day)s at most.") % {"day": most}, field="until")
    lot.registers_from = now()
    _until(lot, until)
    lot.save()
    moved(lot, "publish", by, expected=expected, limits=_days(lot))
    return issue(lot, Kind.LISTING, text, until=lot.registers_until, least=least)


@transaction.atomic
def post_on_board(notice: Notice, *, on: date, photo: tuple[BinaryIO, str] | None = None, by) -> Notice:
    """Note since when a notice hangs on the village's own board, with a photograph of it."""
    lot = locked(notice.lot, going=False)
    allow(by, "exchange.apply", lot.place)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if on > today() or on < moment(notice.published_at).date():
        raise Invalid(_("It hangs there since its publication at the earliest, and not in the future."), field="on")
    notice.posted_on = on
    notice.save(update_fields=["posted_on"])
    if photo:
        attach(*photo, lot.case, kind="lot_photo", by=by, accepted=frozenset({"jpg", "png"}))
    noted("posted", lot, by, notice=notice.number, on=on.isoformat())
    return notice


@transaction.atomic
def extend(lot: Lot, *, until: date | None = None, by, expected: int | None = None) -> Notice:
    """「延期」 Nobody came, or too few: let registration run on, by one whole period at least."""
    lot = locked(lot, "notice")
    allow(by, "exchange.run", lot.place)
    if not past(lot.registers_until):
        raise Conflict(
            _("Registration still runs until %(at)s.") % {"at": f"{moment(lot.registers_until):%Y-%m-%d %H:%M}"}
        )
    return _run_on(lot, "extend", Kind.EXTENSION, until, "", by, expected)


@transaction.atomic
def lower(
    lot: Lot,
    *,
    start_cents: int,
    decision_no: str,
    note: str,
    until: date | None = None,
    by,
    expected: int | None = None,
) -> Notice:
    """「降价续挂」 Nobody came at this price: go on at another, only on a new decision."""
    lot = locked(lot, "notice")
    allow(by, "exchange.run", lot.place)
    if not past(lot.registers_until):
        raise Conflict(
            _("Registration still runs until %(at)s.") % {"at": f"{moment(lot.registers_until):%Y-%m-%d %H:%M}"}
        )
    if entrants(lot):
        raise Conflict(_("Somebody has registered at this price, so it stays."))
    if rules.reaches(start_cents, lot.start_cents, buys=lot.buys):
        raise Invalid(_("That is no better offer to bidders than %(price)s yuan.") % {"price": money(lot.start_cents)},
                      field="start_cents")  # fmt: skip
    decision_no = decision_no.strip()
    if decision_no == lot.decision_no:
        raise Invalid(_("The price was decided on. To change it a new decision is needed."), field="decision_no")
    grounds.require(
        "decision", decision_no, place=lot.place, purpose="listing", amount_cents=start_cents if lot.buys else None,
        about=lot.title,
    )  # fmt: skip
    lot.start_cents, lot.decision_no = start_cents, decision_no
    return _run_on(lot, "lower", Kind.CORRECTION, until, note.strip(), by, expected)


@transaction.atomic
def correct(lot: Lot, values: Mapping, *, note: str, by, expected: int | None = None) -> Notice:
    """「更正」 Correct the description; registration then runs on long enough for people to read it."""
    lot = locked(lot, "notice")
    allow(by, "exchange.run", lot.place)
    for name in ("description", "location", "use"):
        if name in values:
            setattr(lot, name, values[name].strip())
    needed = end_of(lot, What.CHANGE)
    return _run_on(
        lot, "correct", Kind.CORRECTION, max(needed, moment(lot.registers_until).date()), note.strip(), by, expected
    )


@transaction.atomic
def ask(lot: Lot, text: str, *, asker: str = "", by=PUBLIC) -> Question:
    """Anybody asks about a lot while registration runs."""
    lot = locked(lot, "notice")
    if past(lot.registers_until):
        raise Conflict(_("Registration is over; questions are no longer taken."))
    text = written(text, "text", _("Write your question."))
    question = Question.objects.create(lot=lot, text=text[:500], asker=asker.strip()[:40], asked_at=now())
    noted("asked", lot, by)
    return question


@transaction.atomic
def answer(question: Question, text: str, *, by) -> Question:
    """Answer a question; everybody reads it."""
    lot = locked(question.lot, going=False)
    allow(by, "exchange.run", lot.place)
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.answered_at:
        raise Conflict(_("This question is answered."))
    question.answer = written(text, "answer", _("Write the answer."))[:1000]
    question.answered_at = now()
    question.save(update_fields=["answer", "answered_at"])
    noted("answered", lot, by, question=question.pk)
    return question


def issue(
    lot: Lot, kind: Notice.Kind, text: str = "", *, until: datetime | None = None, least: date | None = None, **facts
) -> Notice:
    """Write a notice down as it goes out, facts and all, and tell those who follow the board or the place."""
    notice = Notice.objects.create(
        lot=lot,
        number=next_number("GG"),
        kind=kind,
        facts={**_facts(lot), **facts},
        text=text.strip(),
        published_at=now(),
        until=until,
        least_until=least,
    )
    tell_subscribers(notice)
    return notice


def entrants(lot: Lot) -> int:
    """Registrations that are neither refused nor withdrawn."""
    return lot.registrations.filter(state__in=("applied", "qualified")).count()


def _facts(lot: Lot) -> dict:
    """What a notice says of the lot, frozen: later changes of the lot do not change what was published."""
    return {
        "title": lot.title,
        "board": lot.board.name,
        "right": lot.right.name,
        "mode": lot.mode.name,
        "method": str(lot.get_method_display()),
        "owner": lot.owner.name,
        "location": lot.location,
        "area_mu": str(lot.area_mu) if lot.area_mu is not None else "",
        "use": lot.use,
        "term_months": lot.term_months,
        "start_cents": lot.start_cents,
        "per_year": lot.per_year,
        "deposit_cents": lot.deposit_cents,
        "step_cents": lot.step_cents,
        "has_reserve": lot.has_reserve,
        "decision_no": lot.decision_no,
        "registers_until": lot.registers_until and lot.registers_until.isoformat(),
        "opens_at": lot.opens_at and lot.opens_at.isoformat(),
    }


def _run_on(lot: Lot, verb: str, kind: Notice.Kind, until: date | None, note: str, by, expected: int | None) -> Notice:
    least = max(end_of(lot, What.EXTENSION), today()) if verb != "correct" else until
    until = until or least
    if until < least:
        raise Invalid(_("Registration must run on until %(day)s at least.") % {"day": least}, field="until")
    most = end_of(lot, What.NOTICE_MOST, moment(lot.registers_from).date())
    if until > most:
        raise Invalid(
            _("A notice stays until %(day)s at most; after that the lot has found no taker.") % {"day": most},
            field="until",
        )
    _until(lot, until)
    lot.extensions += verb != "correct"
    lot.save()
    moved(lot, verb, by, note=note, expected=expected, data={"until": until.isoformat()})
    return issue(lot, kind, note, until=lot.registers_until)


def _until(lot: Lot, day: date) -> None:
    """Registration ends at 17:00 of a working day; trading begins at 9:00 of the next one."""
    calendar = calendar_for(lot.place)
    day = calendar.next_workday(day)
    lot.registers_until = rules.closing(day, CHINA)
    lot.opens_at = datetime.combine(calendar.add(day, 1), rules.OPENS, tzinfo=CHINA)


def _days(lot: Lot) -> Limits:
    return Limits(step=Limit(max((lot.opens_at.date() - today()).days, 1), "day"))
