"""Packages: a table with its manifest (rows, SHA-256), sent out, taken in row by row, refused when changed."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import sheets
from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.foundation.now import now, today

from .. import hooks
from ..models import Answer, Code, Fault, Heading, Package, Profile
from .catalogue import save

DO = "office.exchange"
LIMIT = 20 << 20  # bytes of a table that is taken in
IN = ("number", "theirs", "state", "since")  # fields of a file that comes in
STATES = "their_state"  # field under which the codes of their states are mapped


@transaction.atomic
def save_profile(row: Profile | None, values: Mapping[str, Any], *, by) -> Profile:
    """Add or change a profile. Raises Invalid for a source that no area fills."""
    if values.get("source", row.source if row else "") not in hooks.sources:
        raise Invalid(_("There is no such source of rows."), field="source")
    return save(row or Profile(), {**values, "origin": "county"}, by, "office.catalogue")


@transaction.atomic
def save_heading(row: Heading | None, values: Mapping[str, Any], *, by) -> Heading:
    """Change how a column is called there."""
    return save(row or Heading(), values, by, "office.catalogue")


@transaction.atomic
def save_code(row: Code | None, values: Mapping[str, Any], *, by) -> Code:
    """Change what a code is there."""
    return save(row or Code(), values, by, "office.catalogue")


def _source(profile: Profile) -> hooks.Source:
    if profile.source not in hooks.sources or not profile.is_active:
        raise Invalid(_("There is no such source of rows."), field="profile")
    return hooks.sources[profile.source]


def _headings(profile: Profile) -> dict[str, str]:
    return dict(profile.headings.values_list("field", "heading"))


@transaction.atomic
def send_out(profile: Profile, *, since: date, until: date, by) -> tuple[Package, bytes]:
    """The package for a stretch of days as a zip of table and manifest.

    Raises Invalid where a code is not mapped: a row that the other system could not read is not sent.
    """
    require(by, DO)
    source, headings = _source(profile), _headings(profile)
    if not since <= until <= today():
        raise Invalid(_("The days run from the first to the last, until today at most."), field="until")
    codes = {(c.field, c.ours): c.theirs for c in profile.codes.all()}
    wanted = [field for field in headings if field in source.fields]
    rows = []
    for values in source.rows(since, until):
        row = []
        for field in wanted:
            value = values.get(field, "")
            if field in source.codes and value:
                if (field, value) not in codes:
                    raise Invalid(_("“%(field)s” has no code for “%(value)s”.") % {"field": field, "value": value})
                value = codes[field, value]
            row.append(value)
        rows.append(row)
    number = next_number("JH")
    table = _written(profile, [headings[field] for field in wanted], rows)
    made = Package.objects.create(
        number=number, profile=profile, way="out", rows=len(rows), sha256=hashlib.sha256(table).hexdigest(), at=now(),
        by=by if isinstance(by, User) else None,
    )  # fmt: skip
    record("office.send_out", made, by=by, data={"profile": profile.key, "rows": len(rows), "sha256": made.sha256})
    return made, pack(profile.key, f"{number}.{profile.form}", table, len(rows))


def _written(profile: Profile, headings: list[str], rows: list[list[str]]) -> bytes:
    if profile.form == Profile.Form.XLSX:
        columns = [sheets.Column(f"c{n}", heading) for n, heading in enumerate(headings)]
        return sheets.write(columns, rows)
    out = io.StringIO()
    csv.writer(out).writerows([[f"'{v}" if v[:1] in "=+-@" and v else v for v in row] for row in (headings, *rows)])
    return out.getvalue().encode("utf-8-sig")


def pack(profile: str, name: str, table: bytes, rows: int) -> bytes:
    """A zip of a table and its manifest."""
    manifest = {"profile": profile, "file": name, "rows": rows, "sha256": hashlib.sha256(table).hexdigest()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(name, table)
        box.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return out.getvalue()


def _unpacked(profile: Profile, file: BinaryIO) -> tuple[bytes, dict]:
    """Table and manifest. Raises Invalid when the package is not whole, not for this profile, or was changed."""
    broken = _("This is no package with a table and its manifest.json.")
    try:
        with zipfile.ZipFile(file) as box:
            if any(info.file_size > LIMIT for info in box.infolist()):
                raise Invalid(_("The table is too large to be taken in."), field="file")
            manifest = json.loads(box.read("manifest.json"))
            table = box.read(str(manifest["file"]))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError, NotImplementedError) as error:
        raise Invalid(broken, field="file") from error
    if manifest.get("profile") != profile.key:
        raise Invalid(_("This package is for another system."), field="file")
    if hashlib.sha256(table).hexdigest() != manifest.get("sha256"):
        raise Invalid(_("The table is not the one of the manifest: it was changed on the way."), field="file")
    return table, manifest


@transaction.atomic
def take_in(profile: Profile, file: BinaryIO, *, by) -> Package:
    """Take a package in: good rows at once, the others into the queue, row by row with what is wrong.

    The same table again changes nothing and gives the package it came as. An older state does not replace a newer one.
    """
    require(by, DO)
    source = _source(profile)
    Profile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    table, manifest = _unpacked(profile, file)
    digest = hashlib.sha256(table).hexdigest()
    if kept := profile.packages.filter(way="in", sha256=digest).first():
        return kept
    headings = {**{field: field for field in IN}, **_headings(profile)}
    columns = [sheets.Column(f, headings[f], "date" if f == "since" else "text") for f in IN]
    read = sheets.read(table, known=[[column.heading] for column in columns])
    where = {heading: n for n, heading in enumerate(read.headings)}
    if missing := [c.heading for c in columns if c.heading not in where]:
        raise Invalid(_("A column is missing: %(name)s") % {"name": missing[0]}, field="file")
    rows = [(n, [cells[where[c.heading]] for c in columns]) for n, cells in read.rows]
    if len(rows) != manifest.get("rows"):
        raise Invalid(_("The manifest counts other rows than the table has."), field="file")
    made = Package.objects.create(
        number=next_number("JH"), profile=profile, way="in", rows=len(rows), sha256=digest, at=now(),
        by=by if isinstance(by, User) else None,
    )  # fmt: skip
    states = {c.theirs: c.ours for c in profile.codes.filter(field=STATES)}
    for n, cells in rows:
        number = str(cells[0] or "").strip()[:32]
        try:
            _take(made, source, states, number, cells)
        except Refused as refused:
            made.faults += 1
            Fault.objects.create(package=made, row=n, number=number, text=str(refused)[:200])
        else:
            queue = Fault.objects.filter(package__profile=profile, number=number, settled_at=None)
            queue.update(settled_at=now(), note=made.number)
    made.save()
    record("office.take_in", made, by=by, data={"profile": profile.key, "rows": made.rows, "faults": made.faults})
    return made


def _take(made: Package, source: hooks.Source, states: dict[str, str], number: str, cells: list) -> None:
    theirs, state, since = str(cells[1] or "").strip(), str(cells[2] or "").strip(), cells[3]
    if not number or not source.knows(number):
        raise Invalid(_("There is no such number here: %(number)s") % {"number": number or "—"})
    if not theirs or len(theirs) > 60:
        raise Invalid(_("The number there is missing or too long."))
    if state not in states:
        raise Invalid(_("“%(state)s” is no code of a state.") % {"state": state[:40]})
    try:
        day = since if isinstance(since, date) else date.fromisoformat(str(since).strip()[:10])
    except ValueError as error:
        raise Invalid(_("“%(text)s” is no day.") % {"text": str(since)[:20]}) from error
    day = date(day.year, day.month, day.day)
    if day > today():
        raise Invalid(_("The day lies in the future."))
    answer = Answer.objects.filter(profile=made.profile, number=number).first()
    if answer and answer.since > day:
        raise Conflict(_("A later state of %(day)s is known already.") % {"day": answer.since})
    values = {"theirs": theirs, "state": states[state], "since": day, "package": made}
    Answer.objects.update_or_create(profile=made.profile, number=number, defaults=values)


@transaction.atomic
def settle(fault: Fault, *, note: str, by) -> Fault:
    """Settle a row by hand, in words."""
    require(by, DO)
    fault = Fault.objects.select_for_update(of=("self",)).get(pk=fault.pk)
    if fault.settled_at:
        raise Conflict(_("This row is settled."))
    if not note.strip():
        raise Invalid(_("Write it in a sentence."), field="note")
    fault.settled_at, fault.note = now(), note.strip()[:200]
    fault.save()
    record("office.settle", fault.package, by=by, data={"row": fault.row})
    return fault
