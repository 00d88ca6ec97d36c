"""Things that take seconds to make and are kept once a process: made beside the request that first asks for them.

The operator types on meanwhile; the help comes with the next pause. In tests they are made at once, so that a test
sees what it asked for.
"""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

Thing = TypeVar("Thing")
log = logging.getLogger("huilian.hotline")


class Warm(Generic[Thing]):
    """`make(old)` gives the thing, from the one before it (None at first). Asked for through `get`."""

    def __init__(self, make: Callable[[Thing | None], Thing]):
        self._make = make
        self._thing: Thing | None = None
        self._busy = threading.Lock()

    def get(self, *, fresh: Callable[[Thing], bool], wait: bool = False) -> Thing | None:
        """The thing; None while the first one is being made. One that is not `fresh` is used until a new one stands.

        `wait` makes it here and now, as a command does that has nothing else to do.
        """
        thing = self._thing
        if thing is not None and fresh(thing):
            return thing
        if wait or settings.TESTING:
            self._work(close=False)
        elif self._busy.acquire(blocking=False):
            self._busy.release()
            threading.Thread(target=self._work, name="hotline-warming", daemon=True).start()
        return self._thing

    def forget(self) -> None:
        self._thing = None

    def _work(self, *, close: bool = True) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._thing = self._make(self._thing)
        except Exception:  # a thread must not die silently; the page goes without its advice
            log.exception("advice for operators could not be prepared")
        finally:
            self._busy.release()
            if close:
                connection.close()
