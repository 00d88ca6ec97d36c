"""「体检」 What `huilian doctor` looks at, from the versions to the room on the disk.

Every part is looked at even where another is broken. A finding is good, a note (it will do, but somebody should know)
or bad (something does not work); a note or a fault says what to do.
"""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from huilian.foundation.now import moment, now, today

GOOD, NOTE, BAD = "good", "note", "bad"
LITTLE_ROOM, NO_ROOM = (
    5 << 30,
    1 << 30,
)  # bytes free: somebody should act; nothing fits any more
OLD_JOB = timedelta(minutes=10)
OLD_CHANGE = timedelta(minutes=1)  # the watch screens within a second
OLD_EVENT = timedelta(minutes=5)  # the worker seals every second
NOTICE_BY = (
    12,
    1,
)  # the State Council's notice of next year's holidays is out by then (facts: late October to November)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `part` groups, `value` is for programs, `text` for people."""

    part: str
    state: str
    text: str
    value: object = None
    advice: str = ""


def examine() -> list[Finding]:
    """Everything, in the order in which it is shown."""
    found: list[Finding] = []
    for part, look in PARTS.items():
        try:
            found += look()
        except Exception as error:  # whatever is broken in one part, the others are still looked at
            said = str(error).strip().splitlines() or [type(error).__name__]
            found.append(Finding(part, BAD, _("This cannot be looked at: %(why)s") % {"why": said[0][:200]}))
    return found


def _versions() -> Iterator[Finding]:
    import django

    for name, number in (
        ("Huilian", _installed()),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
    ):
        yield Finding("versions", GOOD, f"{name} {number}", {name.casefold(): number})


def _installed() -> str:
    try:
        return version("huilian")
    except PackageNotFoundError:
        return _("from its source folder")


