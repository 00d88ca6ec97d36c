"""Open matters that say the same: an index of the last sixty days, one in each process. Advice; a person merges."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max

from huilian.engine.procedures.models import State
from huilian.foundation.now import now

from .models import Order
from .queries import orders_visible_to
from .suggestion.duplicates import LIKELY, Index
from .warming import Warm

DAYS = 60


@dataclass(slots=True)
class _Known:
    index: Index
    last: int  # the greatest id that was read
    since: datetime  # when it was begun; after a day it is begun anew, so that what is old or closed leaves it
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Similar:
    """An open order much like what is being said, and the words both say."""

    order: Order
    score: float
    words: tuple[str, ...]

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY

    @property
    def percent(self) -> int:
        return round(self.score * 100)


def similar_orders(title: str, text: str, user, *, place=None, but: Order | None = None, top: int = 5) -> list[Similar]:
    """Open orders on the same matter that `user` may see, the most alike first."""
    last = Order.objects.aggregate(last=Max("pk"))["last"] or 0
    known = _known.get(fresh=lambda k: k.last == last and now() - k.since <= timedelta(days=1))
    if known is None or not (title.strip() or text.strip()):
        return []
    left_out = [but.pk] if but else []
    # More than `top`, because closed and merged ones are still in the index and fall out below.
    with known.lock:
        matches = known.index.similar(title, text, now(), place.path if place else None, top * 4, but=left_out)
    found = {
        order.pk: order
        for order in orders_visible_to(user)
        .filter(pk__in=[m.id for m in matches], case__state=State.OPEN, merged_into=None)
        .select_related("case__place", "case__unit")
    }
    return [Similar(found[m.id], m.score, m.shared) for m in matches if m.id in found][:top]


def forget() -> None:
    """Begin anew, as a new process would."""
    _known.forget()


def _read(old: _Known | None) -> _Known:
    last = Order.objects.aggregate(last=Max("pk"))["last"] or 0
    if old is not None and (old.last > last or now() - old.since > timedelta(days=1)):
        old = None  # `last` went back: another database stands behind us, restored from a backup
    known = old or _Known(Index(), 0, now())
    rows = Order.objects.filter(
        pk__gt=known.last, case__received_at__gte=now() - timedelta(days=DAYS), case__state=State.OPEN
    )
    for pk, title, text, when, path in rows.values_list(
        "pk", "case__title", "text", "case__received_at", "case__place__path"
    ).iterator(chunk_size=500):
        with known.lock:
            known.index.add(pk, title, text, when, path)
    return _Known(known.index, last, known.since, known.lock)


_known: Warm[_Known] = Warm(_read)
