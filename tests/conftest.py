"""What all tests share. Set-up happens before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("HUILIAN_HOME", tempfile.mkdtemp(prefix="huilian-test-"))
os.environ.setdefault("HUILIAN_SECRET", "for-tests-only")

from huilian.project import texts

texts.compile_stale()  # The .mo files are made, never kept: Chinese is the default language of every test.


import pytest  # noqa: E402


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_test_database():
    """Transactional tests empty every table afterwards; the trail's guards must step aside for that and only that."""
    from django.db import connection
    from django.test import TransactionTestCase

    from huilian.engine.trail import guards

    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        with guards.lifted(connection):
            empty(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = empty


from tests.cast import cast  # noqa: E402, F401  the people every test may ask for
