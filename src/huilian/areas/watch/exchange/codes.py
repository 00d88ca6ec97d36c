"""Codes that are shown once; only their keyed digests are kept."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """The bidder's receipt: eight letters that cannot be misread."""
    return "".join(secrets.choice(LETTERS) for _n in range(8))


def digest(text: str, what: str = "receipt") -> str:
    """What is kept of a code, a token, a browser's mark."""
    return salted_hmac(f"exchange.{what}", "".join(text.split()).upper(), algorithm="sha256").hexdigest()
