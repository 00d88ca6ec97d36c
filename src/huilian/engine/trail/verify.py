"""Recomputes the whole trail from the event rows and names everything that does not fit.

Four witnesses stand beside each event: the digest in its leaf, the link of the chain, the hash in a tile, and the
signed heads. Where one disagrees with the others the finding names that one, by its number, and the check goes on
with what the others say, so that one changed row is one finding and not a thousand. What it cannot see: a log that
was rewritten in every part *and* signed again with the stolen key; against that, keep published heads elsewhere and
hand them in as `checkpoints`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from huilian.foundation import hashing, merkle

from . import guards, keys, rules
from .models import Event, Leaf, Log, Pending, Tile, TreeHead

CHUNK = 8 * merkle.TILE_WIDTH
_NO_HASH = bytes(merkle.HASH_SIZE)
_FIELDS = (
    "at",
    "verb",
    "subject_kind",
    "subject_id",
    "actor_kind",
    "actor_id",
    "actor_label",
    "place",
    "data",
    "salt",
    "algorithm",
)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `kind` for programs, `number` of the event, leaf or tile, `message` for people."""

    kind: str
    number: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass
class Result:
    """What a run has looked at so far; complete when its findings have been read to the end."""

    events: int = 0
    heads: int = 0
    waiting: int = 0
    findings: int = 0


@dataclass
class _Claim:
    """Somebody signed that the first `size` entries have this root."""

    name: str
    number: str
    size: int
    root: bytes
    chain: bytes | None = None


_Signed = tuple[_Claim | None, list[Finding]]  # What was claimed, if it could be read, and what is wrong with it.


@dataclass
class _State:
    """Where the pass over the leaves stands."""

    size: int
    claims: dict[int, list[_Claim]]
    by_leaves: merkle.Frontier = field(default_factory=merkle.Frontier)
    by_tiles: merkle.Frontier | None = None  # Only kept once it differs from `by_leaves`.
    links: tuple[bytes, ...] = (hashing.START,)  # What the next link may hang on: as stored, and as recomputed.
    tile_roots: list[tuple[bytes, bytes]] = field(default_factory=list)  # Full tiles of level 0: by leaves, as stored.


def verify(
    *,
    checkpoints: Iterable[tuple[str, str]] = (),
    result: Result | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Finding]:
    """Yield every finding. `checkpoints` are (name, note) kept outside; `result` is filled in as it goes."""
    result = Result() if result is None else result
    for finding in _verify(checkpoints, result, progress):
        result.findings += 1
        yield finding


def _verify(
    checkpoints: Iterable[tuple[str, str]], result: Result, progress: Callable[[int, int], None] | None
) -> Iterator[Finding]:
    for name in guards.missing(connection):
        yield Finding(
            "guard_missing", name, _("The database guard %(name)s has been removed or changed.") % {"name": name}
        )
    heads = list(_heads())  # Before the log's size: a head signed meanwhile must not look too long for the log.
    log = Log.objects.filter(id=1).first() or Log(id=1)
    claims: dict[int, list[_Claim]] = {}
    for claim, faults in (*heads, *_notes(checkpoints), *_own_checkpoint(log)):
        result.heads += 1
        yield from faults
        if claim is None:
            continue
        if claim.size > log.size:
            yield Finding(
                "log_shortened",
                claim.number,
                _("%(name)s was signed over %(signed)s entries, but the log has only %(size)s.")
                % {"name": claim.name, "signed": claim.size, "size": log.size},
            )
        else:
            claims.setdefault(claim.size, []).append(claim)
    state = _State(log.size, claims)
    yield from _check_claims(state, 0)
    for start in range(0, log.size, CHUNK):
        yield from _chunk(state, start, min(start + CHUNK, log.size), result)
        if progress:
            progress(min(start + CHUNK, log.size), log.size)
    yield from _upper_tiles(state)
    if bytes(log.frontier) != state.by_leaves.dump() and bytes(log.frontier) != _tiles_frontier(state).dump():
        yield Finding("log_changed", "1", _("The log's own row does not hold the right edge of the tree."))
    if bytes(log.chain) not in state.links:
        yield Finding("log_changed", "1", _("The log's own row does not hold the last link of the chain."))
    yield from _strays()
    yield from _waiting(result)


