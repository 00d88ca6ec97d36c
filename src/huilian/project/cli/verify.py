"""`huilian verify` and `huilian seal`: the trail checked, and moved on by hand."""

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
