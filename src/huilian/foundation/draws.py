"""A draw by lot that anybody can draw again (experts, contractors, inspectors).

Before: the list of candidates, how many are wanted, and the digest of a secret seed are published. After: the seed, and
the words of witnesses (numbers called out or thrown in the room), which nobody knew when the seed was fixed. Seed and
words give a stream of numbers, the stream shuffles the list (Fisher and Yates), the first ones are drawn.

    list    = canonical JSON of {"number", "purpose", "candidates", "wanted"}; candidates in the order of their keys
    digest  = SHA-256("huilian draw 1\\n" + seed + list)                       published before
    key     = SHA-256("huilian draw key 1\\n" + seed + list + words in UTF-8)
    stream  = the eight-byte big-endian numbers of SHA-256(key + counter), counter = 0, 1, … in eight bytes
    below n = the next number of the stream under the largest multiple of n, modulo n
    shuffle = for i from the last place down to 1: swap place i with place (below i + 1)
"""

import hashlib
from collections.abc import Iterator, Sequence

from .errors import Invalid
from .hashing import canonical
from .wording import _

SEED = 32
_FULL = 1 << 64


def listed(number: str, purpose: str, candidates: Sequence[str], wanted: int) -> bytes:
    """The published list, as it is hashed. Raises Invalid when it cannot be drawn from."""
    if len(set(candidates)) != len(candidates):
        raise Invalid(_("Somebody stands twice in the list of candidates."), field="candidates")
    if not 0 < wanted <= len(candidates):
        raise Invalid(
            _("%(wanted)s cannot be drawn from %(count)s candidates.", wanted=wanted, count=len(candidates)),
            field="wanted",
        )
    return canonical({"number": number, "purpose": purpose, "candidates": sorted(candidates), "wanted": wanted})


def commitment(seed: bytes, listing: bytes) -> str:
    """What is published before the draw."""
    return hashlib.sha256(b"huilian draw 1\n" + seed + listing).hexdigest()


def drawn(seed: bytes, listing: bytes, words: str, candidates: Sequence[str], wanted: int) -> list[str]:
    """The candidates drawn, in the order of the draw."""
    stream = _stream(hashlib.sha256(b"huilian draw key 1\n" + seed + listing + words.encode()).digest())
    order = sorted(candidates)
    for i in range(len(order) - 1, 0, -1):
        j = _below(i + 1, stream)
        order[i], order[j] = order[j], order[i]
    return order[:wanted]


def _stream(key: bytes) -> Iterator[int]:
    counter = 0
    while True:
        block = hashlib.sha256(key + counter.to_bytes(8, "big")).digest()
        for at in range(0, len(block), 8):
            yield int.from_bytes(block[at : at + 8], "big")
        counter += 1


def _below(n: int, stream: Iterator[int]) -> int:
    return next(number for number in stream if number < _FULL - _FULL % n) % n
