"""What happens to many cases at once: they follow their clocks, are opened by rules, and get cards. No query a row."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from ..definition import AS_WRITTEN, Limits
from ..models import Card, Case, CaseStep, State

CHUNK = 900  # ids in one statement: below the fewest parameters any SQLite allows (999)
BATCH = 500


@transaction.atomic
def follow_sweep(changed_ids: Iterable[int]) -> int:
    """Let open cases follow the clocks they are lit by, where a sweep has changed those; returns how many rows changed.

    One statement for each 900 clocks. Clocks that light no case cost nothing. Safe to run again.
    """
    case, clock = (connection.ops.quote_name(model._meta.db_table) for model in (Case, Clock))
    ids, done = list(changed_ids), 0
    with connection.cursor() as cursor:
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            cursor.execute(
                f"UPDATE {case} SET colour = c.colour, due_on = c.due_on, is_paused = (c.state = 'paused') "
                f"FROM {clock} AS c WHERE c.id = {case}.lamp_id AND {case}.state = 'open' "
                f"AND {case}.lamp_id IN ({', '.join(['%s'] * len(some))}) "
                f"AND ({case}.colour <> c.colour OR {case}.due_on IS NULL OR {case}.due_on <> c.due_on "
                f"OR {case}.is_paused <> (c.state = 'paused'))",
                some,
            )
            done += cursor.rowcount
    return done


@transaction.atomic
def open_many(
    cases: Sequence[Case], *, by=SYSTEM, at: datetime | None = None, limits: Sequence[Limits] = ()
) -> list[Case]:
    """Open prepared, unsaved cases of one procedure at its first step, their whole clock running from now.

    The caller has set number, procedure, kind, title, class, place and unit; `limits`, if given, are one for each
    case. Raises `Invalid` for an unknown class.
    """
    at = at or now()
    for case in cases:
        if case.definition.case_class(case.class_key) is None:
            raise Invalid(_("This class of matter does not exist in the procedure."), field="class")
        case.step, case.state, case.received_at = case.definition.start, State.OPEN, at
    orders = []
    for case, own in zip(cases, limits or [AS_WRITTEN] * len(cases), strict=True):
        rule, place = str(case.procedure), case.place
        limit = own.whole or case.definition.case_class(case.class_key).limit
        first = own.step or case.definition.step(case.step).limit
        orders.append(clocks.Start(_name(case), limit.length, limit.unit, at, "whole", place, rule=rule))
        if first:
            kind = f"step:{case.step}"
            orders.append(clocks.Start(_name(case), first.length, first.unit, at, kind, place, rule=rule))
    started = {(clock.subject, clock.kind): clock for clock in clocks.bulk_start(orders, by=by)}
    for case in cases:
        case.clock = started[_name(case), "whole"]
        case.lamp, case.due_on, case.colour = case.clock, case.clock.due_on, case.clock.colour
    cases = bulk.insert(cases)
    bulk.insert(
        [
            CaseStep(
                case=case,
                step=case.step,
                unit_id=case.unit_id,
                entered_at=at,
                clock=started.get((_name(case), f"step:{case.step}")),
            )
            for case in cases
        ]
    )
    record_many([Act("procedures.open", c, {"source": c.source}, place=c.place) for c in cases], by=by)
    return cases


class Given(NamedTuple):
    """One card for `give_cards`; the fields mean what they mean in `raise_card`."""

    case: Case
    ground: str
    colour: int
    fact: str
    unit: Unit | None
    step: str = ""


@transaction.atomic
def give_cards(cards: Sequence[Given], *, by=SYSTEM, at: datetime | None = None) -> int:
    """Give many cards; one that was given before is left as it is. Returns how many are new."""
    at = at or now()
    wanted = {(g.case.pk, g.ground, g.colour, g.step or g.case.step): g for g in cards}
    there = Card.objects.filter(case__in={g.case.pk for g in cards}).values_list("case", "ground", "colour", "step")
    for key in there:
        wanted.pop(key, None)
    # Somebody may give the same card by hand at this very moment: then theirs stands.
    Card.objects.bulk_create(
        [
            Card(case=g.case, ground=g.ground, colour=g.colour, fact=g.fact, unit=g.unit, step=key[3], raised_at=at)
            for key, g in wanted.items()
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    acts = [
        Act("procedures.card", g.case, {"ground": g.ground, "colour": g.colour, "fact": g.fact}, place=g.case.place)
        for g in wanted.values()
    ]
    record_many(acts, by=by)
    return len(wanted)


def _name(case: Case) -> str:
    return f"{Case._meta.label_lower}:{case.number}"
