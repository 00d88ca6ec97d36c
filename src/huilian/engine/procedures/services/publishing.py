"""Publishing procedures: a changed file becomes a new version; running cases keep theirs."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.hashing import canonical, digest
from huilian.foundation.now import now

from .. import faults, worklists
from ..drafts import COUNTY, current_procedures
from ..models import Procedure


@transaction.atomic
def publish(body: dict, *, by) -> Procedure:
    """Publish `body` as the next version of its procedure, or return the current one when nothing changed.

    Raises `Invalid` when a case could get lost in it; then nothing is published.
    """
    faults.read(body)
    fingerprint = digest(canonical(body), "sha256").hex()
    latest = Procedure.objects.select_for_update().filter(key=body["key"]).order_by("-version").first()
    if latest and latest.digest == fingerprint:
        return latest
    procedure = Procedure.objects.create(
        key=body["key"],
        version=latest.version + 1 if latest else 1,
        body=body,
        digest=fingerprint,
        published_at=now(),
    )
    worklists.forget()
    record("procedures.publish", procedure, by=by, data={"key": procedure.key, "version": procedure.version})
    return procedure


def publish_all(files: list[Path], *, by=SYSTEM) -> list[Procedure]:
    """Publish every procedure file of the house; safe to run again."""
    bodies = []
    for path in files:
        try:
            bodies.append(yaml.safe_load(path.read_text(encoding="utf-8")))
        except yaml.YAMLError as fault:
            raise Invalid(
                _("%(file)s is not a readable procedure file: %(fault)s") % {"file": path.name, "fault": fault}
            ) from fault
    return publish_defaults(bodies, by=by)


def publish_defaults(bodies: Iterable[dict], *, by=SYSTEM) -> list[Procedure]:
    """Publish what the product brings; safe to run again. What the county has redrawn stays as it drew it."""
    current = current_procedures()
    drawn_here = {key for key, procedure in current.items() if procedure.body.get("origin") == COUNTY}
    return [current[body["key"]] if body.get("key") in drawn_here else publish(body, by=by) for body in bodies]
