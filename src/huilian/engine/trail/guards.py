"""What the database itself refuses, on SQLite and PostgreSQL alike: changing, removing or replacing what was written.

Whoever owns the database can drop these triggers; then the chain, the tree and the signed heads tell (verify.py).
The triggers also put each new event's number into the waiting list of the sealer.

A later migration that rewrites one of these tables must call `remove` before and `install` after: SQLite makes the
table anew and drops its triggers, and an UPDATE would be refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SEALED = ("trail_event", "trail_leaf", "trail_treehead")
_KEYS = {"trail_event": "id", "trail_leaf": "seq", "trail_treehead": "id"}
# A tile and the log's own row may only grow.
_GROWING = {
    "trail_tile": (
        'NEW.level = OLD.level AND NEW."index" = OLD."index" AND length(NEW.hashes) <= 8192'
        " AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes"
    ),
    "trail_log": "NEW.id = OLD.id AND NEW.size >= OLD.size",
}
REFUSAL = "the trail is append-only"
_FUNCTIONS = {  # of PostgreSQL
    "trail_refuse": f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END ",
    "trail_wait": " BEGIN INSERT INTO trail_pending (event_id) SELECT id FROM added; RETURN NULL; END ",
}


def _sqlite() -> list[str]:
    made = []
    for table in SEALED:
        key = _KEYS[table]
        for act in ("update", "delete"):
            made.append(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        # INSERT OR REPLACE removes the old row without asking a DELETE trigger.
        made.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    for table, condition in _GROWING.items():
        made.append(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE ON {table} WHEN NOT ({condition})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        made.append(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    made.append(
        "CREATE TRIGGER trail_event_waits AFTER INSERT ON trail_event"
        " BEGIN INSERT INTO trail_pending (event_id) VALUES (NEW.id); END"
    )
    return made


def _postgresql() -> list[str]:
    made = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in _FUNCTIONS.items()
    ]
    for table in SEALED:
        for act in ("update", "delete"):
            made.append(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
            )
    for table, condition in _GROWING.items():
        made.append(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN (NOT ({condition})) EXECUTE FUNCTION trail_refuse()"
        )
        made.append(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
        )
    for table in (*SEALED, *_GROWING):
        made.append(
            f"CREATE TRIGGER {table}_no_empty BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
        )
    made.append(
        "CREATE TRIGGER trail_event_waits AFTER INSERT ON trail_event REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION trail_wait()"
    )
    return made


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return _sqlite()
    if vendor == "postgresql":
        return _postgresql()
    raise NotImplementedError(f"the trail has no guards for {vendor}")


def install(connection: Any) -> None:
    """Create all triggers. Part of the first migration."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop all triggers: undoing the migration, and emptying a test database between tests. Nothing else."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            words = statement.split()
            if words[:2] == ["CREATE", "TRIGGER"]:
                table = words[words.index("ON") + 1]
                suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {words[2]}{suffix}")


def missing(connection: Any) -> list[str]:
    """Names of triggers and functions that are not there, are switched off, or say something else than they should."""
    triggers = {s.split()[2]: s for s in _statements(connection.vendor) if s.startswith("CREATE TRIGGER")}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return sorted(name for name, statement in triggers.items() if found.get(name) != statement)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        lost = triggers.keys() - {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname IN ('trail_refuse', 'trail_wait')")
        found = dict(cursor.fetchall())
        return sorted(lost | {name for name, body in _FUNCTIONS.items() if found.get(name) != body})


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """The guards away inside the block. For tests that tamper, and for emptying test databases."""
    remove(connection)
    try:
        yield
    finally:
        remove(connection)
        install(connection)
