"""Columns worked out from a declaration: heading, kind, value of a row, words for the value, what to sort by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huilian.engine.look import text

from .declare import Column, Register

KINDS = (  # the first that fits
    (models.BooleanField, "yesno"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.IntegerField, "integer"),
)


class Misspelt(LookupError):
    """A declaration names something that the model does not have."""


@dataclass(frozen=True)
class Shown:
    """A column ready for use. `field` is the model's own field where there is one."""

    name: str
    heading: Any
    kind: str
    get: Callable[[Model], Any]
    sort: str
    field: models.Field | None
    label: Callable[[Any], str] | None
    mask: Callable[[str], str] | None
    declared: Column

    @property
    def title(self) -> str:
        return capfirst(str(self.heading))

    def value(self, row: Model, *, full: bool = False) -> Any:
        """The value of a row; masked unless `full`."""
        value = self.get(row)
        return self.mask(str(value)) if self.mask and value and not full else value

    def words(self, row: Model, *, full: bool = False) -> str:
        """The value as people read it."""
        value = self.value(row, full=full)
        if value is None or value == "":
            return ""
        if self.label:
            return str(self.label(value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return text._local(value).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int) and self.kind == "integer":
            return str(value)
        if isinstance(value, list | tuple):
            return ("、" if (get_language() or "zh").startswith("zh") else ", ").join(str(v) for v in value)
        return str(value)


def as_column(given: str | Column) -> Column:
    return given if isinstance(given, Column) else Column(given)


def path_of(model: type[Model], name: str) -> list[models.Field]:
    """The fields along a path such as `place__name`; raises Misspelt."""
    found: list[models.Field] = []
    for part in name.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except (FieldDoesNotExist, AttributeError):
            raise Misspelt(f"{model._meta.label if model else '?'} has no field “{part}”") from None
        found.append(field)
        model = field.related_model
    return found


def shown(register: Register, given: str | Column) -> Shown:
    """The column as it is used; raises Misspelt."""
    column = as_column(given)
    mask = register.masked.get(column.name)
    own = getattr(type(register), column.name, None)
    try:
        path = path_of(register.model, column.name)
    except Misspelt:
        if not (column.value or callable(own) or ("__" not in column.name and hasattr(register.model, column.name))):
            raise
        path = []
    field = path[-1] if path else None
    if column.value:
        get = column.value
    elif callable(own) and not hasattr(Register, column.name):
        get = getattr(register, column.name)
    elif isinstance(field, models.ManyToManyField):
        get = _many(column.name)
    else:
        get = _reader(column.name)
    label, kind = column.label, column.kind or _kind(field)
    if label is None and field is not None and getattr(field, "flatchoices", None):
        words = dict(field.flatchoices)
        label, kind = (lambda value, words=words: words.get(value, value)), column.kind or "choice"
    heading = column.heading or (
        field.verbose_name if field is not None and hasattr(field, "verbose_name") else column.name
    )
    sort = column.sort
    if sort is None:
        sort = column.name if field is not None and not field.many_to_many and not column.value else ""
    return Shown(column.name, heading, kind, get, sort, field, label, mask, column)


def _kind(field: models.Field | None) -> str:
    return next((kind for cls, kind in KINDS if isinstance(field, cls)), "text")


def _reader(name: str) -> Callable[[Model], Any]:
    parts = name.split("__")

    def read(row: Model) -> Any:
        value: Any = row
        for part in parts:
            value = getattr(value, part, None)
            if value is None:
                return None
        return value() if callable(value) and not isinstance(value, models.Manager) else value

    return read


def _many(name: str) -> Callable[[Model], Any]:
    return lambda row: [str(one) for one in getattr(row, name).all()]


@cache
def columns_of(register: Register) -> tuple[Shown, ...]:
    """What the list shows and the export holds."""
    return tuple(shown(register, column) for column in register.columns)


@cache
def typed_of(register: Register) -> tuple[Shown, ...]:
    """What is typed in the form and read from a spreadsheet."""
    return tuple(shown(register, column) for column in register.fields)


def sections_of(register: Register) -> list[tuple[Any, list[Shown]]]:
    """What the detail page shows. A name is described by the list's or the form's column where those say more."""
    known = {c.name: c for c in (*register.fields, *register.columns) if isinstance(c, Column)}
    sections = register.sections or ((_("Particulars"), [as_column(c).name for c in register.columns]),)
    return [
        (legend, [shown(register, n if isinstance(n, Column) else known.get(n, n)) for n in names])
        for legend, names in sections
    ]


def related_names(register: Register, columns) -> tuple[list[str], list[str]]:
    """Foreign keys and many-to-many fields that the columns read, for select_related and prefetch_related."""
    one, many = set(), set()
    for column in columns:
        try:
            path = path_of(register.model, column.name)
        except Misspelt:
            continue
        parts = column.name.split("__")
        for depth, field in enumerate(path, 1):
            name = "__".join(parts[:depth])
            if field.many_to_one or field.one_to_one:
                one.add(name)
            elif field.many_to_many:
                many.add(name)
    return sorted(one), sorted(many)


def with_related(register: Register, rows, columns):
    """The queryset with everything the columns need, so that a page costs the same however many rows it has."""
    one, many = related_names(register, columns)
    if one:
        # Narrowed before: select_related(True) of a declaration would be lost, its own names are kept by Django.
        rows = rows.select_related(*one)
    return rows.prefetch_related(*many) if many else rows
