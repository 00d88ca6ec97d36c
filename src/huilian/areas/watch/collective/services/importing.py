"""A file of vouchers comes in: looked at first, then all of it or nothing; columns matched once for each source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import require
from huilian.engine.documents.attachments import tidy_name
from huilian.engine.registers.importing import source_of
from huilian.engine.registers.models import ColumnMapping, ImportRun
from huilian.engine.sheets import Fault
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import AccountSet, Voucher
from ..queries.chart import chart_of
from ..reading import openings
from ..reading import vouchers as files
from ..rules import vouchers as rules
from .acting import allow
from .bulk import Given, Ready, insert, prepare
from .sets import add_opening, subject
from .writing import lock_sets

REGISTER = "collective.vouchers"  # under this name the columns of a source are remembered
SHOWN = 20  # faults told in the sentence of a refusal


class FaultyFile(Invalid):
    """Rows of the file are wrong, and nothing was entered. `faults` has them all, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        rest = len(faults) - SHOWN
        text = _("%(count)d faults; nothing was entered.") % {"count": len(faults)}
        tail = "\n" + _("… and %(rest)d more.") % {"rest": rest} if rest > 0 else ""
        shown = "\n".join(map(str, faults[:SHOWN]))
        super().__init__(f"{text}\n{shown}{tail}", row=faults[0].row if faults else None)


@dataclass
class Looked:
    """What a file would do. `missing` are columns that have to be matched first; with faults nothing can be entered."""

    digest: str
    headings: tuple[str, ...]
    missing: list[str] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)
    ready: list[Ready] = field(default_factory=list)

    @property
    def vouchers(self) -> int:
        return len(self.ready)

    @property
    def total(self) -> int:
        return sum(r.total for r in self.ready)


def look(file: BinaryIO | bytes | str | Path, accounts: AccountSet, *, by) -> Looked:
    """Read a file and say what it would do to the books of `accounts`. Writes nothing."""
    allow(by, "collective.enter", accounts)
    return _look(_stream(file), accounts)


@bulk.piling_up()
@transaction.atomic
def import_file(
    file: BinaryIO | bytes | str | Path, accounts: AccountSet, *, name: str = "", history: bool = False, by
) -> list[Voucher]:
    """Enter every voucher of a file, or none. They are handed over for review like any other.

    With `history` they are taken over as posted, from books kept elsewhere until now: for who may close the books.
    Raises FaultyFile with every fault by row, Conflict for a file that was imported before.
    """
    person = allow(by, "collective.close" if history else "collective.enter", accounts)
    accounts = lock_sets([accounts.pk])[0]
    looked = _look(_stream(file), accounts)
    if looked.missing:
        raise Invalid(_("Say first in which columns of the file these stand: %(names)s.") % {
            "names": "、".join(heading_of(key) for key in looked.missing)
        })  # fmt: skip
    if looked.faults:
        raise FaultyFile(looked.faults)
    if not looked.ready:
        raise Invalid(_("There is no voucher in this file."))
    if Voucher.objects.filter(batch=looked.digest, set=accounts).exists():
        raise Conflict(_("This file was imported already. Nothing was entered a second time."))
    at = now()
    if not history:
        for one in looked.ready:
            one.given.prepared = (person and person.pk, at)
    found = insert(looked.ready, {accounts.pk: accounts}, source="import", batch=looked.digest, posted=history)
    label = Path(name or getattr(file, "name", "") or "—").name[:120]
    data = {"file": label, "vouchers": len(found), "digest": looked.digest}
    if history:
        data["sealed"] = rules.seal([v.digest for v in found])
    verb = "collective.import_vouchers" if history else "collective.enter_file"
    record(verb, subject(accounts), by=by, data=data, place=accounts.place)
    return found


@transaction.atomic
def keep_file(file: BinaryIO, name: str, accounts: AccountSet, *, by) -> ImportRun:
    """Keep a file that can be read until it is entered or given up. Raises Invalid when it is no table."""
    looked = look(file, accounts, by=by)
    run = ImportRun(register=REGISTER, user=by, name=tidy_name(name)[:120], began_at=now(), state=ImportRun.State.READY)
    run.rows, run.digest = looked.lines, looked.digest
    run.report = {"set": accounts.pk, "headings": list(looked.headings)}
    file.seek(0)
    run.file.save("import.bin", File(file), save=False)
    run.save()
    return run


