"""The county of every test with its starter lists."""

import pytest

from huilian.areas.power.powers.seeding import seed


@pytest.fixture
def county(cast):
    seed()
    return cast
