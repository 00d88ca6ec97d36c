"""Signals taken in and linked, interventions with their effect, two streams of checks, readings of indicators."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now, today

from .. import rules
from ..models import Check, Indicator, Intervention, Reading, RiskPoint, Signal
from ..queries.measures import MEASURES
from .guards import allow, locked, said

S = Signal.State
EFFECT_DAYS = 90  # as long before as after an intervention; county default


@transaction.atomic
def take_signal(unit: Unit, *, source: str, text: str, arose_on: date, ref: str = "", colour: int = 0, by) -> Signal:
    """Take in what points to a risk. The same number from the same source is taken in once; its colour may rise."""
    if by is not SYSTEM:
        allow(by, "risks.watch", unit)
    if source not in Signal.Source.values:
        raise Invalid(_("Say where the signal came from."), field="source")
    if arose_on > today():
        raise Invalid(_("A signal cannot arise in the future."), field="arose_on")
    if ref and (known := Signal.objects.select_for_update().filter(source=source, ref=ref).first()):
        if colour > known.colour:
            known.colour = colour
            known.save(update_fields=["colour"])
        return known
    made = Signal.objects.create(
        number=next_number("FS", on=today()),
        unit=unit,
        source=source,
        ref=ref,
        text=said(text, "text")[:300],
        colour=colour,
        arose_on=arose_on,
    )
    record("risks.take_signal", made, by=by, data={"source": made.get_source_display(), "ref": ref or "—"})
    return made


@transaction.atomic
def link_signal(signal: Signal, point: RiskPoint, *, analysis: str, by) -> Signal:
    """The analysis found which point the signal is about."""
    row = locked(signal, S.OPEN)
    person = allow(by, "risks.watch", row.unit)
    if point.unit_id != row.unit_id or point.state in (RiskPoint.State.MERGED, RiskPoint.State.ENDED):
        raise Invalid(_("Choose a risk point of %(unit)s that is still there.") % {"unit": row.unit}, field="point")
    row.point, row.state, row.analysed_by = point, S.LINKED, person
    row.analysis = said(analysis, "analysis")[:300]
    row.save()
    record("risks.link_signal", row, by=by, data={"point": point.number})
    return row


@transaction.atomic
def dismiss_signal(signal: Signal, *, analysis: str, by) -> Signal:
    """The analysis found no risk behind it."""
    row = locked(signal, S.OPEN)
    row.analysed_by = allow(by, "risks.watch", row.unit)
    row.state, row.analysis = S.DISMISSED, said(analysis, "analysis")[:300]
    row.save()
    record("risks.dismiss_signal", row, by=by, data={"why": row.analysis})
    return row


@transaction.atomic
def correct_signal(signal: Signal, *, by) -> Signal:
    """What the signal pointed to is put right. The unit must have been told before."""
    row = locked(signal, S.LINKED)
    allow(by, "risks.watch", row.unit)
    if row.noticed_on is None:
        raise Conflict(_("The unit was not told yet: plan an intervention or propose a disposal first."))
    if row.corrected_on:
        raise Conflict(_("This is noted as put right already."))
    row.corrected_on = today()
    row.save()
    record("risks.correct_signal", row, by=by, data={})
    return row


@transaction.atomic
def plan_intervention(
    point: RiskPoint, *, kind: str, plan: str, planned_on: date, signal: Signal | None = None, by
) -> Intervention:
    """Plan to remind, talk, change the post or audit before harm is done."""
    point = locked(point)
    person = allow(by, "risks.watch", point.unit)
    if kind not in Intervention.Kind.values:
        raise Invalid(_("Choose one of the four interventions."), field="kind")
    if planned_on < today():
        raise Invalid(_("Plan it for today or later."), field="planned_on")
    made = Intervention.objects.create(
        point=point,
        signal=signal,
        kind=kind,
        plan=said(plan, "plan")[:300],
        planned_on=planned_on,
        planned_by=person,
    )
    record("risks.plan_intervention", point, by=by, data={"kind": made.get_kind_display()})
    return made


@transaction.atomic
def carry_out(intervention: Intervention, *, result: str, by) -> Intervention:
    """It was done. Its effect is looked at after ninety days against the ninety days before."""
    row, point = _intervention(intervention, by)
    if row.done_on:
        raise Conflict(_("This intervention is noted as done already."))
    row.done_on, row.result = today(), said(result, "result")[:300]
    row.check_on = today() + timedelta(EFFECT_DAYS)
    row.signals_before = _signals(point, today() - timedelta(EFFECT_DAYS), today())
    row.save()
    if row.signal_id:
        Signal.objects.filter(pk=row.signal_id, noticed_on=None).update(noticed_on=today())
    record("risks.carry_out", point, by=by, data={"kind": row.get_kind_display()})
    return row


@transaction.atomic
def check_intervention(intervention: Intervention, *, effective: bool, effect: str, by) -> Intervention:
    """Look at the effect, with the signals counted before and after."""
    row, point = _intervention(intervention, by)
    if row.done_on is None or row.effective is not None:
        raise Conflict(_("This intervention is not done yet, or its effect was checked already."))
    if today() < row.check_on:
        raise Conflict(_("Its effect can be judged from %(day)s on.") % {"day": row.check_on})
    row.signals_after = _signals(point, row.done_on, row.check_on)
    row.effective, row.effect = effective, said(effect, "effect")[:300]
    row.save()
    record("risks.check_intervention", point, by=by, data={"before": row.signals_before, "after": row.signals_after})
    return row


def _intervention(intervention: Intervention, by) -> tuple[Intervention, RiskPoint]:
    point = locked(intervention.point)
    allow(by, "risks.watch", point.unit)
    return Intervention.objects.select_for_update().get(pk=intervention.pk), point


def _signals(point: RiskPoint, since: date, before: date) -> int:
    return point.signals.filter(arose_on__gte=since, arose_on__lt=before).count()


@transaction.atomic
def note_check(
    point: RiskPoint, *, stream: str, checked_on: date, looked_at: int, faults: int, text: str = "", by
) -> Check:
    """Note one look at a point. The department enters its own stream, monitoring the other: nobody both."""
    point = locked(point)
    action = {Check.Stream.OWN: "risks.check", Check.Stream.MONITORING: "risks.watch"}.get(stream)
    if action is None:
        raise Invalid(_("Say which stream of checks it belongs to."), field="stream")
    person = allow(by, action, point.unit)
    if not 0 <= faults <= looked_at or looked_at < 1:
        raise Invalid(_("At least one thing is looked at, and not more faults than things."), field="faults")
    if checked_on > today():
        raise Invalid(_("A check cannot be in the future."), field="checked_on")
    if faults and not text.strip():
        raise Invalid(_("Write which faults were found."), field="text")
    made = Check.objects.create(
        point=point,
        stream=stream,
        checked_on=checked_on,
        looked_at=looked_at,
        faults=faults,
        text=text.strip()[:300],
        checked_by=person,
    )
    record("risks.note_check", point, by=by, data={"stream": made.get_stream_display(), "faults": faults})
    return made


@transaction.atomic
def count_indicators(month: date | None = None) -> int:
    """Count every indicator for the month of a day (today's by default), per unit and per post. Renews the month."""
    first = (month or today()).replace(day=1)
    after = rules.months_later(first, 1)
    kept = []
    for indicator in Indicator.objects.filter(is_active=True):
        if indicator.key not in MEASURES:
            continue
        for unit, post, part, whole in MEASURES[indicator.key].count(first, after):
            value = 100 * part / whole if whole else 0
            enough = whole >= indicator.least
            colour = rules.colour(value, indicator.yellow, indicator.orange, indicator.red) if enough else 0
            kept.append(
                Reading(
                    indicator=indicator, unit_id=unit, post_id=post, month=first, part=part, whole=whole,
                    colour=colour, made_at=now(),
                )
            )  # fmt: skip
    Reading.objects.filter(month=first).delete()
    Reading.objects.bulk_create(kept, batch_size=500)
    return len(kept)
