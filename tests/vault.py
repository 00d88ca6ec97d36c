"""Officers with unlocked keys, for tests of what is sealed. Guesses are as cheap as libsodium allows."""

from datetime import date
from unittest.mock import patch

import pytest

from huilian.foundation.sealing import WEAK

WORDS = "清风徐来水波不兴月出东山"


def keeper_of(cast):
    """The head of the case room of the commission keeps the vault."""
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.models import Post
    from huilian.engine.trail.actors import SYSTEM

    post = Post.objects.create(unit=cast.commission, name="密钥管理岗", roles=["vault_keeper"])
    directory.appoint(cast.person("meng_ting"), post, starts_on=date(2026, 1, 1), by=SYSTEM)
    return cast.meng_ting


def set_up(cast) -> tuple[str, str, str]:
    """Recovery, so that sealing is possible; its three sheets."""
    from huilian.engine.vault import services as vault

    return vault.set_up_recovery(by=keeper_of(cast))


def unlock(user) -> str:
    """The token of the user's key, which is made where there is none."""
    from huilian.engine.vault import services as vault
    from huilian.engine.vault.services import keys

    with patch.object(keys, "COST", WEAK):
        if keys.key_of(user) is None:
            vault.make_key(WORDS, by=user)
    return vault.unlock(WORDS, by=user)


@pytest.fixture
def unlocked(client):
    """`unlocked(user)` signs the user in with an unlocked key in the browser, and gives the token."""
    from huilian.engine.vault.web import COOKIE

    def enter(user) -> str:
        client.force_login(user)
        client.cookies[COOKIE] = token = unlock(user)
        return token

    return enter
