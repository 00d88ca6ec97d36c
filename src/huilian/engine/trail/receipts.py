"""A receipt for one act: proof that its entry is in the log, with the signed head it leads to (c2sp.org/tlog-proof).

It says nothing about the act: the entry is a digest with 128 random bits in it, carried as the proof's `extra`. Who
holds the receipt shows later, without us, that something was recorded, and when at the latest.
"""

from base64 import b64decode
from dataclasses import dataclass

from huilian.foundation import merkle

from . import keys, queries
from .models import Event

HEAD = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Receipt:
    """What a receipt says, once it has been checked."""

    origin: str
    index: int
    size: int
    entry: bytes


class BadReceipt(ValueError):
    """It is not written as a receipt, or does not hold."""


def receipt_of(event: Event) -> str:
    """The receipt under the log's present head. Raises Invalid while the event is not sealed."""
    note = queries.checkpoint()
    proof = queries.inclusion_proof(event, int(note.split("\n")[1]))
    lines = [keys.base64(bytes.fromhex(step)) for step in proof["proof"]]  # type: ignore[attr-defined]
    entry = keys.base64(bytes.fromhex(str(proof["entry"])))
    return "\n".join((HEAD, f"extra {entry}", f"index {proof['index']}", *lines, "", note))


def check(text: str, known: list[str] | None = None) -> Receipt:
    """Check a receipt against the keys this log has had, or the `known` ones. Raises BadReceipt for any other byte."""
    try:
        front, note = text.split("\n\n", 1)
        _head, extra, index, *steps = front.split("\n")
        found = keys.read_note(note, known)
        entry, proof = b64decode(extra.removeprefix("extra ")), [b64decode(step) for step in steps]
        place = int(index.removeprefix("index "))
        signature = b64decode(note.rstrip("\n").rpartition(" ")[2])
    except ValueError as bad:
        raise BadReceipt(str(bad)) from bad
    body = (HEAD, f"extra {keys.base64(entry)}", f"index {place}", *map(keys.base64, proof), "")
    signed = f"{found.origin}\n{found.size}\n{keys.base64(found.root)}\n\n— {found.origin} {keys.base64(signature)}\n"
    if "\n".join((*body, signed)) != text:  # one way to write it: no byte can be another without being found
        raise BadReceipt("not written as a receipt is")
    if not merkle.verify_inclusion(merkle.leaf_hash(entry), place, found.size, proof, found.root):
        raise BadReceipt("the entry is not in this log")
    return Receipt(found.origin, place, found.size, entry)
