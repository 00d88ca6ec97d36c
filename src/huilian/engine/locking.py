"""A row locked until the transaction ends, and what it joins, read when the wait is over."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def locked(rows: QuerySet[Row], pk: object) -> Row:
    """The row of `rows` with this key, locked, or the model's DoesNotExist.

    Two queries: on PostgreSQL one that waits for its lock gives the row as it is now, but what it joins (the step of
    its case) as it was before the wait.
    """
    rows.model._base_manager.select_for_update(of=("self",)).only("pk").get(pk=pk)
    return rows.get(pk=pk)
