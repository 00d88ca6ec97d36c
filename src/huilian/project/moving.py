"""Moving the whole installation into another database: every row of every table, in one transaction, then counted.

Whether it arrived byte for byte is what `huilian verify` on the new database says: the trail recomputes from its rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.models import Model

from huilian.engine.trail import guards
from huilian.foundation.errors import Conflict

from . import environment
from .tables import prepare

TARGET, BATCH = "target", 1000
Told = Callable[[str, int], None]


def move(url: str, *, told: Told | None = None) -> dict[str, int]:
    """Copy everything into the empty database at `url`; returns the rows per table. Nobody may write meanwhile.

    Raises Conflict where the other database is not empty. When it fails on the way, the tables there stay empty and
    the database here is untouched.
    """
    target = _connect(url)
    try:
        if target.introspection.table_names():
            raise Conflict("The other database is not empty. Name a new one.")
        prepare(TARGET)
        tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
        copied = {}
        with transaction.atomic(), transaction.atomic(using=TARGET), guards.lifted(target):
            target.check_constraints()
            with target.constraint_checks_disabled(), target.cursor() as cursor:
                for model in tables:  # migrations have written some, such as content types
                    cursor.execute(f"DELETE FROM {target.ops.quote_name(model._meta.db_table)}")
                for model in tables:
                    copied[model._meta.db_table] = _copy(model)
                    if told:
                        told(model._meta.db_table, copied[model._meta.db_table])
                for statement in target.ops.sequence_reset_sql(no_style(), tables):
                    cursor.execute(statement)
            _check(target)
        _compare(tables)
        return copied
    finally:
        target.close()


def _connect(url: str) -> Any:
    connections.settings[TARGET] = connections.configure_settings({"default": environment.database(url)})["default"]
    target: Any = connections[TARGET]
    if target.settings_dict["NAME"] == connection.settings_dict["NAME"] and target.vendor == connection.vendor:
        raise Conflict("This is the database the product uses now.")
    target.ensure_connection()
    return target


def _copy(model: type[Model]) -> int:
    rows, count = [], 0
    with _moments_kept(model):
        for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
            rows.append(row)
            if len(rows) == BATCH:
                count += _put(model, rows)
                rows = []
        return count + _put(model, rows)


def _put(model: type[Model], rows: list[Model]) -> int:
    model._base_manager.using(TARGET).bulk_create(rows)
    return len(rows)


@contextmanager
def _moments_kept(model: type[Model]) -> Iterator[None]:
    """Fields that take the present moment by themselves keep the one they have."""
    fields: list[Any] = [f for f in model._meta.concrete_fields if isinstance(f, models.DateField)]
    before = [(f, f.auto_now, f.auto_now_add) for f in fields]
    for field in fields:
        field.auto_now = field.auto_now_add = False
    try:
        yield
    finally:
        for field, auto_now, auto_now_add in before:
            field.auto_now, field.auto_now_add = auto_now, auto_now_add


def _check(target: Any) -> None:
    """Let the other database look at every foreign key now, before the guards of the trail go back on."""
    if target.vendor == "postgresql":
        with target.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    else:
        target.check_constraints()


def _compare(tables: list[type[Model]]) -> None:
    for model in tables:
        here, there = model._base_manager.count(), model._base_manager.using(TARGET).count()
        if here != there:
            raise Conflict(f"{model._meta.db_table}: {here} rows here, {there} there. Start again with a new database.")
