"""What the tests of a folder stand on is told once for each module; each test has copies and undoes only its own doing.

told, stage, cast = stage.once(set_up, at=MORNING)   # in conftest.py; `stage.world` is what `set_up(cast)` returned
"""

from contextlib import nullcontext
from copy import deepcopy
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import transaction

from huilian.foundation.now import frozen

from .cast import build


def once(tell, at: datetime | None = None):
    """Three fixtures: the module's own transaction, a test's copy of what is in it, and the people in that copy.

    A module with tests that commit (`transaction=True`) is told for each test. A module that says `BARE = True` has
    the people of `cast` with nothing told to them.
    """

    def make(bare=False) -> SimpleNamespace:
        with frozen(at) if at else nullcontext():
            people = build()
            return SimpleNamespace(cast=people, world=None if bare else tell(people))

    @pytest.fixture(scope="module")
    def told(request, django_db_setup, django_db_blocker):
        if _bare(request) or _commits(request):
            yield None
            return
        with django_db_blocker.unblock(), transaction.atomic():
            yield make()
            transaction.set_rollback(True)

    @pytest.fixture
    def stage(request, told, db):
        return deepcopy(told) if told else make(_bare(request))

    @pytest.fixture
    def cast(stage):
        return stage.cast

    return told, stage, cast


def _bare(request) -> bool:
    return getattr(request.module, "BARE", False)


def _commits(request) -> bool:
    """Whether a test of this module commits: what is told would vanish with it."""
    items = (item for item in request.session.items if item.path == request.path)
    return any(mark.kwargs.get("transaction") for item in items for mark in item.iter_markers("django_db"))
