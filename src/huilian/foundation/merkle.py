"""The Merkle tree of RFC 9162 §2.1 (the same as RFC 6962): roots, proofs, their verification, and tiles.

Everything is computed from *perfect subtrees*: `nodes(level, index)` gives the hash over the leaves
[index << level, (index + 1) << level). Where they are kept (a list, tiles in a database, files fetched over HTTP)
is the caller's affair. Tiles follow c2sp.org/tlog-tiles: 256 hashes wide, eight levels high.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT = hashlib.sha256(b"").digest()
MAX_LEVEL = 63

Nodes = Callable[[int, int], bytes]
_sha256 = hashlib.sha256


def leaf_hash(entry: bytes) -> bytes:
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return _sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Root over leaf hashes (already hashed entries)."""
    frontier = Frontier()
    for each in hashes:
        frontier.append(each)
    return frontier.root()


@dataclass
class Frontier:
    """The right edge of a tree: enough to append and to give the root, 32 bytes for each 1 bit of `size`."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)  # Perfect subtrees from left to right, so from large to small.

    def append(self, leaf: bytes) -> None:
        size, hashes = self.size, self.hashes
        hashes.append(leaf)
        while size & 1:
            right = hashes.pop()
            hashes[-1] = _sha256(b"\x01" + hashes[-1] + right).digest()
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        result = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            result = node_hash(left, result)
        return result

    def dump(self) -> bytes:
        return b"".join(self.hashes)

    @classmethod
    def load(cls, size: int, data: bytes) -> "Frontier":
        hashes = split(data)
        if len(hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} subtrees on its edge, not {len(hashes)}")
        return cls(size, hashes)

    def copy(self) -> "Frontier":
        return Frontier(self.size, list(self.hashes))


class Tree:
    """A whole tree in memory, 64 bytes a leaf; `node` serves as `nodes` of the functions below."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._levels: list[bytearray] = [bytearray()]
        for each in leaves:
            self.append(each)

    def append(self, leaf: bytes) -> None:
        level, position, current = 0, self.size, leaf
        self._levels[0] += leaf
        while position & 1:
            left = self._levels[level][-2 * HASH_SIZE : -HASH_SIZE]
            current = _sha256(b"\x01" + left + current).digest()
            level, position = level + 1, position >> 1
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += current
        self.size += 1

    def node(self, level: int, index: int) -> bytes:
        return bytes(self._levels[level][index * HASH_SIZE : (index + 1) * HASH_SIZE])

    def root(self, size: int | None = None) -> bytes:
        return tree_root(self.size if size is None else size, self.node)


def tree_root(size: int, nodes: Nodes) -> bytes:
    """Root over the first `size` leaves."""
    return _range(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """PATH(m, D[n]) of RFC 9162 §2.1.3.1. Raises ValueError when leaf `index` is not among the first `size`."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    proof, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range(middle, high, nodes))
            high = middle
        else:
            proof.append(_range(low, middle, nodes))
            low = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 9162 §2.1.4.1; empty when the sizes are equal or the old tree is empty."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not follow one of {old}")
    if old in (0, new):
        return []
    proof, low, high, whole = [], 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_range(middle, high, nodes))
            high = middle
        else:
            proof.append(_range(low, middle, nodes))
            low, whole = middle, False
    if not whole:
        proof.append(_range(low, high, nodes))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 §2.1.3.2: whether `leaf` (a leaf hash) is number `index` of the tree with this size and root."""
    if not 0 <= index < size or not _hashes(proof):
        return False
    at, last, result = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            result = node_hash(step, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, step)
        at, last = at >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 §2.1.4.2: whether the tree of `new` leaves begins with the very tree of `old` leaves."""
    if not 0 <= old <= new or not _hashes(proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


# Tiles


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes tile `index` of `level` has in a tree of `size` leaves: 0 to 256."""
    return max(0, min(TILE_WIDTH, (size >> (TILE_HEIGHT * level)) - index * TILE_WIDTH))


def tiles_touched(old: int, new: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width in the new tree) of every tile that differs between trees of `old` and `new` leaves."""
    for level in range(MAX_LEVEL + 1):
        first, last = old >> (TILE_HEIGHT * level), new >> (TILE_HEIGHT * level)
        if last == 0:
            return
        if first == last:
            continue
        for index in range(first // TILE_WIDTH, (last - 1) // TILE_WIDTH + 1):
            yield level, index, tile_width(level, index, new)


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of every tile of a tree."""
    return tiles_touched(0, size)


def tile_path(level: int | str, index: int, width: int = TILE_WIDTH) -> str:
    """`tile/<L>/<N>[.p/<W>]`; `level` is a number or "entries". 1234067 becomes `x001/x234/067`."""
    if not 0 < width <= TILE_WIDTH or index < 0:
        raise ValueError(f"no tile has index {index} and width {width}")
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03d}")
    suffix = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(parts))}{suffix}"


_TILE = re.compile(r"(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


def parse_tile_path(path: str) -> tuple[int | str, int, int] | None:
    """What follows `tile/` as (level or "entries", index, width); None when it is not written as it must be."""
    found = _TILE.fullmatch(path)
    if not found:
        return None
    level: int | str = found[1] if found[1] == "entries" else int(found[1])
    index, width = int(found[2].replace("/", "").replace("x", "")), int(found[3] or TILE_WIDTH)
    if (isinstance(level, int) and level > MAX_LEVEL) or (found[3] and width >= TILE_WIDTH):
        return None
    # One address for each tile: x000/001 would be a second one for 001.
    return (level, index, width) if tile_path(level, index, width) == f"tile/{path}" else None


def nodes_from_tiles(read: Callable[[int, int], bytes]) -> Nodes:
    """Perfect subtrees out of tiles; `read(level, index)` gives a tile's hashes, at least as many as are asked for."""

    def nodes(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        start = first % TILE_WIDTH * HASH_SIZE
        data = read(tile_level, first // TILE_WIDTH)[start : start + (HASH_SIZE << height)]
        if len(data) != HASH_SIZE << height:
            raise LookupError(f"tile {tile_level}/{first // TILE_WIDTH} is too short")
        return perfect_root(data)

    return nodes


def perfect_root(data: bytes) -> bytes:
    """Root over 2**k hashes laid end to end."""
    hashes = split(data)
    while len(hashes) > 1:
        hashes = [_sha256(b"\x01" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes), 2)]
    return hashes[0]


def split(data: bytes) -> list[bytes]:
    """The hashes laid end to end in `data`."""
    if len(data) % HASH_SIZE:
        raise ValueError(f"{len(data)} bytes are no whole number of hashes")
    return [data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(low: int, high: int, nodes: Nodes) -> bytes:
    """Root over leaves [low, high), where `low` is where RFC 9162's recursion would begin a subtree."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append(nodes(level, low >> level))
        low += 1 << level
    result = parts.pop()
    while parts:
        result = node_hash(parts.pop(), result)
    return result


def _hashes(proof: Sequence[bytes]) -> bool:
    return all(len(step) == HASH_SIZE for step in proof)
