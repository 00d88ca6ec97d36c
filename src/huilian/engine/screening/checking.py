"""Everything that can be wrong with a rule, found at once: its head, its SQL, its sentence, its cases."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from . import cases, duck, rule, rulesql, saying
from .binding import tree
from .dataset import Dataset
from .rule import Broken, Fault, Rule

SOME_DAY = date(2026, 6, 30)  # types do not depend on the day


def check_file(path: Path, datasets: Mapping[str, Dataset]) -> list[Fault]:
    """The faults and warnings of a rule file and the cases beside it."""
    beside = path.with_name(f"{path.stem}.cases.yaml")
    try:
        found = rule.read(path)
    except Broken as broken:
        return broken.faults
    except UnicodeDecodeError:
        return [Fault(_("The file is not UTF-8 text."), path.name)]
    if not beside.exists():
        missing = Fault(_("The cases are missing: write %(file)s beside it.") % {"file": beside.name}, path.name)
        return [*check(found, datasets), missing]
    return check(found, datasets, beside.read_text(encoding="utf-8"), beside.name)


def check(found: Rule, datasets: Mapping[str, Dataset], text: str | None = None, file: str = "") -> list[Fault]:
    """The faults and warnings of a rule, with its cases if their `text` is given. Cases run once the rest is right."""
    faults = [*rulesql.lint(found, datasets)]
    if any(not fault.warning for fault in faults):
        return faults
    con = duck.connect(memory="256MB", threads=1)
    try:
        duck.create(con, [datasets[name] for name in found.reads])
        faults += duck.bound_faults(con, found, SOME_DAY)
    finally:
        con.close()
    faults += _explain_faults(found)
    if text is not None and not any(not fault.warning for fault in faults):
        try:
            faults += cases.try_all(found, cases.read(text, found, file), datasets, file)
        except Broken as broken:
            faults += broken.faults
    return faults


def _explain_faults(found: Rule) -> list[Fault]:
    given = {e.alias_or_name for e in tree(found.sql).expressions} | {*found.parameters, "as_of"}
    faults = []
    for lang in saying.LANGUAGES:
        try:
            unknown = saying.fields_of(found.explain[lang]) - given
        except ValueError as error:
            message = _("The explain sentence in %(lang)s is not well formed: %(why)s.")
            faults.append(Fault(message % {"lang": lang, "why": error}, found.file, 0, "explain"))
            continue
        for name in sorted(unknown):
            message = _("The explain sentence asks for {%(name)s}, which is neither a column nor a parameter.")
            faults.append(Fault(message % {"name": name}, found.file, 0, "explain"))
    return faults
