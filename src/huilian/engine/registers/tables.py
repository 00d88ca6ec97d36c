"""The table of a list: rendering and sorting by django-tables2, words and masks by the columns of the declaration."""

import django_tables2 as tables
from django.utils.html import format_html

from huilian.engine.look.levels import NAMES
from huilian.engine.look.svg import shape

from .columns import Shown, columns_of
from .declare import Register


class HouseColumn(tables.Column):
    """One column of a declaration."""

    empty_values = ()  # our own words for nothing

    def __init__(self, column: Shown) -> None:
        super().__init__(
            accessor="pk",
            verbose_name=column.title,
            orderable=bool(column.sort),
            order_by=(column.sort, "pk") if column.sort else None,
        )
        self.column = column

    def render(self, record):
        if self.column.kind == "level":
            level = self.column.value(record)
            return (
                format_html('<span class="chip lv-{}">{}{}</span>', level, shape(level, 17), NAMES[level])
                if level
                else ""
            )
        return self.column.words(record)


def table_of(register: Register, rows, request) -> tables.Table:
    """The table over `rows`, sorted as `?sort=` says. Headings are in the language of the request."""
    columns = {c.name: HouseColumn(c) for c in columns_of(register)}
    made = type("RegisterTable", (tables.Table,), columns)
    table = made(rows, order_by_field="sort", order_by=_wanted(request, columns))
    table.request = request
    return table


def _wanted(request, columns: dict) -> list[str] | None:
    """Only what the table has: an unknown name in the address is no error. Without a request nothing is sorted."""
    given = request.GET.getlist("sort") if request else []
    names = [name for part in given for name in part.split(",")]
    return [n for n in names if n.lstrip("-") in columns and columns[n.lstrip("-")].orderable] or None
