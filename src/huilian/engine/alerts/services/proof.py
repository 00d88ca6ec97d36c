"""Papers that prove how it was or that it was put right. They stay with the case and go into the evidence pack."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents import services as documents
from huilian.engine.documents.models import Attachment
from huilian.engine.procedures.guards import require_free, units_of
from huilian.foundation.errors import NotAllowed

from ..guards import locked, why_not_check
from ..models import Alert

PROOF = "alert.proof"


@transaction.atomic
def attach_proof(alert: Alert, upload: BinaryIO, name: str, *, by) -> Attachment:
    """Keep a paper or photo with the alert: by the unit concerned, or by whoever checks it. Raises `Invalid`."""
    alert = locked(alert)
    require_free(alert.case, by)
    if not {alert.unit_id, alert.case.unit_id} & units_of(by) and why_not_check(alert, by):
        raise NotAllowed(_("Only the unit concerned and those who check the alert hand in papers here."))
    return documents.attach(upload, name, alert.case, kind=PROOF, by=by)
