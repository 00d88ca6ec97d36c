"""`huilian import NAME …`: what comes in from files. Other families add their own names to the group."""

import json
import sys
import time
from pathlib import Path

import click

from . import main, with_django


@main.group("import")
def import_() -> None:
    """Bring files in. Each import is all or nothing and says which row is wrong."""


@import_.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--county", default="", help="Load this county (6 digits) only, with what it lies in.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def divisions(folder: Path, county: str, as_json: bool) -> None:
    """Load administrative divisions: provinces, cities, areas, streets, villages (.csv or .csv.gz) in FOLDER."""
    with_django()
    from huilian.engine.directory.loading import FILES, load_divisions
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.errors import Refused

    started = time.perf_counter()
    try:
        loaded = load_divisions(folder, county=county, by=SYSTEM)
    except Refused as refused:
        if as_json:
            click.echo(json.dumps({"refused": str(refused)}, ensure_ascii=False))
            sys.exit(1)
        raise click.ClickException(str(refused)) from refused
    seconds = round(time.perf_counter() - started, 1)
    if as_json:
        read = {FILES[level]: count for level, count in loaded.read.items()}
        report = {"read": read, "added": loaded.added, "renamed": loaded.renamed, "unchanged": loaded.unchanged}
        click.echo(json.dumps({**report, "gone": len(loaded.gone), "seconds": seconds}, ensure_ascii=False))
        return
    for level, count in loaded.read.items():
        click.echo(f"{FILES[level]:10} {count:>8,}")
    click.echo(f"{loaded.added:,} added, {loaded.renamed:,} renamed, {loaded.unchanged:,} unchanged in {seconds} s")
    if loaded.gone:
        click.echo(f"{len(loaded.gone):,} codes are no longer listed, such as {', '.join(loaded.gone[:5])}")
