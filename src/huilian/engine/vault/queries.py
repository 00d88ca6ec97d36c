"""Who can open what, and who has looked."""

import base64
import hashlib
from datetime import timedelta

from django.db.models import Q, QuerySet

from huilian.engine.accounts.models import User
from huilian.foundation.now import now

from .models import Box, Grant, Look, Opening, Unlocked


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


def looks_by(user: User) -> QuerySet[Look]:
    """What a person has looked into, newest first."""
    return Look.objects.filter(user=user).select_related("box").order_by("-pk")


def openings_for(user: User) -> QuerySet[Opening]:
    """Requests that wait for this person to agree."""
    return Opening.objects.filter(
        state=Opening.State.WAITING, until__gt=now(), offers__key__user=user, offers__key__retired_at=None
    ).select_related("box", "asker")


def openings_by(user: User) -> QuerySet[Opening]:
    """What a person asked for in the last thirty days, newest first."""
    since = now() - timedelta(days=30)
    return Opening.objects.filter(asker=user, asked_at__gte=since).select_related("box", "decider").order_by("-pk")


def unlocked_by(user: User, token: str) -> QuerySet[Unlocked]:
    """The unlocked key of a person under this token, while its time runs."""
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        raw = b""
    return Unlocked.objects.filter(
        key__user=user, key__retired_at=None, until__gt=now(), token_digest=hashlib.sha256(raw).hexdigest()
    )


def is_unlocked(user: User, token: str) -> bool:
    return unlocked_by(user, token).exists()


def orphans() -> QuerySet[Box]:
    """Boxes that only the sheets of recovery open: nobody holds their key, or one of its halves."""
    held = Grant.objects.filter(key__is_recovery=False, key__retired_at=None).exclude(until__lte=now())
    asks, agrees = (held.filter(half=half).values("box") for half in (Grant.Half.ASKS, Grant.Half.AGREES))
    return Box.objects.filter(
        Q(paired=False) & ~Q(pk__in=held.values("box")) | Q(paired=True) & ~(Q(pk__in=asks) & Q(pk__in=agrees))
    ).order_by("pk")
