"""「婚丧喜庆事项」 Reported before and after; an officer checks; what is over or late is told."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, recused, require
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .. import rules
from ..models import Occasion, OccasionKind
from .catalogue import save
from .guards import CATALOGUE, allow, said

REPORT, CHECK = "campaigns.report", "campaigns.conduct"
State = Occasion.State


@transaction.atomic
def save_occasion_kind(row: OccasionKind | None, values: Mapping[str, Any], *, by: Any) -> OccasionKind:
    """Add or change a kind of occasion, its day counts and limits; it is the county's own from then on."""
    return save(row or OccasionKind(), values, CATALOGUE, by)


def _done(occasion: Occasion, verb: str, by: Any) -> Occasion:
    """Kept, in the trail by its number alone; officers hear of what is over or late."""
    occasion.over = rules.faults(
        occasion.day, occasion.declared_on, occasion.kind.days_before, occasion.after_due, occasion.reported_on,
        {name: (getattr(occasion.kind, name), value) for name, value in _figures(occasion).items()},
    )  # fmt: skip
    occasion.save()
    record(f"campaigns.{verb}", occasion, by=by, place=occasion.place.code)
    return occasion


def _figures(occasion: Occasion) -> dict[str, int | None]:
    held = occasion.reported_on is not None
    return {
        "tables": occasion.tables_held if held else occasion.tables,
        "guests": occasion.guests_held if held else occasion.guests,
        "gifts_cents": occasion.gifts_cents,
    }


def _tell(occasion: Occasion) -> None:
    if occasion.over:
        people = [p.user for p in holders_of("conduct_officer") if p.user]
        link = reverse("campaigns-occasion", args=[occasion.number])
        notify(people, "campaigns.over", occasion, {"number": occasion.number}, link)


@transaction.atomic
def declare(*, kind: OccasionKind, day: date, venue: str, invited: str, tables: int, guests: int, by: Any) -> Occasion:
    """The person reports an occasion of the own family. Late is possible, and seen."""
    require(by, REPORT)
    person = by.person
    held = Appointment.objects.filter(in_office(today()), person=person).select_related("post__unit__place").first()
    unit = held.post.unit
    occasion = Occasion(
        number=next_number("HX"), kind=kind, person=person, unit=unit, place=unit.place, day=day, tables=tables,
        township=copies_of(unit.place)["township"], venue=said(venue, "venue"), invited=said(invited, "invited"),
        guests=guests, declared_on=today(), after_due=day + timedelta(days=kind.days_after),
    )  # fmt: skip
    _tell(_done(occasion, "declare", by))
    return occasion


def _for(occasion: Occasion, by: Any, *states: str) -> tuple[Occasion, Any]:
    occasion = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    person = allow(by, CHECK, occasion.unit)
    if why := recused(by, persons=[occasion.person]):
        raise NotAllowed(why)
    if occasion.state not in states:
        raise Conflict(_("%(number)s stands elsewhere by now. Look at it again.") % {"number": occasion})
    return occasion, person


@transaction.atomic
def check(occasion: Occasion, *, opinion: str, by: Any) -> Occasion:
    """An officer reads the report beforehand and says what is to be kept to."""
    occasion, person = _for(occasion, by, State.DECLARED)
    occasion.state, occasion.opinion, occasion.checker = State.CHECKED, said(opinion, "opinion"), person
    return _done(occasion, "check", by)


@transaction.atomic
def report(occasion: Occasion, *, tables: int, guests: int, gifts_cents: int, by: Any) -> Occasion:
    """The person reports what it came to, after the day."""
    occasion = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    require(by, REPORT)
    if by.person != occasion.person:
        raise NotAllowed(_("Only the person who reported it reports what it came to."))
    if occasion.state not in (State.DECLARED, State.CHECKED):
        raise Conflict(_("%(number)s stands elsewhere by now. Look at it again.") % {"number": occasion})
    if today() < occasion.day:
        raise Invalid(_("The day of the occasion has not come yet."))
    occasion.tables_held, occasion.guests_held, occasion.gifts_cents = tables, guests, gifts_cents
    occasion.state, occasion.reported_on = State.REPORTED, today()
    _tell(_done(occasion, "report", by))
    return occasion


@transaction.atomic
def conclude(occasion: Occasion, *, is_confirmed: bool, conclusion: str, by: Any) -> Occasion:
    """Close it. A confirmed overrun is proposed to the campaigns of its days, by the unit and the figures alone."""
    occasion, _person = _for(occasion, by, State.REPORTED)
    if is_confirmed and not occasion.over:
        raise Invalid(_("Nothing was over or late here."), field="is_confirmed")
    occasion.is_confirmed, occasion.conclusion = is_confirmed, said(conclusion, "conclusion")
    occasion.state, occasion.closed_on = State.CLOSED, today()
    return _done(occasion, "conclude", by)


@transaction.atomic
def tell_the_late() -> int:
    """Tell the person and the officers of a report after the occasion that is late, once."""
    late = Occasion.objects.select_for_update(of=("self",)).filter(
        state__in=(State.DECLARED, State.CHECKED), after_due__lt=today(), told_late=False
    )
    found = list(late)
    for occasion in found:
        people = [p.user for p in [occasion.person, *holders_of("conduct_officer")] if p.user]
        link = reverse("campaigns-occasion", args=[occasion.number])
        notify(people, "campaigns.late", occasion, {"number": occasion.number}, link)
        occasion.told_late = True
        occasion.save(update_fields=["told_late"])
        record("campaigns.tell_late", occasion, by=SYSTEM, place=occasion.place.code)
    return len(found)
