"""System checks: a misspelt declaration stops the house before anybody opens a list."""

from django.core.checks import Error

from huilian.engine.directory.roles import roles_that_may
from huilian.engine.look.icons import NAMES
from huilian.engine.look.menu import GROUPS

from .columns import Misspelt, as_column, path_of, shown
from .declare import Register, all_registers, declared_twice


def check_registers(app_configs=None, **kwargs) -> list[Error]:
    """Every fault of every declaration, with its number."""
    found = [
        Error(f"{name} declares the register “{key}” a second time.", id="registers.E005")
        for key, name in declared_twice()
    ]
    for register in all_registers():
        found += check_one(register)
    return found


def check_one(register: Register) -> list[Error]:
    """registers.E001 … E010 for one register."""
    faults: list[tuple[str, str]] = []
    typed = {as_column(f).name for f in register.fields}
    named = [("columns", c) for c in register.columns] + [("fields", c) for c in register.fields]
    listed = {c.name: c for _where, c in named if not isinstance(c, str)}
    named += [
        ("sections", name if not isinstance(name, str) else listed.get(name, name))
        for _legend, names in register.sections
        for name in names
    ]
    for where, column in named:
        try:
            shown(register, column)
        except Misspelt as misspelt:
            faults.append(("E001", f"{where}: {misspelt}"))
    for where, number in (("filters", "E002"), ("search", "E003"), ("ordering", "E009")):
        for name in getattr(register, where):
            try:
                path_of(register.model, name.lstrip("-"))
            except Misspelt as misspelt:
                faults.append((number, f"{where}: {misspelt}"))
    for name in register.import_key:
        if name not in typed:
            faults.append(("E004", f"import_key: “{name}” is not among the fields that are imported"))
    for name in register.masked:
        if name not in {as_column(c).name for _where, c in named}:
            faults.append(("E006", f"masked: “{name}” is shown nowhere"))
    if register.change and not (register.may_add or register.may_edit):
        faults.append(("E007", "who may change it is declared, but no service that saves (save_with)"))
    if (register.may_add or register.may_edit) and not (register.change and register.fields):
        faults.append(("E007", "save_with needs `change` and `fields`"))
    for action in {register.see, register.change, *(verb.action for verb in register.verbs)} - {""}:
        if not roles_that_may(action):
            faults.append(("E008", f"no role may do “{action}”"))
    if not register.see and type(register).may_see is Register.may_see:
        faults.append(("E008", "nothing says who may see it (see)"))
    keys = [verb.key for verb in register.verbs]
    if len(keys) != len(set(keys)):
        faults.append(("E010", "two verbs have one key"))
    if register.group not in GROUPS or register.icon not in NAMES:
        faults.append(("E010", f"group “{register.group}” or icon “{register.icon}” does not exist"))
    if not register.key or not register.title or not register.columns:
        faults.append(("E010", "key, title and columns are needed"))
    for name in register.fixed:
        if name not in typed:
            faults.append(("E004", f"fixed: “{name}” is not among the fields"))
    return [Error(f"Register “{register.key}”: {text}.", id=f"registers.{number}") for number, text in faults]
