"""The code with which a petitioner comes back: shown once, kept as a keyed digest."""

import secrets
from collections.abc import Callable

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that can be misread over the telephone
LENGTH = 10


# How else a code may have been kept: a flow adds the way of whoever hands petitions over; their codes stay good.
DIGESTS: list[Callable[[str], str]] = []


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(LENGTH))


def digest(code: str) -> str:
    plain = "".join(code.split()).replace("-", "").upper()
    return salted_hmac("petitions.code", plain, algorithm="sha256").hexdigest()


def fits(code: str, kept: str) -> bool:
    return any(constant_time_compare(way(code), kept) for way in (digest, *DIGESTS))
