"""Secrets that people keep: a paddle's, and the two keys of a reserve.

A secret is 128 random bits, written for people as 26 letters and digits. A reserve is encrypted with a key that exists
only as the sum of two shares, each sealed to one holder's public key (X25519); one share tells nothing. (PyNaCl)
"""

import hashlib
import json
import secrets
from base64 import b32encode

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

_TYPED = str.maketrans("018", "OIB", "- ")  # The alphabet has no 0, 1 and 8: somebody read a letter so.


def new() -> str:
    """A fresh secret, in groups of five."""
    text = b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    return "-".join(text[i : i + 5] for i in range(0, len(text), 5))


def digest(secret: str) -> str:
    """What is kept of a secret. A plain digest suffices: 128 random bits cannot be tried out."""
    return hashlib.sha256(f"huilian paddle 1\n{_clean(secret)}".encode()).hexdigest()


def salt(secret: str, number: str) -> str:
    """The salt of a sealed bid, from the secret: only who holds it can hand in and later show the amount."""
    return hashlib.sha256(f"huilian salt 1\n{number}\n{_clean(secret)}".encode()).hexdigest()[:32]


def public(secret: str) -> bytes:
    return bytes(_private(secret).public_key)


def seal(cents: int, salt: str, publics: tuple[bytes, bytes]) -> tuple[bytes, list[bytes]]:
    """(sealed reserve, the two sealed shares)."""
    key, first = random(SecretBox.KEY_SIZE), random(SecretBox.KEY_SIZE)
    shares = first, _xor(key, first)
    box = SecretBox(key).encrypt(json.dumps([cents, salt]).encode())
    return bytes(box), [SealedBox(PublicKey(p)).encrypt(s) for p, s in zip(publics, shares, strict=True)]


def open_share(secret: str, sealed: bytes) -> bytes | None:
    """The share, or None when this is not the right secret."""
    try:
        return SealedBox(_private(secret)).decrypt(sealed)
    except CryptoError:
        return None


def open_reserve(box: bytes, shares: list[bytes]) -> tuple[int, str]:
    cents, salt = json.loads(SecretBox(_xor(*shares)).decrypt(box))
    return cents, salt


def _private(secret: str) -> PrivateKey:
    return PrivateKey(hashlib.sha256(f"huilian reserve key 1\n{_clean(secret)}".encode()).digest())


def _clean(secret: str) -> str:
    return secret.strip().upper().translate(_TYPED)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
