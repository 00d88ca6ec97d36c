"""The form of a register, made from its fields. Typing and importing go through the same fields, so one set of rules
guards both."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from huilian.foundation.errors import Refused
from huilian.foundation.hashing import digest, dump, plain

from .columns import Shown, typed_of
from .declare import Register
from .lookups import MANY, Lookup, split


class Typed(forms.CharField):
    """A row of another table, typed by name, with suggestions."""

    def __init__(self, lookup: Lookup, *, many: bool = False, url: str = "", name: str = "", **kwargs) -> None:
        widget = forms.TextInput(
            attrs={"list": f"dl_{name}", "autocomplete": "off", "data-many": "1" if many else "0"}
            | ({"hx-get": url, "hx-trigger": "input changed delay:250ms", "hx-target": f"#dl_{name}"} if url else {})
        )
        super().__init__(widget=widget, **kwargs)
        self.lookup, self.many = lookup, many

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return self.lookup.words_of(value)
        if isinstance(value, list | tuple | models.QuerySet):
            return "、".join(v if isinstance(v, str) else self.lookup.words_of(v) for v in value)
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean("" if value is None else str(value))
        try:
            if self.many:
                return [self.lookup.find(part) for part in split(text)]
            return self.lookup.find(text) if text else None
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class Parsed(forms.CharField):
    """A text that the declaration reads itself (`Column.parse`)."""

    def __init__(self, column: Shown, **kwargs) -> None:
        super().__init__(**kwargs)
        self.column = column

    def clean(self, value: Any) -> Any:
        text = super().clean("" if value is None else str(value))
        try:
            return self.column.declared.parse(text)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


class RegisterForm(forms.Form):
    """Adds a row, or changes `row`. `seen` holds a digest of what the person saw, to notice changes by others."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, register: Register, user, row: models.Model | None = None, data=None) -> None:
        self.register, self.user, self.row = register, user, row
        columns = [c for c in typed_of(register) if row is None or c.name not in register.fixed]
        initial = {}
        if row is not None:
            initial = {c.name: _initial(c, row) for c in columns}
            initial["seen"] = fingerprint(register, row)
        super().__init__(data=data, initial=initial)
        for column in columns:
            self.fields[column.name] = form_field(register, column, user, row)
        self.sections = _sections(register, [c.name for c in columns])

    def clean(self) -> dict:
        values = super().clean() or {}
        for name in list(values):
            # A masked value is never sent to the page; left empty, it stays.
            if name in self.register.masked and self.row is not None and not values[name]:
                values[name] = getattr(self.row, name)
        if not self.errors:
            try:
                self.register.check({k: v for k, v in values.items() if k != "seen"}, self.row)
            except Refused as refusal:
                self.refuse(refusal)
        return values

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal beside the field it names, else on top."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    @property
    def lists(self) -> list[str]:
        """Names of the fields that offer suggestions."""
        return [name for name, field in self.fields.items() if isinstance(field, Typed)]


def form_field(register: Register, column: Shown, user, row: models.Model | None = None) -> forms.Field:
    """The form field of one column."""
    made = _made(register, column, user)
    made.label = column.title
    required = column.declared.required
    if required is not None and not isinstance(made, forms.BooleanField):
        made.required = required
    if column.declared.hint:
        made.help_text = column.declared.hint
    if column.name in register.masked and row is not None:
        made.required = False
        old = column.value(row)
        made.help_text = _("Now: %(value)s. Leave it empty to keep it.") % {"value": old or "—"}
    return made


def _made(register: Register, column: Shown, user) -> forms.Field:
    field = column.field
    if column.declared.parse:
        required = bool(field is not None and not field.blank)
        return Parsed(column, required=required, max_length=500)
    if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
        return _pointing(register, column, user)
    if isinstance(field, models.BooleanField):
        return forms.BooleanField(required=False)
    made = field.formfield()
    if isinstance(field, models.DateTimeField):
        made.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        made.input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
    elif isinstance(field, models.DateField):
        made.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return made


def _pointing(register: Register, column: Shown, user) -> forms.Field:
    field = column.field
    rows = register.choices_for(column.name, user)
    lookup, many = Lookup(field.related_model, rows), field.many_to_many
    few = not many and lookup.rows.order_by()[: MANY + 1].count() <= MANY
    if few:
        return forms.ModelChoiceField(lookup.rows, required=not field.blank)
    url = reverse("register-choices", args=[register.key, column.name])
    return Typed(lookup, many=many, url=url, name=column.name, required=not field.blank)


def _initial(column: Shown, row: models.Model) -> Any:
    if column.mask:
        return ""
    if column.declared.parse:
        return column.words(row)
    if column.field is not None and column.field.many_to_many:
        return list(getattr(row, column.name).all())
    return getattr(row, column.name)


def _sections(register: Register, names: list[str]) -> list[tuple[Any, list[str]]]:
    """The form is cut as the detail page is; what stands in no section comes first."""
    cut = [(legend, [n for n in part if isinstance(n, str) and n in names]) for legend, part in register.sections]
    cut = [(legend, part) for legend, part in cut if part]
    placed = {n for _legend, part in cut for n in part}
    rest = [n for n in names if n not in placed]
    if not cut:
        return [(capfirst(str(register.model._meta.verbose_name)), names)]
    return [(cut[0][0], rest + cut[0][1]), *cut[1:]]


def fingerprint(register: Register, row: models.Model) -> str:
    """A digest of what a form shows of `row`."""
    values = {}
    for column in typed_of(register):
        value = column.get(row)
        if isinstance(value, models.Model):
            value = value.pk
        values[column.name] = plain(
            value if value is None or isinstance(value, int | list) else str(value), column.name
        )
    return digest(dump(values), "sha256").hex()[:24]
