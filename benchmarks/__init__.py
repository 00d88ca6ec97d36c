"""What is measured, against what, and how to run it: `python -m benchmarks [NAME …] [--quick] [--json]`.

One benchmark is one module here that can also be run alone (`python benchmarks/NAME.py --json`). It prints one JSON
object of what it measured, compares inside one run, and exits with 1 when something differs that must not. At its top
it may name `NEEDS`, files of real data looked for in the folder HUILIAN_REAL, and `QUICK`, arguments of a short run.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent


def real(name: str) -> Path:
    """A file of real data. Ends the run with a sentence when it is not there; no figure is ever guessed."""
    folder = os.environ.get("HUILIAN_REAL")
    path = Path(folder or "") / name
    if not folder or not path.is_file():
        sys.exit(f"{name} is not there: set HUILIAN_REAL to the folder that holds it")
    return path


@contextmanager
def own_database(*, seeded: bool = True) -> Iterator[str]:
    """A fresh database in a temporary folder (with DATABASE_URL: that one, which must be empty); gives its kind."""
    sys.path.insert(0, str(HERE.parent / "src"))
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(HUILIAN_HOME=home, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection, connections

        call_command("migrate", verbosity=0)
        if seeded:
            from huilian.project.cli.seed import sow

            sow()
        yield connection.vendor
        connections.close_all()


def report(results: dict, *, as_json: bool) -> None:
    """Print what was measured."""
    if as_json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
        return
    for name, value in flat(results):
        print(f"{name:<52} {shown(value):>16}")


def flat(results: dict, above: str = "") -> Iterator[tuple[str, object]]:
    """Nested results as lines."""
    for name, value in results.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name} · ")
        elif not isinstance(value, list):
            yield f"{above}{name}", value
        else:
            for item in value:
                if isinstance(item, dict):
                    label = ", ".join(v for v in item.values() if isinstance(v, str))
                    numbers = {k: v for k, v in item.items() if not isinstance(v, str)}
                    yield from flat(numbers, f"{above}{label} · ")


def shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 100 else f"{value:,.3f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
