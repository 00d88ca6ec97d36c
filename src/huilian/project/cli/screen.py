"""`huilian screen`: screen the county, once or as it changes."""

import json
import signal
import threading
from datetime import datetime

import click

from . import main, with_django


@main.command()
@click.option("--village", "villages", multiple=True, help="12-digit code; only this village (may be repeated).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to screen for; today by default.")
@click.option("--watch", is_flag=True, help="Go on until stopped: screen villages as their facts change.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def screen(villages: tuple[str, ...], as_of: datetime | None, watch: bool, as_json: bool) -> None:
    """Run all rules, keep what they find, raise alerts and let go of what is no longer found."""
    with_django()
    from huilian.engine.screening import services, watching

    if watch:
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
