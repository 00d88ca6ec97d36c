"""`huilian export xes`: our own cases as an event log for process mining elsewhere."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import click

from . import with_django
from .registers import export


@export.command("xes")
@click.option("--kind", required=True, help="Kind of case or key of a procedure, such as payment.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only cases received from this day on.")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".xes or .xes.gz.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable report.")
def xes(kind: str, since: datetime | None, target: Path, as_json: bool) -> None:
    """Write cases and the steps they entered as XES (IEEE 1849). Units are named, persons are not."""
    with_django()
    from huilian.engine.mining.own import as_xes

    cases = own_cases(kind, since)
    opened = gzip.open if target.suffix == ".gz" else open
    with opened(target, "wt", encoding="utf-8", newline="\n") as file:
        file.writelines(as_xes(cases, name=kind))
    told = {"kind": kind, "cases": cases.count(), "file": str(target)}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"{told['cases']:,} cases to {target}")


def own_cases(kind: str, since: datetime | None = None):
    """Cases of a kind, or of one procedure of a family. Ends the command when there are none."""
    from huilian.engine.procedures.models import Case
    from huilian.foundation.now import moment

    cases = Case.objects.filter(procedure__key=kind) if "." in kind else Case.objects.filter(kind=kind)
    cases = cases.filter(received_at__gte=moment(since)) if since else cases
    if not cases.exists():
        raise click.UsageError(f"there is no case of the kind “{kind}”")
    return cases
