"""The calendar of duties: made for every village when a period is over, and when something happens."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import copies_of
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import standing
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Kind, Obligation
from .guards import changed, locked_obligation, require_here, village

LOOKS_BACK = 40  # days: what a stopped machine missed is made up for; older periods began before the house did


def make(kind: Kind, place: Place, *, period: str, opens: date, anchor: date, calendar, matter="", event_on=None):
    """An obligation that is not saved yet, with its day due."""
    due = rules.due_on(anchor, kind.length, kind.unit, calendar, before=kind.before)
    return Obligation(
        kind=kind,
        period=period,
        matter=matter,
        event_on=event_on,
        opens_on=opens,
        due_on=due,
        provisional=calendar.provisional(due, opens if opens < due else due),
        **copies_of(place),
    )


def of_period(kind: Kind, place: Place, period: rules.Period, calendar) -> Obligation:
    """The obligation of a village for one period, not saved yet."""
    opens = rules.opens_on(period, kind.counted_from)
    anchor = period.starts_on if kind.counted_from == "start" else period.ends_on
    return make(kind, place, period=period.key, opens=opens, anchor=anchor, calendar=calendar)


@transaction.atomic
def open_obligations(
    *, upto: date | None = None, since: date | None = None, places: Iterable[Place] | None = None, by=SYSTEM
) -> int:
    """Make what is missing for every village: periods whose duty began from `since` on, and what always stands there.

    Returns how many are new. Safe to run again at any time.
    """
    upto = upto or today()
    since = since or upto - timedelta(days=LOOKS_BACK)
    if places is None:
        places = Place.objects.filter(standing(upto), level=Place.Level.VILLAGE)
    villages = list(places.select_related("parent") if hasattr(places, "select_related") else places)
    wanted: list[tuple[Kind, rules.Period | None]] = []
    for kind in Kind.objects.filter(is_active=True).exclude(cycle=Kind.Cycle.EVENT):
        if kind.cycle == Kind.Cycle.STANDING:
            wanted.append((kind, None))
        else:
            wanted += [(kind, p) for p in rules.opened(kind.cycle, kind.counted_from, since, upto)]
    keys = {p.key if p else rules.ALWAYS for _kind, p in wanted}
    have = set(Obligation.objects.filter(period__in=keys, matter="").values_list("place_id", "kind_id", "period"))
    new = []
    for place in villages:
        calendar = calendar_for(place)
        for kind, period in wanted:
            if (place.pk, kind.pk, period.key if period else rules.ALWAYS) in have:
                continue
            if period:
                new.append(of_period(kind, place, period, calendar))
            else:
                new.append(make(kind, place, period=rules.ALWAYS, opens=upto, anchor=upto, calendar=calendar))
    bulk.insert(new)
    if new:
        touch({row.place.code for row in new})
        record("disclosure.open", f"disclosure.calendar:{upto.isoformat()}", by=by, data={"count": len(new)})
    return len(new)


@transaction.atomic
def add_event(kind: Kind, place: Place, matter: str, *, on: date, by) -> Obligation:
    """Something happened (a decision, a payment to come) that must be published before or after the day `on`."""
    require_here(by, "disclosure.draft", village(place))
    matter = matter.strip()
    if kind.cycle != Kind.Cycle.EVENT or not kind.is_active:
        raise Invalid(_("“%(kind)s” is published by period, not by event.") % {"kind": kind}, field="kind")
    if not matter:
        raise Invalid(_("Say in a few words what has to be published."), field="matter")
    calendar = calendar_for(place)
    row = make(
        kind,
        place,
        period=on.isoformat(),
        opens=today(),
        anchor=on,
        calendar=calendar,
        matter=matter[:120],
        event_on=on,
    )
    same = Obligation.objects.filter(place=place, kind=kind, period=row.period, matter=row.matter)
    if same.exists():
        raise Conflict(_("“%(matter)s” of this day is already on the list.") % {"matter": matter})
    row.save(force_insert=True)
    changed(row)
    record("disclosure.event", row, by=by, data={"matter": row.matter, "due": row.due_on}, place=place)
    return row


@transaction.atomic
def excuse(obligation: Obligation, reason: str, *, by) -> Obligation:
    """The township notes that nothing has to be published here, and why; the public list shows it."""
    require_here(by, "disclosure.oversee", obligation.place)
    obligation = locked_obligation(obligation)
    if not reason.strip():
        raise Invalid(_("Say why nothing has to be published; everybody can read it."), field="reason")
    if not obligation.is_open:
        raise Conflict(_("“%(what)s” is no longer open.") % {"what": obligation})
    obligation.excuse = reason.strip()[:200]
    obligation.save(update_fields=["excuse"])
    changed(obligation)
    record("disclosure.excuse", obligation, by=by, data={"reason": obligation.excuse}, place=obligation.place)
    return obligation
