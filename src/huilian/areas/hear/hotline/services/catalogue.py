"""What the centre keeps itself: channels, the dispatch catalogue, grounds for not accepting, the knowledge base.

One way for all four: `save_…(row, values, by=)` changes `row`, or makes a new one for None. A row once changed here is
the county's own and is left alone when defaults are renewed. Nothing is deleted; a row goes out of use.
"""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid

from ..models import Channel, Knowledge, Matter, RefusalGround

OWN = "county"  # the origin of a row that is no longer the product's default


@transaction.atomic
def save_channel(row: Channel | None, values: dict, *, by) -> Channel:
    """Change or add a way in. The last channel in use cannot be switched off: the hotline would be deaf."""
    saved = _save(Channel, row, values, by)
    if not Channel.objects.filter(is_active=True).exists():
        raise Conflict(_("This is the last channel in use. Put another into use first."), field="is_active")
    return saved


@transaction.atomic
def save_matter(row: Matter | None, values: dict, *, by) -> Matter:
    """Change or add a line of the dispatch catalogue: who leads, who helps, which class, on what basis."""
    values = dict(values)
    co_units = values.pop("co_units", None)
    by_place = values.get("by_place", row.by_place if row else False)
    lead = values.get("lead_unit", row.lead_unit if row else None)
    if by_place and lead is not None:
        raise Invalid(
            _("Either the township of the place leads, or one unit. Leave one of the two empty."), field="lead_unit"
        )
    key = values.get("class_key", row.class_key if row else "general")
    if current_procedure("hotline").definition.case_class(key) is None:
        raise Invalid(_("This class of matter does not exist in the procedure."), field="class_key")
    saved = _save(Matter, row, values, by, also={} if co_units is None else {"co_units": [u.name for u in co_units]})
    if co_units is not None:
        saved.co_units.set([u for u in co_units if u.pk != saved.lead_unit_id])
    return saved


@transaction.atomic
def save_ground(row: RefusalGround | None, values: dict, *, by) -> RefusalGround:
    """Change or add a ground on which the law lets the hotline not accept a matter."""
    return _save(RefusalGround, row, values, by)


@transaction.atomic
def save_knowledge(row: Knowledge | None, values: dict, *, by) -> Knowledge:
    """Change or add an answer that may be given at once."""
    first = values.get("valid_from", row.valid_from if row else None)
    last = values.get("valid_to", row.valid_to if row else None)
    if first and last and last < first:
        raise Invalid(_("The answer would end before it begins. Check the two days."), field="valid_to")
    return _save(Knowledge, row, values, by)


def _save(model: type[models.Model], row, values: dict, by, also: dict | None = None):
    require(by, "hotline.catalogue")
    new = row is None
    row = model() if new else model.objects.select_for_update().get(pk=row.pk)
    before = {} if new else {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    if hasattr(row, "origin"):
        row.origin = OWN
    try:
        row.full_clean()
    except ValidationError as wrong:
        field, sentences = next(iter(wrong.message_dict.items()))
        raise Invalid(" ".join(sentences), field=field if field in values else None) from None
    row.save()
    changed = {name: _plain(getattr(row, name)) for name in values if new or before[name] != getattr(row, name)}
    if changed or also:
        record(
            f"hotline.{'add' if new else 'change'}_{_WORD[model]}",
            f"hotline.{model._meta.model_name}:{row.pk}",
            by=by,
            data={"what": str(row), "now": {**changed, **(also or {})}},
        )
    return row


_WORD = {Channel: "channel", Matter: "matter", RefusalGround: "ground", Knowledge: "knowledge"}


def _plain(value):
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
