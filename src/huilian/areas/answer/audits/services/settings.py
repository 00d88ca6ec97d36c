"""The county's figures."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import Setting

MOST = {"term_months": 120, "ahead_days": 365, "before_months": 60, "repair_days": 365}


@transaction.atomic
def save_setting(row: Setting, values: Mapping[str, Any], *, by: Any) -> Setting:
    """Change a figure; it is the county's own from then on."""
    require(by, "audits.settings")
    row = Setting.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not 1 <= values["value"] <= MOST[row.key]:
        raise Invalid(_("Between 1 and %(most)s.") % {"most": MOST[row.key]}, field="value")
    row.value, row.basis, row.origin = values["value"], values.get("basis", "").strip(), "county"
    row.save()
    record("audits.setting", row, by=by, data={"what": row.key, "value": row.value})
    return row
