"""`huilian import NAME FILE`, `huilian export NAME` for every register, and `huilian house`."""

import json
import sys
import time
from pathlib import Path

import click

from . import main, with_django
from .imports import import_


def _register(name: str):
    from huilian.engine.registers import all_registers, find

    found = find(name)
    if found is None:
        raise click.UsageError(f"no register “{name}”; there are: {', '.join(r.key for r in all_registers())}")
    return found


def _person(username: str):
    from huilian.engine.accounts.models import User

    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.UsageError(f"no account “{username}” is in use")
    return found


def _import_command(name: str) -> click.Command:
    """`huilian import NAME FILE`, made for the register that was named."""

    @click.command(name, help=f"Bring FILE into the register “{name}”: previewed, then written all or nothing.")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--by", "username", required=True, help="Account in whose name this is done; its posts decide.")
    @click.option("--dry-run", is_flag=True, help="Check and count; write nothing.")
    @click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
    def run(file: Path, username: str, dry_run: bool, as_json: bool) -> None:
        with_django()
        from huilian.engine.registers import services
        from huilian.engine.registers.models import ImportRun
        from huilian.foundation.errors import Refused

        register, by = _register(name), _person(username)
        started = time.perf_counter()
        try:
            with file.open("rb") as stream:
                job = services.begin_import(register, stream, file.name, by=by, at_once=True)
            if job.state == ImportRun.State.READY and not dry_run and (job.added or job.changed):
                job = services.confirm_import(job, by=by, at_once=True)
            _tell(job, dry_run, time.perf_counter() - started, as_json)
            if not job.is_over:
                services.cancel_import(job, by=by)
        except Refused as refused:
            if as_json:
                click.echo(json.dumps({"refused": str(refused)}, ensure_ascii=False))
                sys.exit(1)
            raise click.ClickException(str(refused)) from refused
        if job.state not in (ImportRun.State.DONE, ImportRun.State.READY, ImportRun.State.CANCELLED) or job.faulty:
            sys.exit(1)

    return run


def _tell(job, dry_run: bool, seconds: float, as_json: bool) -> None:
    faults = [
        {"row": row, "column": column, "cell": f"{letter}{row}", "message": message}
        for row, column, letter, message in job.report.get("faults", ())
    ]
    report = {
        "state": str(job.state),
        "rows": job.rows,
        "added": job.added,
        "changed": job.changed,
        "unchanged": job.unchanged,
        "faulty": job.faulty,
        "written": job.state == "done",
        "faults": faults,
        "missing": job.report.get("missing", []),
        "refused": job.report.get("refusal", ""),
        "seconds": round(seconds, 1),
    }
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for fault in faults[:50]:
        click.echo(f"{fault['cell']} {fault['column']}: {fault['message']}", err=True)
    if len(faults) > 50:
        click.echo(f"… and {len(faults) - 50} more", err=True)
    for sentence in filter(None, (report["refused"], ", ".join(report["missing"]) and f"missing: {report['missing']}")):
        click.echo(sentence, err=True)
    done = "written" if report["written"] else "nothing written"
    click.echo(
        f"{job.rows:,} rows: {job.added:,} new, {job.changed:,} changed, {job.unchanged:,} unchanged, "
        f"{job.faulty:,} faulty; {done}, {report['seconds']} s"
    )


def _known(own, made):
    """The group's own names first; any other name is a register's, looked up when it runs."""

    def get_command(context, name):
        return own(context, name) or made(name)

    return get_command


import_.get_command = _known(import_.get_command, _import_command)  # type: ignore[method-assign]


@main.group("export")
def export() -> None:
    """Write registers and ledgers to files: `huilian export NAME`."""


def _export_command(name: str) -> click.Command:
    """`huilian export NAME`, made for the register that was named."""

    @click.command(name, help=f"Export the register “{name}” to a workbook or to CSV. Personal data are masked.")
    @click.option("--by", "username", required=True, help="Account whose rows are exported; its posts decide.")
    @click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="File: .xlsx or .csv.")
    @click.option("--json", "as_json", is_flag=True, help="Machine-readable report.")
    def run(username: str, target: Path | None, as_json: bool) -> None:
        with_django()
        from huilian.engine.registers import exporting, services
        from huilian.foundation.errors import Refused

        register, by = _register(name), _person(username)
        target = target or Path(f"{name}.xlsx")
        kind = target.suffix.lstrip(".").lower()
        if kind not in ("xlsx", "csv"):
            raise click.UsageError("the file must end in .xlsx or .csv")
        try:
            register.require_see(by)
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
        rows = register.visible_to(by)
        rows = rows.order_by(*register.ordering) if register.ordering else rows
        content, count = (exporting.as_xlsx if kind == "xlsx" else exporting.as_csv)(register, rows)
        target.write_bytes(content.read())
        services.record_export(register, rows=count, kind=kind, by=by)
        if as_json:
            click.echo(json.dumps({"register": name, "rows": count, "file": str(target)}, ensure_ascii=False))
        else:
            click.echo(f"{count:,} rows to {target}")

    return run


export.get_command = _known(export.get_command, _export_command)  # type: ignore[method-assign]


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def house(as_json: bool) -> None:
    """Areas with their registers, procedures, rules and services, counted from the code."""
    with_django()
    from huilian.project.counting import count_house

    rooms = count_house()
    if as_json:
        click.echo(json.dumps(rooms, ensure_ascii=False, indent=2))
        return
    click.echo(f"{'':32}{'registers':>10}{'procedures':>11}{'rules':>7}{'services':>9}{'models':>8}")
    for room in rooms["rooms"]:
        click.echo(
            f"{room['name']:32}{len(room['registers']):>10}{len(room['procedures']):>11}{len(room['rules']):>7}"
            f"{len(room['services']):>9}{room['models']:>8}"
        )
    total = rooms["total"]
    click.echo(
        f"{'total':32}{total['registers']:>10}{total['procedures']:>11}{total['rules']:>7}{total['services']:>9}"
        f"{total['models']:>8}"
    )
