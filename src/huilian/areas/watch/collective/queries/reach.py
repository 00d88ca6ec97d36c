"""Which villages a person reaches, and the rows that belong to them."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from huilian.engine.access.queries import scope, scope_of

from ..models import AccountSet

SEE, KEEP = "collective.see", "collective.keep"
Row = TypeVar("Row", bound=Model)


def sets_of(user: Any, action: str = SEE) -> QuerySet[AccountSet]:
    """The account sets that `user` reaches by roles that allow `action`."""
    return scope(AccountSet.objects.all(), user, unit=None, action=action)


def rows_of(rows: QuerySet[Row], user: Any, action: str = SEE, by: str = "set") -> QuerySet[Row]:
    """The rows that belong to those account sets; `by` leads to the set."""
    if scope_of(user, action).whole:
        return rows
    return rows.filter(**{f"{by}__in": sets_of(user, action)})
