"""Acts on registers: saving rows, verbs, imports, exports, views. The rules themselves are in the apps' services."""

from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlencode

from django.core.files.base import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huilian.engine import sheets
from huilian.engine.access.queries import require
from huilian.engine.documents.attachments import tidy_name
from huilian.engine.jobs import Job, enqueue, job
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.now import now

from . import importing
from .declare import Register, Verb, find
from .forms import fingerprint
from .models import ColumnMapping, ImportRun, SavedView

State = ImportRun.State
AT_ONCE = 200_000  # bytes; larger files are checked and written by the worker
VIEWS = 12  # saved views a person may keep for one register
FAULTS_SHOWN = 200


def save_row(register: Register, row, values: Mapping[str, Any], *, seen: str = "", by):
    """Add a row, or change what differs in `row`. `seen` is the fingerprint of what the person saw: Conflict if the row
    has changed since. Returns the row."""
    with transaction.atomic():
        register.require_change(by)
        add, change = register.save_with
        if row is None:
            if add is None:
                raise NotAllowed(_("Rows of this register come about by themselves; they are not entered here."))
            return add(by=by, **values)
        if change is None:
            raise NotAllowed(_("Rows of this register are not changed here."))
        fresh = register.visible_to(by).filter(pk=row.pk).select_for_update(of=("self",)).first()
        if fresh is None:
            raise Conflict(_("This row no longer exists."))
        if seen and seen != fingerprint(register, fresh):
            raise Conflict(
                _("Somebody has changed this row since you opened it. Load it again and repeat your change.")
            )
        columns = {c.name: c for c in importing.typed_of(register)}
        changed = {
            name: value
            for name, value in values.items()
            if not importing.same(columns[name], importing.current(columns[name], fresh), value)
        }
        return change(fresh, by=by, **changed) if changed else fresh


def run_verb(register: Register, verb: Verb, row, values: Mapping[str, Any], *, by):
    """Carry out a verb on a row that the person sees. Returns what the service returned."""
    with transaction.atomic():
        register.require_see(by)
        require(by, verb.action)
        fresh = register.visible_to(by).filter(pk=row.pk).first()
        if fresh is None or not verb.when(fresh):
            raise Conflict(_("This can no longer be done with this row. Load the page again."))
        return verb.run(fresh, by=by, **values)


# Views


def save_view(register: Register, name: str, query: str, *, by) -> SavedView:
    """Keep the present search, filters and order under a name; an own view of that name is replaced."""
    name = name.strip()
    if not name:
        raise Invalid(_("Give the view a name."), field="name")
    if len(name) > 30:
        raise Invalid(_("A name of a view has at most 30 characters."), field="name")
    kept = urlencode([(k, v) for k, v in parse_qsl(query) if k != "page" and v])
    if len(kept) > 1000:
        raise Invalid(_("These conditions are too long to be kept."), field="name")
    with transaction.atomic():
        register.require_see(by)
        mine = SavedView.objects.filter(user=by, register=register.key)
        if mine.exclude(name=name).count() >= VIEWS:
            raise Invalid(
                _("At most %(n)d views are kept for a register. Remove one first.") % {"n": VIEWS}, field="name"
            )
        return SavedView.objects.update_or_create(user=by, register=register.key, name=name, defaults={"query": kept})[
            0
        ]


def forget_view(pk: int, *, by) -> None:
    """Remove one of one's own views."""
    SavedView.objects.filter(pk=pk, user=by).delete()


# Exports


def record_export(register: Register, *, rows: int, kind: str, by) -> None:
    """Write down that rows left the house, and whether personal data went with them."""
    data = {"register": register.key, "rows": rows, "kind": kind, "full": bool(register.masked and register.purpose)}
    record("registers.export", f"registers.register:{register.key}", by=by, data=data)


# Imports


