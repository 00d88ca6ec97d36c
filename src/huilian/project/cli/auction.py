"""`huilian auction`: what a technician asks of auctions."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from . import main, with_django


@main.group()
def auction() -> None:
    """Auctions: records judged again."""


@auction.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def recompute(file: Path, as_json: bool) -> None:
    """Judge the signed record in FILE again, by the rules of the house; exit 1 when it does not hold.

    Outsiders have a program of their own that shares nothing with this one: docs/auctions.md.
    """
    with_django()
    from huilian.engine.trail import keys
    from huilian.foundation import auctions, hashing
    from huilian.foundation.errors import Refused

    try:
        given = json.loads(file.read_text("utf-8"))
        record, lines = given["record"], keys.read_text(given["note"])
        if lines != [auctions.RECORD, record["terms"]["number"], hashing.digest(hashing.dump(record)).hex()]:
            raise ValueError("the signed lines belong to another record")
        found = hashing.plain(asdict(auctions.judge(record)))
        if found != record["outcome"]:
            raise ValueError(f"the outcome should be {found}")
    except (Refused, ValueError, KeyError, TypeError) as fault:
        click.echo(json.dumps({"ok": False, "why": str(fault)}, ensure_ascii=False) if as_json else f"WRONG: {fault}")
        sys.exit(1)
    if as_json:
        click.echo(json.dumps({"ok": True, **found}, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in found.items()))
