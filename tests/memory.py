"""What many tests begin with is worked out once for each process. Later its rows are written as they were."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import get_language

from huilian.foundation.now import is_frozen, now

_known: dict[tuple, tuple[Any, list[tuple[str, str, list]]]] = {}
THEIRS = ("contenttypes", "auth")  # Django's own lists, which stand in the tables from the beginning


def remembered(make: Callable[[], Any], *key: Any) -> Any:
    """What `make()` returns, and what it writes into the empty tables: from memory from the second time on.

    The result may hang on `key`, the language and a frozen clock.
    """
    key = (*key, get_language(), now() if is_frozen() else None)
    if key not in _known:
        if list(_written()):
            return make()
        made = make()
        _known[key] = deepcopy(made), list(_written())
        return made
    from huilian.engine.procedures import worklists

    made, tables = _known[key]
    with transaction.atomic(), connection.cursor() as cursor:
        for table, command, rows in tables:
            cursor.executemany(command, rows)
            if table == "trail_event":  # a trigger lets each of them wait, also what was sealed since
                cursor.execute("DELETE FROM trail_pending")
    worklists.forget()
    return deepcopy(made)


def _written() -> Iterator[tuple[str, str, list]]:
    """Each table with something in it, the command that writes a row and the rows."""
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for table in sorted({m._meta.db_table for m in models if m._meta.app_label not in THEIRS}):
            cursor.execute(f'SELECT * FROM "{table}"')
            if rows := cursor.fetchall():
                names = ", ".join(f'"{column[0]}"' for column in cursor.description)
                values = ", ".join("%s" for _column in cursor.description)
                yield table, f'INSERT INTO "{table}" ({names}) VALUES ({values})', rows
