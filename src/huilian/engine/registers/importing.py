"""From a spreadsheet to a plan: which rows are new, which change and in what, which are as they were, which are wrong.

Nothing is written here but in `write`, which is all or nothing. Empty cells leave what is there; a masked value that
comes back as it was exported leaves what is there too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from huilian.engine import sheets
from huilian.engine.sheets.columns import known
from huilian.engine.sheets.reading import column_letters, fold
from huilian.foundation.errors import Invalid, Refused
from huilian.foundation.now import moment

from .columns import Shown, typed_of
from .declare import Register
from .forms import form_field
from .lookups import Lookup

CHUNK = 400  # rows looked up at once; below SQLite's limit of variables
TRIED = 500  # rows: so many are tried through the service already at the preview
KEPT = 2000  # faults kept for the person
EXAMPLES = 20
KINDS = {
    "integer": "integer",
    "number": "number",
    "date": "date",
    "datetime": "datetime",
    "yesno": "yesno",
    "code": "code",
}


@dataclass
class Op:
    """What one line of the file would do: `row` is the row it changes (None: it adds one)."""

    line: int
    row: models.Model | None
    values: dict[str, Any]
    before: dict[str, str] = field(default_factory=dict)


@dataclass
class Plan:
    """All of a file. `headings` of the file stand in its row `heading_row`."""

    ops: list[Op] = field(default_factory=list)
    unchanged: int = 0
    faults: list[sheets.Fault] = field(default_factory=list)
    faulty: set[int] = field(default_factory=set)
    read: int = 0
    headings: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: list[tuple[int, str]] = field(default_factory=list)
    tried: bool = False  # whether the services have been asked too
    missing: tuple[str, ...] = ()  # required columns for which the file has no heading: they have to be matched

    @property
    def added(self) -> int:
        return sum(1 for op in self.ops if op.row is None)

    @property
    def changed(self) -> int:
        return len(self.ops) - self.added

    def refuse(self, line: int, heading: str, letter: str, message: str) -> None:
        self.faults.append(sheets.Fault(line, heading, letter, message))
        self.faulty.add(line)

    def digest(self) -> str:
        """Of what would be written, so that what was confirmed is what was shown."""
        total = sha256()
        for op in self.ops:
            pointing = {k: _key(v) for k, v in op.values.items()}
            total.update(repr((op.line, op.row and op.row.pk, sorted(pointing.items()), op.before)).encode())
        return total.hexdigest()


def _key(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime):  # the same moment, whatever its zone
        return value.timestamp()
    return [_key(v) for v in value] if isinstance(value, list | tuple) else "" if value is None else str(value)


def sheet_columns(register: Register, user) -> list[sheets.Column]:
    """What a file for this register may hold; also its template."""
    return [_sheet_column(register, column, user) for column in typed_of(register)]


def _sheet_column(register: Register, column: Shown, user) -> sheets.Column:
    form = form_field(register, column, user)
    given, kind, choices = column.declared, KINDS.get(column.kind, "text"), {}
    if column.field is not None and column.field.is_relation:
        kind = "text"
    elif column.field is not None and getattr(column.field, "flatchoices", None) and not given.parse:
        kind = "choice"
        choices = {str(label): value for value, label in column.field.flatchoices}
    elif given.parse:
        kind = "text"
    aliases = (*given.aliases, column.name) + ((str(column.field.verbose_name),) if column.field is not None else ())
    needed = form.required and not isinstance(form, forms.BooleanField)
    return sheets.Column(
        column.name,
        column.title,
        kind,
        aliases=tuple(a for a in dict.fromkeys(aliases) if a != column.title),
        required=needed,
        choices=choices,
        check=_check(form, column, choices),
        example=given.example,
        hint=str(given.hint or ""),
    )


def _check(form: forms.Field, column: Shown, choices: dict) -> Callable[[Any], Any]:
    """The field of the form, asked about a cell."""
    by_name = _few(form) if isinstance(form, forms.ModelChoiceField) else None

    def check(value: Any) -> Any:
        if by_name is not None:
            return by_name(value)
        if isinstance(value, datetime):
            return moment(value)
        if choices or column.kind in ("yesno", "date") or isinstance(form, forms.BooleanField):
            return value
        try:
            return form.clean(value)
        except ValidationError as wrong:
            raise Invalid(" ".join(wrong.messages)) from wrong

    return check


def _few(form: forms.ModelChoiceField) -> Callable[[Any], models.Model]:
    return Lookup(form.queryset.model, form.queryset).find


def make(
    register: Register,
    user,
    file: BinaryIO,
    *,
    mapping: dict[str, str] | None = None,
    limits: sheets.Limits | None = None,
    progress: Callable[[int], None] | None = None,
    attempt: bool = True,
) -> Plan:
    """Read `file` and work out what it would do. Raises Invalid when it cannot be read as a table at all.

    `mapping` says for each column's name the heading in the file; without it the columns' own names are looked for.
    `attempt`: ask the services about each row too (and undo it), where there are not too many.
    """
    columns = sheet_columns(register, user)
    used = _mapped(columns, mapping)
    sheet = _open(file, limits or sheets.Limits(), used)
    plan = Plan(headings=sheet.headings)
    have = {fold(h) for h in sheet.headings if h}
    plan.missing = tuple(c.heading for c in columns if c.required and not _stands(c, used, have))
    if plan.missing:
        return plan
    parsed = sheets.Parsed()
    lines = sheets.records(sheet, used, parsed, unique=list(register.import_key))
    batch: list[sheets.Record] = []
    places = {c.key: (str(c.heading), _letter(c, sheet)) for c in used}
    for record in lines:
        batch.append(record)
        if len(batch) == CHUNK:
            _compare(register, user, batch, plan, places)
            batch = []
            if progress:
                progress(record.row)
    _compare(register, user, batch, plan, places)
    plan.faults = sorted([*parsed.faults, *plan.faults], key=lambda f: (f.row, f.letter))
    plan.faulty |= {f.row for f in parsed.faults}
    plan.read = (
        len(plan.ops) + plan.unchanged + len(plan.faulty) + (parsed.faulty - len({f.row for f in parsed.faults}))
    )
    plan.unknown, plan.skipped = parsed.unknown, parsed.skipped
    if attempt and len(plan.ops) <= TRIED:
        _try(register, plan, user)
        plan.faults.sort(key=lambda fault: (fault.row, fault.letter))
    return plan


def headings_of(file: BinaryIO, register: Register, user) -> tuple[str, ...]:
    """The headings of a file, whatever they are called."""
    return _open(file, sheets.Limits(), sheet_columns(register, user)).headings


def _open(file: BinaryIO, limits: sheets.Limits, columns: list[sheets.Column]) -> sheets.Sheet:
    """The table; where none of our headings is found, the first row that looks like headings, to be matched."""
    try:
        return sheets.read(file, limits=limits, known=known(columns))
    except Refused as refusal:
        file.seek(0)
        try:
            return sheets.read(file, limits=limits)
        except Refused:
            raise refusal from None


def source_of(headings: Sequence[str]) -> str:
    """By what a source is known: its headings."""
    return sha256("\n".join(sorted(fold(h) for h in headings if h)).encode()).hexdigest()


def _mapped(columns: list[sheets.Column], mapping: dict[str, str] | None) -> list[sheets.Column]:
    if mapping is None:
        return columns
    return [replace(c, heading=mapping[c.key], aliases=()) for c in columns if mapping.get(c.key)]


def _stands(column: sheets.Column, used: list[sheets.Column], have: set[str]) -> bool:
    one = next((c for c in used if c.key == column.key), None)
    return one is not None and any(fold(name) in have for name in one.names)


def _letter(column: sheets.Column, sheet: sheets.Sheet) -> str:
    names = {fold(n) for n in column.names}
    at = next((i for i, h in enumerate(sheet.headings, 1) if h and fold(h) in names), 0)
    return column_letters(at)


def _compare(register: Register, user, batch: list[sheets.Record], plan: Plan, places: dict) -> None:
    """Sort a batch of lines into new, changed and unchanged."""
    if not batch:
        return
    existing = _existing(register, user, batch)
    for record in batch:
        found = existing.get(_key_of(register, record.values), []) if register.import_key else []
        heading, letter = places.get(register.import_key[0], ("", "")) if register.import_key else ("", "")
        if len(found) > 1:
            plan.refuse(record.row, heading, letter, _("%(n)d rows of the register fit this line.") % {"n": len(found)})
        elif found and not register.may_edit:
            _same_or_refused(register, found[0], record, plan, heading, letter)
        elif found:
            _change(register, found[0], record, plan, places)
        elif not register.may_add:
            plan.refuse(
                record.row, heading, letter, _("There is no such row, and new ones are not entered by import here.")
            )
        else:
            _add(register, record, plan)


def _same_or_refused(register, row, record, plan, heading, letter) -> None:
    said = _("This row is there already and is changed by its own acts, not by import.")
    if _differences(register, row, record.values):
        plan.refuse(record.row, heading, letter, said)
    else:
        plan.unchanged += 1


def _add(register: Register, record: sheets.Record, plan: Plan) -> None:
    values = {
        c.name: blank(c) if record.values.get(c.name) is None else record.values[c.name] for c in typed_of(register)
    }
    if _checked(register, values, None, record.row, plan):
        plan.ops.append(Op(record.row, None, values))


def _change(register: Register, row, record: sheets.Record, plan: Plan, places: dict) -> None:
    different = _differences(register, row, record.values)
    for name in register.fixed:
        if name in different:
            heading, letter = places[name]
            plan.refuse(record.row, heading, letter, _("This is given once and cannot be changed by import."))
            return
    if not different:
        plan.unchanged += 1
    elif _checked(
        register, {**{c.name: current(c, row) for c in typed_of(register)}, **different}, row, record.row, plan
    ):
        before = {c.name: c.words(row) for c in typed_of(register) if c.name in different}
        plan.ops.append(Op(record.row, row, different, before))


def _checked(register: Register, values: dict, row, line: int, plan: Plan) -> bool:
    try:
        register.check(values, row)
    except Refused as refusal:
        plan.refuse(line, _heading(register, refusal.field), "", str(refusal))
        return False
    return True


def _differences(register: Register, row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """What a line would change; empty cells and masked values change nothing."""
    different = {}
    for column in typed_of(register):
        new = values.get(column.name)
        if new is None or new == "" or column.name in register.import_key:
            continue
        old = current(column, row)
        if column.mask and old and new == column.mask(str(old)):
            continue
        if not same(column, old, new):
            different[column.name] = new
    return different


def same(column: Shown, old: Any, new: Any) -> bool:
    """Whether a typed value is what the row has already."""
    if column.field is not None and column.field.many_to_many:
        return {v.pk for v in old} == {v.pk for v in new or ()}
    if isinstance(old, datetime) and isinstance(new, datetime):
        return moment(old).replace(second=0, microsecond=0) == moment(new).replace(second=0, microsecond=0)
    if isinstance(old, list) and isinstance(new, list):
        return old == new
    return old == new or (old in (None, "") and new in (None, ""))


def current(column: Shown, row: models.Model) -> Any:
    """What the row has now, in the form in which a form gives it."""
    if column.field is not None and column.field.many_to_many:
        return list(getattr(row, column.name).all())
    return getattr(row, column.name) if column.field is not None else column.get(row)


def blank(column: Shown) -> Any:
    """What a field is when nothing was given."""
    field_ = column.field
    if field_ is None or field_.many_to_many:
        return [] if field_ is not None else ""
    if field_.has_default():
        return field_.get_default()
    return "" if isinstance(field_, models.CharField | models.TextField) else None


def _key_of(register: Register, values: dict[str, Any]) -> tuple:
    return tuple(_key(values.get(name)) for name in register.import_key)


def _existing(register: Register, user, batch: list[sheets.Record]) -> dict[tuple, list[models.Model]]:
    """Rows of the register that the lines of a batch mean, by key."""
    if not register.import_key:
        return {}
    rows = register.match_rows(user)
    joins = [c.name for c in typed_of(register) if c.field is not None and c.field.many_to_one]
    many = [c.name for c in typed_of(register) if c.field is not None and c.field.many_to_many]
    rows = rows.select_related(*joins) if joins else rows
    rows = rows.prefetch_related(*many) if many else rows
    # One field narrows enough; the rest of the key is compared here.
    narrowest = max(register.import_key, key=lambda n: len({_key(r.values.get(n)) for r in batch}))
    wanted = {_key(r.values.get(narrowest)): r.values.get(narrowest) for r in batch}
    values = [v for v in wanted.values() if v is not None]
    if len(values) < len(wanted) and isinstance(register.model._meta.get_field(narrowest), models.CharField):
        values.append("")  # an empty cell means the row whose text is empty
    found: dict[tuple, list[models.Model]] = {}
    for row in rows.filter(**{f"{narrowest}__in": values}):
        found.setdefault(tuple(_key(getattr(row, name)) for name in register.import_key), []).append(row)
    return found


# Writing


def write(register: Register, plan: Plan, user, *, most: int = 100) -> list[sheets.Fault]:
    """Carry out a plan through the register's services, all or nothing.

    Returns the refusals of single lines (at most `most`); when there are any, nothing was written.
    """
    faults: list[sheets.Fault] = []
    with transaction.atomic():
        for fault in _carry_out(register, plan.ops, user):
            faults.append(fault)
            if len(faults) >= most:
                break
        if faults:
            transaction.set_rollback(True)
    return faults


def _try(register: Register, plan: Plan, user) -> None:
    """Ask the services about every row, and undo it all: the preview knows what the writing will say."""
    plan.tried = True
    with transaction.atomic():
        for fault in _carry_out(register, plan.ops, user):
            plan.faults.append(fault)
            plan.faulty.add(fault.row)
        transaction.set_rollback(True)
    if plan.faulty:
        plan.ops = [op for op in plan.ops if op.line not in plan.faulty]


def _carry_out(register: Register, ops: list[Op], user) -> Iterator[sheets.Fault]:
    add, change = register.save_with
    for op in ops:
        try:
            with transaction.atomic():
                if op.row is None:
                    add(by=user, **op.values)
                else:
                    change(op.row, by=user, **op.values)
        except Refused as refusal:
            yield sheets.Fault(op.line, _heading(register, refusal.field), "", str(refusal))
        except DatabaseError:
            yield sheets.Fault(op.line, "", "", _("The database does not take this row: it contradicts another one."))


def _heading(register: Register, name: str | None) -> str:
    return next((c.title for c in typed_of(register) if c.name == name), "")


def examples(register: Register, plan: Plan) -> list[dict]:
    """The first rows that would change or come in, as the preview shows them."""
    titles = {c.name: c for c in typed_of(register)}
    found = []
    for op in plan.ops[:EXAMPLES]:
        changes = [
            [titles[n].title, op.before.get(n, ""), _words(titles[n], v)]
            for n, v in op.values.items()
            if v not in (None, "", [])
        ]
        found.append({"line": op.line, "new": op.row is None, "name": str(op.row or ""), "changes": changes})
    return found


def _words(column: Shown, value: Any) -> str:
    if column.mask and value:
        return column.mask(str(value))
    if column.label:
        return str(column.label(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value).strftime("%Y-%m-%d %H:%M")
    return "、".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
