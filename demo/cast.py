"""The people of the demonstration who can sign in, and the one password made for this run."""

import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Member:
    """One sign-in: who it is, where they sit, and what they get to see."""

    login: str
    name: str
    unit: str
    post: str
    roles: tuple[str, ...]
    sees: dict
    head: bool = False


@cache
def members() -> tuple[Member, ...]:
    rows = yaml.safe_load((DATA / "cast.yaml").read_text(encoding="utf-8"))
    return tuple(Member(**{**row, "roles": tuple(row["roles"])}) for row in rows)


def new_password() -> str:
    """HUILIAN_DEMO_PASSWORD, or three short groups that can be read out over the telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    made = "-".join("".join(secrets.choice(letters) for _i in range(4)) for _j in range(3))
    return os.environ.get("HUILIAN_DEMO_PASSWORD") or f"{made}-Al"
