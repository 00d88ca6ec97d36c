"""Films and sounds without what the telephone wrote beside them. Nothing is encoded anew, and nothing is copied.

MP4, MOV and M4A (ISO/IEC 14496-12, QuickTime): boxes that a player needs stay, every other becomes `free` and zeros of
the same length, so that no offset changes; tracks of notes (place, movement, camera) go with their samples; times of
recording are zero. MP3: tags before and behind the sound are left out. WAV: only format and sound stay.
What a camera's encoder wrote into the pictures themselves (its own name, as a rule) is not touched.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .pieces import Piece, joined, overwritten

_MOST_BOXES = 20_000
_LARGEST_TABLE = 32 << 20  # bytes
_TRACKS = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp"}
_TIMES = {b"mvhd", b"tkhd", b"mdhd"}
_KEPT: dict[bytes, set[bytes]] = {
    b"": {b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"mdia", b"edts", b"tapt"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl"},
    b"stbl": {b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsz", b"stz2", b"stsc", b"stco", b"co64", b"sdtp",
              b"sgpd", b"sbgp", b"stps", b"saiz", b"saio"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc", b"sdtp"},
}  # fmt: skip


class Broken(ValueError):
    """It ends in the midst of something, or holds what cannot be cleaned."""


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int
    parent: bytes


def clean_mp4(file: BinaryIO) -> BinaryIO:
    """The same film; the offsets in it stay true. Raises Broken."""
    size = file.seek(0, io.SEEK_END)
    boxes = list(_walk(file, 0, size, b""))
    changes: list[tuple[int, bytes | int]] = []
    gone: list[_Box] = []  # tracks that are neither picture, sound nor text
    for box in boxes:
        if box.kind == b"trak" and _handler(file, box, boxes) not in _TRACKS:
            gone.append(box)
    if gone and any(box.kind == b"moof" for box in boxes):
        raise Broken("notes in fragments")
    for box in boxes:
        if any(track.start <= box.start < track.end for track in gone):
            continue
        if box.kind not in _KEPT[box.parent]:
            changes += _freed(box)
        elif box.kind in _TIMES:
            changes.append((box.body + 4, 16 if _read(file, box.body, 1) == b"\1" else 8))
        elif box.kind == b"hdlr" and box.end > box.body + 24:
            changes.append((box.body + 24, box.end - box.body - 24))  # its name is that of the maker
    for track in gone:
        changes += _freed(track)
        inner = {box.kind: box for box in boxes if track.start < box.start < track.end}
        changes += [(at, length) for at, length in _samples(file, inner) if at + length <= size]
    return overwritten(file, size, _apart(changes))


def clean_mp3(file: BinaryIO) -> BinaryIO:
    """The sound alone. Raises Broken when none is left."""
    start, end = 0, file.seek(0, io.SEEK_END)
    while (head := _read(file, start, 10))[:3] == b"ID3":
        start += 10 + (10 if head[5] & 0x10 else 0) + sum((b & 0x7F) << 7 * (3 - i) for i, b in enumerate(head[6:10]))
    while cut := _tag_behind(file, start, end):
        end -= cut
    frame = _read(file, start, 2)
    if len(frame) < 2 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        raise Broken("no sound behind the tag")
    return joined(file, [Piece(end - start, start)])


def clean_wav(file: BinaryIO) -> BinaryIO:
    """Format and sound. Raises Broken when one is missing."""
    size, at, kept = file.seek(0, io.SEEK_END), 12, []
    while at + 8 <= size:
        head = _read(file, at, 8)
        length = min(int.from_bytes(head[4:], "little"), size - at - 8)  # recorders that were cut off claim more
        if head[:4] in (b"fmt ", b"fact", b"data"):
            kept.append((head[:4], at + 8, length))
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= {kind for kind, _at, _length in kept}:
        raise Broken("no sound")
    pieces = []
    for kind, at, length in kept:
        pieces += [Piece(8, data=kind + length.to_bytes(4, "little")), Piece(length, at), Piece(length % 2)]
    whole = 4 + sum(p.length for p in pieces)
    return joined(file, [Piece(12, data=b"RIFF" + whole.to_bytes(4, "little") + b"WAVE"), *pieces])


def _walk(file: BinaryIO, start: int, end: int, parent: bytes) -> Iterator[_Box]:
    """Boxes between two offsets, each before those in it."""
    count = 0
    while start + 8 <= end:
        head = _read(file, start, 16)
        length, kind, body = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, body = int.from_bytes(head[8:16], "big"), start + 16
        elif length == 0:
            if parent:
                return  # QuickTime ends some lists with a zero
            length = end - start
        if length < body - start or start + length > end:
            raise Broken(f"{kind!r} does not fit")
        count += 1
        if count > _MOST_BOXES:
            raise Broken("too many boxes")
        yield _Box(kind, start, body, start + length, parent)
        if kind in _KEPT and kind in _KEPT[parent]:
            yield from _walk(file, body, start + length, kind)
        start += length


def _handler(file: BinaryIO, track: _Box, boxes: list[_Box]) -> bytes:
    for box in boxes:
        if box.kind == b"hdlr" and box.parent == b"mdia" and track.start < box.start < track.end:
            return _read(file, box.body + 8, 4)
    return b""


def _freed(box: _Box) -> list[tuple[int, bytes | int]]:
    return [(box.start + 4, b"free"), (box.body, box.end - box.body)]


def _samples(file: BinaryIO, inner: dict[bytes, _Box]) -> Iterator[tuple[int, int]]:
    """(offset, length) of each chunk of a track."""
    if b"stz2" in inner or not {b"stsz", b"stsc"} <= inner.keys() or not inner.keys() & {b"stco", b"co64"}:
        raise Broken("a track of notes without its tables")
    sizes, runs = _table(file, inner[b"stsz"]), _table(file, inner[b"stsc"])
    wide = b"co64" in inner
    places = _table(file, inner[b"co64" if wide else b"stco"])
    same, count = _number(sizes, 4), _number(sizes, 8)
    step, sample = 8 if wide else 4, 0
    groups = [(_number(runs, 8 + 12 * i), _number(runs, 12 + 12 * i)) for i in range(_number(runs, 4))]
    for chunk in range(_number(places, 4)):
        at = int.from_bytes(places[8 + step * chunk : 8 + step * (chunk + 1)], "big")
        held = next((many for first, many in reversed(groups) if first <= chunk + 1), 0)
        ours = range(sample, min(sample + held, count))
        yield at, len(ours) * same if same else sum(_number(sizes, 12 + 4 * i) for i in ours)
        sample += held


def _table(file: BinaryIO, box: _Box) -> bytes:
    if box.end - box.body > _LARGEST_TABLE:
        raise Broken("a table beyond all measure")
    return _read(file, box.body, box.end - box.body)


def _number(table: bytes, at: int) -> int:
    if at + 4 > len(table):
        raise Broken("a table that breaks off")
    return int.from_bytes(table[at : at + 4], "big")


def _apart(changes: list[tuple[int, bytes | int]]) -> Iterator[tuple[int, bytes | int]]:
    """Changes without what others cover already."""
    done = 0
    for at, new in sorted(changes, key=lambda change: change[0]):
        length = new if isinstance(new, int) else len(new)
        if at >= done:
            yield at, new
        elif isinstance(new, int) and at + length > done:
            yield done, at + length - done
        done = max(done, at + length)


def _tag_behind(file: BinaryIO, start: int, end: int) -> int:
    """Length of a tag that ends where the sound seems to: ID3v1, Lyrics3, APE; 0 where there is none."""
    tail = _read(file, max(start, end - 227), min(227, end - start))
    if tail[-128:-125] == b"TAG":
        return 128
    if tail[-9:] == b"LYRICS200" and tail[-15:-9].isdigit():
        return min(end - start, int(tail[-15:-9]) + 15)
    if tail[-32:-24] == b"APETAGEX":
        head = 32 if tail[-9] & 0x80 else 0  # a header as well
        return min(end - start, int.from_bytes(tail[-20:-16], "little") + head)
    return 0


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)
