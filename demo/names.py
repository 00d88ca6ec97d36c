"""Invented names of people. Any likeness to somebody is chance: surnames and given names are drawn at random."""

from pathlib import Path
from random import Random

import yaml

_WORDS = yaml.safe_load((Path(__file__).parent / "data" / "names.yaml").read_text(encoding="utf-8"))
SURNAMES: str = _WORDS["surnames"]
GIVEN: list[str] = _WORDS["given"].split()
COMMON = 24  # the first surnames carry most people


def person(rnd: Random) -> str:
    """A name; about two thirds of the people share two dozen surnames, as in life."""
    pool = SURNAMES[:COMMON] if rnd.random() < 0.65 else SURNAMES[COMMON:]
    return rnd.choice(pool) + rnd.choice(GIVEN)


def phone(rnd: Random) -> str:
    """A telephone number nobody has: mobile numbers do not begin with 120."""
    return f"120{rnd.randrange(10**8):08d}"
