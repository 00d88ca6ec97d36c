"""How many rows stand in lists, for menus and tabs: several lists in one query, none beyond what a person reads."""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

MOST = 10_000  # a list tells no larger number: nobody pages that far, and counting a million rows would cost seconds


def counts_up_to(lists: Sequence[QuerySet], most: int = MOST) -> list[int]:
    """How many rows each of `lists` has, none beyond `most` + 1, all in one query."""
    if not lists:
        return []
    parts, given = [], []
    for rows in lists:
        try:
            sql, params = rows.order_by().values("pk")[: most + 1].query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        given += params
    with connections[lists[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return list(cursor.fetchone())
