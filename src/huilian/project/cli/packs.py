"""`huilian verify-pack`: an evidence pack checked on any machine, without database or network."""

import json
import sys
from pathlib import Path

import click

from . import main, with_django


@main.command("verify-pack")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", "keys", multiple=True, help="A verification key of the log (name+id+base64). May be given several times."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def verify_pack(file: Path, keys: tuple[str, ...], as_json: bool) -> None:
    """Check an evidence pack; exit 1 if anything in it was changed.

    Without --key the keys of this installation's own log are taken; elsewhere get them from the county's
    /log/keys and compare them with what was published.
    """
    with_django()
    from django.utils.translation import gettext as _

    from huilian.engine.alerts.checking import faults_of
    from huilian.engine.trail.keys import verifiers

    found = list(faults_of(file.read_bytes(), keys or verifiers()))
    if as_json:
        click.echo(json.dumps({"ok": not found, "findings": found}, ensure_ascii=False, indent=1))
    else:
        for sentence in found:
            click.echo(sentence)
        if not found:
            click.echo(_("%(file)s is whole: nothing in it was changed.") % {"file": file.name})
    sys.exit(1 if found else 0)
