"""What the benchmarks over lakes share: a lake to run on, its rules, comparing findings."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from benchmarks import HERE

NEEDS = ("divisions/villages.csv.gz",)


def options(doc: str, *, lines: int) -> argparse.ArgumentParser:
    """Options common to them."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("--lines", type=int, default=lines, help="lines of vouchers of the lake that is made")
    parser.add_argument("--lake", type=Path, help="a lake made before by benchmarks.lake_data, instead")
    parser.add_argument("--json", action="store_true")
    return parser


@contextmanager
def lake(given: argparse.Namespace) -> Iterator[tuple[Path, Path, date]]:
    """(the lake, a folder for what comes of it, the day); Django is ready inside."""
    sys.path.insert(0, str(HERE.parent / "src"))
    with tempfile.TemporaryDirectory(prefix="huilian-bench-", dir=given.lake and given.lake.parent) as spare:
        os.environ.update(HUILIAN_HOME=spare, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        folder = given.lake or Path(spare) / "lake"
        if given.lake is None:
            command = [sys.executable, "-m", "benchmarks.lake_data", "--lines", str(given.lines), "--out", str(folder)]
            subprocess.run([*command, "--json"], check=True, stdout=subprocess.DEVNULL, cwd=HERE.parent)
        import django

        django.setup()
        from huilian.engine.screening import scatter

        yield folder, Path(spare), scatter.moment(folder) or date.today()


def runnable(folder: Path) -> list:
    """The rules of the house whose datasets the lake has."""
    from huilian.engine.screening import scatter

    rules = scatter.chosen(())
    _tasks, skipped = scatter.plan(folder, folder, rules, date(2026, 6, 30))
    return [rule for rule in rules if rule.id not in skipped]


def rows(out: Path, rule: str) -> dict[str, int]:
    """Findings of a rule in all their columns, and how often each row is there."""
    import duckdb

    text = f"SELECT * FROM read_parquet('{out}/{rule}/*.parquet', hive_partitioning=false)"
    found: dict[str, int] = {}
    for row in duckdb.sql(text).fetchall():
        found[repr(row)] = found.get(repr(row), 0) + 1
    return found


def differing(left: Path, right: Path, rules: list) -> dict[str, int]:
    """By rule, how many rows are on one side only; rules with none are left out."""
    found = {}
    for rule in rules:
        a, b = rows(left, rule.id), rows(right, rule.id)
        if number := sum(abs(a.get(row, 0) - b.get(row, 0)) for row in a.keys() | b.keys()):
            found[rule.id] = number
    return found


def peak(pid: int | str = "self") -> int:
    """The most memory a process has held since it began its program, MB."""
    line = next(s for s in Path(f"/proc/{pid}/status").read_text().splitlines() if s.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
