"""What the lists rest on, as plain values: kinds of bodies, codes, text written in two languages, scores. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

BODIES = ("V", "C", "S", "T", "E", "D")  # village, community, share cooperative, station, state enterprise, department
FAMILIES = ("power", "duty", "negative")
LETTER = {"power": "P", "duty": "D", "negative": "N"}
# Which kind of unit stands under which lists. The other kinds (supervision committees, party groups, centres of the
# county) use no power of their own that a list would hold.
BODY_OF_KIND = {
    "village_committee": "V",
    "community": "C",
    "cooperative": "S",
    "station": "T",
    "public_body": "E",
    "department": "D",
    "township_government": "D",
}
# What the items of each family say beyond code, name, category, basis and post.
TEXTS = {
    "power": ("materials", "publicity", "risks", "checkpoints"),
    "duty": ("frequency", "evidence", "failure", "accountability"),
    "negative": ("checks", "disposal"),
}
CONSULTATION_DAYS = 7  # natural days a list lies open for opinions [origin=default: county practice, no upper basis]
_CODE = re.compile(r"([VCSTED])-([PDN])-(\d{2,3})")


@dataclass(frozen=True)
class Code:
    """A code such as V-P-22: kind of body, family, number."""

    body: str
    family: str
    number: int


def read_code(text: str) -> Code | None:
    """`V-P-22` as its parts; None where it is no code."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        return None
    body, letter, number = found.groups()
    return Code(body, next(f for f in FAMILIES if LETTER[f] == letter), int(number))


def code_fits(text: str, body: str, family: str) -> bool:
    """Whether a code belongs into the list of `family` of `body`."""
    code = read_code(text)
    return code is not None and (code.body, code.family) == (body, family)


def procedure_key(code: str) -> str:
    """The procedure of a power item."""
    return f"item.{code.lower()}"


def two(text: str) -> dict[str, str]:
    """`申请书 | Application` as {zh, en}; without the bar Chinese alone."""
    zh, _bar, en = text.partition(" | ")
    return {"zh": zh.strip(), **({"en": en.strip()} if en.strip() else {})}


def read_lines(text: str | Sequence[Any]) -> list[dict[str, str]]:
    """Lines typed one below the other, each `中文 | English`; what is a list already stays."""
    if not isinstance(text, str):
        return [two(line) if isinstance(line, str) else dict(line) for line in text]
    return [two(line) for line in text.splitlines() if line.strip()]


def write_lines(lines: Iterable[Mapping[str, str]]) -> str:
    """The same lines as people type them."""
    return "\n".join(f"{line['zh']} | {line['en']}" if line.get("en") else line["zh"] for line in lines or ())


def read_basis(text: str | Sequence[Any]) -> list[dict[str, str]]:
    """Lines `law; version; article` (version and article may be missing) as {law, version, article}."""
    if not isinstance(text, str):
        return [dict(cast(Mapping[str, str], line)) for line in text]
    found = []
    for line in text.replace("；", ";").splitlines():
        if line.strip():
            parts = [part.strip() for part in line.split(";")]
            found.append(dict(zip(("law", "version", "article"), [*parts, "", ""], strict=False)))
    return found


def write_basis(basis: Iterable[Mapping[str, str]]) -> str:
    """The same as people type it."""
    return "\n".join("；".join(filter(None, (b["law"], b.get("version"), b.get("article")))) for b in basis or ())


@dataclass(frozen=True)
class Difference:
    """One item that differs between two lists. `kind`: added, removed, changed; `fields`: names of what changed."""

    kind: str
    code: str
    fields: tuple[str, ...] = ()


def compare(before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]) -> list[Difference]:
    """What became of the items (by code, as values of their fields) from one list to the other."""
    found = []
    for code in sorted({*before, *after}):
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            found.append(Difference("removed" if new is None else "added", code))
        elif changed := tuple(name for name in new if new[name] != old.get(name)):
            found.append(Difference("changed", code, changed))
    return found


def score(marks: Iterable[int]) -> int | None:
    """Marks 0 (not met), 1 (in part), 2 (met) as a score of 100, rounded half up; None without a mark."""
    known = list(marks)
    return (sum(known) * 100 + len(known)) // (2 * len(known)) if known else None
