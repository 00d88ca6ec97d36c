"""「网络舆情」 Noted, verified by the unit, answered in public within hours, looked back on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import Limit, Limits
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import moment, now

from ..models import Heat, OnlineMatter, Shift
from .guards import allow, said, tell_unit


@transaction.atomic
def note_matter(
    title: str, *, source: str, text: str, heat: Heat, place: Place, appeared_at: datetime, link: str = "",
    reads: int = 0, by,
) -> OnlineMatter:  # fmt: skip
    """Note what is said online about a unit; whoever said it is not noted."""
    allow(by, "petitions.opinion", place=place)
    if moment(appeared_at) > now():
        raise Invalid(_("The moment lies in the future."), field="appeared_at")
    case = cases.open_case("online_matter", title=said(title, "title", 4), by=by, place=place, class_key="opinion")
    return OnlineMatter.objects.create(
        case=case, source=said(source, "source"), link=link, appeared_at=appeared_at, heat=heat, reads=reads,
        place=place, text=said(text, "text", 4),
    )  # fmt: skip


@transaction.atomic
def send_matter(matter: OnlineMatter, *, unit: Unit, by, expected: int | None = None) -> OnlineMatter:
    """Let the unit verify it; hours by its heat, counted from when it was noted."""
    matter = _locked(matter)
    limits = Limits(whole=Limit(matter.heat.answer_hours, "hour"), step=Limit(matter.heat.verify_hours, "hour"))
    return _moved(matter, "send", by, expected, unit=unit, limits=limits, tell=unit)


@transaction.atomic
def raise_heat(matter: OnlineMatter, *, heat: Heat, reads: int, by) -> OnlineMatter:
    """It is read more, or less: note it. The hours promised when it was sent stay."""
    matter = _locked(matter)
    allow(by, "petitions.opinion", place=matter.place)
    matter.heat, matter.reads = heat, reads
    matter.save(update_fields=["heat", "reads"])
    record("petitions.raise_heat", matter.case, by=by, data={"heat": heat.key, "reads": reads})
    return matter


@transaction.atomic
def tell_facts(matter: OnlineMatter, *, found: str, facts: str, by, expected: int | None = None) -> OnlineMatter:
    """The unit tells what is true of it."""
    matter = _locked(matter)
    if found not in OnlineMatter.Found.values:
        raise Invalid(_("Choose what was found."), field="found")
    matter.found, matter.facts = found, said(facts, "facts", 4)
    matter.save(update_fields=["found", "facts"])
    return _moved(matter, "tell_facts", by, expected, note=matter.facts, data={"found": found})


@transaction.atomic
def verify_again(matter: OnlineMatter, *, note: str, by, expected: int | None = None) -> OnlineMatter:
    """Back to the unit: what it told does not answer what is said."""
    matter = _locked(matter)
    return _moved(matter, "again", by, expected, note=note, limits=Limits(step=Limit(matter.heat.verify_hours, "hour")))


@transaction.atomic
def publish_answer(matter: OnlineMatter, *, answer: str, where: str, by, expected: int | None = None) -> OnlineMatter:
    """The answer is public: that stops the clock."""
    matter = _locked(matter)
    matter.answer, matter.published_where = said(answer, "answer", 10), said(where, "where")[:200]
    matter.published_at = now()
    matter.save(update_fields=["answer", "published_where", "published_at"])
    return _moved(matter, "publish", by, expected)


@transaction.atomic
def look_back(matter: OnlineMatter, *, lesson: str, by, expected: int | None = None) -> OnlineMatter:
    """What is to be done better next time; that closes it."""
    matter = _locked(matter)
    matter.lesson = said(lesson, "lesson", 4)
    matter.save(update_fields=["lesson"])
    return _moved(matter, "close", by, expected, note=matter.lesson)


@transaction.atomic
def save_shift(shift: Shift | None, values: Mapping, *, by) -> Shift:
    """Who watches on a day, and the leader behind them."""
    shift = shift or Shift()
    for name in ("on", "unit", "person", "leader"):
        if name in values:
            setattr(shift, name, values[name])
    allow(by, "petitions.opinion", unit=shift.unit)
    shift.save()
    record("petitions.save_shift", shift, by=by, data={"on": shift.on.isoformat()})
    return shift


@transaction.atomic
def save_shifts(unit: Unit, person: Person, leader: Person, since: date, days: int, *, by) -> int:
    """The same two for several days in a row; days that are taken stay as they are."""
    allow(by, "petitions.opinion", unit=unit)
    taken = set(Shift.objects.filter(unit=unit).values_list("on", flat=True))
    wanted = [since + timedelta(n) for n in range(days)]
    made = Shift.objects.bulk_create(
        Shift(on=day, unit=unit, person=person, leader=leader) for day in wanted if day not in taken
    )
    record("petitions.save_shifts", unit, by=by, data={"since": since.isoformat(), "days": len(made)})
    return len(made)


def _locked(matter: OnlineMatter) -> OnlineMatter:
    found = OnlineMatter.objects.select_for_update(of=("self",)).select_related("case__procedure", "place")
    return found.get(pk=matter.pk)


def _moved(matter: OnlineMatter, verb: str, by, expected, tell: Unit | None = None, **more) -> OnlineMatter:
    matter.case = cases.move(matter.case, verb, by=by, expected=expected, **more)
    if tell:
        tell_unit(tell, "petitions.verify", matter.case.number, hours=matter.heat.verify_hours)
    return matter
