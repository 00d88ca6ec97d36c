"""A file as parts of another: what is left out or overwritten costs no copy, however long the film."""

import io
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Piece:
    """`length` bytes: of the source from `at`, or `data`, or zeros where neither is given."""

    length: int
    at: int = -1
    data: bytes = b""


class Pieced(io.RawIOBase):
    """The pieces one after the other, read anywhere."""

    def __init__(self, source: BinaryIO, pieces: Iterable[Piece]) -> None:
        self._source, self._pieces, self._at = source, [p for p in pieces if p.length], 0
        self._ends = list(accumulate(p.length for p in self._pieces))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self._ends[-1] if self._ends else 0)[whence])
        return self._at

    def readinto(self, buffer: Any) -> int:
        number = bisect_right(self._ends, self._at)
        if number == len(self._pieces):
            return 0
        piece, into = self._pieces[number], memoryview(buffer)
        start = self._at - (self._ends[number] - piece.length)
        count = min(len(into), piece.length - start)
        if piece.at >= 0:
            self._source.seek(piece.at + start)
            part = self._source.read(count)
        else:
            part = piece.data[start : start + count] if piece.data else bytes(count)
        into[: len(part)] = part
        self._at += len(part)
        return len(part)


def overwritten(source: BinaryIO, size: int, changes: Iterable[tuple[int, bytes | int]]) -> BinaryIO:
    """`source` with bytes, or so many zeros, in place of others. Changes do not overlap."""
    pieces, done = [], 0
    for at, new in sorted(changes):
        length = new if isinstance(new, int) else len(new)
        pieces += [Piece(at - done, done), Piece(length, data=b"" if isinstance(new, int) else new)]
        done = at + length
    return joined(source, [*pieces, Piece(size - done, done)])


def joined(source: BinaryIO, pieces: Iterable[Piece]) -> BinaryIO:
    return io.BufferedReader(Pieced(source, pieces), 1 << 16)
