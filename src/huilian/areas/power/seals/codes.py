"""Codes that are shown once; only their keyed digests are kept."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DIGITS = "0123456789"


def letters(count: int) -> str:
    """A code somebody writes down: no letter that looks like another."""
    return "".join(secrets.choice(LETTERS) for _n in range(count))


def digits(count: int) -> str:
    """A code for the keys of a box."""
    return "".join(secrets.choice(DIGITS) for _n in range(count))


def of_waiting(code: str) -> str:
    """What is kept of the code by which whoever waits can look a request up."""
    return salted_hmac("seals.request", "".join(code.split()).upper(), algorithm="sha256").hexdigest()


def of_release(seal_id: int, code: str) -> str:
    """What is kept of the code that lets a seal out."""
    return salted_hmac("seals.release", f"{seal_id}:{code.strip()}", algorithm="sha256").hexdigest()
