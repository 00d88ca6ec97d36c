"""What the public face does by itself."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from huilian.foundation.now import now
from huilian.foundation.schedule import daily

from . import drafts


@daily(at="03:20")
def sweep_drafts() -> int:
    """Files of matters that were begun and never sent: a session lasts twelve hours, so a day is enough."""
    return drafts.sweep(now() - timedelta(days=1))


@daily(at="03:25")
def sweep_sessions() -> None:
    """Sessions that have run out, with what was written in them and never sent."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
