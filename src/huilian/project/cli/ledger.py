"""`huilian export ledger`: the books of a village as text that Beancount and hledger add up by themselves."""

import json
from pathlib import Path

import click

from . import with_django
from .registers import _person, export

ENDINGS = {"beancount": "beancount", "hledger": "journal", "csv": "csv"}


@export.command("ledger")
@click.option("--format", "form", type=click.Choice(list(ENDINGS)), default="beancount", show_default=True)
@click.option("--set", "key", type=int, help="Number of one set of books.")
@click.option("--village", help="12-digit code: the books of one village. Without it and --set: all.")
@click.option("--by", "username", help="Account whose books are exported; without it the machine's own right.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder: a file for each set.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable report of the files; needs --to.")
def ledger(form: str, key: int | None, village: str | None, username: str | None, folder: Path | None, as_json: bool):
    """Write every posted voucher as plain text, with the balances that must come of it. Names are masked."""
    with_django()
    from huilian.areas.watch.collective.models import AccountSet
    from huilian.areas.watch.collective.services.exporting import export_ledger
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.errors import Refused

    by = _person(username) if username else SYSTEM
    sets = AccountSet.objects.order_by("village_code", "pk")
    sets = sets.filter(pk=key) if key else sets
    sets = sets.filter(village_code=int(village)) if village and village.isdecimal() else sets
    found = list(sets) if not village or village.isdecimal() else []
    if not found:
        raise click.UsageError("there are no such books")
    if folder is None and (len(found) > 1 or as_json):
        raise click.UsageError("say with --to into which folder, one file for each set of books")
    written = []
    try:
        for one in found:
            pieces = export_ledger(one, form, by=by)
            if folder is None:
                click.echo("".join(pieces), nl=False)
                continue
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{one.village_code}-{one.pk}.{ENDINGS[form]}"
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            written.append({"village": str(one.village_code), "set": one.pk, "name": one.name, "file": str(path)})
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps(written, ensure_ascii=False))
    elif folder:
        click.echo(f"{len(written):,} files in {folder}")
