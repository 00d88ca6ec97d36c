"""Who can open what, and who has looked."""

from django.db.models import Q, QuerySet

from huilian.engine.accounts.models import User
from huilian.foundation.now import now

from .models import Box, Look, Opening


def boxes_of(subject: str) -> QuerySet[Box]:
    """The boxes of one thing, in the order of sealing."""
    return Box.objects.filter(subject=subject).order_by("pk")


def opened_by(user: User) -> QuerySet[Box]:
    """Boxes a person's key opens today, alone or as one of two."""
    return Box.objects.filter(
        Q(grants__until=None) | Q(grants__until__gt=now()), grants__key__user=user, grants__key__retired_at=None
    ).distinct()


def looks_into(subject: str) -> QuerySet[Look]:
    """Every look into the boxes of one thing, newest first: what its author may be shown."""
    return Look.objects.filter(box__subject=subject).select_related("user", "box").order_by("-at", "-pk")


def openings_for(user: User) -> QuerySet[Opening]:
    """Requests that wait for this person to agree."""
    return Opening.objects.filter(
        state=Opening.State.WAITING, until__gt=now(), offers__key__user=user, offers__key__retired_at=None
    ).select_related("box", "asker")
