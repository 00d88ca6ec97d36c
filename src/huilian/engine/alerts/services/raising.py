"""Raising alerts. The same thing is one alert: raising it again does nothing, unless the level has risen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import copies_of
from huilian.engine.calendar.queries import Calendars
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.jobs.declare import enqueue
from huilian.engine.numbering.services import take_numbers
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case, Party, Procedure
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.rules import subject_key
from huilian.engine.trail.services import Act, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.now import moment, now
from huilian.foundation.workdays import PERIODS, period_end

from ..answering import answering
from ..models import Alert, AlertRoute, Level
from ..routing import Routes, group_of, limits_of
from ..telling import Told, tell, tell_raised
from .life import class_of, mark, raise_again
from .waiting import up_on

BATCH = 500
RISEN = ["level", "colour", "levels", "state", "reason", "evidence", "parameters", "basis", "score", "data_as_of",
         "rule_version", "case", "clock", "ended_at", "told", "escalated", "escalates_on", "amount_cents", "nature",
         "about"]  # fmt: skip
State = Alert.State


class Finding(NamedTuple):
    """What a clock or a rule found out. `subject` is an instance or "kind:id"; `key` tells things of one apart.

    `about` is the subject as people call it (柳河村 2026-03 记12号). `group` and `nature` are those of the
    rule; without a group it is read from the rule's name.
    """

    rule: str
    names: dict  # {zh, en}
    level: int
    subject: object
    reason: dict  # {zh, en}: one sentence in plain words
    key: str = ""
    version: str = "1"
    parameters: dict = {}
    unit: Unit | None = None
    place: Place | None = None
    township: Place | None = None
    basis: Sequence[dict] = ()
    evidence: Sequence[dict] = ()
    data_as_of: datetime | None = None
    score: int = 0
    persons: Sequence[Person] = ()  # named in it: they and their kin step back
    handler: Person | None = None
    data_owner: Unit | None = None
    clock: Clock | None = None
    group: str = ""
    nature: str = ""  # form, gain
    amount_cents: int | None = None
    about: str = ""


@dataclass
class Raised:
    """What became of many findings. `pairs` are the alerts that are new or have risen, with what raised them; `alerts`
    are those of all findings, by rule, subject and key."""

    new: int = 0
    risen: int = 0
    opened: int = 0
    pairs: list[tuple[Alert, Finding, AlertRoute]] = field(default_factory=list)
    alerts: dict[tuple[str, str, str], Alert] = field(default_factory=dict)


@transaction.atomic
def raise_alert(*, rule: str, names: dict, level: int, subject: object, reason: dict, by=SYSTEM, **more) -> Alert:
    """Raise one alert and return it; the fields are those of `Finding`. Only ever raises the level.

    A closed alert that is found at a higher level is raised again; at the same level it stays closed.
    """
    finding = Finding(rule, names, level, subject, reason, **more)
    raise_many([finding], by=by)
    return Alert.objects.select_related("case").get(rule=rule, subject=_subject(finding), key=finding.key)


@transaction.atomic
def raise_many(
    findings: Iterable[Finding], *, by=SYSTEM, at: datetime | None = None, tell_later: bool = False
) -> Raised:
    """Raise many alerts with a bounded number of queries for each 500. All or nothing; the notices with them, or by a
    job of their own."""
    at, done = at or now(), Raised()
    strongest: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        _check(finding)
        name = (finding.rule, _subject(finding), finding.key)
        if name not in strongest or strongest[name].level < finding.level:
            strongest[name] = finding
    if not strongest:
        return done
    routes = Routes()  # locks: from here on we are alone
    names = list(strongest)
    for start in range(0, len(names), BATCH):
        _raise_batch({name: strongest[name] for name in names[start : start + BATCH]}, routes, by, at, done)
    told = [Told(alert, route.tells, finding.handler) for alert, finding, route in done.pairs]
    if not tell_later:
        tell(told)
    elif told:
        enqueue(tell_raised, rows=[(t.alert.pk, list(t.tells), t.handler.pk if t.handler else None) for t in told])
    return done


@transaction.atomic
def lapse(alerts: Sequence[Alert], *, by=SYSTEM, at: datetime | None = None) -> int:
    """Take prompts off the list whose matter was answered before its limit (到期前办结). Recorded, never counted."""
    at = at or now()
    kept = list(
        Alert.objects.select_for_update(of=("self",))
        .select_related("place", "clock")
        .filter(pk__in=[a.pk for a in alerts], state=State.PROMPT)
        .order_by("pk")
    )
    for alert in kept:
        alert.state, alert.colour = State.LAPSED, 0
        alert.ended_at = alert.clock.stopped_at if alert.clock_id and alert.clock.stopped_at else at
        alert.levels = [*alert.levels, mark(alert, "lapsed", at)]
    _write(kept, ["state", "colour", "ended_at", "levels"])
    record_many([Act("alerts.lapse", a, {}, place=a.place) for a in kept], by=by)
    return len(kept)


# ---------------------------------------------------------------------- inside


def _raise_batch(found: dict, routes: Routes, by, at: datetime, done: Raised) -> None:
    known = {
        (a.rule, a.subject, a.key): a
        for a in Alert.objects.select_for_update(of=("self",))
        .select_related("case__clock", "unit", "place")
        .filter(subject__in={subject for _rule, subject, _key in found}, rule__in={name[0] for name in found})
        .order_by("pk")
    }
    fresh = _made([(name, f) for name, f in found.items() if name not in known], at)
    done.alerts |= known | fresh
    changed, acts, to_open, again = [], [], [], []
    for name, finding in found.items():
        alert = known.get(name)
        if alert is None:
            alert = fresh[name]
            acts.append(Act("alerts.raise", alert, _facts(alert), place=alert.place))
        elif alert.state == State.LAPSED or finding.level > alert.level:
            if alert.state == State.CLOSED:
                again.append((alert, finding))
            else:
                changed.append(alert)
            # On the case when there is one: its page is where the history is read.
            acts.append(Act("alerts.rise", alert.case or alert, _facts(alert, finding.level), place=alert.place))
            _rise(alert, finding, at)
            done.risen += 1
        else:
            if finding.clock is not None and alert.clock_id != finding.clock.pk:
                alert.clock = finding.clock
                changed.append(alert)
            continue
        route = routes.of(alert.rule, alert.level, alert.group)
        alert.told = list(dict.fromkeys([*alert.told, *route.tells]))
        if route.opens_case and alert.case is None:
            to_open.append((alert, finding, route))
        done.pairs.append((alert, finding, route))
    _open([(alert, route) for alert, _finding, route in to_open], by, at)
    done.opened += len(to_open)
    done.new += len(fresh)
    bulk.insert(list(fresh.values()))
    _write(changed, RISEN)
    _follow_level([a for a in changed if a.state == State.OPEN and a.case_id], routes, by, at)
    for alert, finding in again:
        alert.save()
        raise_again(alert, finding.reason["zh"], by)
    record_many(acts, by=by)
    parties = [Party(case=a.case, person=p) for a, f, _route in to_open for p in f.persons]
    Party.objects.bulk_create(parties, batch_size=BATCH)


def _made(rows: list, at: datetime) -> dict:
    """Unsaved alerts for findings nobody has raised before."""
    numbers = take_numbers(_procedure().definition.prefix, moment(at).date(), len(rows)) if rows else []
    townships: dict[int, Place | None] = {}
    made = {}
    for number, (name, f) in zip(numbers, rows, strict=True):
        township = f.township
        if township is None and f.place is not None:
            if f.place.pk not in townships:
                townships[f.place.pk] = copies_of(f.place)["township"]
            township = townships[f.place.pk]
        made[name] = alert = Alert(
            number=number,
            rule=f.rule,
            subject=name[1],
            key=f.key,
            names=f.names,
            level=f.level,
            colour=f.level,
            place=f.place,
            township=township,
            unit=f.unit,
            data_owner=f.data_owner,
            group=f.group or group_of(f.rule),
            raised_at=at,
        )
        _fill(alert, f, at)
        alert.levels = [mark(alert, "raised", at)]
    return made


def _rise(alert: Alert, finding: Finding, at: datetime) -> None:
    """Take over what raised it. A prompt that had lapsed is a prompt again."""
    why = "again" if alert.state == State.LAPSED else "risen"
    alert.level = max(alert.level, finding.level)
    alert.colour = finding.level
    if alert.state == State.LAPSED:
        alert.state, alert.ended_at = State.PROMPT, None
    _fill(alert, finding, at)
    alert.levels = [*alert.levels, mark(alert, why, at)]


def _fill(alert: Alert, finding: Finding, at: datetime) -> None:
    alert.rule_version, alert.parameters = finding.version, dict(finding.parameters)
    alert.reason, alert.score = finding.reason, finding.score
    alert.basis, alert.evidence = list(finding.basis), list(finding.evidence)
    alert.data_as_of = finding.data_as_of or at
    alert.amount_cents, alert.nature = finding.amount_cents, finding.nature
    alert.about = finding.about[:120]
    if finding.clock is not None:
        alert.clock = finding.clock


def _open(rows: list[tuple[Alert, AlertRoute]], by, at: datetime) -> None:
    """Give alerts the cases in which they are handled, under their own numbers, within the limits of their routes."""
    if not rows:
        return
    procedure, alerts = _procedure(), [alert for alert, _route in rows]
    answers = answering(alert.unit for alert in alerts)
    opened = cases.open_many(
        [
            Case(
                number=alert.number,
                procedure=procedure,
                kind=procedure.key,
                title=f"{alert.names['zh']}：{alert.about or alert.subject.partition(':')[2]}"[:200],
                class_key=class_of(alert.level),
                source=alert.rule[:24],
                place=alert.place,
                township=alert.township,
                unit=answers.get(alert.unit_id),
            )
            for alert in alerts
        ],
        by=by,
        at=at,
        limits=[limits_of(route, "raised") for _alert, route in rows],
    )
    since, calendars = moment(at).date(), Calendars()
    for (alert, route), case in zip(rows, opened, strict=True):
        alert.case, alert.state = case, State.OPEN
        alert.escalates_on = up_on(route, 0, since, alert.place, calendars)


def _follow_level(alerts: list[Alert], routes: Routes, by, at: datetime) -> None:
    """Cases of alerts that rose get the class of the new level, and its limit where that ends earlier than theirs."""
    by_class, calendars = defaultdict(list), Calendars()
    versions = Procedure.objects.in_bulk({alert.case.procedure_id for alert in alerts})
    for alert in alerts:
        if alert.case.class_key != class_of(alert.level):
            by_class[class_of(alert.level)].append(alert)
    for key, some in by_class.items():
        Case.objects.filter(pk__in=[a.case_id for a in some]).update(class_key=key, revision=F("revision") + 1)
        for alert in some:
            own = limits_of(routes.of(alert.rule, alert.level, alert.group), alert.case.step).whole
            limit = own or versions[alert.case.procedure_id].definition.case_class(key).limit
            clock = alert.case.clock
            if clock is None or clock.state != Clock.State.RUNNING or limit.unit not in PERIODS:
                continue
            # With the defaults a rise never shortens; where the county's own limits do, these are few.
            if period_end(limit.unit, moment(at).date(), limit.length, calendars.of(alert.place)) < clock.due_on:
                _shorten(alert.case, limit, by, at)


def _shorten(case: Case, limit, by, at: datetime) -> None:
    clocks.stop(case.clock, by=by, at=at)
    clock = clocks.start(
        case, length=limit.length, unit=limit.unit, kind="whole", start_at=at, place=case.place,
        rule=str(case.procedure), by=by,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(clock=clock, lamp=clock, due_on=clock.due_on, colour=clock.colour)


def _write(alerts: Sequence[Alert], fields: Sequence[str]) -> None:
    """Write changed alerts as upserts: one statement of plain values is many times quicker than a CASE per row."""
    if alerts:
        Alert.objects.bulk_create(
            alerts, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
        )


def _check(finding: Finding) -> None:
    if finding.level not in Level.values:
        raise Invalid(_("An alert is yellow, orange or red."), field="level")
    for part in (finding.names, finding.reason):
        if not (part.get("zh") and part.get("en")):
            raise Invalid(_("An alert says its name and its reason in both languages."), field="reason")


def _subject(finding: Finding) -> str:
    return ":".join(subject_key(finding.subject))


def _facts(alert: Alert, level: int | None = None) -> dict:
    return {"rule": alert.rule, "version": alert.rule_version, "level": level or alert.level, "about": alert.subject}


def _procedure() -> Procedure:
    return current_procedure("alert")
