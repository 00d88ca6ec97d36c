"""「县里的底数」 Schemes, scales, known points and indicators, kept by the county's supervisor."""

from collections.abc import Mapping
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import GradeScale, Indicator, Scheme, Starter

SIX = ("prepare", "clear", "find", "measures", "assess", "feedback")
OWN = "county"


@transaction.atomic
def save_scheme(scheme: Scheme | None, values: Mapping, *, by) -> Scheme:
    """Enter or change a scheme. It covers all six stages in their order; running cycles keep theirs."""
    row = _filled(scheme or Scheme(), values, by)
    try:
        stages = row.stages
    except ValueError as wrong:
        raise Invalid(
            _("Line %(n)s of the stages needs eight parts with “|” between them.") % {"n": wrong}, field="lines"
        ) from wrong
    if [part for part, _same in groupby(stage["of"] for stage in stages)] != list(SIX):
        raise Invalid(
            _("The stages must cover all six in their order: %(six)s.") % {"six": ", ".join(SIX)}, field="lines"
        )
    if len({stage["key"] for stage in stages}) != len(stages):
        raise Invalid(_("Every stage needs a key of its own."), field="lines")
    return _kept(row, by)


@transaction.atomic
def save_scale(scale: GradeScale | None, values: Mapping, *, by) -> GradeScale:
    """Enter a scale of grades. Points graded before keep their grade until they are graded anew."""
    row = _filled(scale or GradeScale(), values, by)
    if not row.often > row.sometimes > 0:
        raise Invalid(_("“Often” begins above “sometimes”."), field="often")
    if not 9 >= row.first > row.second > 1:
        raise Invalid(_("Grade one begins above grade two, between 2 and 9."), field="first")
    return _kept(row, by)


@transaction.atomic
def save_starter(starter: Starter | None, values: Mapping, *, by) -> Starter:
    """Enter or correct a known point."""
    row = _filled(starter or Starter(), values, by)
    if not row.name or not row.manifestation:
        raise Invalid(_("A known point needs its name and how it shows itself."), field="manifestation")
    return _kept(row, by)


@transaction.atomic
def save_indicator(indicator: Indicator | None, values: Mapping, *, by) -> Indicator:
    """Change an indicator's thresholds; they rise from yellow to red."""
    row = _filled(indicator or Indicator(), values, by)
    if not 0 < row.yellow < row.orange < row.red:
        raise Invalid(_("The thresholds rise from yellow to orange to red."), field="yellow")
    return _kept(row, by)


def _filled(row, values: Mapping, by):
    require(by, "risks.catalogue")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.origin = OWN
    return row


def _kept(row, by):
    row.save()
    record("risks.catalogue", row, by=by, data={"what": str(row)})
    return row
