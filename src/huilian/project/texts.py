"""The house's texts: English in the source, one Chinese catalogue per app beside the code that uses it.

A *home* is a package that keeps its own catalogue: every app, and the layers that are no app (foundation,
project). All homes are settings.LOCALE_PATHS, so that our words win over those of the libraries we stand on.
"""

import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from . import discover

LOCALE = "zh_Hans"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Home:
    """A package with a catalogue of its own."""

    name: str  # dotted, without "huilian."
    folder: Path

    @property
    def po(self) -> Path:
        return self.folder / "locale" / LOCALE / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")

    def sources(self) -> Iterator[Path]:
        """Python files and templates, in the order in which the catalogue lists them."""
        for path in sorted(self.folder.rglob("*")):
            code = path.suffix == ".py" and "migrations" not in path.parts
            template = path.suffix in {".html", ".txt", ".typ", ".svg"} and "templates" in path.parts
            if code or template:
                yield path


@dataclass
class Faults:
    """What `check` finds in one catalogue; each entry is the English text."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # placeholders differ between the two languages

    def __bool__(self) -> bool:
        return bool(self.missing or self.fuzzy or self.unused or self.broken)


def homes(names: Iterable[str] = ()) -> list[Home]:
    """All homes, or those whose dotted name or last part is among `names`."""
    dotted = [*discover.apps(), "huilian.foundation", "huilian.project"]
    found = [Home(d.removeprefix("huilian."), discover.SOURCE.joinpath(*d.split(".")[1:])) for d in dotted]
    wanted = set(names)
    unknown = wanted - {h.name for h in found} - {h.folder.name for h in found}
    if unknown:
        raise LookupError(f"no such part of the house: {', '.join(sorted(unknown))}")
    return [h for h in found if not wanted or h.name in wanted or h.folder.name in wanted]


def _as_python(path: Path) -> str:
    """A template turned into calls of gettext; indentation is dropped because Python's tokenizer would object to it."""
    from django.utils.translation.template import templatize

    return "\n".join(line.lstrip() for line in templatize(path.read_text(), origin=str(path)).splitlines())


def collect(home: Home):
    """A catalogue of every text in the sources of `home`, without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    catalogue = Catalog(locale=LOCALE, charset="utf-8")
    for path in home.sources():
        text = path.read_text() if path.suffix == ".py" else _as_python(path)
        found = extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for line, message, comments, context in found:
            if not message or message == "":
                continue
            # File without line: a moved line must not make a change in every catalogue.
            seen = catalogue.get(message[0] if isinstance(message, tuple) else message, context)
            where = str(path.relative_to(home.folder))
            spots = [] if seen and any(f == where for f, _ in seen.locations) else [(where, line)]
            catalogue.add(message, None, spots, auto_comments=comments, context=context)
    return catalogue


def load(path: Path):
    """The catalogue in the file, or an empty one."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path.exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    with path.open("rb") as f:
        return read_po(f, locale=LOCALE, charset="utf-8", abort_invalid=True)


def _key(message) -> tuple:
    return message.context, message.id[0] if isinstance(message.id, tuple) else message.id


def _words(message) -> str:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return f"{message.context}|{text}" if message.context else text


def _translated(message) -> bool:
    parts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(parts)


def update(home: Home) -> tuple[int, list[tuple[str, str]]]:
    """Bring the catalogue up to the sources. Gives how many are new, and what was dropped (text, translation)."""
    from babel.messages.pofile import write_po

    wanted = collect(home)
    old = {_key(m): m for m in load(home.po) if m.id}
    added = 0
    for message in wanted:
        if not message.id:
            continue
        kept = old.pop(_key(message), None)
        if kept is None:
            added += 1
            continue
        if isinstance(message.id, tuple):  # Chinese has one plural form
            message.string = tuple(kept.string[:1]) if isinstance(kept.string, (tuple, list)) else (kept.string,)
        else:
            message.string = kept.string[0] if isinstance(kept.string, (tuple, list)) else kept.string
        message.user_comments = kept.user_comments
        if kept.fuzzy:
            message.flags.add("fuzzy")
    dropped = [(_words(m), str(m.string)) for m in old.values()]
    if len(wanted) == 0 and not home.po.exists():
        return 0, []
    # Nothing in the head that changes by itself: two people who update must not collide.
    wanted.header_comment = f"# Chinese texts of {home.name}."
    wanted.project, wanted.version, wanted.fuzzy = "Huilian", "1", False
    wanted.creation_date = wanted.revision_date = datetime(2026, 1, 1)
    home.po.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, wanted, width=120, include_lineno=False, omit_header=True)
    head = (
        f"# Chinese texts of {home.name}.\n"
        'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    home.po.write_text(head + out.getvalue().decode().strip("\n") + "\n")
    return added, dropped


def compile_one(home: Home, *, only_stale: bool = False) -> bool:
    """Write the .mo beside the .po, without fuzzy entries. Says whether anything was written."""
    from babel.messages.mofile import write_mo

    if not home.po.exists():
        return False
    if only_stale and home.mo.exists() and home.mo.stat().st_mtime_ns >= home.po.stat().st_mtime_ns:
        return False
    out = io.BytesIO()
    write_mo(out, load(home.po))
    fresh = home.mo.with_suffix(f".{os.getpid()}")  # replaced in one step: another process may be reading
    fresh.write_bytes(out.getvalue())
    fresh.replace(home.mo)
    return True


def compile_stale() -> int:
    """Compile every catalogue that is newer than its .mo: cheap enough to run before serving or testing."""
    return sum(compile_one(home, only_stale=True) for home in homes())


def check(home: Home) -> Faults:
    """Compare the catalogue with the sources."""
    faults, have = Faults(), {_key(m): m for m in load(home.po) if m.id}
    for message in collect(home):
        if not message.id:
            continue
        kept = have.pop(_key(message), None)
        if kept is None or not _translated(kept):
            faults.missing.append(_words(message))
        elif kept.fuzzy:
            faults.fuzzy.append(_words(message))
        elif problem := _placeholders_differ(kept):
            faults.broken.append(f"{_words(message)}: {problem}")
    faults.unused = [_words(m) for m in have.values()]
    return faults


def _placeholders_differ(message) -> str:
    import re

    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)

    def names(texts):
        return {n for t in texts for n in re.findall(r"%\((\w+)\)|(?<!\{)\{(\w*)\}(?!\})", t)}

    mine, theirs = names(ids), names(strings)
    if extra := theirs - mine:
        return "unknown " + ", ".join(sorted("".join(e) for e in extra))
    # A number may be left out of a Chinese sentence only where English has a plural.
    if len(ids) == 1 and (lost := mine - theirs):
        return "lost " + ", ".join(sorted("".join(e) for e in lost))
    return ""


def clashes() -> dict[str, dict[str, list[str]]]:
    """Texts which two homes translate differently, {English: {Chinese: [homes]}}: only one can win at run time."""
    said: dict[tuple, dict[str, list[str]]] = {}
    for home in homes():
        for message in load(home.po):
            if message.id and _translated(message) and not message.fuzzy:
                text = message.string if isinstance(message.string, str) else message.string[0]
                said.setdefault(_key(message), {}).setdefault(text, []).append(home.name)
    return {f"{c}|{i}" if c else i: by for (c, i), by in said.items() if len(by) > 1}
