"""Copies on paper: asked for by the team, allowed by a head who did not ask, made once, marked with who made them."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Copy, Tip
from ..queries.reach import SEE
from .guards import free_tip, team_tip
from .opening import content_of

MADE_WITHIN = timedelta(days=3)


@transaction.atomic
def ask_copy(tip: Tip, *, purpose: str, by) -> Copy:
    """Ask a head to allow one copy. Raises Invalid (no purpose) or Conflict (asked already, or it goes straight up and
    may not be copied at all, §14)."""
    tip = team_tip(tip, SEE, by)
    if len(purpose.strip()) < 2:
        raise Invalid(_("Say for what purpose."), field="purpose")
    if tip.level in ("higher", "own_head"):
        raise Conflict(_("What goes straight up is never copied."))
    if tip.copies.filter(asker=by, is_allowed=None).exists():
        raise Conflict(_("A copy is asked for already."))
    made = Copy.objects.create(tip=tip, asker=by, purpose=purpose.strip(), asked_at=now())
    record("tips.ask_copy", tip, by=by, data={"purpose": made.purpose})
    return made


@transaction.atomic
def allow_copy(copy: Copy, *, allowed: bool, by) -> Copy:
    """Allow a copy or not; never one's own. Raises NotAllowed or Conflict."""
    free_tip(copy.tip, "tips.approve", by)
    copy = Copy.objects.select_for_update(of=("self",)).select_related("tip", "asker").get(pk=copy.pk)
    if copy.asker_id == by.pk:
        raise NotAllowed(_("Somebody else decides on your own request."))
    if copy.is_allowed is not None:
        raise Conflict(_("It is decided already."))
    copy.is_allowed, copy.decider, copy.decided_at = allowed, by, now()
    copy.save()
    record("tips.allow_copy", copy.tip, by=by, data={"allowed": allowed})
    return copy


@transaction.atomic
def make_copy(copy: Copy, *, token: str, by) -> dict:
    """What the copy says, once, within three days. Raises NotAllowed (not allowed, not the asker) or Conflict."""
    copy = Copy.objects.select_for_update(of=("self",)).select_related("tip").get(pk=copy.pk)
    if copy.asker_id != by.pk or not copy.is_allowed:
        raise NotAllowed(_("This copy was not allowed to you."))
    if copy.made_at or copy.decided_at < now() - MADE_WITHIN:
        raise Conflict(_("It was made already, or the time for it is over. Ask again."))
    said = content_of(copy.tip, purpose=copy.purpose, token=token, by=by)
    copy.made_at = now()
    copy.save(update_fields=["made_at"])
    record("tips.make_copy", copy.tip, by=by)
    return said
