"""`huilian seed`: what every county begins with."""

import json
from importlib import import_module
from importlib.util import find_spec

import click

from . import main, with_django


def sow() -> dict[str, object]:
    """Publish the procedures of the house, then let every app that begins with data enter its default rows.

    Such an app has a function `seed()` in its `seeding` or `services`: safe to run again, never over a county's own
    rows. Returns what each did.
    """
    from huilian.engine.procedures.services import publish_all

    from .. import discover

    published = publish_all(discover.files("procedures/*.yaml"))
    done: dict[str, object] = {"procedures": {p.key: p.version for p in published}}
    for name in discover.apps():
        for module in ("seeding", "services"):
            plant = getattr(import_module(f"{name}.{module}"), "seed", None) if find_spec(f"{name}.{module}") else None
            if plant:
                done[name.rpartition(".")[2]] = plant()
                break
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
