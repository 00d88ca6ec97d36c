"""`huilian rules`: the models that screen the facts, and what is wrong with one."""

import json
from pathlib import Path
from typing import Any

import click

from . import main, with_django


@main.group()
def rules() -> None:
    """Rules as SQL files: list, check, run, explain, backtest."""
    with_django()


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def list_(as_json: bool) -> None:
    """Every rule of the house, in order of its id."""
    from huilian.engine.screening.catalogue import rule_files
    from huilian.engine.screening.rule import Broken, read

    found: list[dict[str, Any]] = []
    for path in rule_files():
        try:
            rule = read(path)
        except Broken as broken:
            raise click.ClickException(str(broken)) from None
        found.append(
            {
                "id": rule.id,
                "names": dict(rule.names),
                "group": rule.group,
                "grain": rule.grain,
                "status": rule.status,
                "weight": rule.weight,
                "reads": list(rule.reads),
                "version": rule.version,
            }
        )
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in found:
        click.echo(
            f"{row['id']:6} {row['status']:7} {row['version']} {row['names']['zh']}  ({', '.join(row['reads'])})"
        )
    click.echo(f"{len(found)} rules")


@rules.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Say everything that is wrong with FILES, or with all rules: head, SQL, sentence and cases; 1 if anything is."""
    from huilian.engine.screening.catalogue import datasets, rule_files
    from huilian.engine.screening.checking import check_file

    checked = files or rule_files()
    faults = [(path, fault) for path in checked for fault in check_file(path, datasets())]
    wrong = sum(1 for _path, fault in faults if not fault.warning)
    if as_json:
        rows = [
            {"file": str(p), "line": f.line, "field": f.field, "message": f.message, "warning": f.warning}
            for p, f in faults
        ]
        click.echo(json.dumps({"files": len(checked), "faults": rows}, ensure_ascii=False))
    else:
        for _path, fault in faults:
            click.echo(f"{'warning' if fault.warning else 'fault'}: {fault}")
        click.echo(f"{len(checked)} rules, {wrong} faults, {len(faults) - wrong} warnings")
    if wrong:
        raise SystemExit(1)
