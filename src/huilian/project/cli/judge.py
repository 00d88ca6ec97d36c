"""`huilian judge LOG`: an event log held against a procedure."""

import json
from datetime import datetime
from pathlib import Path

import click
import yaml

from . import main, with_django
from .xes import own_cases


@main.command()
@click.argument("log", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--own", "kind", help="Judge our own cases of this kind instead of a file.")
@click.option("--procedure", metavar="NAME|FILE", help="Key of a procedure, or a procedure file; for own cases theirs.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The log tells everything up to this day; else its last."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="PART=HEADING",
    help="For a table: which heading is case, activity or time, such as case=案号 (may be repeated).",
)
@click.option("--activity", default="concept:name", show_default=True, help="For XES: what names an activity.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Findings to a .parquet or .csv file.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def judge(log: Path | None, kind: str | None, procedure: str | None, as_of: datetime | None, columns: tuple[str, ...],
          activity: str, out: Path | None, as_json: bool) -> None:  # fmt: skip
    """What in LOG (XES, also packed; CSV; a workbook) was late, skipped or out of order by a procedure."""
    with_django()
    from huilian.engine.mining import judging, prescription, reading, telling
    from huilian.engine.mining.own import as_log
    from huilian.foundation.errors import Refused
    from huilian.foundation.holidays import national
    from huilian.foundation.now import today

    if any("=" not in column for column in columns):
        raise click.BadParameter("write it as part=heading", param_hint="--column")
    if (log is None) == (kind is None) or not (procedure or kind):
        raise click.UsageError("give a file and its --procedure, or a kind of case with --own")
    try:
        prescribed = prescription.prescribe(body_of(procedure or kind))
        read = (
            as_log(own_cases(kind))
            if kind
            else reading.read(
                log, columns=dict(c.split("=", 1) for c in columns), activity=activity, keep=prescribed.attributes()
            )
        )
        until = as_of.date() if as_of else today() if kind else None
        result = judging.judge(read, prescribed, calendar=national(), as_of=until)
        written = telling.write(result.findings, prescribed, out) if out else 0
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    told = telling.as_data(read, prescribed, result)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    whole = told["log"]
    click.echo(f"{whole['cases']:,} cases, {whole['events']:,} events, {whole['variants']:,} variants, "
               f"{whole['first_day']} to {whole['last_day']}; as of {told['as_of']}")  # fmt: skip
    if whole["disordered_events"]:
        click.echo(f"{whole['disordered_events']:,} events in {whole['disordered_cases']:,} cases put in order of time")
    for one in told["limits"]:
        counts = ", ".join(f"{one[key]:,} {key}" for key in ("late", "never_done", "kept", "lifted", "running"))
        click.echo(f"{one['name']}, {one['length']} {one['unit']}: {counts}")
    for kind, count in told["deviations"].items():
        click.echo(f"{kind:13} {count['cases']:>9,} cases {count['findings']:>9,} findings")
    for name, events in told["unknown_activities"].items():
        click.echo(f"unknown to the procedure: {name}, {events:,} events")
    way = told["way"]
    click.echo(f"{way['conforming_cases']:,} cases went the prescribed way to an end; "
               f"{way['allowed_moves']:,} of {way['moves']:,} moves are allowed")  # fmt: skip
    if out:
        click.echo(f"{written:,} findings to {out}")


def body_of(name: str) -> dict:
    """A procedure's text: a file, one that comes with the house or its benchmarks, or the version published here."""
    from django.db import DatabaseError

    from huilian.engine.procedures.models import Procedure
    from huilian.project import discover

    shipped = [*discover.files("procedures/*.yaml"), discover.SOURCE.parents[1] / "benchmarks" / f"{name}.yaml"]
    path = Path(name) if Path(name).is_file() else next((p for p in shipped if p.stem == name and p.is_file()), None)
    try:
        if path is None or not Path(name).is_file():
            published = Procedure.objects.filter(key=name).order_by("-version").first()
            if published:
                return published.body
    except DatabaseError:
        pass  # judging needs no database
    if path is None:
        raise click.UsageError(f"no procedure “{name}”; give its file, or its key once it is published")
    try:
        body = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise click.ClickException(f"{path}: not a readable procedure file: {fault}") from None
    if not isinstance(body, dict):
        raise click.ClickException(f"{path}: not a procedure file")
    return body
