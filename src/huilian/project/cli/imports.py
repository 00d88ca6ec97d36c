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


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--place", "code", default="", help="Code of the county or township the matters belong to.")
@click.option("--channel", default="", help="Key of the channel of rows that name none; “letter” if not given.")
@click.option("--skip-known", is_flag=True, help="Leave out matters whose number is here already.")
@click.option("--dry-run", is_flag=True, help="Check and count; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def hotline(file: Path, code: str, channel: str, skip_known: bool, dry_run: bool, as_json: bool) -> None:
    """Take over citizens' letters or orders of another system from FILE (.xlsx, .xls, .ods or .csv) as cases."""
    with_django()
    from dataclasses import asdict

    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Channel
    from huilian.engine.directory.queries import place_on
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.errors import Refused

    place = place_on(code) if code else None
    if code and place is None:
        raise click.UsageError(f"no place has the code {code}")
    through = Channel.objects.filter(key=channel).first() if channel else None
    if channel and through is None:
        raise click.UsageError(f"no channel “{channel}”; there are: {', '.join(c.key for c in Channel.objects.all())}")
    started = time.perf_counter()
    showing = sys.stderr.isatty() and not as_json

    def told(done: int, of: int) -> None:
        if showing:
            click.echo(f"\r{done:,} / {of:,}", nl=False, err=True)

    try:
        done = services.import_orders(
            file, by=SYSTEM, place=place, channel=through, skip_known=skip_known, dry_run=dry_run, told=told
        )
    except Refused as refused:
        faults = [asdict(fault) for fault in getattr(refused, "faults", ())]
        if as_json:
            click.echo(json.dumps({"refused": str(refused), "faults": faults}, ensure_ascii=False))
            sys.exit(1)
        raise click.ClickException(str(refused)) from refused
    finally:
        if showing:
            click.echo(err=True)
    seconds = round(time.perf_counter() - started, 1)
    if as_json:
        click.echo(json.dumps({**asdict(done), "seconds": seconds}, ensure_ascii=False))
        return
    _tell_hotline(done, seconds)


def _tell_hotline(done, seconds: float) -> None:
    verb = "would be imported" if done.dry_run else "imported"
    click.echo(f"{done.rows:,} rows: {done.imported:,} {verb}, {done.known:,} here already")
    click.echo(f"closed {done.closed:,} · open {done.open:,} · not accepted {done.refused:,} · merged {done.merged:,}")
    if done.outcomes:
        click.echo("outcomes: " + ", ".join(f"{key} {n:,}" for key, n in sorted(done.outcomes.items())))
    for key, n in done.answered.items():
        click.echo(f"{key}: {done.in_time[key]:,} of {n:,} answered within {done.limits[key]} working days")
    for note in done.notes[:20]:
        click.echo(str(note))
    if done.unknown_headings:
        click.echo("not read: " + ", ".join(done.unknown_headings))
    click.echo(f"{done.first_number} … {done.last_number}, {seconds} s" if done.first_number else f"{seconds} s")
