"""Tables made at once are those that the migrations make."""

import os
import sqlite3
import subprocess
import sys

import pytest

from tests import schema

# A step draws the model it is about anew, not all those that lead to it: the tables do not hang on them, and it is a
# sixth of the work.
MIGRATE = """
from django.db.migrations.state import ProjectState
from huilian.project import cli
ProjectState._find_reload_model = lambda self, app, model, delay=False: {(app, model)}
cli.main(["manage", "migrate", "-v", "0"])
"""
SCHEMA = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"


def columns(db, table: str) -> list[tuple]:
    """Name, type, whether it must be filled, default and key of each column; where it points to."""
    found = [row[1:] for row in db.execute(f'PRAGMA table_info("{table}")')]
    found += [row[2:] for row in db.execute(f'PRAGMA foreign_key_list("{table}")')]
    return sorted(map(repr, found))


def conditions(sql: str) -> list[str]:
    """Every named constraint of a table, and an index as it stands. The order of columns is no difference."""
    return sorted(sql.replace("\n", " ").split(", CONSTRAINT ")[1:]) if sql.startswith("CREATE TABLE") else [sql]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    home = tmp_path_factory.mktemp("tables")
    made = []
    for name, act in (
        ("migrated", ["-c", MIGRATE]),
        ("made", ["-c", schema.PREPARE]),
    ):
        env = {**os.environ, "HUILIAN_HOME": str(home), "DATABASE_URL": f"sqlite:///{home}/{name}.sqlite3"}
        subprocess.run([sys.executable, *act], env=env, check=True)
        made.append(sqlite3.connect(home / f"{name}.sqlite3"))
    yield made
    for db in made:
        db.close()


def test_tables_made_at_once_are_those_of_the_migrations(both):
    migrated, made = both
    things = migrated.execute(SCHEMA).fetchall()

    assert len(things) > 300 and made.execute(SCHEMA).fetchall() == things
    for kind, name, _table in things:
        sql = "SELECT sql FROM sqlite_master WHERE type = ? AND name = ?"
        one, other = (conditions(db.execute(sql, (kind, name)).fetchone()[0]) for db in both)
        assert one == other, name
        if kind == "table":
            assert columns(migrated, name) == columns(made, name), name


def test_both_remember_the_same_migrations_and_kinds(both):
    for table, what in (("django_migrations", "app, name"), ("django_content_type", "app_label, model")):
        one, other = (set(db.execute(f"SELECT {what} FROM {table}")) for db in both)
        assert one == other and one
