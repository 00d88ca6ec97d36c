"""`huilian deadline`: many due dates at once, without a database. `huilian calendar`: a new year's holidays."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from . import main, with_django


@main.command()
@click.option("--from", "source", type=click.File("r", encoding="utf-8-sig"), required=True, metavar="FILE",
              help="Lines YYYY-MM-DD,n; “-” reads from the standard input.")  # fmt: skip
@click.option("--unit", type=click.Choice(["workday", "day", "month"]), default="workday", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def deadline(source: TextIO, unit: str, as_json: bool) -> None:
    """Lines YYYY-MM-DD,n in, YYYY-MM-DD,n,due,provisional out.

    The first day is day zero. `provisional` is true when a year on the way waits for its holiday notice. Uses the
    calendars that come with the product. With a faulty line nothing is written; exit code 2.
    """
    from huilian.foundation.errors import Refused
    from huilian.foundation.holidays import national
    from huilian.foundation.workdays import period_end

    calendar, lines, faults = national(), [], 0
    name = getattr(source, "name", "<stdin>")
    try:
        given = source.readlines()
    except UnicodeDecodeError:
        raise click.UsageError(f"{name}: not a text file in UTF-8") from None
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            start, length = _parse(line)
            due = period_end(unit, start, length, calendar)
        except (ValueError, Refused) as fault:
            faults += 1
            if faults <= 20:
                click.echo(f"{name}, line {number}: {fault}", err=True)
            continue
        provisional = calendar.provisional(due, since=start)
        lines.append(
            json.dumps({"start": str(start), "n": length, "due": str(due), "provisional": provisional})
            if as_json
            else f"{start},{length},{due},{str(provisional).lower()}"
        )
    if faults:
        click.echo(f"{faults} faulty line(s); nothing was written", err=True)
        sys.exit(2)
    if lines:
        click.echo("\n".join(lines))


def _parse(line: str) -> tuple[date, int]:
    parts = [part.strip() for part in line.split(",")]
    if len(parts) != 2:
        raise ValueError(f"expected YYYY-MM-DD,n but found “{line.strip()[:60]}”")
    try:
        start = date.fromisoformat(parts[0]) if len(parts[0]) == 10 else None
    except ValueError:
        start = None
    if start is None:
        raise ValueError(f"“{parts[0][:40]}” is not a date written YYYY-MM-DD")
    if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 5):
        raise ValueError(f"“{parts[1][:40]}” is not a number of days (0 to 99999)")
    return start, int(parts[1])


@main.group()
def calendar() -> None:
    """The working calendar: what is loaded, and loading a new year's notice."""


@calendar.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def load(file: Path, as_json: bool) -> None:
    """Load a year's holidays from FILE and move the due dates of open limits; the trail keeps old and new dates."""
    with_django()
    from huilian.engine.clocks.services import load_year_and_recompute
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.errors import Refused
    from huilian.foundation.holidays import load_file

    try:
        year = load_file(file)
        moved = load_year_and_recompute(year, by=SYSTEM)
    except Refused as fault:
        raise click.UsageError(str(fault)) from None
    if as_json:
        click.echo(json.dumps({"year": year.number, "moved": [m._asdict() for m in moved]}, ensure_ascii=False))
    else:
        click.echo(f"{year.number}: {year.notice.title} {year.notice.number}")
        click.echo(f"{len(moved)} due date(s) moved")


@calendar.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def years(as_json: bool) -> None:
    """List the loaded years with their notices. Years that are not listed are provisional."""
    with_django()
    from huilian.engine.calendar.queries import loaded_years

    rows = [{"year": y.year, "notice": f"{y.title} {y.document}".strip(), "origin": y.origin} for y in loaded_years()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(f"{row['year']}  {row['notice']}")


@calendar.command()
def seed() -> None:
    """Load every year that comes with the product and is not loaded yet. Safe to run twice."""
    with_django()
    from huilian.engine.calendar.services import seed as load_all

    load_all()
