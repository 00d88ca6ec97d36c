"""The tables of a database. An empty one gets them from the models at once: migrating gives the same tables (a test
compares them), but draws the state of all models anew at each of its steps, which takes twenty times as long."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from huilian.engine.trail import guards


def prepare(using: str = DEFAULT_DB_ALIAS) -> None:
    """All tables as this version of the product wants them, whatever is there already."""
    if not connections[using].introspection.table_names():
        _make(connections[using])
    call_command("migrate", database=using, verbosity=0)


def _make(connection: Any) -> None:
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.can_migrate(connection) and not model._meta.auto_created:
                editor.create_model(model)  # with its tables of many to many
    guards.install(connection)  # the one thing that a migration of ours does beside tables
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)
