"""`huilian backup` and `huilian restore`: the whole installation into one folder, and back."""

import json
from pathlib import Path

import click

from . import main, with_django


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Make nothing; compare the backup in FOLDER with its own list.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def backup(folder: Path, check: bool, as_json: bool) -> None:
    """Write database and files into the new FOLDER. The keys are left out; keep them apart."""
    _done(folder, "check" if check else "make", as_json)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def restore(folder: Path, as_json: bool) -> None:
    """Put the backup in FOLDER into an empty installation; then run `huilian verify`."""
    _done(folder, "restore", as_json)


def _done(folder: Path, what: str, as_json: bool) -> None:
    with_django()
    from huilian.foundation.errors import Refused

    from .. import backup as keeping

    try:
        manifest = getattr(keeping, what)(folder)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps({"folder": str(folder), **manifest}, ensure_ascii=False))
        return
    click.echo(f"{folder}: {manifest['database']}, {len(manifest['files'])} files, {manifest['made_at']}")
