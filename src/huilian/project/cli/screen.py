"""`huilian screen`: screen the county, once or as it changes, or a lake of Parquet."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from . import main, with_django


# fmt: off
@main.command()
@click.option("--village", "villages", multiple=True, help="12-digit code; only this village (may be repeated).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to screen for; today by default.")
@click.option("--watch", is_flag=True, help="Go on until stopped: screen villages as their facts change.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A lake (see huilian lake write) instead of the database; nothing is kept or raised.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True,
              help="What runs the rules over a lake.")
@click.option("--as", "role", type=click.Choice(["scheduler", "engine"]), default="scheduler", show_default=True,
              help="Spark sends DuckDB's tasks to its workers, or answers the rules itself.")
@click.option("--master", default="local[2]", show_default=True, help="The cluster, such as spark://127.0.0.1:7077.")
@click.option("--rules", "ids", default="", help="Only these, such as ZJ01,ZJ02; over a lake.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A new folder for findings over a lake.")
@click.option("--memory", default="1500MB", show_default=True, help="Of DuckDB in each task over a lake.")
@click.option("--threads", default=2, show_default=True, help="Of DuckDB in each task over a lake.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def screen(villages: tuple[str, ...], as_of: datetime | None, watch: bool, data: Path | None, as_json: bool,
           **how: Any) -> None:
    """Run all rules, keep what they find, raise alerts and let go of what is no longer found."""
    # fmt: on
    with_django()
    if data is not None:
        _over_lake(data, as_of.date() if as_of else None, as_json, **how)
        return
    from django.conf import settings
    from django.utils import translation

    from huilian.engine.screening import services, watching

    if watch:
        translation.activate(settings.LANGUAGE_CODE)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        watching.watch(stop)
        return
    try:
        codes = [int(village) for village in villages] or None
    except ValueError:
        raise click.BadParameter("a village is named by its 12 digits", param_hint="--village") from None
    run = services.screen(codes, as_of=as_of.date() if as_of else None)
    if as_json:
        names = ("as_of", "milliseconds", "rules", "villages", "found", "new", "gone", "raised", "held", "faults")
        click.echo(json.dumps({name: getattr(run, name) for name in names}, ensure_ascii=False, default=str))
    else:
        click.echo(
            f"{run.rules} rules as of {run.as_of} in {run.milliseconds} ms: {run.found} found, {run.new} new, "
            f"{run.gone} gone, {run.raised} alerts, {run.held} held for tomorrow"
        )
        for fault in run.faults:
            click.echo(f"fault: {fault['rule']}: {fault['message']}", err=True)
    if run.faults:
        raise SystemExit(1)


def _over_lake(data: Path, as_of: date | None, as_json: bool, *, engine: str, role: str, master: str, ids: str,
               out: Path | None, memory: str, threads: int) -> None:  # fmt: skip
    from huilian.engine.screening import scatter
    from huilian.foundation.errors import Refused
    from huilian.foundation.now import today

    try:
        with _runner(engine, role, master) as (runner, how):
            outcome = scatter.screen_lake(
                data, out=out, ids=[i.strip() for i in ids.split(",") if i.strip()], runner=runner,
                as_of=as_of or scatter.moment(data) or today(), memory=memory, threads=threads, **how,
            )  # fmt: skip
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps({"as_of": outcome.as_of, "found": outcome.found, "levels": outcome.levels,
                               "skipped": outcome.skipped, "faults": outcome.faults, "parts": outcome.parts,
                               "cpu_seconds": outcome.cpu_seconds, "peak_mb": outcome.peak_mb},
                              ensure_ascii=False, default=str))  # fmt: skip
    else:
        for rule_id, number in outcome.found.items():
            click.echo(f"{rule_id:6} {number:>10,}")
        for rule_id, gaps in outcome.skipped.items():
            click.echo(f"{rule_id:6} not run: the lake lacks {', '.join(gaps)}")
        for fault in outcome.faults:
            click.echo(f"fault: {fault['rule']} ({fault['part']}): {fault['message']}", err=True)
        click.echo(f"{len(outcome.found)} rules as of {outcome.as_of}: {sum(outcome.found.values()):,} found in "
                   f"{len(outcome.parts)} tasks, {outcome.cpu_seconds} CPU seconds of DuckDB")  # fmt: skip
    if outcome.faults:
        raise SystemExit(1)


@contextmanager
def _runner(engine: str, role: str, master: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """What runs the tasks, and how they are cut for it."""
    from functools import partial

    from huilian.engine.screening import scatter, spark

    if engine == "duckdb":
        yield scatter.here, {}
        return
    with spark.session(master) as session:
        if role == "scheduler":
            yield partial(spark.scheduled, session), {}
        else:
            yield partial(spark.as_engine, session), {"dialect": "spark", "whole": True}
