"""`huilian messages update|compile|check`: keeps the Chinese catalogues in step with the source."""

import json
import sys

import click

from . import main


def _homes(parts: tuple[str, ...]):
    from .. import texts

    try:
        return texts.homes(parts)
    except LookupError as unknown:
        raise click.ClickException(str(unknown)) from unknown


@main.group()
def messages() -> None:
    """Texts in two languages: bring catalogues up to date, compile them, check them."""


@messages.command()
@click.argument("parts", nargs=-1)
def update(parts: tuple[str, ...]) -> None:
    """Add new texts to the catalogues and drop those no longer used. PARTS are apps such as `look`; all if none."""
    from .. import texts

    for home in _homes(parts):
        added, dropped = texts.update(home)
        if added or dropped:
            click.echo(f"{home.name}: {added} new, {len(dropped)} dropped")
        for text, translation in dropped:
            click.echo(f"  dropped  {text!r} = {translation!r}")


@messages.command("compile")
@click.argument("parts", nargs=-1)
def compile_(parts: tuple[str, ...]) -> None:
    """Write the .mo files that the running product reads."""
    from .. import texts

    done = sum(texts.compile_one(home) for home in _homes(parts))
    click.echo(f"{done} catalogues compiled")


@messages.command()
@click.argument("parts", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def check(parts: tuple[str, ...], as_json: bool) -> None:
    """List texts that are missing, doubtful, unused or broken, and those two parts translate differently."""
    from .. import texts

    found = {home.name: faults for home in _homes(parts) if (faults := texts.check(home))}
    clashes = {} if parts else texts.clashes()
    if as_json:
        click.echo(
            json.dumps({"faults": {k: vars(v) for k, v in found.items()}, "clashes": clashes}, ensure_ascii=False)
        )
    else:
        for name, faults in found.items():
            for kind, entries in vars(faults).items():
                for entry in entries:
                    click.echo(f"{name}: {kind}: {entry!r}")
        for text, by in clashes.items():
            ways = "; ".join(f"{zh!r} in {', '.join(who)}" for zh, who in by.items())
            click.echo(f"clash: {text!r}: {ways} (use pgettext where the meaning differs)")
        if not found and not clashes:
            click.echo("all texts are there in both languages")
    sys.exit(1 if found or clashes else 0)
