"""「减存遏增」「无越级访乡镇」 Targets of a township, the campaign of a year, award and withdrawal by counts."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place, Unit
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Contest, Entry, StockTarget
from ..queries.figures import year_of
from .guards import allow, locked_row, said

S = Entry.State


@transaction.atomic
def save_target(target: StockTarget | None, values: Mapping, *, by) -> StockTarget:
    """What a township may have unsettled and new in a year."""
    target = target or StockTarget()
    for name in ("township", "year", "stock", "new"):
        if name in values:
            setattr(target, name, values[name])
    allow(by, "petitions.contest", place=target.township)
    if target.township.level != Place.Level.TOWNSHIP:
        raise Invalid(_("Targets are set for townships."), field="township")
    target.save()
    record("petitions.save_target", target, by=by, data={"year": target.year, "stock": target.stock, "new": target.new})
    return target


@transaction.atomic
def save_contest(contest: Contest | None, values: Mapping, *, by) -> Contest:
    """Open the campaign of a year with its criteria, or correct it while nothing is decided."""
    allow(by, "petitions.contest")
    contest = locked_row(contest) if contest else Contest()
    if contest.pk and contest.entries.exclude(state=S.APPLIED).exists():
        raise Conflict(_("Awards were decided already; the criteria stay."))
    for name in ("year", "title", "criteria", "most", "most_overdue", "apply_until"):
        if name in values:
            setattr(contest, name, values[name])
    contest.criteria = said(contest.criteria, "criteria", 4)
    contest.save()
    record("petitions.save_contest", contest, by=by, data={"year": contest.year})
    return contest


@transaction.atomic
def apply_for(contest: Contest, unit: Unit, *, statement: str, by) -> Entry:
    """A township applies for itself."""
    allow(by, "petitions.apply", unit=unit)
    if today() > contest.apply_until:
        raise Conflict(_("Applications were taken until %(day)s.") % {"day": contest.apply_until})
    if unit.kind != Unit.Kind.TOWNSHIP_GOVERNMENT:
        raise Invalid(_("The government of a township applies."), field="unit")
    if Entry.objects.filter(contest=contest, unit=unit).exists():
        raise Conflict(_("%(unit)s has applied already.") % {"unit": unit})
    made = Entry.objects.create(
        contest=contest, unit=unit, statement=said(statement, "statement", 10), applied_on=today()
    )
    record("petitions.apply_for", made, by=by, data={"year": contest.year})
    return made


@transaction.atomic
def decide_entry(entry: Entry, *, award: bool, reason: str, by) -> Entry:
    """Award or not. What was counted decides: over the bearable number nobody is awarded. The counts are kept."""
    allow(by, "petitions.contest")
    entry = locked_row(entry, S.APPLIED)
    entry.counted = _counted(entry)
    if award and not _within(entry):
        raise Conflict(
            _("%(skips)s visits skipped a level, %(overdue)s matters were overdue: over what the campaign bears.")
            % entry.counted
        )
    entry.state = S.AWARDED if award else S.REFUSED
    return _decided(entry, reason, "petitions.decide_entry", by)


@transaction.atomic
def withdraw_award(entry: Entry, *, reason: str, by) -> Entry:
    """Take the award back, with the counts of the day and the reason."""
    allow(by, "petitions.contest")
    entry = locked_row(entry, S.AWARDED)
    entry.counted = _counted(entry)
    entry.state = S.WITHDRAWN
    return _decided(entry, reason, "petitions.withdraw_award", by)


def _counted(entry: Entry) -> dict[str, int]:
    found = year_of(entry.unit.place, entry.contest.year)
    return {"skips": found.skips, "overdue": found.overdue}


def _within(entry: Entry) -> bool:
    contest = entry.contest
    return entry.counted["skips"] <= contest.most and entry.counted["overdue"] <= contest.most_overdue


def _decided(entry: Entry, reason: str, verb: str, by) -> Entry:
    entry.reason, entry.decided_on = said(reason, "reason"), today()
    entry.save()
    record(verb, entry, by=by, data={"unit": entry.unit.name, **entry.counted})
    return entry
