"""柳河村 with its books, opened in June 2026. Modules that stand elsewhere tell their own."""

import pytest

from tests.stage import once

from .books import JUNE, opened

told, stage, cast = once(opened, at=JUNE)


@pytest.fixture
def books(stage):
    return stage.world
