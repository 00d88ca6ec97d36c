"""Moving into another database: everything arrives, the trail verifies there, and nothing is overwritten."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from huilian.project import moving
from tests import schema

pytestmark = pytest.mark.on_both
SOURCE = Path(moving.__file__).resolve().parents[2]


def huilian(home: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess:
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment = {**kept, "HUILIAN_HOME": str(home), "HUILIAN_SECRET": "x" * 50, "PYTHONPATH": str(SOURCE)}
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "huilian", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def opened(url: str):
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            yield connection
    else:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            yield connection


@pytest.fixture
def elsewhere(tmp_path):
    """An empty database: on PostgreSQL where the suite runs on it, else a second file."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
        return
    name = f"elsewhere_{uuid4().hex[:12]}"
    with opened(server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with opened(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("home")
    schema.sqlite(home / "huilian.sqlite3")
    for arguments in (("seed",), ("seal", "--day", "2026-11-21")):
        done = huilian(home, *arguments)
        assert done.returncode == 0, done.stderr
    return home


def test_everything_arrives_and_the_trail_verifies_there(home, elsewhere):
    before = json.loads(huilian(home, "verify", "--json").stdout)

    done = huilian(home, "move", elsewhere, "--json")
    there = huilian(home, "verify", "--json", url=elsewhere)
    sealed = huilian(home, "seal", "--day", "2026-11-22", "--json", url=elsewhere)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tables"]["trail_event"] == before["entries"] + before["waiting"] > 0
    assert there.returncode == 0 and json.loads(there.stdout) == before
    # Life goes on there: keys follow on, the guards stand, the log grows.
    assert sealed.returncode == 0 and json.loads(sealed.stdout)["size"] > before["entries"], sealed.stderr
    assert huilian(home, "verify", url=elsewhere).returncode == 0


def test_a_database_that_is_not_empty_is_left_alone(home, elsewhere):
    with opened(elsewhere) as connection:
        connection.execute("CREATE TABLE somebodys (id integer)")

    done = huilian(home, "move", elsewhere)

    assert done.returncode == 1 and "not empty" in done.stderr


def test_it_does_not_move_onto_itself(home):
    done = huilian(home, "move", f"sqlite:///{home / 'huilian.sqlite3'}")

    assert done.returncode == 1 and "uses now" in done.stderr
