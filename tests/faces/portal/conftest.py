"""The story of these pages."""

from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.cast import build

from . import story


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Told once for the module, and rolled back: each test undoes only its own doing."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = build()
        people.facts = story.tell(people)
        yield people
        transaction.set_rollback(True)


@pytest.fixture
def people(told, db):
    cache.clear()
    return deepcopy(told)
