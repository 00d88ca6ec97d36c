"""What keeps the house a house. An exemption carries its reason; one that is no longer needed fails as well."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

from django.apps import apps

from huilian.project import discover

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 500
LONG_FILES: dict[str, str] = {}  # path: reason


def tracked(pattern: str) -> list[Path]:
    command = ["git", "ls-files", "-zco", "--exclude-standard", pattern]  # -z: Chinese names as they are
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).exists()]


def area_of(model) -> str:
    module = model.__module__
    return ".".join(module.split(".")[:4]) if module.startswith("huilian.areas.") else ""


def test_no_foreign_key_crosses_areas():
    crossing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and area_of(model) and area_of(field.related_model)
        if area_of(model) != area_of(field.related_model)
    ]

    assert crossing == []


def test_every_area_has_the_standard_files():
    missing = []
    for folder in sorted((discover.SOURCE / "areas").glob("*/*/models.py")):
        area = folder.parent
        for name in ("README.md", "rules.py", "audit_events.py"):
            if not (area / name).exists():
                missing.append(f"{area.name}/{name}")
        for name in ("queries", "services"):
            if not (area / f"{name}.py").exists() and not (area / name).is_dir():
                missing.append(f"{area.name}/{name}")

    assert missing == []


def test_no_file_is_a_hall_instead_of_a_room():
    long = {
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if "/migrations/" not in str(path) and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    }

    assert long == set(LONG_FILES)


CLOCKS = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(|datetime\.utcnow\(")


def test_only_one_module_asks_what_time_it_is():
    allowed = {
        "src/huilian/foundation/now.py": "it is the module",
        "src/huilian/engine/jobs/running.py": "the queue's library compares with the machine's own time",
        "src/huilian/engine/jobs/worker.py": "the queue's library compares with the machine's own time",
        "src/huilian/engine/accounts/queries.py": "the lock-out's library writes the machine's own time",
    }

    found = {str(p.relative_to(ROOT)) for p in tracked("src/*.py") if CLOCKS.search(p.read_text(encoding="utf-8"))}

    assert found == set(allowed)


def test_nothing_tracked_names_a_registry_or_a_machine():
    # Written apart, so that this file does not find itself.
    forbidden = [
        "--index" + "-url",
        "--extra-index" + "-url",
        "/work" + "/",
        "pypi" + ".org",
        "files.pythonhosted" + ".org",
    ]
    found = []
    for path in tracked("*"):
        if path.suffix in (".png", ".ico", ".svg") or path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        found += [f"{path.relative_to(ROOT)}: {word}" for word in forbidden if word in text]

    assert found == []


@cache
def functions_with_by() -> list[tuple[Path, str]]:
    """Public service functions that somebody carries out: those with a keyword `by`."""
    found = []
    for path in (*tracked("src/huilian/**/services.py"), *tracked("src/huilian/**/services/*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and "by" in [a.arg for a in node.args.kwonlyargs]:
                found.append((path, node.name))
    return found


# Verbs that a test carries out through their page without naming them, and which test.
LISTS = "tests/faces/desk/test_lists.py::"
THROUGH_PAGES = {
    "desk.remove_view": LISTS + "test_a_filter_is_kept_under_a_name_and_forgotten",
    "desk.note_export": LISTS + "test_a_workbook_holds_the_filtered_rows_and_the_trail_knows",
}


def part_of(path: Path) -> str:
    return path.parent.name if path.name == "services.py" else path.parent.parent.name


@cache
def named_in_tests() -> set[str]:
    """Every word of the tests but of this file."""
    tests = (path.read_text(encoding="utf-8") for path in tracked("tests/*.py") if path != Path(__file__))
    return {word for text in tests for word in re.findall(r"\w+", text)}


def test_every_verb_is_named_in_a_test():
    verbs = [(path, name) for path, name in functions_with_by() if f"{part_of(path)}.{name}" not in THROUGH_PAGES]

    assert [f"{path.relative_to(ROOT)}: {name}" for path, name in verbs if name not in named_in_tests()] == []


def test_verbs_tested_through_their_pages_are_there_and_so_are_the_tests():
    verbs = {f"{part_of(path)}.{name}" for path, name in functions_with_by()}
    tests = [place.split("::") for place in THROUGH_PAGES.values()]

    assert set(THROUGH_PAGES) - verbs == set()
    assert [t for file, t in tests if f"def {t}(" not in (ROOT / file).read_text(encoding="utf-8")] == []
    assert [verb for verb in THROUGH_PAGES if verb.split(".")[1] in named_in_tests()] == [], "no longer needed"


def test_every_rules_module_is_under_strict_types():
    """The list in pyproject.toml only grows."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["packages"]
    rules = [".".join(p.relative_to(ROOT / "src").with_suffix("").parts) for p in tracked("src/huilian/**/rules.py")]

    assert [name for name in rules if not any(f"{name}.".startswith(f"{done}.") for done in listed)] == []