def begin_import(register: Register, file: BinaryIO, name: str, *, by, at_once: bool | None = None) -> ImportRun:
    """Take a file in and check it: here and now when it is small (or `at_once`), else by the worker.

    Raises Invalid when the file is too large or no spreadsheet at all; then nothing is kept.
    """
    register.require_change(by)
    size = file.seek(0, 2)
    file.seek(0)
    limits = sheets.Limits()
    if size > limits.megabytes << 20:
        raise Invalid(
            _("The file has %(size)s MB; at most %(limit)d MB are read. Delete pictures and other sheets.")
            % {"size": f"{size / (1 << 20):.1f}", "limit": limits.megabytes},
            field="file",
        )
    small = size <= AT_ONCE if at_once is None else at_once
    if small:
        _readable(register, file, by)
    with transaction.atomic():
        run = ImportRun(register=register.key, user=by, name=tidy_name(name)[:120], began_at=now())
        file.seek(0)
        run.file.save("import.bin", File(file), save=False)
        run.save()
        if not small:
            _later(check, run)
    if small:
        check_import(run)
    return run


def _readable(register: Register, file: BinaryIO, by) -> None:
    """Refuse at once what is no table; unknown headings are no reason, they can be matched."""
    try:
        importing.headings_of(file, register, by)
    except Refused as refusal:
        raise Invalid(str(refusal), field="file") from refusal
    finally:
        file.seek(0)


