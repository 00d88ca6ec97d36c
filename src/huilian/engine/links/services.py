"""Linking two things."""

from django.db import transaction

from huilian.engine.trail.rules import subject_key
from huilian.engine.trail.services import record
from huilian.foundation.now import now

from .models import Link


def link(source, target, kind: str, *, by) -> Link:
    """Note that `source` is linked to `target` as `kind` (for instance "led_to"). Doing it twice changes nothing."""
    (source_kind, source_id), (target_kind, target_id) = subject_key(source), subject_key(target)
    with transaction.atomic():
        made, new = Link.objects.get_or_create(
            source_kind=source_kind,
            source_id=source_id,
            target_kind=target_kind,
            target_id=target_id,
            kind=kind,
            defaults={"made_at": now(), "made_by": str(getattr(by, "label", None) or by)[:128]},
        )
        if new:
            record("links.link", source, by=by, data={"kind": kind, "target": f"{target_kind}:{target_id}"})
    return made
