"""What the county keeps for its monitoring: contents of the evaluation, offences and bands, video points, checks."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from ..models import CheckRecord, Criterion, PenaltyBand, PenaltyMatter, VideoPoint
from ..queries.measures import MEASURES


@transaction.atomic
def save_criterion(row: Criterion | None, values: Mapping, *, by) -> Criterion:
    """Add or change a content; it holds from its day on, quarters before keep theirs."""
    row = _fill(row or Criterion(), values)
    if row.key not in MEASURES:
        raise Invalid(_("There is no measure of this name: %(known)s.") % {"known": ", ".join(MEASURES)}, field="key")
    if row.valid_from < today() and row.pk is None:
        raise Invalid(_("A new content holds from today or later."), field="valid_from")
    row.origin = "county"
    return _keep(row, by, "monitoring.catalogue")


@transaction.atomic
def save_matter(row: PenaltyMatter | None, values: Mapping, *, by) -> PenaltyMatter:
    """Add or change an offence with the provision it rests on."""
    row = _fill(row or PenaltyMatter(), values)
    if not (row.law and row.version and row.article):
        raise Invalid(_("An offence rests on a law, its version and an article."), field="law")
    return _keep(row, by, "monitoring.catalogue")


@transaction.atomic
def save_band(row: PenaltyBand | None, values: Mapping, *, by) -> PenaltyBand:
    """Add or change a band of an offence. Running cases keep the fine they were given."""
    row = _fill(row or PenaltyBand(), values)
    if row.low_cents > row.high_cents:
        raise Invalid(_("The lowest fine is higher than the highest."), field="high_cents")
    return _keep(row, by, "monitoring.catalogue")


@transaction.atomic
def save_point(row: VideoPoint | None, values: Mapping, *, by) -> VideoPoint:
    """Add or change a video point; only its link is kept."""
    row = _fill(row or VideoPoint(), values)
    row.place = row.unit.place
    return _keep(row, by, "monitoring.catalogue")


@transaction.atomic
def enter_check(row: CheckRecord | None, values: Mapping, *, by) -> CheckRecord:
    """Enter a check of a control: which one, what was found, what is changed because of it."""
    row = _fill(row or CheckRecord(by=getattr(by, "person", None)), values)
    if row.on > today():
        raise Invalid(_("The day lies ahead."), field="on")
    return _keep(row, by, "monitoring.correct")


def _fill(row, values: Mapping):
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    return row


def _keep(row, by, action: str):
    require(by, action)
    row.save()
    record("monitoring.save", row, by=by, data={"what": str(row)})
    return row
