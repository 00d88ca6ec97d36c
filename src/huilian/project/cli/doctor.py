"""`huilian doctor`: is everything there, and does it run?"""

import json
import sys
from dataclasses import asdict

import click

from . import main, with_django

MARKS = {"good": "✓", "note": "!", "bad": "✗"}


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def doctor(as_json: bool) -> None:
    """Look at the database, the queue, the screening, the log and all other parts; exit 1 if one is broken."""
    with_django()
    from ..doctor import BAD, examine

    found = examine()
    broken = any(f.state == BAD for f in found)
    if as_json:
        click.echo(json.dumps({"ok": not broken, "findings": [asdict(f) for f in found]}, ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(f"{MARKS[finding.state]} {finding.part:11}{finding.text}")
            if finding.advice:
                click.echo(f"  {'':11}{finding.advice}")
    sys.exit(1 if broken else 0)
