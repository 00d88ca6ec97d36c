"""「封存」 Sealing: what is locked here opens only with the key of a person, never with what stands on the server.

    content key (random, one a box) ── encrypts the content (XChaCha20-Poly1305, bound to what it is about)
        └── wrapped for each holder (X25519 sealed box: nobody who wraps can unwrap again)
                └── the holder's secret, locked by their passphrase (Argon2id, XChaCha20-Poly1305)

All of the cryptography is libsodium's (PyNaCl); here is only how its parts are put together. A sealed box says nothing
about who made it, so each carries the digest of what it is about, and whoever stores a box records its digest.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nacl import bindings as sodium
from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random

from .errors import Refused
from .wording import _

KEY = 32
FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
MARK = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
CHUNK = 1 << 20  # bytes of a file that are encrypted at a time
BLOCK = 512  # bytes: contents are filled up to a multiple, so that the length of a box tells little
_LOCKED = b"HL1"  # the form of a locked secret: marks, passes, memory, salt, then the encrypted secret
_SHARES = ((1, 2), (0, 2), (0, 1))  # which of the three pieces stand on which sheet


class Unopened(Refused):
    """A wrong key or passphrase, or something that was changed: libsodium cannot tell which, and neither can we."""


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: passes over so much memory (bytes)."""

    passes: int
    memory: int


STRONG = Cost(pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)  # 3 passes over 256 MiB
WEAK = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)  # for tests only


@dataclass(frozen=True)
class Pair:
    """A person's two keys: boxes are sealed to the public one and open with the secret one."""

    secret: bytes
    public: bytes


def make_pair() -> Pair:
    secret = PrivateKey.generate()
    return Pair(bytes(secret), bytes(secret.public_key))


def public_of(secret: bytes) -> bytes:
    return bytes(PrivateKey(secret).public_key)


def fingerprint(public: bytes) -> str:
    """Sixteen hexadecimal digits by which people compare a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


# Locking a secret with a passphrase


def lock(secret: bytes, passphrase: str, cost: Cost = STRONG) -> bytes:
    """`secret` as it may lie in a database: useless without the passphrase."""
    salt = random(pwhash.argon2id.SALTBYTES)
    head = _LOCKED + cost.passes.to_bytes(4, "big") + cost.memory.to_bytes(8, "big") + salt
    return head + bytes(Aead(_stretched(passphrase, salt, cost)).encrypt(secret, head))


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The secret of `lock`. Raises Unopened for a wrong passphrase."""
    size = len(_LOCKED) + 12 + pwhash.argon2id.SALTBYTES
    head, body = locked[:size], locked[size:]
    cost = Cost(int.from_bytes(head[3:7], "big"), int.from_bytes(head[7:15], "big"))
    return _opened(Aead(_stretched(passphrase, head[15:], cost)), body, head)


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    said = unicodedata.normalize("NFKC", passphrase).encode()  # the same words from every keyboard
    return pwhash.argon2id.kdf(KEY, said, salt, opslimit=cost.passes, memlimit=cost.memory)


# Boxes


def seal(plain: bytes, about: str) -> tuple[bytes, bytes]:
    """A new key and `plain` under it. `about` is bound in: the box opens under no other description."""
    key = random(KEY)
    filled = plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)
    return key, bytes(Aead(key).encrypt(filled, about.encode()))


def open_sealed(cipher: bytes, key: bytes, about: str) -> bytes:
    """What `seal` took. Raises Unopened."""
    return _opened(Aead(key), cipher, about.encode()).rstrip(b"\0")[:-1]


def seal_file(source: BinaryIO, target: BinaryIO, about: str) -> bytes:
    """Encrypt a file of any length piece by piece; returns its key. A file cut short does not open."""
    key, state = random(KEY), sodium.crypto_secretstream_xchacha20poly1305_state()
    target.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key))
    piece = source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        target.write(
            sodium.crypto_secretstream_xchacha20poly1305_push(
                state, piece, about.encode(), MESSAGE if following else FINAL
            )
        )
        if not following:
            return key
        piece = following


def open_file(source: BinaryIO, key: bytes, about: str) -> Iterator[bytes]:
    """The pieces of a file of `seal_file`, each checked before it is given. Raises Unopened, also in the midst."""
    state, tag = sodium.crypto_secretstream_xchacha20poly1305_state(), None
    try:
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, source.read(HEADER), key)
        while piece := source.read(CHUNK + MARK):
            plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, about.encode())
            yield plain
    except (CryptoError, ValueError, RuntimeError) as broken:
        raise _unopened() from broken
    if tag != FINAL:
        raise _unopened()


# Keys for people


def wrap(key: bytes, public: bytes, about: str) -> bytes:
    """`key` for the holder of `public`. Whoever wraps keeps nothing with which to undo it."""
    return bytes(SealedBox(PublicKey(public)).encrypt(_about(about) + key))


def unwrap(wrapped: bytes, secret: bytes, about: str) -> bytes:
    """The key of `wrap`. Raises Unopened, also where it was wrapped for something else."""
    try:
        plain = SealedBox(PrivateKey(secret)).decrypt(wrapped)
    except (CryptoError, ValueError) as broken:
        raise _unopened() from broken
    if plain[:KEY] != _about(about):
        raise _unopened()
    return plain[KEY:]


def halves(key: bytes) -> tuple[bytes, bytes]:
    """Two halves of a key; either alone says nothing at all about it."""
    one = random(len(key))
    return one, joined(one, key)


def joined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# Recovery: any two of three sheets of paper


def sheets(secret: bytes) -> tuple[str, str, str]:
    """`secret` on three sheets. Any two give it back; one alone says nothing (each lacks one of three pieces whose
    sum is the secret)."""
    one, two = random(KEY), random(KEY)
    pieces = (one, two, joined(joined(one, two), secret))
    texts = []
    for number, (first, second) in enumerate(_SHARES, 1):
        body = bytes([number]) + pieces[first] + pieces[second]
        text = base64.b32encode(body + hashlib.sha256(body).digest()[:4]).decode().rstrip("=")
        texts.append("-".join(text[i : i + 4] for i in range(0, len(text), 4)))
    return tuple(texts)  # type: ignore[return-value]


def from_sheets(one: str, other: str) -> bytes:
    """The secret from two different sheets. Raises Unopened when one is mistyped or both are the same."""
    pieces: dict[int, bytes] = {}
    numbers = set()
    for text in (one, other):
        number, held = _sheet(text)
        numbers.add(number)
        for place, piece in zip(_SHARES[number - 1], held, strict=True):
            if pieces.setdefault(place, piece) != piece:
                raise _unopened()
    if len(numbers) != 2:
        raise _unopened()
    return joined(joined(pieces[0], pieces[1]), pieces[2])


def _sheet(text: str) -> tuple[int, tuple[bytes, bytes]]:
    letters = "".join(c for c in text.upper() if c.isalnum())
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError as broken:
        raise _unopened() from broken
    body, check = raw[:-4], raw[-4:]
    if len(body) != 1 + 2 * KEY or hashlib.sha256(body).digest()[:4] != check or body[0] not in (1, 2, 3):
        raise _unopened()
    return body[0], (body[1 : 1 + KEY], body[1 + KEY :])


def _about(about: str) -> bytes:
    return hashlib.sha256(about.encode()).digest()


def _opened(box: Aead, body: bytes, about: bytes) -> bytes:
    try:
        return box.decrypt(body, about)
    except (CryptoError, ValueError) as broken:
        raise _unopened() from broken


def _unopened() -> Unopened:
    return Unopened(_("It does not open: the key or passphrase is wrong, or it was changed."))
