"""One's own notices."""

from django.db.models import QuerySet

from .models import Notice


def unread_count(user) -> int:
    """How many notices `user` has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def notices_of(user, *, unread: bool = False) -> QuerySet[Notice]:
    """The notices of `user`, newest first."""
    notices = Notice.objects.filter(user=user)
    return notices.filter(read_at=None) if unread else notices