def _database() -> Iterator[Finding]:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        number = connection.Database.sqlite_version
        size = Path(str(connection.settings_dict["NAME"])).stat().st_size
    else:
        number = ".".join(map(str, divmod(connection.pg_version, 10_000)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    value = {"kind": connection.vendor, "version": number, "bytes": size}
    text = _("%(kind)s %(number)s, %(size)s MB") % {
        "kind": connection.vendor,
        "number": number,
        "size": f"{size / (1 << 20):,.1f}",
    }
    yield Finding("database", GOOD, text, value)
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = [str(step) for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if waiting:
        text = _("%(n)s changes of the tables wait.") % {"n": len(waiting)}
        yield Finding("database", BAD, text, {"unapplied": waiting}, _("Run `huilian manage migrate`."))
    else:
        yield Finding("database", GOOD, _("Every table is up to date."), {"unapplied": []})


def _queue() -> Iterator[Finding]:
    from huilian.engine.jobs.queries import queue_state

    state = queue_state()
    oldest = state.oldest_waiting_at and moment(state.oldest_waiting_at)
    value = {
        "waiting": state.waiting,
        "running": state.running,
        "failed": state.failed,
        "workers": state.workers,
        "oldest": oldest and oldest.isoformat(),
    }
    text = _("%(waiting)s jobs wait, %(running)s run, %(failed)s failed; %(workers)s workers.") % value
    late = bool(oldest) and now() - oldest > OLD_JOB
    state_of = BAD if late and not state.workers else NOTE if late or state.failed or not state.workers else GOOD
    advice = ""
    if not state.workers:
        advice = _("No worker is at work: start `huilian worker`.")
    elif late:
        advice = _("The oldest job waits since %(at)s: look at what the worker says.") % {"at": f"{oldest:%F %H:%M}"}
    elif state.failed:
        advice = _("Look at the failed jobs and try them again.")
    yield Finding("queue", state_of, text, value, advice)


def _screening() -> Iterator[Finding]:
    from huilian.engine.screening.queries import watch_state
    from huilian.engine.screening.watching import SILENT

    state = watch_state()
    alive = bool(state.seen_at) and now() - state.seen_at < SILENT
    late = bool(state.oldest_at) and now() - state.oldest_at > OLD_CHANGE
    faults = sorted({fault["rule"] for fault in state.last.faults}) if state.last else []
    value = {
        "alive": alive,
        "seen_at": state.seen_at and state.seen_at.isoformat(),
        "waiting": state.waiting,
        "oldest": state.oldest_at and state.oldest_at.isoformat(),
        "last_pass": state.last and state.last.started_at.isoformat(),
        "last_milliseconds": state.last and state.last.milliseconds,
        "faults": faults,
    }
    text = _("%(waiting)s changes wait; last pass %(at)s, %(ms)s ms.") % {
        "waiting": state.waiting,
        "at": f"{moment(state.last.started_at):%F %H:%M}" if state.last else _("none yet"),
        "ms": state.last.milliseconds if state.last else 0,
    }
    if not alive:
        advice = _("Nobody keeps watch over the books: start `huilian worker`.")
    elif late:
        advice = _("Changes wait longer than a minute: look at what the worker says.")
    else:
        advice = _("Rules that cannot run: %(rules)s. `huilian rules check` says why.") % {"rules": ", ".join(faults)}
    yield Finding(
        "screening",
        BAD if late and not alive else NOTE if late or faults or not alive else GOOD,
        text,
        value,
        advice if late or faults or not alive else "",
    )


def _log() -> Iterator[Finding]:
    from huilian.engine.trail.models import Event, Log, Pending, TreeHead

    log = Log.objects.first()
    waiting = Pending.objects.count()
    head = TreeHead.objects.order_by("-day").first()
    value = {
        "entries": log.size if log else 0,
        "unsealed": waiting,
        "sealed_at": log.sealed_at.isoformat() if log and log.sealed_at else None,
        "last_head": str(head.day) if head else None,
    }
    text = _("%(entries)s sealed entries, %(unsealed)s waiting; last signed head: %(head)s.") % {
        **value,
        "head": value["last_head"] or _("none yet"),
    }
    first = Event.objects.filter(pk=Pending.objects.order_by("pk").values("pk")[:1]).first() if waiting else None
    if first and log and log.sealed_at and now() - moment(log.sealed_at) > OLD_EVENT:
        yield Finding(
            "log", BAD, text, value, _("Nothing is sealed any more: start `huilian worker`, or `huilian seal`.")
        )
    elif log and log.size and (head is None or head.day < today() - timedelta(days=2)):
        yield Finding("log", NOTE, text, value, _("No head was signed for days: the worker does it every night."))
    else:
        yield Finding("log", GOOD, text, value)


def _calendar() -> Iterator[Finding]:
    from huilian.engine.calendar.queries import loaded_years

    years = sorted(row.year for row in loaded_years())
    value = {"years": years}
    if not years:
        yield Finding(
            "calendar", NOTE, _("No year is in the tables; those of the product hold."), value, _("Run `huilian seed`.")
        )
        return
    text = _("Holidays of %(first)s to %(last)s are loaded.") % {"first": years[0], "last": years[-1]}
    day = today()
    if day.year not in years:
        yield Finding("calendar", BAD, text, value, _how_to_load(day.year))
    elif day >= date(day.year, *NOTICE_BY) and day.year + 1 not in years:
        yield Finding("calendar", NOTE, text, value, _how_to_load(day.year + 1))
    else:
        yield Finding("calendar", GOOD, text, value)


def _how_to_load(year: int) -> str:
    return _("Due dates in %(year)s are provisional: load its notice with `huilian calendar load FILE`.") % {
        "year": year
    }


def _procedures() -> Iterator[Finding]:
    from django.db.models import Max

    from huilian.engine.procedures.kinds import kinds
    from huilian.engine.procedures.models import Procedure

    published = dict(Procedure.objects.order_by("key").values_list("key").annotate(Max("version")))
    missing = sorted(
        {key for key, kind in kinds().items() if not kind.family} - {key.partition(".")[0] for key in published}
    )
    text = _("Published procedures: %(names)s.") % {
        "names": "、".join(f"{key} v{number}" for key, number in published.items()) or _("none yet")
    }
    if missing or not published:
        yield Finding(
            "procedures",
            BAD,
            text,
            published,
            _("Run `huilian seed`; missing: %(keys)s.") % {"keys": ", ".join(missing)},
        )
    else:
        yield Finding("procedures", GOOD, text, published)


def _parts() -> Iterator[Finding]:
    from huilian.engine.documents.pdf import missing_fonts

    from . import texts

    lost = missing_fonts()
    if lost:
        text = _("Fonts are missing: %(names)s.") % {"names": ", ".join(lost)}
        yield Finding(
            "parts",
            BAD,
            text,
            {"missing_fonts": lost},
            _("Chinese papers cannot be printed: set up the product again."),
        )
    else:
        yield Finding("parts", GOOD, _("Fonts of the papers are there."), {"missing_fonts": []})
    stale = [home.name for home in texts.homes() if home.po.exists() and not home.mo.exists()]
    if stale:
        yield Finding("parts", BAD, _("Chinese texts are not ready: %(names)s.") % {"names": ", ".join(stale)},
                      {"uncompiled": stale}, _("Run `huilian messages compile`."))  # fmt: skip
    else:
        yield Finding("parts", GOOD, _("Chinese texts are ready."), {"uncompiled": []})
    for key, names in (
        ("chromium", ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")),
        ("pg_ctl", ("pg_ctl",)),
    ):
        place = next((p for p in map(shutil.which, names) if p), None) or _postgres(key)
        text = _("%(name)s (tests only): %(place)s") % {"name": key, "place": place or _("not there")}
        yield Finding("parts", GOOD, text, {key: place})


def _postgres(key: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")) if key == "pg_ctl" else []
    return str(found[-1]) if found else None


def _room() -> Iterator[Finding]:
    home = Path(settings.HOME)
    room = shutil.disk_usage(home)
    value = {"home": str(home), "free_bytes": room.free, "total_bytes": room.total}
    text = _("%(free)s GB free at %(home)s.") % {"free": f"{room.free / (1 << 30):,.1f}", "home": home}
    if room.free < LITTLE_ROOM:
        state = BAD if room.free < NO_ROOM else NOTE
        yield Finding("room", state, text, value, _("Move old backups away or give the machine a larger disk."))
    else:
        yield Finding("room", GOOD, text, value)
    if not os.access(home, os.W_OK):
        yield Finding("room", BAD, _("%(home)s cannot be written.") % {"home": home}, {"writable": False},
                      _("Give the folder to the account the product runs as."))  # fmt: skip


def _people() -> Iterator[Finding]:
    from huilian.engine.access.queries import three_administrators

    held = {key: len(people) for key, people in three_administrators().items()}
    empty = sorted(key for key, many in held.items() if not many)
    if empty:
        text = _("Nobody is: %(keys)s.") % {"keys": ", ".join(empty)}
        yield Finding("people", NOTE, text, held, _("System, security and audit administration need one person each."))
    else:
        yield Finding("people", GOOD, _("The three administrators are appointed."), held)


PARTS: dict[str, Callable[[], Iterator[Finding]]] = {
    "versions": _versions,
    "database": _database,
    "queue": _queue,
    "screening": _screening,
    "log": _log,
    "calendar": _calendar,
    "procedures": _procedures,
    "people": _people,
    "parts": _parts,
    "room": _room,
}
