"""Tells the story of 安澜县: the county is set up, three weeks are lived, a year comes over from the old platform.

`tell()` fills an empty database. Everything goes through the product's services, so the trail, the clocks and the
histories are real; only the clock on the wall is turned back while the last weeks are lived.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, transaction

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Place
from huilian.engine.jobs import running, timetable
from huilian.engine.jobs.models import ScheduledRun
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Conflict
from huilian.foundation.now import frozen, now

from . import cast, county, history, matters, media, office, standing
from .answer import audits, campaigns, inspections, leads
from .answer import office as offices
from .diary import Diary
from .hear import keys, petitions, tips, watchers
from .money import plants, tell_money
from .power import tell_power
from .watch import exchange, works

SEED = 20260101
WEEKS = 3
A_YEAR, THREE_YEARS = 365, 3 * 365
FULL_PER_DAY = 52.0
LIVED_PER_DAY = 9

# Opens one part of the work by its key and, where known, its length; gives a function that takes steps forward.
StageOf = Callable[..., AbstractContextManager[Callable[[int], None]]]


@contextmanager
def _silent(_key: str, _length: int | None = None) -> Iterator[Callable[[int], None]]:
    yield lambda _n: None


@dataclass
class Told:
    """What the story left behind."""

    lived: int = 0
    acts: int = 0
    imported: int = 0
    vouchers: int = 0
    published: int = 0
    alerts: int = 0
    truth: list[plants.Truth] = field(default_factory=list)  # what screening must have found
    password: str = ""
    words: str = ""  # of every key of the vault
    sheets: tuple[str, ...] = ()  # of paper, for recovery
    code: str = ""  # of a reporter's receipt


def tell(
    *, full: bool = False, scale: float = 1.0, seed: int = SEED, stage: StageOf = _silent, sow: Callable[[], object]
) -> Told:
    """Tell the story into an empty database. `scale` shrinks it for tests; `sow` enters the default rows.

    Raises Conflict in production and where places are there already.
    """
    if settings.PRODUCTION:
        raise Conflict("This is a production system; the demonstration never runs there.")
    if Place.objects.exists() or Case.objects.exists():
        raise Conflict("The database is not empty. Point HUILIAN_HOME or DATABASE_URL at an empty one and try again.")
    rnd, told, present = Random(seed), Told(), now()
    begun = (present - timedelta(weeks=WEEKS)).replace(hour=7, minute=0, second=0, microsecond=0)
    with stage("county"), frozen(begun - timedelta(days=30)), transaction.atomic():
        anlan = county.build()
        sow()
        told.password = cast.open_accounts(anlan.units)
        scene = matters.Stage.set_up(anlan, rnd)
    count_rows()
    told.lived, told.acts = _live(scene, begun, present, scale, stage)
    told.imported = _hand_over(scene, begun, full, scale, stage)
    told.vouchers, told.published, told.alerts, told.truth = tell_money(
        anlan, scene.company, begun, full=full, scale=scale, seed=seed, stage=stage
    )
    with stage("power"):
        count_rows()
        told.truth += works.tell(anlan)
        told.truth += exchange.tell(anlan)
        told.truth += inspections.tell(anlan)
        told.truth += audits.tell(anlan)
        campaigns.tell(anlan)
        offices.tell(anlan)
        told.truth += tell_power(anlan, scene.company, seed=seed)
    with stage("voice"):
        told.truth += _confide(anlan, told)
        told.truth += petitions.tell(anlan, scene.company)
    with stage("settle"):
        count_rows()
        _settle()
    return told


def _live(scene: matters.Stage, begun: datetime, present: datetime, scale: float, stage: StageOf) -> tuple[int, int]:
    """Three weeks of matters, each going its own way, and those that stand at every step today."""
    diary = Diary()
    count = standing.prepare(diary, scene, present, scale)
    media.prepare(diary, scene, begun, present)
    office.prepare(diary, scene, begun.date() + timedelta(days=1), present.date())
    day = begun.date()
    fates = [*matters.FATES] if scale >= 0.1 else []
    while day < present.date():
        for at in matters.received_in(scene, day, max(1, round(LIVED_PER_DAY * scale))):
            # Each way a matter can go comes at least once, and early enough to be finished.
            diary.begin(at, matters.matter(scene, fates.pop() if fates else ""))
            count += 1
        day += timedelta(days=1)
    with stage("weeks", count) as step:
        diary.run(until=present, told=step)
    return count, diary.acts


def _confide(anlan: county.County, told: Told) -> list[plants.Truth]:
    """What people confide, and what becomes of it: sealed to those of the cast who have keys."""
    people = {u.username: u for u in User.objects.filter(username__in=[m.login for m in cast.members()])}
    with keys.past(), transaction.atomic():
        ring = keys.Ring(people)
        told.words, told.sheets = ring.words, ring.sheets
        told.code, tip = tips.tell(anlan, people, ring)
        leads.tell(anlan, people, ring, tip)
        return watchers.tell(anlan, people)


def _hand_over(scene: matters.Stage, begun: datetime, full: bool, scale: float, stage: StageOf) -> int:
    """The old platform's matters come in through the product's own import: the time before, and beside the lived
    weeks what other desks had finished, so that no month looks emptier than the next."""
    present = now()
    per_day = FULL_PER_DAY if full else history.PER_DAY
    since = begun.date() - timedelta(days=(THREE_YEARS if full else A_YEAR) - 7 * WEEKS)
    spans = (
        ("旧平台办件.csv", since, begun.date(), begun, per_day * scale),
        ("分中心办件.csv", begun.date(), present.date(), present, (per_day - LIVED_PER_DAY) * scale),
    )
    return sum(_import(scene, stage, *span) for span in spans)


def _import(scene, stage: StageOf, name: str, since: date, until: date, horizon: datetime, per_day: float) -> int:
    from huilian.areas.hear.hotline.services import importing

    with tempfile.TemporaryDirectory(prefix="huilian-demo-") as folder:
        path = Path(folder) / name
        count = history.write(path, scene, since=since, until=until, horizon=horizon, per_day=per_day)
        with stage("year", count) as step:
            done = 0

            def told(so_far: int, _of: int) -> None:
                nonlocal done
                step(so_far - done)
                done = so_far

            with path.open("rb") as file:
                return importing.import_orders(file, name=name, by=SYSTEM, place=scene.county.place, told=told).imported


def count_rows() -> None:
    """Let the database count its rows: of tables just filled its planner knows nothing, and joins them row by row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _settle() -> None:
    """Do once what the worker does all day: colours follow the present moment, the trail is sealed, jobs are run.

    Work of once a day (learning from past orders takes a while) is left to the worker, who finds it due at its start.
    """
    running.drain()
    functions = timetable.prepare()
    for function in functions.values():
        if function.timetable.at is None:
            function()
    ScheduledRun.objects.filter(key__in=[k for k, f in functions.items() if f.timetable.at]).update(due_at=now())
    running.drain()
