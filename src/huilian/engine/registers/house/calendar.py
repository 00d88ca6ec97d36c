"""The working calendar: years, their days, local exceptions, office hours."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import may, require
from huilian.engine.calendar import services
from huilian.engine.calendar.models import CalendarDay, CalendarYear, LocalException, Opening
from huilian.engine.clocks.services import recompute_open
from huilian.engine.directory.models import Place
from huilian.foundation.errors import Invalid

from ..declare import Column, Register, Verb, register
from ..lookups import Lookup, split

EVERYWHERE = gettext_lazy("everywhere")


class Calendar(Register):
    """Everybody who handles cases may look at the calendar; who keeps the sign-in rules also keeps it."""

    see = "case.see"
    icon = "calendar-days"

    def may_see(self, user) -> bool:
        return may(user, "case.see") or may(user, "calendar.change")

    def visible_to(self, user):
        return self.model.objects.all()


def read_place(text: str) -> str:
    """The code of a place written by name or code; nothing for everywhere."""
    if not text or text == str(EVERYWHERE):
        return ""
    return Lookup(Place).find(text).code


def say_place(code: str) -> str:
    place = Place.objects.filter(code=code).order_by("level").first() if code else None
    return f"{place.name} · {code}" if place else code or str(EVERYWHERE)


PLACE = Column(
    "place",
    gettext_lazy("Where it holds"),
    parse=read_place,
    label=say_place,
    value=lambda row: row.place or str(EVERYWHERE),
    sort="place",
    required=False,
    hint=gettext_lazy("Name or code of a place; empty for everywhere."),
)


@register
class Years(Calendar):
    key, title, model = "calendar-years", gettext_lazy("Years of the calendar"), CalendarYear
    about = gettext_lazy("Years without a row are counted provisionally. A year comes in by `huilian calendar load`.")
    columns = ("year", "title", "document", "issued_on", "origin", "loaded_at", "loaded_by")
    ordering = ("-year",)
    search = ("title", "document")
    filters = ("origin",)

    def subject(self, row):
        return f"calendar.year:{row.year}"


@register
class Days(Calendar):
    key, title, model = "calendar-days", gettext_lazy("Holidays and worked rest days"), CalendarDay
    columns = ("day", "works", "holiday", "year__year")
    ordering = ("-day",)
    filters = ("works", "holiday", "day")

    def visible_to(self, user):
        return CalendarDay.objects.select_related("year")


@transaction.atomic
def add_exception(*, day, works, reason, document, place="", by):
    """Enter a local exception and move the due dates that depend on it."""
    require(by, "calendar.change")
    made = services.add_exception(day, works=works, reason=reason, document=document, place=place, by=by)
    recompute_open(reason=f"{made.reason} {made.document}".strip(), by=by)
    return made


@transaction.atomic
def withdraw_exception(exception, *, by):
    """Take it back; due dates move back too."""
    require(by, "calendar.change")
    services.withdraw_exception(exception, by=by)
    recompute_open(reason=_("withdrawn: %(what)s") % {"what": exception.reason}, by=by)


@register
class Exceptions(Calendar):
    key, title, model = "calendar-exceptions", gettext_lazy("Local exceptions"), LocalException
    about = gettext_lazy("Days that one place works or rests differently. Open time limits follow at once.")
    columns = ("day", PLACE, "works", "reason", "document", "made_at", "made_by", "withdrawn_at")
    ordering = ("-day",)
    search = ("reason", "document")
    filters = ("works", "day")
    fields = ("day", PLACE, "works", "reason", "document")
    import_key = ("day", "place")
    change = "calendar.change"
    save_with = (add_exception, None)
    verbs = (
        Verb(
            "withdraw",
            gettext_lazy("Withdraw"),
            withdraw_exception,
            "calendar.change",
            text=gettext_lazy("The day counts as the State Council's notice says again, and due dates move."),
            when=lambda row: row.withdrawn_at is None,
            icon="undo-2",
            danger=True,
        ),
    )

    def match_rows(self, user):
        return LocalException.objects.filter(withdrawn_at=None)


def read_spans(text: str) -> list[list[str]]:
    """08:30-12:00、14:00-17:30 as pairs; the service checks that they make sense."""
    spans = [
        [end.strip().zfill(5) for end in part.replace("—", "-").replace("–", "-").replace("：", ":").split("-")]
        for part in split(text)
    ]
    if not spans or any(len(span) != 2 for span in spans):
        raise Invalid(_("Write office hours as 08:30-12:00、14:00-17:30."), field="spans")
    return spans


def say_spans(spans) -> str:
    return "、".join("-".join(span) for span in spans)


SPANS = Column(
    "spans",
    parse=read_spans,
    label=say_spans,
    sort="",
    example="08:30-12:00、14:00-17:30",
    hint=gettext_lazy("Such as 08:30-12:00、14:00-17:30."),
)


@transaction.atomic
def set_opening(*, place="", valid_from, spans, document="", by):
    """Set office hours from a day on and move what is counted in hours."""
    require(by, "calendar.change")
    made = services.set_opening(spans, valid_from=valid_from, place=place, document=document, by=by)
    recompute_open(reason=document or _("change of office hours"), since=valid_from.isoformat(), by=by)
    return made


def change_opening(row, *, by, **values):
    """Other hours or another document for the same place and day."""
    given = {"spans": row.spans, "document": row.document} | values
    return set_opening(place=row.place, valid_from=row.valid_from, by=by, **given)


@register
class Hours(Calendar):
    key, title, model, icon = "opening-hours", gettext_lazy("Office hours"), Opening, "clock-3"
    about = gettext_lazy("Hours count by them; a place has its own, else those of the nearest place above it.")
    columns = (PLACE, "valid_from", SPANS, "document")
    ordering = ("place", "-valid_from")
    fields = (PLACE, "valid_from", SPANS, "document")
    fixed = ("place", "valid_from")
    import_key = ("place", "valid_from")
    change = "calendar.change"
    save_with = (set_opening, change_opening)
