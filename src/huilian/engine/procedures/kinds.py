"""What an area adds to the case page: actions with their forms, and panels.

Declared in its `case_kind.py`, as `KIND` or, where there are several, `KINDS`:

    KIND = CaseKind(key="hotline", name=_("Citizen's matter"), actions=(…), panels=(…))

An action is offered only where `offered` says so; `perform` calls one service. The page, the confirm step, the error
sentences and the keyboard are the same for every kind of case.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django import forms
from django.apps import apps

from .guards import may_act
from .models import Case


class ActionForm(forms.Form):
    """A form of one act on a case. `case` and `user` are there for choices and defaults."""

    def __init__(self, *args, case: Case, user, **kwargs):
        self.case, self.user = case, user
        super().__init__(*args, **kwargs)


@dataclass(frozen=True)
class Action:
    """「操作」 One thing a person can do on a case: the name on the button, its form, the service behind it."""

    key: str
    label: object
    icon: str
    perform: Callable[..., object]  # perform(case, cleaned_data, by=user, expected=revision)
    form: type[ActionForm] = ActionForm
    verb: str = ""  # the move it makes; then the definition says who may
    offered: Callable[[Case, object], bool] | None = None
    intro: object = ""
    primary: bool = False
    danger: bool = False
    page: str = ""  # name of an address of its own that takes the case's number; else the common page of acts

    def is_offered(self, case: Case, user) -> bool:
        """Whether `user` may do this now."""
        if self.verb:
            move = case.definition.move(self.verb, case.step)
            if move is None or not may_act(case, user, move):
                return False
        return self.offered is None or self.offered(case, user)


@dataclass(frozen=True)
class Act:
    """The `perform` that calls one service on what the case is about, with every field of the form by its name."""

    subject: Callable[[Case], object]
    service: Callable[..., object]
    renamed: Mapping[str, str]

    def __call__(self, case: Case, data: dict, *, by, expected=None):
        given = {self.renamed.get(name, name): value for name, value in data.items()}
        if "expected" in inspect.signature(self.service).parameters:
            given["expected"] = expected
        return self.service(self.subject(case), **given, by=by)


def acts_on(subject: Callable[[Case], object]) -> Callable[..., Act]:
    """Gives `act`: `act(service)`; with `act(service, answer="text")` the field `answer` is the argument `text`."""
    return lambda service, **renamed: Act(subject, service, renamed)


@dataclass(frozen=True)
class Panel:
    """A box on the case page: a template and what it needs. `side` panels stand in the narrow column."""

    template: str
    context: Callable[[Case, object], dict]
    side: bool = False


@dataclass(frozen=True)
class CaseKind:
    """One kind of case, as its area declares it.

    A `family` is the kind of every case whose procedure's key begins with its own and a dot (`item.v-p-22`): those are
    drawn by the county and nobody writes code for them, so their moves become actions by themselves. `move` makes a
    move of such a case (`move(case, verb, by=, expected=, **given)`) where the area has more to say than the engine.
    """

    key: str
    name: object
    actions: tuple[Action, ...] = ()
    panels: tuple[Panel, ...] = ()
    sources: Callable[[], Mapping[str, str]] | None = None  # names of what stands in Case.source, for lists and filters
    matter: Callable[[Case], str] | None = None  # the whole text of the matter, for the printed case sheet
    family: bool = False
    replaces: frozenset[str] = frozenset()  # common actions for which this kind has its own
    move: Callable[..., Case] | None = None


@cache
def kinds() -> dict[str, CaseKind]:
    """Every declared kind by its key."""
    found: dict[str, CaseKind] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.case_kind"
        if config.name.startswith("huilian.") and find_spec(name):
            module = import_module(name)
            found |= {kind.key: kind for kind in getattr(module, "KINDS", None) or (module.KIND,)}
    return found
