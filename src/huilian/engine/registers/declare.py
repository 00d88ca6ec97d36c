"""What an app writes down about a register, and the list of all that were declared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from huilian.engine.access.queries import may, require
from huilian.engine.trail.queries import history_of

_registers: dict[str, "Register"] = {}
_twice: list[tuple[str, str]] = []


@dataclass(frozen=True)
class Column:
    """「栏」 One column, where a plain name does not say enough.

    `name` is a field of the model, a path over `__`, or a property. `kind` as in engine.sheets, or `level` for a lamp.
    `value` takes the row and gives what is shown; `label` turns a value into words; `sort` is what to order by ("" for
    nothing); `parse` turns a cell of a spreadsheet or a typed text into the value, raising Refused.
    """

    name: str
    heading: Any = ""
    kind: str = ""
    value: Callable[[Model], Any] | None = None
    label: Callable[[Any], str] | None = None
    sort: str | None = None
    parse: Callable[[Any], Any] | None = None
    aliases: tuple[str, ...] = ()
    example: str = ""
    hint: Any = ""
    required: bool | None = None


@dataclass(frozen=True)
class Verb:
    """「办理」 A service offered as a button. `run(row, *, by, **values)`; `fields` are the form's, by name.

    `action` is the permission the service itself asks for; `when` says for which rows the button is there; `told` turns
    what the service returns into something the person must read once (a first password).
    """

    key: str
    label: Any
    run: Callable[..., Any]
    action: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    text: Any = ""
    when: Callable[[Model], bool] = lambda row: True
    icon: str = "stamp"
    danger: bool = False
    told: Callable[[Any], str] | None = None


class Register:
    """「台账」 Subclass it in an app's `registers.py` under `@register`. Visibility is `visible_to` and nothing else.

    There is no deleting: what ends, ends by a verb. Saving goes through the app's own services: `save_with` is a pair
    (add, change), called as `add(by=…, **values)` and `change(row, by=…, **values)`; either may be None.
    """

    key: str = ""  # in addresses: /desk/registers/<key>/
    title: Any = ""
    group: str = "house"  # one of engine.look.menu.GROUPS
    icon: str = "table"
    about: Any = ""  # one sentence under the title
    model: type[Model]
    columns: Sequence[str | Column] = ()
    search: Sequence[str] = ()
    filters: Sequence[str] = ()
    sections: Sequence[tuple[Any, Sequence[str]]] = ()
    ordering: Sequence[str] = ()
    fields: Sequence[str | Column] = ()  # what is typed and imported
    fixed: Sequence[str] = ()  # fields that are given once, when a row is added
    import_key: Sequence[str] = ()
    verbs: Sequence[Verb] = ()
    save_with: tuple[Callable | None, Callable | None] = (None, None)
    see: str = ""  # the actions asked for
    change: str = ""
    masked: Mapping[str, Callable[[str], str]] = {}  # personal data: shown, listed and exported only like this
    purpose: Any = ""  # why exports of this register carry personal data in full; empty: they do not
    per_page: int = 20

    def visible_to(self, user) -> QuerySet:
        """The rows this person may see: the only source of rows for every screen, import and export."""
        raise NotImplementedError(f"{type(self).__name__}.visible_to")

    def may_see(self, user) -> bool:
        return may(user, self.see)

    def may_change(self, user) -> bool:
        """Whether this person may change rows or import; the service asks again."""
        return bool(self.change) and may(user, self.change)

    def require_see(self, user) -> None:
        if not self.may_see(user):
            require(user, self.see)

    def require_change(self, user) -> None:
        self.require_see(user)
        if not self.may_change(user):
            require(user, self.change)

    def match_rows(self, user) -> QuerySet:
        """Where an import looks for the row that a line of the file means."""
        return self.visible_to(user)

    def check(self, values: dict, row: Model | None) -> None:
        """What no single field can know. Raises Refused; called for forms and imports alike, before the service."""

    def subject(self, row: Model) -> Model | str:
        """What the trail calls this row."""
        return row

    def history(self, row: Model) -> QuerySet:
        return history_of(self.subject(row))

    def link(self, row: Model) -> str:
        """Another page that shows this row better, or "" for the one made from the sections."""
        return ""

    def choices_for(self, name: str, user) -> QuerySet | None:
        """The rows that the field `name` may point to; None for all."""
        return None

    @property
    def may_add(self) -> bool:
        return self.save_with[0] is not None

    @property
    def may_edit(self) -> bool:
        return self.save_with[1] is not None

    def __repr__(self) -> str:
        return f"<register {self.key}>"


def both(save: Callable) -> tuple[Callable, Callable]:
    """`save_with` for a service that adds and changes alike: `save(row or None, values, by=…)`."""

    def add(*, by, **values):
        return save(None, values, by=by)

    def change(row, *, by, **values):
        return save(row, values, by=by)

    return add, change


def register(declaration: type[Register]) -> type[Register]:
    """Add a register to the house."""
    found = declaration()
    if found.key in _registers and type(_registers[found.key]) is not declaration:
        _twice.append((found.key, declaration.__name__))
    _registers.setdefault(found.key, found)
    return declaration


def all_registers() -> list[Register]:
    """Every register, by key."""
    return [_registers[key] for key in sorted(_registers)]


def find(key: str) -> Register | None:
    return _registers.get(key)


def declared_twice() -> list[tuple[str, str]]:
    return list(_twice)
