"""What is written about the house is true of the house: words, the tour, commands, settings, coverage."""

import ast
import re
from functools import cache
from pathlib import Path

import click
from django.apps import apps
from django.urls import URLPattern, get_resolver

from huilian.project import cli, texts

from .test_house import ROOT, tracked

GLOSSARY, COVERAGE = ROOT / "docs" / "glossary.md", ROOT / "docs" / "coverage.md"
NAMED = re.compile(r"`([\w./-]+\.(?:py|yaml|html|md|sh))::(\w+)`")
FILE = re.compile(r"`((?:src|docs|tests|demo|benchmarks|requirements|changelog\.d)/[\w./-]+)`")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"`huilian ([a-z][^`]*)`|^\s*(?:\$ )?huilian ([a-z].*)$", re.M)
SETTING = re.compile(r"\b(?:HUILIAN_[A-Z_]+|DATABASE_URL)\b")
STATES = {"works", "part", "not yet"}


@cache
def papers() -> dict[str, str]:
    """The text of each paper by its path."""
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in tracked("*.md")}


def rows(path: Path) -> list[list[str]]:
    """Cells of every line of every table, without headings and rules."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and not set(line) <= set("|-: "):
            found.append(cells)
    return found


def models() -> set[str]:
    return {m._meta.label for m in apps.get_models() if m.__module__.startswith("huilian.")}


def explained() -> list[str]:
    return [name for row in rows(GLOSSARY) for name in re.findall(r"`([a-z]+\.[A-Z]\w+)`", row[1])]


def test_every_model_is_explained_in_the_glossary_and_none_that_is_gone():
    assert set(explained()) == models()


def test_no_word_is_explained_twice():
    words = [row[0] for row in rows(GLOSSARY) if row[0] != "中文"]

    assert len(words) == len(set(words)) and len(explained()) == len(set(explained()))


def test_every_row_of_the_glossary_has_meaning_and_source():
    assert [row for row in rows(GLOSSARY) if len(row) != 5 or not all(row[:4])] == []


def test_files_and_functions_that_a_paper_names_are_there():
    wrong = []
    for path, text in papers().items():
        wrong += [(path, name) for name in FILE.findall(text) if not (ROOT / name).exists()]
        for name, function in NAMED.findall(text):
            file = next((f for f in (ROOT / name, ROOT / "src" / "huilian" / name) if f.exists()), None)
            if file is None or not defines(file, function):
                wrong.append((path, f"{name}::{function}"))

    assert wrong == []


@cache
def defined(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
    return frozenset(names | {t.id for t in targets if isinstance(t, ast.Name)})


def defines(file: Path, name: str) -> bool:
    if file.suffix == ".py":
        return name in defined(file)
    return re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")) is not None


def test_links_of_a_paper_lead_somewhere():
    pictures = (ROOT / "docs" / "pictures").is_dir()
    wrong = []
    for path, text in papers().items():
        for picture, target in LINK.findall(text):
            if "://" in target or target.startswith("mailto:") or (picture and not pictures):
                continue
            if not (ROOT / path).parent.joinpath(target).exists():
                wrong.append((path, target))

    assert wrong == []


def command(words: list[str]) -> click.Command | None:
    found: click.Command | None = cli.main
    for word in words:
        if not isinstance(found, click.Group) or found is None:
            break
        if word.startswith("-") or not re.fullmatch(r"[a-z][a-z_-]*", word):
            return found if found is not cli.main else None
        found = found.get_command(click.Context(found), word)
    return found


def test_commands_that_a_paper_names_exist():
    wrong = []
    for path, text in papers().items():
        for inline, block in COMMAND.findall(text):
            words = re.split(r"\s", inline or block)
            if command([w for part in words for w in part.split("·")[:1]]) is None:
                wrong.append((path, inline or block))

    assert wrong == []


def test_every_setting_is_explained_to_those_who_run_it():
    text = "".join(p.read_text(encoding="utf-8") for p in tracked("src/huilian/*.py"))
    text += "".join(p.read_text(encoding="utf-8") for p in tracked("demo/*.py"))
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert set(SETTING.findall(text)) - set(SETTING.findall(told)) == set()


def test_the_manual_names_buttons_as_they_stand_on_the_page():
    shown = {str(m.string) for home in texts.homes() for m in texts.load(home.po) if isinstance(m.string, str)}
    named = re.findall("「([^」]+)」", (ROOT / "docs" / "手册.md").read_text(encoding="utf-8"))

    assert set(named) - shown == set()


def addresses(patterns=None, prefix: str = "/") -> set[str]:
    """Every address of the house as docs write them: `/desk/cases/<number>/`."""
    found = set()
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(entry.pattern))
        if isinstance(entry, URLPattern):
            found.add(prefix + route)
        else:
            found |= addresses(entry.url_patterns, prefix + route)
    return found


def covered() -> list[list[str]]:
    return [row for row in rows(COVERAGE) if re.fullmatch(r"S\d-\d\d", row[0])]


def test_coverage_says_of_each_row_what_is_true_once():
    ids = [row[0] for row in covered()]

    assert len(ids) == len(set(ids)) and len(ids) > 20
    assert [row for row in covered() if len(row) != 6 or row[2] not in STATES] == []


def test_what_coverage_names_is_there():
    wrong, known = [], addresses()
    for row, _name, state, _what, tests, screens in covered():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
        pages = re.findall(r"`(/[^`]*)`", screens)
        wrong += [(row, *test) for test in named if not defines(ROOT / test[0], test[1])]
        wrong += [(row, page) for page in pages if page not in known]
        if state == "works" and not named:
            wrong.append((row, "what works has a test that shows it"))
        if state == "not yet" and pages:
            wrong.append((row, "what is not there yet has no page"))

    assert wrong == []
