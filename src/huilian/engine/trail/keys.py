"""The log's Ed25519 key and the signed notes made with it (c2sp.org/signed-note, c2sp.org/tlog-checkpoint).

The key lies in HUILIAN_HOME/trail/log.key, readable by its owner only; it never enters the database, so whoever gets
the database alone cannot sign a rewritten log. Beside it `log.vkeys` lists every verification key this log has had,
the present one last: to change keys, move `log.key` away and the next signature makes a new one.
"""

import hashlib
import os
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

ED25519 = b"\x01"


class Note(NamedTuple):
    """A checkpoint that was read and whose signature holds."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...]


class BadNote(ValueError):
    """The note is not written as it must be, or no known key of this log has signed it."""


def origin() -> str:
    """Name of the log: its public address without scheme, e.g. `anlan.example.gov.cn/log`."""
    return getattr(settings, "TRAIL_ORIGIN", "") or "huilian.invalid/log"


def folder() -> Path:
    return Path(settings.HOME) / "trail"


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def signed_note(size: int, root: bytes, extra: tuple[str, ...] = ()) -> str:
    """A checkpoint of `size` and `root`; `extra` lines are for daily heads only, the public checkpoint has none."""
    return signed_text("\n".join((origin(), str(size), base64(root), *extra)) + "\n")


def signed_text(text: str) -> str:
    """Any lines (ending with a line end, none empty) as a signed note. What is no checkpoint must not look like one:
    its first line is not the origin of a log."""
    key = _signer(folder())
    public = key.public_key().public_bytes_raw()
    signature = key_id(origin(), public) + key.sign(text.encode())
    return f"{text}\n— {origin()} {base64(signature)}\n"


def read_text(note: str, known: list[str] | None = None) -> list[str]:
    """The lines of a signed note after checking it against the keys this log has had (or the `known` ones).

    Raises BadNote.
    """
    text, found, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")[:-1]
    if not found or not all(lines):
        raise BadNote(_("not a signed note"))
    if not any(_signed(text, line, vkey) for line in signatures.splitlines() for vkey in (known or verifiers())):
        raise BadNote(_("no known key has signed it"))
    return lines


def read_note(note: str, known: list[str] | None = None) -> Note:
    """Check a note against the keys this log has had (or the `known` ones). Raises BadNote."""
    lines = read_text(note, known)
    if len(lines) < 3:
        raise BadNote(_("not a signed note"))
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError:
        raise BadNote(_("the root is not base64")) from None
    if not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1] or len(root) != 32:
        raise BadNote(_("size or root is malformed"))
    return Note(lines[0], int(lines[1]), root, tuple(lines[3:]))


def verifiers() -> list[str]:
    """Verification keys `name+id+base64`, the present one last; made with the key if there is none yet."""
    _signer(folder())
    return (folder() / "log.vkeys").read_text("utf-8").split()


def key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def vkey(name: str, public: bytes) -> str:
    return f"{name}+{key_id(name, public).hex()}+{base64(ED25519 + public)}"


def _signed(text: str, line: str, verifier: str) -> bool:
    name, _plus, rest = verifier.partition("+")
    public = b64decode(rest.partition("+")[2])[1:]
    if not line.startswith(f"— {name} "):
        return False
    try:
        signature = b64decode(line.rpartition(" ")[2], validate=True)
        if signature[:4] != key_id(name, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def _signer(home: Path) -> Ed25519PrivateKey:
    path = home / "log.key"
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        _make(path)
        stamp = path.stat().st_mtime_ns
    return _load(path, stamp, origin())


@lru_cache(maxsize=4)
def _load(path: Path, stamp: int, name: str) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.from_private_bytes(b64decode(path.read_text("ascii")))
    listed, mine = path.with_name("log.vkeys"), vkey(name, key.public_key().public_bytes_raw())
    known = listed.read_text("utf-8").split() if listed.exists() else []
    if mine not in known:
        with listed.open("a", encoding="utf-8") as file:
            file.write(mine + "\n")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ready = path.with_name(f"log.key.{os.getpid()}")
    with os.fdopen(os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(base64(Ed25519PrivateKey.generate().private_bytes_raw()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(ready, path)  # Of two processes that make a key at once, one wins and both use its key.
    except FileExistsError:
        pass
    finally:
        ready.unlink()