# Signed heads


def _own_checkpoint(log: Log) -> Iterator[_Signed]:
    if not log.size:
        return
    try:
        note = keys.read_note(log.checkpoint)
    except keys.BadNote as fault:
        yield None, [Finding("checkpoint_changed", "1", _("The log's checkpoint: %(fault)s.") % {"fault": fault})]
        return
    name, wrong = _("The log's checkpoint"), []
    if note.size != log.size:
        message = _("The log's checkpoint is over %(signed)s entries, its own row says %(size)s.")
        wrong.append(Finding("checkpoint_changed", "1", message % {"signed": note.size, "size": log.size}))
    yield _Claim(name, "1", note.size, note.root), wrong


def _heads() -> Iterator[_Signed]:
    for head in TreeHead.objects.order_by("day").iterator(chunk_size=1000):
        day = head.day.isoformat()
        name = _("The head of %(day)s") % {"day": day}
        try:
            note = keys.read_note(head.note)
        except keys.BadNote as fault:
            yield None, [Finding("head_changed", day, _("%(name)s: %(fault)s.") % {"name": name, "fault": fault})]
            continue
        said = (note.size, note.root, note.extra)
        stored = (head.size, bytes(head.root), (f"day {day}", f"chain {keys.base64(bytes(head.chain))}"))
        wrong = []
        if said != stored:
            message = _("%(name)s: the row says something else than its signed note.") % {"name": name}
            wrong.append(Finding("head_changed", day, message))
        yield _Claim(name, day, note.size, note.root, None if wrong else bytes(head.chain)), wrong


def _notes(checkpoints: Iterable[tuple[str, str]]) -> Iterator[_Signed]:
    for name, text in checkpoints:
        try:
            note = keys.read_note(text)
        except keys.BadNote as fault:
            message = _("%(name)s: %(fault)s.") % {"name": name, "fault": fault}
            yield None, [Finding("checkpoint_unreadable", name, message)]
        else:
            yield _Claim(name, name, note.size, note.root), []


def _check_claims(state: _State, size: int) -> Iterator[Finding]:
    for claim in state.claims.get(size, ()):
        if claim.root not in (state.by_leaves.root(), _tiles_frontier(state).root()):
            message = _("%(name)s: the first %(size)s entries are not those that were signed.")
            yield Finding("root_differs", claim.number, message % {"name": claim.name, "size": size})
        elif claim.chain is not None and claim.chain not in state.links:
            message = _("%(name)s: the chain at entry %(size)s is not the one that was signed.")
            yield Finding("chain_differs", claim.number, message % {"name": claim.name, "size": size})


# Leaves and events


def _tiles_frontier(state: _State) -> merkle.Frontier:
    return state.by_leaves if state.by_tiles is None else state.by_tiles


