"""「两公开」 The decision and its results hang out, in words everybody understands."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.services import attach
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Announcement, Motion
from ..queries.chain import announced, spec_of
from .guards import allow, locked
from .motions import Upload, settle

PHOTOS = frozenset({"jpg", "png"})


@transaction.atomic
def announce(motion: Motion, *, text: str, photo: Upload | None = None, by) -> Announcement:
    """Publish the decision, or its results, for at least the days the chain asks for."""
    motion = locked(motion)
    allow(by, "decisions.keep", motion)
    spec = spec_of(motion)
    if not spec.publishes or announced(motion, spec.publishes):
        raise Conflict(_("There is nothing to publish at this step now."))
    if not text.strip():
        raise Invalid(_("Write in plain words what was decided or done."), field="text")
    made = Announcement.objects.create(
        motion=motion, kind=spec.publishes, text=text.strip(), published_on=today(),
        until=today() + timedelta(days=spec.days),
        photo=attach(*photo, motion.case, kind="decision_photo", by=by, accepted=PHOTOS) if photo else None,
    )  # fmt: skip
    record("decisions.announce", motion.case, by=by, data={"kind": made.kind, "until": made.until.isoformat()})
    settle(motion, by)
    touch([int(motion.place.code)])
    return made
