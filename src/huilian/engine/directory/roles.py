"""「角色」 What posts may do: the roles every app declares in its `roles.yaml`, read once.

A declaration::

    township_clerk:
      name: {zh: 乡镇经办人, en: Township clerk}
      reach: township            # county | township | village | unit | own | none
      may: [case.accept, case.answer]
      second_factor: true        # sign-in asks for a one-time code as well (officers)
      alone: system              # one of the three administrators; excludes every other role
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.utils.translation import get_language

REACHES = ("county", "township", "village", "unit", "own", "none")
KEYS = {"name", "reach", "may", "second_factor", "alone"}


class BadRoles(Exception):
    """A roles.yaml that cannot be right; the house does not start on it."""


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    names: dict[str, str] = field(hash=False)
    reach: str
    may: frozenset[str]
    second_factor: bool = False
    alone: str = ""  # which of the three administrators this is; empty for everybody else

    @property
    def name(self) -> str:
        language = (get_language() or "zh")[:2]
        return self.names.get(language) or self.names["zh"]


def read(text: str, where: str) -> list[Role]:
    """The roles declared in `text`. Raises BadRoles saying which role of which file is wrong, and how."""
    found = []
    for key, said in (yaml.safe_load(text) or {}).items():
        problem = None
        if not isinstance(said, dict) or set(said) - KEYS:
            problem = f"only {', '.join(sorted(KEYS))} may stand here"
        elif not isinstance(said.get("name"), dict) or not {"zh", "en"} <= set(said["name"]):
            problem = "name needs zh and en"
        elif said.get("reach") not in REACHES:
            problem = f"reach must be one of {', '.join(REACHES)}"
        elif not isinstance(said.get("may"), list):
            problem = "may must be a list of actions"
        if problem:
            raise BadRoles(f"{where}: {key}: {problem}")
        found.append(
            Role(
                key=key,
                names=said["name"],
                reach=said["reach"],
                may=frozenset(said["may"]),
                second_factor=bool(said.get("second_factor")),
                alone=said.get("alone", ""),
            )
        )
    return found


@cache
def catalogue() -> dict[str, Role]:
    """Every role of the house by key. Raises BadRoles where two apps declare the same key."""
    roles: dict[str, Role] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / "roles.yaml"
        if path.is_file() and ".huilian." in f".{config.name}.":
            for role in read(path.read_text(encoding="utf-8"), str(path)):
                if role.key in roles:
                    raise BadRoles(f"{path}: {role.key}: already declared by another app")
                roles[role.key] = role
    return roles


def roles_that_may(action: str) -> list[Role]:
    return [role for role in catalogue().values() if action in role.may]


def clash(keys: Iterable[str]) -> tuple[Role, Role] | None:
    """The first two roles among `keys` that one person may not hold together, administrator first.

    The three administrators (system, security, audit) exclude one another and every working role
    (三权分立, GB/T 22239-2019 level 3).
    """
    held = [catalogue()[key] for key in dict.fromkeys(keys) if key in catalogue()]
    for role in held:
        if role.alone:
            for other in held:
                if other.alone != role.alone:
                    return role, other
    return None
