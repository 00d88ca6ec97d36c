"""What all tests share. Set-up happens before Django reads its settings."""

import os
import shutil

os.environ.setdefault("HUILIAN_SECRET", "for-tests-only")
# The browser's driver keeps an event loop in its process for the whole run; Django then takes every later test of that
# process for asynchronous code, which none of ours is.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from huilian.project import environment, texts

texts.compile_stale()  # The .mo files are made, never kept: Chinese is the default language of every test.


import pytest  # noqa: E402

from tests import schema  # noqa: E402


def pytest_configure():
    """Pages are rendered without gathering the static files first; the browser suite serves the gathered ones.
    Passwords are hashed as in service, at the lowest price. A busy machine is no fault of what is tested."""
    from django.conf import settings
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher
    from hypothesis import HealthCheck
    from hypothesis import settings as examples

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    Hasher.time_cost, Hasher.memory_cost, Hasher.parallelism = 1, 8, 1
    examples.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    examples.load_profile("house")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches the database is run a second time: by Django, or marked `on_both`."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    once = [item for item in items if not _touches_the_database(item)]
    config.hook.pytest_deselected(items=once)
    items[:] = [item for item in items if _touches_the_database(item)]


def _touches_the_database(item) -> bool:
    return "django_db_setup" in item.fixturenames or any(
        item.get_closest_marker(name) for name in ("django_db", "on_both")
    )


def pytest_unconfigure():
    """The home of the run goes with it."""
    from django.conf import settings

    if settings.HOME.name.startswith("huilian-test-"):
        shutil.rmtree(settings.HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Each process has its own copy of the migrated tables. On SQLite a file: two connections behave as in service."""
    from django.conf import settings
    from django.db import connection

    url = schema.fresh(settings.HOME, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    with django_db_blocker.unblock():
        connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = environment.database(url)["NAME"]
    yield
    with django_db_blocker.unblock():
        connection.close()
        schema.drop(url)


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


@pytest.fixture(autouse=True, scope="session")
def _nothing_ages_while_queries_are_counted():
    """Copies that a process trusts for a second would be read anew, or not, by how loaded the machine is."""
    from django.test.utils import CaptureQueriesContext

    from huilian.engine.procedures import worklists
    from huilian.faces.desk import lists

    enter, leave = CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__
    kept = {module: module.FRESH for module in (worklists, lists)}

    def entering(self):
        for module in kept:
            module.FRESH = float("inf")
        return enter(self)

    def leaving(self, *error):
        for module, seconds in kept.items():
            module.FRESH = seconds
        return leave(self, *error)

    CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__ = entering, leaving
    yield
    CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__ = enter, leave


@pytest.fixture
def client(client):
    """Django's client; files that a test did not read to the end are closed after it."""
    answers, request = [], client.request

    def remembered(**environ):
        answers.append(request(**environ))
        return answers[-1]

    client.request = remembered
    yield client
    for answer in answers:
        if file := getattr(answer, "file_to_stream", None):
            file.close()


from tests.cast import cast  # noqa: E402, F401  the people every test may ask for
from tests.vault import unlocked  # noqa: E402, F401  officers with unlocked keys
