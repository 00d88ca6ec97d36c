"""Reading the trail: histories, the change feed, proofs."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from huilian.foundation import merkle
from huilian.foundation.errors import Invalid

from . import keys, verbs
from .actors import CITIZEN, MACHINE
from .models import Event, Leaf, Log, Tile, TreeHead
from .rules import subject_key


def history_of(subject: Model | str) -> QuerySet[Event]:
    """Every act on `subject`, oldest first. Reading it is the caller's right to check."""
    kind, key = subject_key(subject)
    return Event.objects.filter(subject_kind=kind, subject_id=key).order_by("at", "id")


def history_of_all(subjects: Iterable[Model | str]) -> QuerySet[Event]:
    """The histories of several subjects (a case and its clocks, say) as one."""
    found = Event.objects.none()
    for kind, key in {subject_key(s) for s in subjects}:
        found = found | Event.objects.filter(subject_kind=kind, subject_id=key)
    return found.order_by("at", "id")


def acts_of(user: Model) -> QuerySet[Event]:
    """Everything a user did, newest first: for the audit administrator."""
    return Event.objects.filter(actor_kind="user", actor_id=str(user.pk)).order_by("-id")


def sentence(event: Event) -> str:
    """What happened, in the active language, without the actor unless the sentence names them."""
    try:
        known = verbs.sentence_of(event.verb)
    except verbs.UnknownVerb:
        return event.verb
    return known.render({**event.data, "actor": actor_name(event), "subject": event.subject_id})


def actor_name(event: Event) -> str:
    """The actor as a history shows it."""
    if event.actor_kind == MACHINE:
        return _("the system")
    if event.actor_kind == CITIZEN and not event.actor_label:
        return _("a citizen")
    return event.actor_label


def feed(after: int = -1, limit: int = 1000) -> list[Leaf]:
    """The change feed: sealed entries with `seq` > `after`, in order, with their events.

    Numbers have no gaps and nothing is ever put in before a number that was read, so a reader who keeps the last
    number it saw misses nothing.
    """
    return list(Leaf.objects.filter(seq__gt=after).select_related("event").order_by("seq")[:limit])


def log_size() -> int:
    return Log.objects.filter(id=1).values_list("size", flat=True).first() or 0


def nodes() -> merkle.Nodes:
    """Perfect subtrees out of the stored tiles; each tile is read once for as long as the result is kept."""

    @lru_cache(maxsize=64)
    def read(level: int, index: int) -> bytes:
        found = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
        return bytes(found or b"")

    return merkle.nodes_from_tiles(read)


def root(size: int | None = None) -> bytes:
    """Root over the first `size` entries (all, if not given)."""
    return merkle.tree_root(log_size() if size is None else size, nodes())


def inclusion_proof(event: Event, size: int | None = None) -> dict[str, object]:
    """Proof that `event` is in the log of `size` entries (the present size if not given), as JSON values.

    Raises Invalid when the event has not been sealed yet, or not within `size`.
    """
    leaf = Leaf.objects.filter(event_id=event.pk).first()
    size = log_size() if size is None else size
    if leaf is None or leaf.seq >= size:
        raise Invalid(_("This record has not been sealed yet; it will be within a few seconds. Please try again."))
    read = nodes()
    return {
        "event": event.pk,
        "index": leaf.seq,
        "size": size,
        "entry": bytes(leaf.digest).hex(),
        "leaf_hash": merkle.leaf_hash(bytes(leaf.digest)).hex(),
        "proof": [step.hex() for step in merkle.inclusion_proof(leaf.seq, size, read)],
        "root": merkle.tree_root(size, read).hex(),
    }


def consistency(old: int, new: int | None = None) -> list[bytes]:
    """Proof that the log of `new` entries begins with the log of `old` entries. Raises Invalid for wrong sizes."""
    new = log_size() if new is None else new
    if not 0 <= old <= new <= log_size():
        raise Invalid(_("There is no such part of the log: it has %(size)s entries.") % {"size": log_size()})
    return merkle.consistency_proof(old, new, nodes())


# The public log


def checkpoint() -> str:
    """The signed note over the log as it stands; the sealer made it, so that a reader never makes us sign."""
    return Log.objects.filter(id=1).values_list("checkpoint", flat=True).first() or keys.signed_note(
        0, merkle.EMPTY_ROOT
    )


def daily_head(day: str) -> str | None:
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        return None
    return TreeHead.objects.filter(day=wanted).values_list("note", flat=True).first()


def event_or_none(event_id: int) -> Event | None:
    return Event.objects.filter(pk=event_id).first() if event_id < 1 << 63 else None


def tile(level: int | str, index: int, width: int) -> bytes | None:
    """The first `width` hashes of a tile, or entries of a bundle; None when the log is not that long."""
    if merkle.tile_width(0 if level == "entries" else int(level), index, log_size()) < width:
        return None
    if level == "entries":
        start = index * merkle.TILE_WIDTH
        rows = Leaf.objects.filter(seq__gte=start, seq__lt=start + width).order_by("seq")
        entries = [bytes(digest) for digest in rows.values_list("digest", flat=True)]
        return b"".join(len(e).to_bytes(2, "big") + e for e in entries) if len(entries) == width else None
    found = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    data = bytes(found or b"")[: width * merkle.HASH_SIZE]
    return data if len(data) == width * merkle.HASH_SIZE else None
