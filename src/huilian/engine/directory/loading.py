"""Loads the national table of divisions: five files, 664,000 places, all or nothing.

The files are `provinces`, `cities`, `areas`, `streets` and `villages`, each `.csv` or `.csv.gz`, with the columns
`code` (significant digits only) and `name`. What lies in what follows from the digits. Loading again changes only what
differs: new codes are added, changed names become renamings, codes that are gone are counted and left for a person to
merge or close.
"""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today

from . import powers, rules
from .models import Place, PlaceChange

FILES = {1: "provinces", 2: "cities", 3: "areas", 4: "streets", 5: "villages"}
SHOWN = 5  # faults told in one refusal; more would hide the first
LONGEST_NAME = Place._meta.get_field("name").max_length
COLUMNS = ("id", "code", "name", "level", "parent_id", "path", "urban_rural")


@dataclass
class Loaded:
    """What a loading did, by level."""

    read: dict[int, int] = field(default_factory=dict)
    added: int = 0
    renamed: int = 0
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)


def load_divisions(folder: Path, *, county: str = "", by) -> Loaded:
    """Load the five files of `folder`; with `county` (6 digits) only that county and what it lies in.

    Raises Invalid, with file and row, for a missing file or column, a broken or repeated code, an empty or too long
    name, a place whose parent is in no file, and an unknown county. Nothing is kept then.
    """
    with transaction.atomic():
        powers.require(by, "directory.change")
        if county and not (len(county) == 6 and county.isdigit()):
            raise Invalid(_("A county has a code of 6 digits; this is “%(code)s”.") % {"code": county}, field="county")
        loaded = _load(folder, county)
        if county and not loaded.read.get(3):
            raise Invalid(_("There is no county %(code)s in these files.") % {"code": county}, field="county")
        data = {"added": loaded.added, "renamed": loaded.renamed, "gone": len(loaded.gone), "county": county}
        record("directory.load_divisions", f"directory.place:{county or 'all'}", by=by, data=data)
        powers.changed()
        return loaded


def _load(folder: Path, county: str) -> Loaded:
    loaded, faults = Loaded(), []
    known = {  # (level, code in 12 digits) → (pk, name, path)
        (level, code): (pk, name, path)
        for pk, code, level, name, path in Place.objects.filter(valid_to=None)
        .order_by()
        .values_list("pk", "code", "level", "name", "path")
        .iterator(20_000)
    }
    taken = set(Place.objects.order_by().values_list("path", flat=True)) if known else set()
    before, seen = set(known), set()
    next_pk = (Place.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    new, renamed = [], []
    for level in FILES:
        loaded.read[level] = 0
        width = rules.WIDTH[level]
        for where, digits, name in _rows(folder, level):
            if county and digits[:6] != county[:width]:
                continue
            fault, code = None, digits.ljust(12, "0")
            if len(digits) != width or not (digits.isascii() and digits.isdigit()):
                fault = _("the code “%(code)s” does not have %(width)s digits") % {"code": digits, "width": width}
            elif not name or len(name) > LONGEST_NAME:
                fault = _("the name is empty or longer than %(longest)s characters") % {"longest": LONGEST_NAME}
            elif (level, code) in seen:
                fault = _("the code %(code)s stands in the files twice") % {"code": digits}
            above = digits[: rules.WIDTH.get(level - 1, 0)]
            parent = known.get((level - 1, above.ljust(12, "0")))
            if not fault and level > 1 and parent is None:
                fault = _("it lies in %(above)s, which is not in the files") % {"above": above}
            if fault:
                faults.append(f"{where}: {fault}")
                continue
            seen.add((level, code))
            loaded.read[level] += 1
            held = known.get((level, code))
            if held is None:
                path = (parent[2] if parent else "") + rules.own_digits(digits, level)
                if path in taken:  # a moved village sits on these digits: the ordinary service finds free ones
                    path = _other_path(parent[2], level, taken)
                taken.add(path)
                known[level, code] = (next_pk, name, path)
                new.append((next_pk, code, name, level, parent[0] if parent else None, path, ""))
                next_pk += 1
            elif held[1] != name:
                renamed.append((held[0], held[1], name))
            else:
                loaded.unchanged += 1
    if faults:
        _refuse(faults)
    _insert(new)
    _rename(renamed)
    loaded.added, loaded.renamed = len(new), len(renamed)
    loaded.gone = sorted(code for _level, code in before - seen if not county or code.startswith(county))
    return loaded


def _rows(folder: Path, level: int) -> Iterator[tuple[str, str, str]]:
    """(file and row, code, name) of one level. Rows are counted as a spreadsheet counts them."""
    name = FILES[level]
    path = next((p for p in (Path(folder) / f"{name}.csv.gz", Path(folder) / f"{name}.csv") if p.is_file()), None)
    if path is None:
        raise Invalid(
            _("%(folder)s has no file %(name)s.csv or %(name)s.csv.gz.") % {"folder": folder, "name": name},
            field="folder",
        )
    open_it = gzip.open if path.suffix == ".gz" else open
    try:
        with open_it(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text)
            headings = [h.strip() for h in next(reader, [])]
            if "code" not in headings or "name" not in headings:
                raise Invalid(
                    _("%(file)s needs the columns “code” and “name”; it has: %(headings)s.")
                    % {"file": path.name, "headings": " ".join(headings) or "–"},
                    field="folder",
                    row=1,
                )
            code_at, name_at = headings.index("code"), headings.index("name")
            least = max(code_at, name_at)
            for number, row in enumerate(reader, 2):
                if len(row) > least:
                    yield f"{path.name} {number}", row[code_at].strip(), row[name_at].strip()
                elif row:
                    yield f"{path.name} {number}", row[code_at].strip() if len(row) > code_at else "", ""
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error) as broken:
        raise Invalid(
            _("%(file)s cannot be read as CSV in UTF-8 (%(why)s).") % {"file": path.name, "why": broken}, field="folder"
        ) from broken


def _refuse(faults: list[str]) -> None:
    more = len(faults) - SHOWN
    text = _("Nothing was loaded.") + " " + "; ".join(faults[:SHOWN])
    if more > 0:
        text += ngettext("; and %(more)s more", "; and %(more)s more", more) % {"more": more}
    raise Invalid(text, field="folder")


def _other_path(parent_path: str, level: int, taken: set[str]) -> str:
    width = rules.WIDTH[level] - rules.WIDTH[level - 1]
    for number in range(10**width - 1, -1, -1):
        path = f"{parent_path}{number:0{width}d}"
        if path not in taken:
            return path
    raise Invalid(_("%(name)s has no free digits left for another place.") % {"name": parent_path})


def _insert(rows: list[tuple]) -> None:
    """Write the rows by the fastest road the database has; Django's own bulk_create takes several times as long."""
    if not rows:
        return
    table, names = Place._meta.db_table, ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            for statement in connection.ops.sequence_reset_sql(_no_style(), [Place]):
                cursor.execute(statement)
        else:
            places = ", ".join(["%s"] * len(COLUMNS))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def _no_style():
    from django.core.management.color import no_style

    return no_style()


def _rename(renamed: list[tuple[int, str, str]]) -> None:
    on = today()
    PlaceChange.objects.bulk_create(
        [
            PlaceChange(place_id=pk, kind=PlaceChange.Kind.RENAMED, on=on, before=old, after=new)
            for pk, old, new in renamed
        ],
        batch_size=500,
    )
    places = [Place(pk=pk, name=new) for pk, _old, new in renamed]
    Place.objects.bulk_update(places, ["name"], batch_size=500)
