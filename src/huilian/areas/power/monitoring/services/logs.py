"""Event logs from outside: handed in, read and judged by the worker, their findings exported."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

import pyarrow.parquet as pq
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Unit
from huilian.engine.jobs import enqueue, job
from huilian.engine.mining import discovery, reading, telling
from huilian.engine.mining.days import Days
from huilian.engine.mining.judging import judge
from huilian.engine.mining.prescription import prescribe
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, Refused
from huilian.foundation.now import now

from ..models import OutsideLog

MEGABYTES = 200
EVENTS = 5_000_000
AT_ONCE = 1 << 20  # bytes; a smaller file is judged while the person waits
State = OutsideLog.State


def hand_in_log(file: BinaryIO, name: str, *, title: str, procedure: Mapping[str, Any], by, unit: Unit | None = None,
                columns: Mapping[str, str] | None = None) -> OutsideLog:  # fmt: skip
    """Take a log in and have it judged by `procedure` (the text of a procedure file): now when it is small, else by the
    worker. `columns` names the headings of a table.

    Raises Invalid (too large, a wrong procedure) or Conflict (handed in before); then nothing is kept.
    """
    require(by, "monitoring.logs")
    if not title.strip():
        raise Invalid(_("Give the log a title."), field="title")
    size = file.seek(0, 2)
    if size > MEGABYTES << 20:
        words = _("The file has %(size)s MB; at most %(limit)s MB are taken. Part it, say by years.")
        raise Invalid(words % {"size": f"{size / (1 << 20):.1f}", "limit": MEGABYTES}, field="file")
    prescribed = prescribe(procedure)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    with transaction.atomic():
        key = prescribed.definition.key
        before = OutsideLog.objects.filter(sha256=digest, procedure_key=key).exclude(state=State.REFUSED).first()
        if before:
            words = _("This file was handed in before and judged by the same procedure: %(number)s.")
            raise Conflict(words % {"number": before.number}, field="file")
        log = OutsideLog(
            number=next_number("RZ"), title=title.strip()[:120], unit=unit, file_name=name[-120:], sha256=digest,
            size=size, columns=dict(columns or {}), procedure_key=key, procedure=dict(procedure), made_by=str(by),
            made_at=now(),
        )  # fmt: skip
        log.file.save(f"{log.number}.bin", File(file), save=False)
        log.save()
        record("monitoring.log_received", log, by=by, data={"file": log.file_name, "procedure": key, "sha256": digest})
        if size > AT_ONCE:
            enqueue(judge_outside_log, log=log.pk, language=get_language() or "zh-hans")
    return log if size > AT_ONCE else judge_log(log)


@job(retries=0, atomic=False)
def judge_outside_log(log: int, language: str) -> None:
    """Judge one log that was handed in. A fault of ours is told to the person and reported."""
    found = OutsideLog.objects.filter(pk=log, state=State.WAITING).first()
    if found is None:
        return
    with translation.override(language):
        try:
            judge_log(found)
        except Exception:
            give_up(found)
            raise


def judge_log(log: OutsideLog) -> OutsideLog:
    """Read and judge a log that was handed in; safe to run again. A log that cannot be read is refused as a whole."""
    OutsideLog.objects.filter(pk=log.pk).update(state=State.JUDGING, events=0)
    prescription = log.prescription

    def progress(events: int) -> None:
        OutsideLog.objects.filter(pk=log.pk).update(events=events)

    try:
        with log.file.open("rb") as file:
            how = {"keep": prescription.attributes(), "limit": EVENTS, "progress": progress}
            read = reading.read(file, columns=log.columns or None, **how)
        calendar = None if prescription.plain else calendar_for()
        judgment = judge(read, prescription, calendar=calendar)
    except Refused as refused:
        return _end(log, State.REFUSED, "monitoring.log_refused", {"reason": str(refused)}, refusal=str(refused))
    found = discovery.discover(read, Days(read.day.min(), read.day.max(), calendar))
    log.result = telling.as_data(read, prescription, judgment) | {
        "map": discovery.as_data(found),
        "off": [[source, target, cases] for (source, target), cases in judgment.off.items()],
    }
    content = BytesIO()
    pq.write_table(judgment.findings, content)
    log.findings.save(f"{log.number}.parquet", ContentFile(content.getvalue()), save=False)
    told = {"cases": len(read.cases), "events": len(read), "findings": judgment.findings.num_rows}
    return _end(
        log, State.DONE, "monitoring.log_judged", told, cases=told["cases"], events=told["events"],
        found=told["findings"], first_day=read.first_day, last_day=read.last_day,
    )  # fmt: skip


def give_up(log: OutsideLog) -> OutsideLog:
    """A fault of ours: say so, so that the person does not wait and may hand the log in again."""
    said = _("The log could not be judged because of a fault in the system, which has been reported.")
    return _end(log, State.REFUSED, "monitoring.log_refused", {"reason": said}, refusal=said)


def _end(log: OutsideLog, state: str, verb: str, told: dict, **values: object) -> OutsideLog:
    """Keep what came of a log and let go of its file."""
    for name, value in values.items():
        setattr(log, name, value)
    with transaction.atomic():
        log.state, log.ended_at, kept = state, now(), log.file.name
        log.file = ""
        log.save()
        record(verb, log, by=SYSTEM, data=told)
        transaction.on_commit(lambda: log.file.storage.delete(kept))
    return log


@transaction.atomic
def record_export(log: OutsideLog, *, rows: int, by) -> None:
    """Write down that findings left the house."""
    require(by, "monitoring.logs")
    record("monitoring.log_exported", log, by=by, data={"rows": rows})
