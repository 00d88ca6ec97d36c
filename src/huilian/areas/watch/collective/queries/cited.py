"""「权力事项」 Which item of a list a payment rests on. The lists are another area's: a flow puts its `Powers` in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huilian.engine.directory.models import Unit
from huilian.engine.procedures.models import Case


@dataclass(frozen=True)
class Powers:
    """What the other area gives."""

    held: Callable[[Unit], list[tuple[str, str]]]  # (code, name) of the powers that a unit's list in force holds
    cited: Callable[[Case], tuple[str, str] | None]  # (code, name) that a case cites; no name where it is on no list
    cite: Callable[..., None]  # (case, unit, code, why, by=)


_given: list[Powers] = []


def give(powers: Powers) -> None:
    _given[:] = [powers]


def held(unit: Unit) -> list[tuple[str, str]]:
    return _given[0].held(unit) if _given else []


def cited(case: Case) -> tuple[str, str] | None:
    return _given[0].cited(case) if _given else None


def cite(case: Case, unit: Unit, code: str, why: str, *, by: Any) -> None:
    """Note that a case cites `code`, if one was given."""
    if code.strip() and _given:
        _given[0].cite(case, unit, code, why, by=by)
