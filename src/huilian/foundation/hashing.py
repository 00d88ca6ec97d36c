"""Digests that anybody can recompute: one byte form for a value, two hash algorithms, one hash chain.

The byte form ("canonical") is JSON in UTF-8 with keys in code point order, no spaces, no escapes beyond those JSON
demands. It is close to RFC 8785 but has no floating-point numbers at all: their text differs between languages and
databases, so money is whole cents or Decimal, and a share is a Decimal or two integers.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from uuid import UUID

SHA256, SM3 = "sha256", "sm3"  # FIPS 180-4; GB/T 32905-2016. Both give 32 bytes.
ALGORITHMS = (SHA256, SM3)
LENGTH = 32
START = bytes(LENGTH)  # What the first link of a chain hangs on.
_CHAIN = b"\x02"  # Keeps a link apart from a Merkle leaf (0x00) and a Merkle node (0x01).


class Unhashable(TypeError):
    """The value has no canonical form; the message says where in it and why."""


def plain(value: object, where: str = "value") -> object:
    """`value` made of str, int, bool, None, list and dict only, as it will come back from a JSON column.

    Dates become `2026-11-22`, moments `2026-11-22T01:02:03.000004Z` (UTC; a naive one is refused, for nobody could
    say which moment it is), Decimals their exact text (`1.50` stays `1.50`), UUIDs text, enumerations their value.
    Raises Unhashable for floats, NUL characters, lone surrogates, keys that are not text, and unknown types.
    """
    kind = type(value)
    if kind is str:
        return _text(value, where)  # type: ignore[arg-type]
    if kind is int or kind is bool or value is None:
        return value
    if isinstance(value, Enum):
        return plain(value.value, where)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise Unhashable(f"{where}: the key {key!r} is not text")
        return {_text(str(k), where): plain(v, f"{where}.{k}") for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v, f"{where}[{i}]") for i, v in enumerate(value)]
    if isinstance(value, str):
        return _text(str(value), where)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return moment_text(value, where)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        if value.tzinfo is not None:
            raise Unhashable(f"{where}: a time of day with a zone has no meaning without its date")
        return value.isoformat()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise Unhashable(f"{where}: {value} is not a number")
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, float):
        raise Unhashable(f"{where}: a float has no exact text; use whole cents, an integer or a Decimal")
    raise Unhashable(f"{where}: a {type(value).__name__} has no canonical form")


def moment_text(value: datetime, where: str = "value") -> str:
    """A moment in UTC with microseconds, always 27 characters."""
    if value.tzinfo is None:
        raise Unhashable(f"{where}: the moment {value.isoformat()} has no time zone")
    utc = value.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if utc.year >= 1000 else utc.isoformat()


def canonical(value: object) -> bytes:
    """The one byte form of `value`; equal values give equal bytes on every machine. Raises Unhashable."""
    return dump(plain(value))


def dump(value: object) -> bytes:
    """Canonical bytes of a value that `plain()` made or a JSON column gave back."""
    return _encoder(value).encode()


def digest(data: bytes, algorithm: str = SHA256) -> bytes:
    """32 bytes of SHA-256 or SM3 (the latter from OpenSSL). Raises ValueError for any other name."""
    if algorithm == SHA256:
        return hashlib.sha256(data).digest()
    if algorithm == SM3:
        return hashlib.new("sm3", data).digest()
    raise ValueError(f"'{algorithm}' is not one of {', '.join(ALGORITHMS)}")


def chain(previous: bytes, leaf: bytes, algorithm: str = SHA256) -> bytes:
    """The next link: it vouches for `leaf` and, through `previous`, for everything before it."""
    if len(previous) != LENGTH:
        raise ValueError(f"a link is {LENGTH} bytes, not {len(previous)}")
    return digest(_CHAIN + previous + leaf, algorithm)


_encoder = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def _text(value: str, where: str) -> str:
    if "\x00" in value:
        raise Unhashable(f"{where}: text with a NUL character cannot be stored")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unhashable(f"{where}: text with half a surrogate pair cannot be stored") from None
    return value
