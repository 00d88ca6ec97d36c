"""The county of every test with its starter lists."""

import pytest

from huilian.areas.power.powers.seeding import seed
from tests.stage import once

told, stage, cast = once(lambda _cast: seed())


@pytest.fixture
def county(stage):
    return stage.cast
