"""Writing the trail: `record` for every act, `seal` for the one sealer, `sign_head` once a day."""

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from huilian.engine import bulk
from huilian.foundation import hashing, merkle
from huilian.foundation.now import moment, now, today

from . import keys, rules, verbs
from .actors import SYSTEM, Actor, as_actor
from .models import Event, Leaf, Log, Pending, Tile, TreeHead

BATCH = 2000  # Events sealed in one transaction: long enough to be cheap, short enough not to hold up a writer.


class Act(NamedTuple):
    """One act for `record_many`; the fields mean what they mean in `record`."""

    verb: str
    subject: Model | str
    data: Mapping[str, object] | None = None
    at: datetime | None = None
    place: object = None
    by: object = None


def record(
    verb: str,
    subject: Model | str,
    *,
    by: object,
    data: Mapping[str, object] | None = None,
    at: datetime | None = None,
    place: object = None,
) -> Event:
    """Write one act into the trail, in the caller's transaction.

    `subject` is a model instance (its `number`, else its key) or "kind:id". `by` is a user, SYSTEM or an Actor.
    `data` holds ids, codes and labels only: no citizen's personal data, no floats. `place` is a division code or a
    place. `at` is for acts of the past (imports); the order of the log is the order of writing all the same.
    Raises UnknownVerb in tests and DEBUG when no `audit_events.py` declares the verb, TypeError for unfit values.
    """
    event = _event(Act(verb, subject, data, at, place), as_actor(by), now())
    event.save(force_insert=True)
    return event


@transaction.atomic
def record_many(acts: Iterable[Act], *, by: object) -> list[Event]:
    """Write many acts at once (imports). An act's own `by` goes before the common one. All or nothing."""
    actor, moment_now = as_actor(by), now()
    events = [_event(act, actor if act.by is None else as_actor(act.by), moment_now) for act in acts]
    return bulk.insert(events)


def seal(*, batch: int = BATCH) -> int:
    """Put all waiting events into the chain and the tree, in commit order; returns how many.

    Any number of processes may call it at once: the log's row is locked, so they take turns. Between two calls the
    order is that of commit; among events that became visible together it is that of their numbers. An act that began
    after another had committed always comes later, since it has the higher number and cannot be seen without it.
    """
    total = 0
    while True:
        done = _seal_batch(batch)
        total += done
        if done < batch:
            return total


def sign_head(day: date | None = None) -> TreeHead:
    """Seal what waits and sign the head of the log for `day` (today if not given). A signed day stays as it is."""
    day = day or today()
    seal()
    with transaction.atomic():
        log = _locked_log()
        found = TreeHead.objects.filter(day=day).first()
        if found:
            return found
        root = merkle.Frontier.load(log.size, bytes(log.frontier)).root()
        extra = (f"day {day.isoformat()}", f"chain {keys.base64(bytes(log.chain))}")
        head = TreeHead.objects.create(
            day=day,
            size=log.size,
            root=root,
            chain=bytes(log.chain),
            note=keys.signed_note(log.size, root, extra),
            signed_at=now(),
        )
        record("trail.sign_head", f"trail.treehead:{day.isoformat()}", by=SYSTEM, data={"size": log.size})
        return head


def _event(act: Act, actor: Actor, default_at: datetime) -> Event:
    if settings.DEBUG or getattr(settings, "TESTING", False):
        verbs.sentence_of(act.verb)
    kind, key = rules.subject_key(act.subject)
    fields: dict[str, Any] = {
        "at": moment(act.at) if act.at else default_at,
        "verb": act.verb,
        "subject_kind": kind,
        "subject_id": key,
        "actor_kind": actor.kind,
        "actor_id": "" if actor.id is None else str(actor.id),
        "actor_label": str(actor.label),
        "place": str(getattr(act.place, "code", act.place) or ""),
        "data": hashing.plain(act.data or {}, "data"),
        "salt": os.urandom(rules.SALT_LENGTH),
        "algorithm": getattr(settings, "TRAIL_DIGEST", hashing.SHA256),
    }
    for name, longest in _LENGTHS:
        if len(fields[name]) > longest:
            raise ValueError(f"{act.verb}: {name} is longer than {longest} characters")
    return Event(**fields, digest=rules.event_digest(**fields))


# SQLite does not check lengths, PostgreSQL does: refuse the same everywhere.
_LENGTHS = [
    (f.name, f.max_length)
    for f in Event._meta.fields
    if f.max_length and f.name.startswith(("verb", "subject", "actor"))
]
_LENGTHS.append(("place", 12))


def _locked_log() -> Log:
    log = Log.objects.select_for_update().filter(id=1).first()
    if log is None:
        Log.objects.bulk_create([Log(id=1)], ignore_conflicts=True)  # Another sealer may be doing the same.
        log = Log.objects.select_for_update().get(id=1)
    return log


def _seal_batch(limit: int) -> int:
    if not Pending.objects.exists():
        return 0
    with transaction.atomic():
        log = _locked_log()
        waiting = list(Pending.objects.order_by("event_id").values_list("event_id", flat=True)[:limit])
        rows = Event.objects.filter(pk__in=waiting).values_list("pk", "digest", "algorithm")
        events = {pk: (bytes(digest), algorithm) for pk, digest, algorithm in rows}
        frontier = merkle.Frontier.load(log.size, bytes(log.frontier))
        link, leaves, hashes = bytes(log.chain), [], []
        for event_id in waiting:
            if event_id not in events:  # Removed by force before it was sealed; `verify` cannot know it, others may.
                continue
            digest, algorithm = events[event_id]
            link = rules.next_link(link, event_id, digest, algorithm)
            leaves.append(Leaf(seq=frontier.size, event_id=event_id, digest=digest, chain=link))
            hashes.append(merkle.leaf_hash(digest))
            frontier.append(hashes[-1])
        Leaf.objects.bulk_create(leaves, batch_size=1000)
        if leaves:
            _extend_tiles(log.size, hashes)
            log.size, log.frontier, log.chain, log.sealed_at = frontier.size, frontier.dump(), link, now()
            log.checkpoint = keys.signed_note(log.size, frontier.root())
            log.save()
        Pending.objects.filter(event_id__in=waiting).delete()
        return len(waiting)


def _extend_tiles(old: int, hashes: list[bytes]) -> None:
    """Add leaf hashes to the tiles of a log that had `old` entries, and what follows on the levels above."""
    level, start = 0, old
    while hashes:
        above: list[bytes] = []
        width = merkle.TILE_WIDTH
        new: list[Tile] = []
        at = 0
        while at < len(hashes):
            index, filled = divmod(start + at, width)
            part = b"".join(hashes[at : at + width - filled])
            at += width - filled
            if filled:
                tile = Tile.objects.get(level=level, index=index)
                tile.hashes = bytes(tile.hashes) + part
                tile.save(update_fields=["hashes"])
            else:
                tile = Tile(level=level, index=index, hashes=part)
                new.append(tile)
            if len(tile.hashes) == width * merkle.HASH_SIZE:
                above.append(merkle.perfect_root(bytes(tile.hashes)))
        Tile.objects.bulk_create(new, batch_size=200)
        level, start, hashes = level + 1, start // width, above
