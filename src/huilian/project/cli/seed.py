"""`huilian seed`: what every county begins with."""

import json
from importlib import import_module

import click

from . import main, with_django


def sow() -> dict[str, object]:
    """Publish the procedures of the house, then let every app whose services have `seed` enter its default rows.

    An app that begins with data has a function `seed()` in its services: safe to run again, never over a county's own
    rows. Returns what each did.
    """
    from huilian.engine.procedures.services import publish_all

    from .. import discover

    done: dict[str, object] = {}
    for name in discover.modules("services"):
        plant = getattr(import_module(name), "seed", None)
        if plant:
            done[name.split(".")[-2]] = plant()
    published = publish_all(discover.files("procedures/*.yaml"))
    done["procedures"] = {p.key: p.version for p in published}
    return done


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def seed(as_json: bool) -> None:
    """Enter code tables, calendars, procedures and default catalogues; run it again after every upgrade."""
    with_django()
    done = sow()
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    for app, what in done.items():
        said = ", ".join(f"{key} {count}" for key, count in what.items()) if isinstance(what, dict) else "done"
        click.echo(f"{app:12} {said}")
