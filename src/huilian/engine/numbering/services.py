"""Taking numbers. A number belongs to the caller's transaction: when that is rolled back, the number is free again."""

from datetime import date

from django.db import connection
from django.db.transaction import TransactionManagementError

from huilian.foundation.now import today

from .models import Counter

# One statement on SQLite (3.35+) and PostgreSQL alike: the row stays locked until the caller commits, so two at once
# wait for each other and neither can leave a gap. Whoever takes several prefixes in one transaction takes them in
# alphabetical order, or two such transactions could wait for each other for ever.
_TAKE = (
    'INSERT INTO {table} (prefix, day, "last") VALUES (%s, %s, %s)'
    ' ON CONFLICT (prefix, day) DO UPDATE SET "last" = {table}."last" + excluded."last" RETURNING "last"'
)


def next_number(prefix: str, on: date | None = None, width: int = 4) -> str:
    """The next number of `prefix` on a day: "HX20261122-0001". Past 9999 it simply grows longer."""
    return take_numbers(prefix, on, 1, width)[0]


def take_numbers(prefix: str, on: date | None, n: int, width: int = 4) -> list[str]:
    """`n` consecutive numbers, for imports; `on` is today when None."""
    if n < 1:
        return []
    if not connection.in_atomic_block:
        raise TransactionManagementError("numbers are taken inside the transaction that uses them")
    day = on or today()
    with connection.cursor() as cursor:
        values = [prefix, connection.ops.adapt_datefield_value(day), n]
        cursor.execute(_TAKE.format(table=connection.ops.quote_name(Counter._meta.db_table)), values)
        last = cursor.fetchone()[0]
    return [f"{prefix}{day:%Y%m%d}-{i:0{width}d}" for i in range(last - n + 1, last + 1)]
