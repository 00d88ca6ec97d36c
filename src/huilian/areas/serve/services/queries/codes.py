"""The code with which an applicant comes back: shown once, kept as a keyed digest."""

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that can be misread over the telephone
LENGTH = 10


def new_code(request_key: str = "") -> str:
    """A code; the same one for the same request, so that a page sent twice over a bad line shows the same code."""
    if not request_key:
        return "".join(secrets.choice(LETTERS) for _i in range(LENGTH))
    seed = salted_hmac("services.new_code", request_key, algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in seed[:LENGTH])


def digest(code: str) -> str:
    """What is kept of a code."""
    return salted_hmac("services.code", "".join(code.split()).upper().replace("-", ""), algorithm="sha256").hexdigest()


def fits(code: str, kept: str) -> bool:
    return constant_time_compare(digest(code), kept)
