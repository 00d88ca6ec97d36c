"""Keys of the vault for those of the cast who open sealed things. One passphrase for all, printed for visitors.

In a real county each officer makes a key in the browser, with words that nobody else knows, and unlocks it with six
digits of a telephone. Here a key is as cheap as can be, and while past days are told no digits are asked for.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from huilian.engine.vault import services as vault
from huilian.engine.vault.services import keys
from huilian.foundation.sealing import WEAK

HOLDERS = (
    "fuqin", "tianye", "guojing", "leiming", "fanglan", "puyu", "weihua", "yanbin", "luochong", "keming", "moran",
    "tanyi",
)  # fmt: skip
KEEPER = "duanhong"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
TELEPHONE = SimpleNamespace(verify_token=lambda _code: True)


class Ring:
    """The keys of the cast; `token(user)` unlocks one for the moment that is told."""

    def __init__(self, cast: dict) -> None:
        self.words = "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(4))
        self.sheets = vault.set_up_recovery(by=cast[KEEPER])
        for login in HOLDERS:
            vault.make_key(self.words, by=cast[login])

    def token(self, user) -> str:
        return vault.unlock(self.words, by=user)


@contextmanager
def past() -> Iterator[None]:
    """As long as past days are told."""
    with patch.multiple(keys, COST=WEAK, second_factor_of=lambda _user: TELEPHONE):
        yield
