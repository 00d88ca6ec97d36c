"""What villagers say and units answer, drawn from `data/voices.yaml` and `data/talk.yaml` with the gaps filled."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

DATA = Path(__file__).parent / "data"
NUMERALS = "三四五六七八"
PARTS_OF_DAY = ("晚上", "傍晚", "清早", "周末")
BUSY = 4  # how much more often a matter comes up in its own months
COMMUNITY = "社区"


@dataclass(frozen=True)
class Letter:
    """One invented matter: what is said, and what the unit will answer."""

    code: str  # of the dispatch catalogue
    title: str
    text: str
    answer: str


@cache
def voices() -> dict[str, dict]:
    return yaml.safe_load((DATA / "voices.yaml").read_text(encoding="utf-8"))


@cache
def talk() -> dict[str, list[str]]:
    return yaml.safe_load((DATA / "talk.yaml").read_text(encoding="utf-8"))


@cache
def _choice(month: int, urban: bool) -> tuple[list[str], list[int]]:
    codes = [code for code, voice in voices().items() if urban or not voice.get("urban")]
    return codes, [voices()[c].get("w", 1) * (BUSY if month in voices()[c].get("months", ()) else 1) for c in codes]


def say(kind: str, rnd: Random, **filled) -> str:
    """One of the odd phrases, with its gaps filled."""
    return rnd.choice(talk()[kind]).format(**{**gaps(rnd), **filled})


def gaps(rnd: Random, village: str = "村里") -> dict[str, object]:
    return {
        "v": village,
        "g": f"{rnd.choice('一二三四五六七八')}组" if not village.endswith(COMMUNITY) else f"{rnd.randint(1, 18)}号楼",
        "n": rnd.choice(NUMERALS),
        "d": rnd.randint(3, 20),
        "m": rnd.choice((3, 5, 6, 8, 12, 15, 20, 32, 46, 80)),
        "t": rnd.choice(PARTS_OF_DAY),
    }


def compose(rnd: Random, *, month: int, village: str, written: bool = False, code: str = "") -> Letter:
    """A matter as it might come from `village` in `month`; written ones are longer than spoken ones."""
    if not code:
        codes, weights = _choice(month, village.endswith(COMMUNITY))
        code = rnd.choices(codes, weights)[0]
    voice = voices()[code]
    filled = gaps(rnd, village)
    which = rnd.randrange(len(voice["s"]))  # what is said, its title and its answer go together
    title = _at(voice["t"], which).format(**filled)
    parts = [
        rnd.choice(talk()["written" if written else "openers"]),
        voice["s"][which],
        rnd.choice(talk()["details"]),
        rnd.choice(talk()["closers"]),
    ]
    if written:
        parts.insert(3, rnd.choice(talk()["details"]))
    return Letter(
        code=code,
        title=title,
        text="".join(parts).format(**filled),
        answer=f"您好，您反映的“{title}”已办理。{_at(voice['a'], which).format(**filled)}",
    )


def _at(words: list[str], which: int) -> str:
    return words[min(which, len(words) - 1)]
