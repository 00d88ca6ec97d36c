"""Identity numbers as keyed digests: two entries of one person can be matched, no number can be read back.

An unkeyed digest would not do: there are few enough numbers to try them all.
"""

import hashlib
import hmac
import os
import re
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huilian.foundation import codes, names
from huilian.foundation.errors import Invalid


def digest(number: str) -> str:
    """64 hexadecimal digits for an identity number (GB 11643). Raises Invalid with the reason if it is not one."""
    try:
        number = codes.check_identity(number).number
    except Invalid as bad:
        raise Invalid(bad.message, field="identity_number") from bad
    return hmac.new(_key(), number.encode(), hashlib.sha256).hexdigest()


def key_of(number: str) -> str:
    """The same digest for what names a person or a body: an identity number, or a credit code (GB 32100)."""
    text = codes.clean(number)
    try:
        return digest(text)
    except Invalid:
        try:
            text = codes.check_credit_code(text).number
        except Invalid:
            if not re.fullmatch(r"\d{15}|\d{17}[\dX]", text):  # it is not meant as an identity number
                raise
            text = ""
        if not text:
            raise
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def keyed(kind: str, text: str) -> str:
    """A keyed digest of any other word that names somebody (`kind` says what it is: a name, a telephone), written in
    whatever way: for matching where the word itself must not be kept."""
    return hmac.new(_key(), f"{kind}\n{names.norm(text)}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def _key() -> bytes:
    """The county's own key: HUILIAN_IDENTITY_KEY, else a file made once. Whoever loses it loses the matching."""
    given = os.environ.get("HUILIAN_IDENTITY_KEY")
    if given:
        return given.encode()
    kept = Path(settings.HOME) / "identity.key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
        with suppress(FileExistsError):  # of two processes that start together the first one's key stays
            os.link(made, kept)
        Path(made).unlink()
    return kept.read_bytes()
