"""`huilian lake`: this county's share of a lake of Parquet. `huilian spark`: a small cluster to screen one."""

import json
from pathlib import Path
from typing import Any

import click

from . import main, with_django


@main.group()
def lake() -> None:
    """The county's facts as Parquet: write a share, check shares."""
    with_django()


@lake.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@click.option("--county", default="", help="Its code; needed only when the database knows several.")
@click.option("--memory", default="1GB", show_default=True, help="What sorting may take; more goes to disk.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def write(out: Path, county: str, memory: str, as_json: bool) -> None:
    """Write every dataset, of one moment, whole or not at all. What is sealed leaves as keyed digests."""
    from huilian.engine.screening import lake as lakes
    from huilian.foundation.errors import Refused

    try:
        share = lakes.write(out, county=county, memory=memory)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps(share, ensure_ascii=False))
        return
    for name, entry in share["datasets"].items():
        click.echo(f"{name:24} {entry['rows']:>12,}")
    click.echo(f"{out}: county {share['county']}, {len(share['datasets'])} datasets, {share['rows']:,} rows")


@lake.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def check(folder: Path, as_json: bool) -> None:
    """Compare the files in FOLDER with the lists of their shares; 1 if anything differs."""
    from huilian.engine.screening import lake as lakes
    from huilian.foundation.errors import Refused

    try:
        wrong = lakes.check(folder)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps({"differences": wrong}, ensure_ascii=False))
    else:
        for line in wrong:
            click.echo(line, err=True)
        click.echo(f"{len(wrong)} differences")
    if wrong:
        raise SystemExit(1)


@main.group()
def spark() -> None:
    """A small Spark cluster on this machine (extra: requirements/spark.txt, Java 17)."""
    with_django()


@spark.command()
@click.option("--workers", default=2, show_default=True)
@click.option("--cores", default=1, show_default=True, help="Of each worker.")
@click.option("--memory", default="1g", show_default=True, help="Of each worker's executors; DuckDB's comes on top.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=7077, show_default=True)
@click.option("--master", default="", help="Start workers only, for this master.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def up(as_json: bool, **how: Any) -> None:
    """Start a master and workers."""
    from huilian.engine.screening import spark_cluster
    from huilian.foundation.errors import Refused

    try:
        started = spark_cluster.up(home(), **how)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    said = f"{started['master']}: processes {started['pids']}, logs in {home()}"
    click.echo(json.dumps(started) if as_json else said)


@spark.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def down(as_json: bool) -> None:
    """Stop what `huilian spark up` started."""
    from huilian.engine.screening import spark_cluster

    stopped = spark_cluster.down(home())
    click.echo(json.dumps({"stopped": stopped}) if as_json else f"{stopped} processes stopped")


def home() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "spark"
