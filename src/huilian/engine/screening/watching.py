"""「值守筛查」 One process holds the county in memory and screens what changes, a moment after it changed.

It takes what waits in the outbox, brings those villages (or only the rows named) up to date, runs the rules that read
what has changed, and takes the rows out in the transaction that keeps the hits: a process that dies in between leaves
them for the next. Rows are deleted, not passed by a watermark, because a transaction may commit after one with a higher
number.

Behind the outbox stands the trail: whatever was sealed about a village puts that village into the outbox too, so that a
service that forgets to tell costs a second, not a day.
"""

import logging
import os
import socket
import threading
from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from time import monotonic

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Max

from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event, Leaf
from huilian.engine.trail.services import record
from huilian.foundation.now import now, today

from . import queries
from .models import Outbox, Run, Watch
from .rule import Broken
from .services import screen, touch
from .store import Store

logger = logging.getLogger("huilian.screening")
POLL = 0.02  # seconds between looks at an empty outbox
TRAIL = 1.0  # seconds between looks at what was sealed; the sealer needs about as long
OURS = ("screening.", "alerts.", "alert.")  # acts that follow from screening
BEAT = 5.0  # seconds between signs of life
SILENT = timedelta(seconds=30)  # after which another process takes over
MOST = 5000  # rows of the outbox looked at
ROWS = 400  # single rows screened at once
MANY, FEW = 60, 10  # whole villages screened at once: alone, and beside single rows


class Watcher:
    """The resident screening of one process. `step()` does what is to be done now and says whether anything was."""

    def __init__(self, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:40]}-{os.getpid()}-{threading.get_ident()}"
        self.store: Store | None = None
        self.day: date | None = None
        self._beat = self._looked = -BEAT
        self._holds = False

    def close(self) -> None:
        """Let go of the mirror and of the watch."""
        self._forget()
        Watch.objects.filter(holder=self.name).delete()

    def _forget(self) -> None:
        if self.store is not None:
            self.store.close()
            self.store = None

    def step(self) -> bool:
        """Screen what waits; False when there was nothing, or another process has the watch."""
        if monotonic() - self._beat >= BEAT:
            self._holds, self._beat = self._take(), monotonic()
        if not self._holds:
            return False
        if self.day != today():
            self._new_day()
            return True
        if monotonic() - self._looked >= TRAIL:
            self._looked = monotonic()
            self._note_sealed()
        rows = list(Outbox.objects.order_by("pk").values_list("pk", "village_code", "about")[:MOST])
        if not rows:
            return False
        try:
            if self.store is None or any(code is None for _pk, code, _about in rows):
                self._everything([pk for pk, _code, _about in rows])
            else:
                self._some(rows)
        except BaseException:  # the mirror has seen what was not screened: the next attempt begins with a new one
            self._forget()
            raise
        return True

    def _some(self, rows: list[tuple[int, int, str]]) -> None:
        """Screen as much of what waits as takes a moment; a long queue is worked off piece by piece, single rows first:
        somebody waits for them."""
        named = [(pk, code, about) for pk, code, about in rows if about][:ROWS]
        whole = list(dict.fromkeys(code for _pk, code, about in rows if not about))[: FEW if named else MANY]
        taken = [pk for pk, code, about in rows if not about and code in whole] + [pk for pk, _code, _about in named]
        some = defaultdict(set)
        for _pk, code, about in named:
            if code not in whole:
                name, _colon, key = about.partition(":")
                some[name].add(int(key))
        of = sorted({code for _pk, code, _about in named} - set(whole))
        changed = self.store.reload(whole, some, of)
        if changed:
            screen([*whole, *of], store=self.store, reads=changed, done=taken)
        else:
            with transaction.atomic():
                Outbox.objects.filter(pk__in=taken).delete()

    def _take(self) -> bool:
        """Have the watch, or take it from a process that fell silent."""
        moment = now()
        with transaction.atomic():
            watch, new = Watch.objects.select_for_update().get_or_create(
                pk=1, defaults={"holder": self.name, "seen_at": moment}
            )
            if not new and watch.holder != self.name and moment - watch.seen_at < SILENT:
                return False
            Watch.objects.filter(pk=1).update(holder=self.name, seen_at=moment)
        return True

    def _note_sealed(self) -> None:
        """Put villages of newly sealed acts into the outbox."""
        top = Leaf.objects.aggregate(top=Max("seq"))["top"]
        seen = Watch.objects.filter(pk=1).values_list("leaf", flat=True).first()
        if top is None or top == seen:
            return
        with transaction.atomic():
            if seen is not None:
                acts = Event.objects.filter(leaf__seq__gt=seen, leaf__seq__lte=top).exclude(place="")
                for prefix in OURS:
                    acts = acts.exclude(verb__startswith=prefix)
                codes = {int(place) for place in acts.values_list("place", flat=True).distinct() if len(place) == 12}
                touch(code for code in codes if code % 1000)  # a township's code ends in 000
            Watch.objects.filter(pk=1).update(leaf=top)

    def _new_day(self) -> None:
        """Once a day everything is loaded afresh and screened; what the passes of the day had missed is told."""
        if self.store is None and Run.objects.filter(kind=Run.Kind.FULL, as_of=today()).exists():
            self.day = today()  # a full pass was made today; the mirror is loaded when something changes
            return
        before = self._all() if self.store is not None and not queries.waiting() else None
        self._everything([])
        if before is not None and (differs := _difference(before, self._all())):
            with transaction.atomic():
                record("screening.differs", "screening:mirror", by=SYSTEM, data={"what": "; ".join(differs[:20])})
            logger.error("incremental screening missed: %s", "; ".join(differs[:20]))

    def _everything(self, ids: list[int]) -> None:
        if self.store is None:
            self.store = Store()
        self.store.load()
        for r in queries.rules():  # so that whoever comes first does not wait for it
            with suppress(Broken):
                self.store.prepare(r.rule, r.values, today(), schema="part")
        screen(store=self.store, done=ids)
        self.day = today()

    def _all(self) -> dict[str, set[tuple[str, str, int]]]:
        """What every rule finds now in the mirror as it is."""
        found = {}
        for r in queries.rules():
            try:
                rows = self.store.find(r.rule, r.values, today()) if r.runs and self.store is not None else []
            except Broken:
                continue
            found[r.rule.id] = {(row.subject, row.key, row.level) for row in rows}
        return found


def _difference(before: dict, after: dict) -> list[str]:
    return [
        f"{rule}: {subject} {key}".strip()
        for rule in sorted(before.keys() & after.keys())
        for subject, key, _level in sorted(before[rule] ^ after[rule])
    ]


def watch(stop: threading.Event) -> None:
    """Screen what changes until `stop` is set."""
    watcher = Watcher()
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                worked = watcher.step()
            except DatabaseError as error:  # away for a moment, or another process came first: what waits still waits
                logger.error("screening: %s", error)
                worked = False
                stop.wait(2)
            if not worked:
                stop.wait(POLL)
    finally:
        watcher.close()
