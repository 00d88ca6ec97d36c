"""`huilian worker`: queued jobs and scheduled work."""

import logging
import signal
import threading

import click

from . import main, with_django


@main.command()
@click.option("--once", is_flag=True, help="Run what is ready now, then stop.")
@click.option(
    "--with-watch/--without-watch",
    default=True,
    show_default=True,
    help="Hold the watch over the books as well, or leave it to `huilian screen --watch`.",
)
def worker(once: bool, with_watch: bool) -> None:
    """Do scheduled work and queued jobs until stopped; the job in hand is finished first."""
    with_django()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    from huilian.engine.jobs import running
    from huilian.engine.jobs import worker as jobs

    if once:
        click.echo(running.drain())
        return
    stop = threading.Event()

    def please_stop(signum: int, frame: object) -> None:
        if stop.is_set():  # asked twice: do not wait for the job in hand
            raise SystemExit(1)
        stop.set()

    signal.signal(signal.SIGTERM, please_stop)
    signal.signal(signal.SIGINT, please_stop)
    jobs.run_worker(stop, residents=with_watch)
