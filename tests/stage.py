"""What the tests of a folder stand on is told once for each process; each test has a copy and undoes its own doing.

told, stage, cast = stage.once(set_up, at=MORNING)   # in conftest.py; `told` is what `set_up(cast)` returned
"""

from contextlib import nullcontext
from datetime import datetime
from types import SimpleNamespace

import pytest

from huilian.foundation.now import frozen

from .cast import build
from .memory import remembered


def once(tell, at: datetime | None = None):
    """Three fixtures: what was told, all of it (`stage.cast`, `stage.world`), and the people in it.

    A test that asks for `cast` and for nothing that was told has the people alone.
    """

    def make() -> SimpleNamespace:
        people = build()
        return SimpleNamespace(cast=people, world=tell(people))

    @pytest.fixture
    def stage(db):
        with frozen(at) if at else nullcontext():
            return remembered(make, tell)

    @pytest.fixture
    def told(stage):
        return stage.world

    @pytest.fixture
    def cast(request, db):
        if "stage" in request.fixturenames:
            return request.getfixturevalue("stage").cast
        return remembered(build, build)

    return told, stage, cast
