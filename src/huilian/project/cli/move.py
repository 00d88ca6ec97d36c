"""`huilian move`: into another database, such as from SQLite to PostgreSQL."""

import json
import sys
import time

import click

from . import main, with_django


@main.command()
@click.argument("url", metavar="DATABASE_URL")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def move(url: str, as_json: bool) -> None:
    """Copy everything into the empty database at DATABASE_URL. Stop web and worker first; verify there afterwards."""
    with_django()
    from huilian.foundation.errors import Refused

    from ..moving import move as carry

    def told(table: str, rows: int) -> None:
        if sys.stderr.isatty() and not as_json:
            click.echo(f"{table:40} {rows:>10,}", err=True)

    started = time.perf_counter()
    try:
        copied = carry(url, told=told)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    seconds = round(time.perf_counter() - started, 1)
    if as_json:
        click.echo(json.dumps({"tables": copied, "seconds": seconds}))
    else:
        click.echo(f"{len(copied)} tables, {sum(copied.values()):,} rows in {seconds} s. Now: huilian verify, there.")
