"""`huilian sweep`: give clocks their colours now, without waiting for the worker."""

import json
import time

import click

from . import main, with_django


@main.command()
@click.option("--full", is_flag=True, help="Compare every running clock, not only those whose colour is due to change.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def sweep(full: bool, as_json: bool) -> None:
    """Recolour clocks and cases, raise alerts, give cards."""
    with_django()
    from huilian.engine.alerts import services

    started = time.perf_counter()
    done = services.sweep(full=full).as_dict()
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        click.echo(json.dumps({**done, "seconds": seconds}))
        return
    for name, count in done.items():
        click.echo(f"{name:8} {count:>8}")
    click.echo(f"{'seconds':8} {seconds:>8}")
