"""Changing the calendar. Due dates follow in `engine.clocks.services`, which stands above and calls these."""

from collections.abc import Iterable
from datetime import date, time
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.actors import SYSTEM, as_actor
from huilian.engine.trail.services import record
from huilian.foundation import holidays
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now
from huilian.foundation.workdays import Year

from . import queries
from .models import CalendarDay, CalendarYear, LocalException, Opening, Version


@transaction.atomic
def load_year(year: Year, *, by, origin: str = CalendarYear.Origin.NOTICE) -> CalendarYear:
    """Put a year's arrangement into the tables, in place of an earlier one.

    Due dates are not touched: use `engine.clocks.services.load_year_and_recompute` in a running county.
    """
    row, _made = CalendarYear.objects.update_or_create(
        year=year.number,
        defaults={
            "title": year.notice.title,
            "document": year.notice.number,
            "issued_on": year.notice.issued,
            "origin": origin,
            "loaded_at": now(),
            "loaded_by": as_actor(by).label,
        },
    )
    row.days.all().delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(year=row, day=d, works=False, holiday=name) for d, name in sorted(year.rest.items())]
        + [CalendarDay(year=row, day=d, works=True, holiday=name) for d, name in sorted(year.work.items())]
    )
    _changed()
    record(
        "calendar.load_year",
        f"calendar.year:{year.number}",
        by=by,
        data={"year": year.number, "notice": f"{year.notice.title} {year.notice.number}".strip()},
    )
    return row


def seed() -> None:
    """Load every year that comes with the product and is not in the tables yet. Safe to run twice."""
    with transaction.atomic():
        have = set(CalendarYear.objects.values_list("year", flat=True))
        for years, origin in (
            (holidays.library_years(), CalendarYear.Origin.LIBRARY),
            (holidays.announced_years(), CalendarYear.Origin.NOTICE),
        ):
            for number, year in years.items():
                if number not in have:
                    load_year(year, by=SYSTEM, origin=origin)


@transaction.atomic
def add_exception(day: date, *, works: bool, reason: str, document: str, by, place: object = None) -> LocalException:
    """Let a place (or everywhere) work or rest on `day`. Needs the document that says so."""
    if not reason.strip():
        raise Invalid(_("Please say why this day is different."), field="reason")
    if not document.strip():
        raise Invalid(_("Please name the document that orders this."), field="document")
    code = queries._code(place)
    if LocalException.objects.filter(place=code, day=day, withdrawn_at=None).exists():
        raise Conflict(_("There is already an exception for %(day)s. Withdraw it first.") % {"day": day}, field="day")
    if queries.calendar_for(place).is_workday(day) == works:
        text = _("%(day)s is a working day anyway.") if works else _("%(day)s is a day of rest anyway.")
        raise Invalid(text % {"day": day}, field="day")
    exception = LocalException.objects.create(
        place=code,
        day=day,
        works=works,
        reason=reason.strip(),
        document=document.strip(),
        made_at=now(),
        made_by=as_actor(by).label,
    )
    _changed()
    record(
        "calendar.add_exception",
        exception,
        by=by,
        data={"day": day, "works": works, "reason": exception.reason, "document": exception.document},
        place=code,
    )
    return exception


@transaction.atomic
def withdraw_exception(exception: LocalException, *, by) -> LocalException:
    """Take an exception back; it stays in the table as withdrawn."""
    exception = LocalException.objects.select_for_update().get(pk=exception.pk)
    if exception.withdrawn_at:
        raise Conflict(_("This exception was already withdrawn."))
    exception.withdrawn_at = now()
    exception.save(update_fields=["withdrawn_at"])
    _changed()
    record("calendar.withdraw_exception", exception, by=by, data={"day": exception.day}, place=exception.place)
    return exception


@transaction.atomic
def set_opening(
    spans: Iterable[tuple[str, str]], *, valid_from: date, by, place: object = None, document: str = ""
) -> Opening:
    """Set the office hours from a day on, such as [("08:30", "12:00"), ("14:00", "17:30")]."""
    spans = [list(span) for span in spans]
    try:
        ends = [time.fromisoformat(end) for span in spans for end in span]
    except ValueError:
        raise Invalid(_("Hours are written as 08:30."), field="spans") from None
    if not ends or len(ends) % 2 or ends != sorted(set(ends)):
        raise Invalid(_("Each span must close after it opens, and spans must follow one another."), field="spans")
    opening, _made = Opening.objects.update_or_create(
        place=queries._code(place), valid_from=valid_from, defaults={"spans": spans, "document": document}
    )
    _changed()
    record(
        "calendar.set_opening", opening, by=by, data={"from": valid_from, "hours": str(opening)}, place=opening.place
    )
    return opening


def _changed() -> None:
    Version.objects.update_or_create(id=1, defaults={"word": uuid4().hex})
    queries._memory.forget()
