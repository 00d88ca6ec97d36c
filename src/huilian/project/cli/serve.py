"""`huilian serve`: the web server, the worker and the watch in one command."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click

from . import main, with_django

PATIENCE = 20  # seconds to finish requests and the job in hand before they are stopped by force


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=os.cpu_count() or 1, show_default="one per core", type=click.IntRange(1, 64))
@click.option(
    "--with-worker/--without-worker",
    default=True,
    show_default=True,
    help="Run `huilian worker` and `huilian screen --watch` beside it.",
)
def serve(host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve the product. Ctrl-C stops everything."""
    with_django()
    _ready()
    starts = {"web": _web(f"{host}:{port}", workers)}
    if with_worker:
        # A process of its own for the watch: notices and reports in the worker's must not keep an alert waiting.
        starts["worker"] = [sys.executable, "-m", "huilian", "worker", "--without-watch"]
        starts["watch"] = [sys.executable, "-m", "huilian", "screen", "--watch"]
    click.echo(f"huilian: http://{host}:{port}/ (Ctrl-C stops it)", err=True)
    raise SystemExit(_keep_running(starts))


def _web(bind: str, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "huilian.project.wsgi:application"),
        *("--bind", bind, "--workers", str(workers)),
        # Browsers open connections ahead of need. A plain sync worker waits on an idle one as long as it stays;
        # here an idle one holds a thread for five seconds at most, so there are more threads than the work needs.
        *("--worker-class", "gthread", "--threads", "8", "--keep-alive", "5"),
        *("--timeout", "60", "--graceful-timeout", str(PATIENCE - 5)),
        *("--max-requests", "10000", "--max-requests-jitter", "1000"),
        *(("--worker-tmp-dir", "/dev/shm") if os.access("/dev/shm", os.W_OK) else ()),
        *("--log-level", "warning"),
    ]


def _ready() -> None:
    """See that the tables are those of this release, and that the style sheets and scripts are gathered."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.HOME.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException(
            "The database does not have the tables of this release. Back it up, then run: huilian manage migrate"
        )
    connection.close()
    if not settings.DEBUG and _static_is_old(Path(settings.STATIC_ROOT) / "staticfiles.json"):
        click.echo("huilian: gathering style sheets and scripts, once for this release", err=True)
        call_command("collectstatic", interactive=False, verbosity=0)


def _static_is_old(manifest: Path) -> bool:
    from django.contrib.staticfiles.finders import get_finders

    if not manifest.exists():
        return True
    gathered = manifest.stat().st_mtime
    for finder in get_finders():
        for path, storage in finder.list([]):
            with contextlib.suppress(FileNotFoundError, NotImplementedError):
                if Path(storage.path(path)).stat().st_mtime > gathered:
                    return True
    return False


def _die_with_parent() -> None:
    """Ask Linux to end this child when its parent is gone, however that came about."""
    pr_set_pdeathsig = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _start(command: list[str]) -> subprocess.Popen:
    # A session of its own, so that Ctrl-C reaches only this process, which then stops the others in order.
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)


def _keep_running(starts: dict[str, list[str]]) -> int:
    """Run all commands until asked to stop or the web server ends; a worker that dies is started again."""
    asked: list[int] = []
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda s, frame: asked.append(s))
    running = {name: _start(command) for name, command in starts.items()}
    code = 0
    while not asked:
        for name, process in running.items():
            ended = process.poll()
            if ended is None:
                continue
            if name == "web":
                asked.append(0)
                code = ended or 1
                break
            click.echo(f"huilian: the {name} stopped (exit {ended}); starting it again", err=True)
            time.sleep(2)
            if not asked:
                running[name] = _start(starts[name])
        time.sleep(0.2)
    for process in running.values():
        process.terminate()
    give_up = time.monotonic() + PATIENCE
    for process in running.values():
        try:
            process.wait(max(0.1, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return code
