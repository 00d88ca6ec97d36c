"""`huilian rules`: the models that screen the facts, and what is wrong with one."""

import json
from dataclasses import asdict
from datetime import date, datetime
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


@rules.command()
@click.argument("ids", nargs=-1)
@click.option("--village", "villages", multiple=True, help="12-digit code; only this village (may be repeated).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to screen for; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def run(ids: tuple[str, ...], villages: tuple[str, ...], as_of: datetime | None, as_json: bool) -> None:
    """Show what rules find now (all, or those with IDS). Keeps and raises nothing; `huilian screen` does."""
    from huilian.engine.screening import queries
    from huilian.engine.screening.rule import Broken
    from huilian.engine.screening.store import Store
    from huilian.foundation.errors import Refused
    from huilian.foundation.now import today

    try:
        chosen = [queries.rule_of(i) for i in ids] if ids else [r for r in queries.rules() if r.runs]
        codes = [int(village) for village in villages]
    except (Refused, ValueError) as refused:
        raise click.ClickException(str(refused)) from None
    rows: list[dict[str, Any]] = []
    faults = []
    store = Store()
    store.load({name for r in chosen for name in r.rule.reads} & set(store.datasets))
    store.narrow(codes)
    for r in chosen:
        part = codes and r.rule.grain == "village"
        day = as_of.date() if as_of else today()
        try:
            found = store.find(r.rule, r.values, day, schema="part" if part else "base")
        except Broken as broken:
            faults += [{"rule": r.rule.id, "message": fault.message} for fault in broken.faults]
            continue
        rows += [asdict(f) for f in found if not codes or f.village_code in codes]
    store.close()
    if as_json:
        click.echo(json.dumps({"found": rows, "faults": faults}, ensure_ascii=False, default=str))
    else:
        for row in rows:
            click.echo(f"{row['rule']:6} {row['level']} {row['village_code']} {row['subject']} {row['key']}".rstrip())
        for fault in faults:
            click.echo(f"fault: {fault['rule']}: {fault['message']}", err=True)
        click.echo(f"{len(chosen)} rules, {len(rows)} found, {len(faults)} faults")
    if faults:
        raise SystemExit(1)


@rules.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def explain(name: str, as_json: bool) -> None:
    """Tell one finding: NAME is the number of an alert or the id of a hit."""
    from huilian.engine.screening.telling import tell
    from huilian.foundation.errors import Refused

    try:
        told = tell(name)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    click.echo(f"{told['rule']} {told['names']['zh']} ({told['version']}), level {told['level']}")
    click.echo(f"{told['reason']['zh']}\n{told['reason']['en']}")
    click.echo(f"about {told['subject']} {told['key']} in {told['village']}, first found {told['first_seen']}")
    for name_, value in told["parameters"].items():
        click.echo(f"  {name_} = {value}")
    for b in told["basis"]:
        click.echo("  " + " ".join(str(v) for v in b.values()))
    for row in told["evidence"]:
        if isinstance(row, str):
            click.echo(f"  {row}")
        else:
            state = "intact" if row["intact"] else "CHANGED"
            click.echo(f"  {row['source']}:{row['id']} sha256 {row['hash'][:16]}… {state}")
    click.echo(f"alert {told['alert'] or '-'} {told['state'] or ''} {told['verdict'] or ''}".rstrip())


@rules.command()
@click.argument("rule")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="Another value of a parameter.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day; a year ago by default.")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def backtest(
    rule: str, changes: tuple[str, ...], since: datetime | None, until: datetime | None, as_json: bool
) -> None:
    """Show what RULE would have raised month by month, beside what was raised and how it was judged."""
    from huilian.engine.screening import trying
    from huilian.engine.screening.rule import Broken
    from huilian.foundation.errors import Refused

    if any("=" not in change for change in changes):
        raise click.BadParameter("write NAME=VALUE, such as --set yellow_cents=200000", param_hint="--set")
    try:
        told = trying.backtest(
            rule, dict(change.split("=", 1) for change in changes), since=_day(since), until=_day(until)
        )
    except (Refused, Broken) as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        click.echo(json.dumps(asdict(told), ensure_ascii=False, default=str))
        return
    for month in told.months:
        click.echo(f"{month.end:%Y-%m-%d}  {month.found:5} found  {month.new:5} new")
    click.echo(f"raised and found again: {_verdicts(told.kept)}")
    click.echo(f"raised and no longer found: {_verdicts(told.lost)}")
    click.echo(f"found and never raised: {told.added}")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _verdicts(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {verdict or 'not judged'}" for verdict, n in sorted(counts.items())) or "0"