@transaction.atomic
def enter_kept(run: ImportRun, accounts: AccountSet, *, history: bool = False, by) -> list[Voucher]:
    """Enter the vouchers of a kept file, all or none; then the file goes."""
    run = _own(run, by)
    with run.file.open("rb") as file:
        found = import_file(file, accounts, name=run.name, history=history, by=by)
    _over(run, ImportRun.State.DONE)
    return found


@transaction.atomic
def give_up(run: ImportRun, *, by) -> None:
    """The file goes, with whatever names it held."""
    _over(_own(run, by), ImportRun.State.CANCELLED)


def _own(run: ImportRun, by) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.user_id != by.pk or run.register != REGISTER:
        raise NotAllowed(_("Only the person who handed this file in goes on with it."))
    if run.state != ImportRun.State.READY:
        raise Conflict(_("This import has gone on meanwhile. Load the page again."))
    return run


def _over(run: ImportRun, state: str) -> None:
    stored, storage = run.file.name, run.file.storage
    run.state, run.ended_at, run.file = state, now(), ""
    run.save()
    transaction.on_commit(lambda: storage.delete(stored))


@transaction.atomic
def import_openings(file: BinaryIO | bytes, accounts: AccountSet, *, by) -> Voucher:
    """Enter the opening balances of a workbook, all or none. Raises FaultyFile with every fault by row."""
    allow(by, "collective.close", accounts)
    rows, faults = openings.read(file, chart_of(accounts))
    if faults:
        raise FaultyFile(faults)
    if not rows:
        raise Invalid(_("There is no balance in this file."))
    return add_opening(accounts, rows, by=by)


def match_columns(headings: tuple[str, ...], chosen: Mapping[str, str], *, by) -> ColumnMapping:
    """Remember which heading of a source stands for which column. A source is known by its headings."""
    kept = {key: heading for key, heading in chosen.items() if heading}
    require(by, "collective.enter")
    if len(set(kept.values())) < len(kept):
        raise Invalid(_("One heading of the file was chosen for two columns."))
    lacking = [heading_of(key) for key in files.NEEDED if key not in kept]
    if lacking:
        raise Invalid(_("Say first in which columns of the file these stand: %(names)s.") % {
            "names": "、".join(lacking)
        })  # fmt: skip
    with transaction.atomic():
        return ColumnMapping.objects.update_or_create(
            register=REGISTER,
            source=source_of(headings),
            defaults={"headings": kept, "made_by": str(by), "made_at": now()},
        )[0]


def heading_of(key: str) -> str:
    return next(str(c.heading) for c in files.columns() if c.key == key)


def _stream(file: BinaryIO | bytes | str | Path) -> BinaryIO:
    if isinstance(file, bytes):
        return BytesIO(file)
    if isinstance(file, str | Path):
        return BytesIO(Path(file).read_bytes())
    return file


def _look(file: BinaryIO, accounts: AccountSet) -> Looked:
    reading = files.read(file)
    kept = ColumnMapping.objects.filter(register=REGISTER, source=source_of(reading.headings)).first()
    if kept:
        file.seek(0)
        reading = files.read(file, mapping=kept.headings)
    looked = Looked(reading.digest, reading.headings, reading.missing, reading.unknown, reading.lines)
    if reading.missing:
        return looked
    chart = chart_of(accounts)
    files.check_codes(reading, chart)
    wrong_rows = {fault.row for fault in reading.faults}
    given = [
        Given(accounts, v.date, v.summary, v.lines, values=v.values, invoices=v.invoices, row=v.row)
        for v in reading.vouchers
        if not wrong_rows or not wrong_rows.intersection(v.rows)
    ]
    looked.ready, faults = prepare(given, {accounts.pk: accounts}, {accounts.pk: chart})
    told = [Fault(one.row or 0, "", "", str(wrong)) for one, wrong in faults]
    looked.faults = sorted([*reading.faults, *told], key=lambda f: (f.row, f.letter))
    return looked