def _chunk(state: _State, start: int, end: int, result: Result) -> Iterator[Finding]:
    leaves = {
        seq: (event_id, bytes(digest), bytes(chain))
        for seq, event_id, digest, chain in Leaf.objects.filter(seq__gte=start, seq__lt=end).values_list(
            "seq", "event_id", "digest", "chain"
        )
    }
    events = {
        row[0]: row
        for row in Event.objects.filter(pk__in=[leaf[0] for leaf in leaves.values()]).values_list(
            "id", "digest", *_FIELDS
        )
    }
    first = start // merkle.TILE_WIDTH
    last = (end - 1) // merkle.TILE_WIDTH
    tiles = {
        index: bytes(hashes)
        for index, hashes in Tile.objects.filter(level=0, index__gte=first, index__lte=last).values_list(
            "index", "hashes"
        )
    }
    for seq in range(start, end):
        index, place = divmod(seq, merkle.TILE_WIDTH)
        in_tile = tiles.get(index, b"")[place * merkle.HASH_SIZE : (place + 1) * merkle.HASH_SIZE]
        if not place and not in_tile:
            yield _tile_wrong(0, index, place, missing=True)
        leaf = leaves.get(seq)
        if leaf is None:
            yield Finding("leaf_removed", str(seq), _("Entry %(seq)s of the log has been removed.") % {"seq": seq})
            hashed, state.links = in_tile or _NO_HASH, ()
        else:
            result.events += 1
            hashed = merkle.leaf_hash(leaf[1])
            fits, links = _link_fits(state, leaf, events)
            state.links = links
            yield from _entry(seq, leaf, events.get(leaf[0]), hashed, in_tile, fits)
        if in_tile != hashed and len(in_tile) == merkle.HASH_SIZE and state.by_tiles is None:
            state.by_tiles = state.by_leaves.copy()
        state.by_leaves.append(hashed)
        if state.by_tiles is not None:
            state.by_tiles.append(in_tile if len(in_tile) == merkle.HASH_SIZE else hashed)
        if seq + 1 in state.claims:
            yield from _check_claims(state, seq + 1)
    for index in range(first, end // merkle.TILE_WIDTH):
        rows = [leaves.get(index * merkle.TILE_WIDTH + i) for i in range(merkle.TILE_WIDTH)]
        by_leaves = b"".join(merkle.leaf_hash(row[1]) if row else _NO_HASH for row in rows)
        stored = tiles.get(index, b"")
        root = merkle.perfect_root(by_leaves)
        whole = len(stored) == len(by_leaves) and stored != by_leaves
        state.tile_roots.append((root, merkle.perfect_root(stored) if whole else root))


def _link_fits(state: _State, leaf: Any, events: Any) -> tuple[bool, tuple[bytes, ...]]:
    event_id, digest, chain = leaf
    event = events.get(event_id)
    algorithms = (event[-1],) if event and event[-1] in hashing.ALGORITHMS else hashing.ALGORITHMS
    made = [rules.next_link(link, event_id, digest, a) for link in state.links for a in algorithms]
    if not state.links or chain in made:  # After a removed leaf the chain begins again with what is stored.
        return True, (chain,)
    return False, (chain, *made)


def _entry(seq: int, leaf: Any, event: Any, hashed: bytes, in_tile: bytes, link_fits: bool) -> Iterator[Finding]:
    event_id, digest, _chain = leaf
    tile_fits = hashed == in_tile
    if event is None:
        message = _("Event %(event)s (entry %(seq)s) has been removed.")
        yield Finding("event_removed", str(event_id), message % {"event": event_id, "seq": seq})
        return
    contents = _recompute(event)
    about = {"event": event_id, "seq": seq, "verb": event[3], "subject": f"{event[4]}:{event[5]}"}
    if contents != digest:
        if contents is not None and merkle.leaf_hash(contents) == in_tile:
            message = _("Entry %(seq)s: the sealed digest of event %(event)s has been changed; the event is intact.")
            yield Finding("leaf_changed", str(seq), message % about)
            return
        message = _("Event %(event)s (entry %(seq)s, %(verb)s, %(subject)s): its contents are not what was sealed.")
        yield Finding("event_changed", str(event_id), message % about)
        if not tile_fits and not link_fits:
            return
    elif bytes(event[1]) != digest:
        message = _("Event %(event)s (entry %(seq)s): its stored digest has been changed; the contents are intact.")
        yield Finding("event_changed", str(event_id), message % about)
    elif not tile_fits and not link_fits:
        message = _("Event %(event)s (entry %(seq)s, %(verb)s, %(subject)s): event and entry have been rewritten.")
        yield Finding("event_changed", str(event_id), message % about)
        return
    if not tile_fits and in_tile:
        yield _tile_wrong(0, *divmod(seq, merkle.TILE_WIDTH))
    if not link_fits:
        message = _("Entry %(seq)s: its link of the chain (event %(event)s) does not follow from the one before.")
        yield Finding("chain_changed", str(seq), message % about)


def _recompute(event: Any) -> bytes | None:
    try:
        return rules.event_digest(**dict(zip(_FIELDS, event[2:], strict=True)))
    except (ValueError, TypeError):  # An unknown algorithm or something that is no event's data any more.
        return None


# Tiles


def _tile_wrong(level: int, index: int, place: int, *, missing: bool = False) -> Finding:
    number = f"{level}/{index}"
    if missing:
        return Finding("tile_removed", number, _("Tile %(tile)s has been removed.") % {"tile": number})
    message = _("Tile %(tile)s: hash %(place)s is not that of the entries below it.")
    return Finding("tile_changed", number, message % {"tile": number, "place": place})


def _upper_tiles(state: _State) -> Iterator[Finding]:
    level, below = 1, state.tile_roots
    while below:
        above: list[tuple[bytes, bytes]] = []
        for index in range((len(below) - 1) // merkle.TILE_WIDTH + 1):
            wanted = below[index * merkle.TILE_WIDTH : (index + 1) * merkle.TILE_WIDTH]
            found = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
            stored = bytes(found or b"")
            if not stored:
                yield _tile_wrong(level, index, 0, missing=True)
            for place, pair in enumerate(wanted if stored else ()):
                if stored[place * merkle.HASH_SIZE : (place + 1) * merkle.HASH_SIZE] not in pair:
                    yield _tile_wrong(level, index, place)
            if len(wanted) == merkle.TILE_WIDTH:
                root = merkle.perfect_root(b"".join(by_leaves for by_leaves, _stored in wanted))
                whole = len(stored) == merkle.TILE_WIDTH * merkle.HASH_SIZE
                above.append((root, merkle.perfect_root(stored) if whole else root))
        level, below = level + 1, above


# What stands where nothing should


def _strays() -> Iterator[Finding]:
    # Read first, ask for the size afterwards: a sealer at work meanwhile must not look like a forger.
    top = Leaf.objects.order_by("-seq").values_list("seq", flat=True).first()
    tiles = list(Tile.objects.annotate(bytes=Length("hashes")).values_list("level", "index", "bytes"))
    size = Log.objects.filter(id=1).values_list("size", flat=True).first() or 0
    if top is not None and top >= size:
        for seq in Leaf.objects.filter(seq__gte=size).order_by("seq").values_list("seq", flat=True)[:1000]:
            message = _("Entry %(seq)s stands beyond the sealed end of the log (%(size)s entries).")
            yield Finding("leaf_inserted", str(seq), message % {"seq": seq, "size": size})
    for level, index, length in tiles:
        if length > merkle.tile_width(level, index, size) * merkle.HASH_SIZE:
            message = _("Tile %(tile)s is longer than the log.") % {"tile": f"{level}/{index}"}
            yield Finding("tile_inserted", f"{level}/{index}", message)


def _waiting(result: Result) -> Iterator[Finding]:
    sealed = Leaf.objects.filter(event_id=OuterRef("pk"))
    waits = Pending.objects.filter(event_id=OuterRef("pk"))
    outside = Event.objects.filter(~Exists(sealed), ~Exists(waits)).order_by("pk").values_list("pk", flat=True)
    for pk in outside.iterator(chunk_size=1000):
        message = _("Event %(event)s is neither sealed nor waiting: its entry was removed or it was slipped in.")
        yield Finding("event_unsealed", str(pk), message % {"event": pk})
    event = Event.objects.filter(pk=OuterRef("event_id"))
    for pk in Pending.objects.filter(~Exists(event)).values_list("event_id", flat=True):
        message = _("Event %(event)s was removed before it was sealed.")
        yield Finding("event_removed", str(pk), message % {"event": pk})
    rows = Event.objects.filter(Exists(waits)).values_list("id", "digest", *_FIELDS)
    for row in rows.iterator(chunk_size=1000):
        result.waiting += 1
        if _recompute(row) != bytes(row[1]):
            message = _("Event %(event)s was changed before it was sealed.")
            yield Finding("event_changed", str(row[0]), message % {"event": row[0]})
