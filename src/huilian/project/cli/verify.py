"""`huilian verify`, `huilian receipt` and `huilian seal`: the trail checked, and moved on by hand."""

import json
import sys
from pathlib import Path

import click

from . import main, with_django


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@click.option(
    "--checkpoint",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint or daily head kept elsewhere; the log must still contain it. May be given several times.",
)
def verify(as_json: bool, files: tuple[Path, ...]) -> None:
    """Recompute the trail from its rows; exit 1 if anything was changed, removed or slipped in."""
    with_django()
    from django.utils.translation import gettext as _

    from huilian.engine.trail.verify import Result
    from huilian.engine.trail.verify import verify as check

    result, found = Result(), []
    notes = [(file.name, file.read_text("utf-8", errors="replace")) for file in files]
    show = not as_json and sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        click.echo(f"\r{done}/{total}", nl=done == total, err=True)

    for finding in check(checkpoints=notes, result=result, progress=progress if show else None):
        found.append({"kind": finding.kind, "number": finding.number, "message": finding.message})
        if not as_json:
            click.echo(finding.message)
    counts = {"entries": result.events, "heads": result.heads, "waiting": result.waiting}
    if as_json:
        click.echo(json.dumps({"ok": not found, **counts, "findings": found}, ensure_ascii=False, indent=1))
    elif found:
        click.echo(_("%(count)s findings in %(entries)s sealed entries.") % {"count": len(found), **counts})
    else:
        click.echo(
            _("%(entries)s sealed entries, %(heads)s signed heads, %(waiting)s waiting: nothing was changed.") % counts
        )
    sys.exit(1 if found else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Also sign the head of this day.")
def seal(as_json: bool, day) -> None:
    """Put waiting events into the log now. The worker does it by itself every second."""
    with_django()
    from django.utils.translation import gettext as _

    from huilian.engine.trail import queries, services

    sealed = services.seal()
    head = services.sign_head(day.date()) if day else None
    answer = {"sealed": sealed, "size": queries.log_size(), "head": head.note if head else None}
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(_("%(sealed)s sealed, the log has %(size)s entries.") % answer)
        if head:
            click.echo(head.note, nl=False)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def receipt(file: Path, as_json: bool) -> None:
    """Check the receipt in FILE against the keys of this log; exit 1 when it does not hold.

    Outsiders have a program of their own that shares nothing with this one: /static/trail/check_receipt.py.
    """
    with_django()
    from django.utils.translation import gettext as _

    from huilian.engine.trail import receipts

    try:
        found = receipts.check(file.read_bytes().decode("utf-8", errors="replace"))
    except receipts.BadReceipt as bad:
        click.echo(json.dumps({"ok": False, "why": str(bad)}) if as_json else f"WRONG: {bad}")
        sys.exit(1)
    told = {"index": found.index, "size": found.size, "log": found.origin}
    if as_json:
        click.echo(json.dumps({"ok": True, **told}))
    else:
        click.echo(_("It holds: entry %(index)s of %(size)s in the log %(log)s.") % told)
