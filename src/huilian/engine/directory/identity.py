"""Identity numbers as keyed digests: two entries of one person can be matched, no number can be read back.

An unkeyed digest would not do: there are few enough numbers to try them all.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huilian.foundation.errors import Invalid


def digest(number: str) -> str:
    """64 hexadecimal digits for an identity number (GB 11643). Raises Invalid with the reason if it is not one."""
    from huilian.foundation import codes

    number = number.strip().upper()
    try:
        codes.check_identity(number)
    except Invalid as bad:
        raise Invalid(bad.message, field="identity_number") from bad
    return hmac.new(_key(), number.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def _key() -> bytes:
    """The county's own key: HUILIAN_IDENTITY_KEY, else a file made once. Whoever loses it loses the matching."""
    given = os.environ.get("HUILIAN_IDENTITY_KEY")
    if given:
        return given.encode()
    kept = Path(settings.HOME) / "identity.key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
    return kept.read_bytes()
