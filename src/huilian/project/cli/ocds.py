"""`huilian export ocds`: lots, awards and contracts by the Open Contracting Data Standard."""

import json
from pathlib import Path

import click

from . import with_django
from .registers import export


@export.command("ocds")
@click.option("--records", is_flag=True, help="Records with compiled releases instead of releases.")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="File; without it: to the screen.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable report of what was written; needs --to.")
def ocds(records: bool, path: Path | None, as_json: bool) -> None:
    """Write every published lot as an OCDS 1.1 package. Persons are masked."""
    with_django()
    from huilian.areas.watch.exchange.queries.ocds import record_package, release_package

    if as_json and path is None:
        raise click.UsageError("say with --to into which file")
    package = record_package() if records else release_package()
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    if path is None:
        click.echo(text, nl=False)
        return
    path.write_text(text, encoding="utf-8")
    count = len(package["records" if records else "releases"])
    click.echo(json.dumps({"file": str(path), "count": count}) if as_json else f"{count:,} in {path}")
