"""What the county decides itself: the catalogue of publications, its publicity classes, the policy library."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from .. import rules
from ..models import Kind, Policy, PublicityClass


@transaction.atomic
def save_kind(kind: Kind | None, values: dict, *, by) -> Kind:
    """Add or change a line of the catalogue; running duties keep the day they were given."""
    if values.get("columns"):
        rules.check_table(values["columns"], ())
    return _save(Kind, kind, values, "disclosure.catalogue_line", by)


@transaction.atomic
def save_class(row: PublicityClass | None, values: dict, *, by) -> PublicityClass:
    """Add or change one of the county's publicity classes."""
    return _save(PublicityClass, row, values, "disclosure.class", by)


@transaction.atomic
def save_policy(policy: Policy | None, values: dict, *, by) -> Policy:
    """Add or change a policy and its card in plain words."""
    since = values.get("valid_from", getattr(policy, "valid_from", None))
    until = values.get("valid_to", getattr(policy, "valid_to", None))
    if since and until and until < since:
        raise Invalid(_("It would end before it begins. Check the two days."), field="valid_to")
    return _save(Policy, policy, values, "disclosure.policy", by)


def _save(model: type[models.Model], row, values: dict, verb: str, by):
    """Write a row of the county's own; it is no longer a default afterwards."""
    require(by, "disclosure.catalogue")
    kept = model.objects.select_for_update().get(pk=row.pk) if row else model()
    for name, value in {**values, "origin": "county"}.items():
        setattr(kept, name, value)
    try:
        kept.full_clean()
    except ValidationError as fault:
        field, faults = next(iter(fault.message_dict.items()))
        raise Invalid(" ".join(faults), field=None if field == "__all__" else field) from None
    kept.save()
    record(verb, kept, by=by, data={"what": str(kept)})
    return kept
