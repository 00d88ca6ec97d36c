"""How often public pages are opened, gathered in memory and written now and then: no write for each page, no person.

What a process has not written yet when it ends is lost, at most a minute of it.
"""

from collections import Counter
from threading import Lock
from time import monotonic

from huilian.areas.serve.disclosure.services import add_readers
from huilian.foundation.now import today

EVERY_SECONDS, AT_MOST = 60, 500
_lock, _waiting = Lock(), Counter()
_written = [monotonic()]


def opened(code: str, number: str = "") -> None:
    """A page of the village `code`, or of one of its items, was opened."""
    with _lock:
        _waiting[code, number, today()] += 1
        if len(_waiting) < AT_MOST and monotonic() - _written[0] < EVERY_SECONDS:
            return
    write()


def write() -> None:
    """Put what was gathered into the database."""
    with _lock:
        counts = dict(_waiting)
        _waiting.clear()
        _written[0] = monotonic()
    if counts:
        add_readers(counts)
