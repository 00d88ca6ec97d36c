"""Linking two things."""

from django.db import transaction

from huilian.foundation.now import now

from .models import Link
from .rules import name_of


def link(source, target, kind: str, *, by) -> Link:
    """Note that `source` is linked to `target` as `kind` (for instance "led_to"). Doing it twice changes nothing."""
    from huilian.engine.trail.services import record

    (source_kind, source_id), (target_kind, target_id) = name_of(source), name_of(target)
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
            record("linked", source, by=by, data={"kind": kind, "target": f"{target_kind}:{target_id}"})
    return made
