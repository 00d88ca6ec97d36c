"""Officers with keys, and recovery set up."""

from datetime import date

import pytest
from django.utils import translation

from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.vault import services as vault
from huilian.engine.vault.services import keys
from huilian.foundation.sealing import WEAK

WORDS = "清风徐来水波不兴月出东山"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Guesses are as cheap as libsodium allows, and refusals in English."""
    monkeypatch.setattr(keys, "COST", WEAK)
    with translation.override("en"):
        yield


@pytest.fixture
def keeper(cast):
    """The head of the commission's case room keeps the vault."""
    post = Post.objects.create(unit=cast.commission, name="案件监督管理室主任", roles=["vault_keeper"])
    directory.appoint(cast.person("gao_jie"), post, starts_on=date(2026, 1, 1), by=SYSTEM)
    return cast.gao_jie


@pytest.fixture
def sheets(keeper):
    return vault.set_up_recovery(by=keeper)


@pytest.fixture
def unlocked(cast, sheets):
    """Everybody asked for makes a key and unlocks it: `unlocked("shen_yu")` gives the token."""

    def unlock(name: str) -> str:
        user = getattr(cast, name)
        if keys.key_of(user) is None:
            vault.make_key(WORDS, by=user)
        return vault.unlock(WORDS, by=user)

    return unlock