def check_import(run: ImportRun) -> ImportRun:
    """Work out what the file would do, and keep the report for the preview. Writes nothing but the run itself."""
    register, by = _parts(run)
    run.state, run.report, run.rows = State.CHECKING, {}, 0

    def progress(rows: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(rows=rows)

    try:
        with run.file.open("rb") as file:
            mapping = _mapping_for(register, run, file, by)
            file.seek(0)
            plan = importing.make(register, by, file, mapping=mapping, progress=progress)
    except Refused as refusal:
        return _end(run, State.REFUSED, {"refusal": str(refusal)})
    if plan.missing:
        run.state, run.report = State.MAPPING, {"missing": list(plan.missing), "headings": list(plan.headings)}
    else:
        _report(register, run, plan)
    run.save()
    return run


def _mapping_for(register: Register, run: ImportRun, file: BinaryIO, by) -> dict[str, str] | None:
    """What somebody matched for a source with these headings before."""
    try:
        headings = importing.headings_of(file, register, by)
    except Refused:
        return None
    kept = ColumnMapping.objects.filter(register=register.key, source=importing.source_of(headings)).first()
    return kept.headings if kept else None


def _report(register: Register, run: ImportRun, plan: importing.Plan) -> None:
    run.state = State.FAULTY if plan.faults else State.READY
    run.rows, run.added, run.changed, run.unchanged = plan.read, plan.added, plan.changed, plan.unchanged
    run.faulty = len(plan.faulty)
    run.digest = plan.digest()
    run.report = {
        "faults": [[f.row, f.column, f.letter, f.message] for f in plan.faults[: importing.KEPT]],
        "more": max(len(plan.faults) - importing.KEPT, 0),
        "examples": importing.examples(register, plan),
        "headings": list(plan.headings),
        "unknown": list(plan.unknown),
        "skipped": plan.skipped[:20],
        "tried": plan.tried,
    }


def map_columns(run: ImportRun, chosen: Mapping[str, str], *, by) -> ImportRun:
    """Say which heading of the file stands for which column; remembered for every file with these headings."""
    with transaction.atomic():
        register, run = _own(run, by, State.MAPPING, State.FAULTY, State.READY)
        headings = {name: heading for name, heading in chosen.items() if heading}
        if len(set(headings.values())) < len(headings):
            raise Invalid(_("One heading of the file was chosen for two columns."))
        lacking = [c.heading for c in importing.sheet_columns(register, by) if c.required and c.key not in headings]
        if lacking:
            raise Invalid(_("Say where these columns stand in the file: %(names)s.") % {"names": "、".join(lacking)})
        ColumnMapping.objects.update_or_create(
            register=register.key,
            source=importing.source_of(run.report.get("headings", ())),
            defaults={"headings": headings, "made_by": str(by), "made_at": now()},
        )
        run.state = State.CHECKING
        run.save()
        small = run.file.size <= AT_ONCE
        if not small:
            _later(check, run)
    return check_import(run) if small else run


def confirm_import(run: ImportRun, *, by, at_once: bool | None = None) -> ImportRun:
    """Write what the preview showed, all or nothing. Large files are written by the worker."""
    with transaction.atomic():
        _register, run = _own(run, by, State.READY)
        run.state = State.WRITING
        run.save()
        small = run.file.size <= AT_ONCE if at_once is None else at_once
        if not small:
            _later(write, run)
    return write_import(run) if small else run


def write_import(run: ImportRun) -> ImportRun:
    """Write a confirmed import, in one transaction with its entry in the trail."""
    register, by = _parts(run)
    shown = run.digest
    try:
        with transaction.atomic():
            register.require_change(by)
            with run.file.open("rb") as file:
                mapping = _mapping_for(register, run, file, by)
                file.seek(0)
                plan = importing.make(register, by, file, mapping=mapping, attempt=False)
            if plan.digest() != shown or plan.faults:
                _report(register, run, plan)
                run.report["changed"] = True
                run.save()
                return run
            faults = importing.write(register, plan, by)
            if faults:
                raise _Faulty(faults)
            data = {"register": register.key, "file": run.name, "added": plan.added, "changed": plan.changed}
            record("registers.import", run, by=by, data=data)
            return _end(run, State.DONE, {"unchanged": plan.unchanged})
    except _Faulty as found:
        run.state, run.faulty = State.FAULTY, len({f.row for f in found.faults})
        run.report["faults"] = [[f.row, f.column, f.letter, f.message] for f in found.faults]
        run.save()
    except Refused as refusal:
        _end(run, State.REFUSED, {"refusal": str(refusal)})
    return run


class _Faulty(Exception):
    def __init__(self, faults) -> None:
        super().__init__(len(faults))
        self.faults = faults


def cancel_import(run: ImportRun, *, by) -> ImportRun:
    """Give an import up; its file is deleted."""
    with transaction.atomic():
        _register, run = _own(run, by, State.MAPPING, State.READY, State.FAULTY)
        return _end(run, State.CANCELLED, {})


def fault_book(run: ImportRun) -> bytes:
    """The rows with faults as a workbook, each with what is wrong: to be put right and handed in again."""
    register, by = _parts(run)
    faults = [sheets.Fault(*one) for one in run.report.get("faults", ())]
    with run.file.open("rb") as file:
        mapping = _mapping_for(register, run, file, by)
        file.seek(0)
        columns = importing._mapped(importing.sheet_columns(register, by), mapping)
        sheet = sheets.read(file, known=importing.known(columns))
        return sheets.write_faults(sheet.headings, sheet.rows, faults, _("Faults in %(name)s") % {"name": run.name})


def _end(run: ImportRun, state: str, report: dict) -> ImportRun:
    """The run is over; the file goes, with whatever personal data it held, once that is certain."""
    stored = run.file.name
    run.state, run.report, run.ended_at, run.file = state, report, now(), ""
    run.save()
    if stored:
        transaction.on_commit(lambda: run.file.storage.delete(stored))
    return run


def _own(run: ImportRun, by, *states: str) -> tuple[Register, ImportRun]:
    """The locked run, if it is the person's own and in one of the states."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    register = find(run.register)
    register.require_change(by)
    if run.user_id != by.pk:
        raise NotAllowed(_("Only the person who handed this file in goes on with it."))
    if run.state not in states:
        raise Conflict(_("This import has gone on meanwhile. Load the page again."))
    return register, run


def _parts(run: ImportRun) -> tuple[Register, Any]:
    register = find(run.register)
    if register is None:
        raise Invalid(_("This register no longer exists."))
    return register, run.user


# Large imports, done by the worker. A fault of ours leaves the run where the person can go on, and is reported.


@job(retries=0, atomic=False)
def check(run: int, language: str) -> None:
    """Check a file for its preview."""
    _work_on(run, State.CHECKING, State.CANCELLED, check_import, language)


@job(retries=0, atomic=False)
def write(run: int, language: str) -> None:
    """Write a confirmed import, all or nothing."""
    _work_on(run, State.WRITING, State.READY, write_import, language)


def _work_on(run: int, state: str, after_fault: str, act, language: str) -> None:
    found = ImportRun.objects.filter(pk=run, state=state).first()
    if found is None:  # given up, or done by the first of two attempts
        return
    try:
        with translation.override(language):
            act(found)
    except Exception:
        ImportRun.objects.filter(pk=run).update(state=after_fault)
        raise


def _later(what: Job, run: ImportRun) -> None:
    enqueue(what, run=run.pk, language=get_language() or "zh-hans")
