"""The screening itself: run rules, keep what they find, raise alerts, let go of what is no longer found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import date, datetime, time
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Count

from huilian.engine import bulk
from huilian.engine.access.queries import require
from huilian.engine.alerts.models import Alert
from huilian.engine.alerts.services import Finding, lapse, raise_many
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import Act, record, record_many
from huilian.foundation.now import CHINA, now

from .. import duck, queries, saying, subjects
from ..duck import Found
from ..models import Hit, Outbox, RuleVersion, Run
from ..queries import InForce
from ..rule import Broken
from ..store import Store

BATCH = 500
OWN_SECONDS = 5.0  # for one rule of the county in one pass
KEPT = ["version", "village_code", "level", "facts", "evidence", "last_seen", "gone_at", "held", "raised_at", "alert"]
CHANGES = ("version", "village_code", "level", "facts", "evidence")


def screen(
    villages: Iterable[int | str] | None = None, *, as_of: date | None = None, rules: Iterable[str] | None = None,
    store: Store | None = None, reads: set[str] | None = None, done: Sequence[int] = (), by=SYSTEM,
) -> Run:  # fmt: skip
    """Screen the county, or some villages, and raise and retire alerts. Returns what came of it.

    `rules` are ids (all that are not off); `store` is a loaded mirror (one is loaded and closed otherwise); `reads`
    keeps to rules that read one of these datasets; `done` are outbox rows that this answers. Safe to run twice.
    """
    require(by, "screening.decide")
    began, started = monotonic(), now()
    codes = None if villages is None else sorted({int(code) for code in villages})
    wanted = set(rules) if rules is not None else None
    for rule_id in wanted or ():
        queries.rule_of(rule_id)  # raises for one nobody knows
    chosen = [r for r in queries.rules() if r.runs and (wanted is None or r.rule.id in wanted)]
    if reads is not None:
        chosen = [r for r in chosen if reads & set(r.rule.reads)]
    run = Run(kind=Run.Kind.FULL if codes is None else Run.Kind.PART, as_of=as_of or started.date(),
              started_at=started, villages=None if codes is None else len(codes), rules=len(chosen))  # fmt: skip
    run.faults = [{"rule": f.file, "message": f.message} for f in queries.house_rules()[1]]
    mine = store is None
    mirror = store if store is not None else Store()
    try:
        if mine:
            mirror.load({name for r in chosen for name in r.rule.reads} & set(mirror.datasets))
        if codes is not None:
            mirror.narrow(codes, {name for r in chosen if r.rule.grain == "village" for name in r.rule.reads})
        found = _find(mirror, chosen, run, narrowed=codes is not None)
        with transaction.atomic():
            _keep(mirror, [r for r in chosen if r.rule.id in found], found, codes, run)
            run.milliseconds = round((monotonic() - began) * 1000)
            run.save()
            Outbox.objects.filter(pk__in=done).delete()
            if codes is None:
                record("screening.run", f"run:{run.pk}", by=by,
                       data={"as_of": run.as_of, "found": run.found, "new": run.new, "gone": run.gone,
                             "raised": run.raised, "faults": len(run.faults)})  # fmt: skip
    finally:
        if mine:
            mirror.close()
    return run


# ---------------------------------------------------------------------- inside


def _find(mirror: Store, chosen: Sequence[InForce], run: Run, *, narrowed: bool) -> dict[str, list[Found]]:
    """What each rule gives. A rule that cannot run is a fault of the run; its hits stay as they are."""
    found: dict[str, list[Found]] = {}
    for r in chosen:
        try:
            schema = "part" if narrowed and r.rule.grain == "village" else "base"
            # A rule an auditor wrote must not keep all others waiting; those of the house were measured.
            with duck.time_limit(mirror.con, OWN_SECONDS) if r.own else nullcontext():
                rows = mirror.find(r.rule, r.values, run.as_of, schema=schema)
        except Broken as broken:
            run.faults += [{"rule": r.rule.id, "message": fault.message} for fault in broken.faults]
            continue
        strongest: dict[tuple[str, str, str], Found] = {}
        for row in rows:
            if row.name not in strongest or strongest[row.name].level < row.level:
                strongest[row.name] = row
        found[r.rule.id] = list(strongest.values())
        run.found += len(strongest)
    return found


def _keep(mirror: Store, ran: list[InForce], found: dict[str, list[Found]], codes: list[int] | None, run: Run) -> None:
    at = run.started_at
    _versions(ran, at)
    whole = [r.rule.id for r in ran if codes is None or r.rule.grain != "village"]
    part = [r.rule.id for r in ran if codes is not None and r.rule.grain == "village"]
    locked = Hit.objects.select_for_update(of=("self",)).select_related("alert").order_by("pk")
    hits = [*locked.filter(rule__in=whole), *locked.filter(rule__in=part, village_code__in=codes or ())]
    known = {(h.rule, h.subject, h.key): h for h in hits}
    strays = [row.subject for rule_id in part for row in found[rule_id] if row.name not in known]
    for start in range(0, len(strays), BATCH):  # found before under a village that has since been merged
        for hit in locked.filter(rule__in=part, subject__in=strays[start : start + BATCH]):
            known.setdefault((hit.rule, hit.subject, hit.key), hit)
    stray = {id(h) for h in known.values()} - {id(h) for h in hits}
    by_id, new, changed = {r.rule.id: r for r in ran}, [], []
    for rule_id, rows in found.items():
        rule = by_id[rule_id].rule
        personal = saying.personal_facts(rule.sql, mirror.datasets, rule.reads)
        for row in rows:
            body = {
                "version": rule.version,
                "village_code": row.village_code,
                "level": row.level,
                "facts": queries.frozen_facts(saying.masked(row.facts, personal)),
                "evidence": list(row.evidence),
            }
            hit = known.pop(row.name, None)
            if hit is None:
                new.append(Hit(rule=rule_id, subject=row.subject, key=row.key, first_seen=at, last_seen=at, **body))
            elif hit.gone_at is not None or any(getattr(hit, name) != body[name] for name in CHANGES):
                hit.first_seen = at if hit.gone_at is not None else hit.first_seen
                hit.gone_at, hit.last_seen = None, at
                for name, value in body.items():
                    setattr(hit, name, value)
                changed.append(hit)
    gone = [hit for hit in known.values() if hit.gone_at is None and id(hit) not in stray]
    for hit in gone:
        hit.gone_at, hit.held = at, False
    standing = {id(h): h for h in (*hits, *changed, *new) if h.gone_at is None}
    raised = _raise(mirror, by_id, list(standing.values()), run)
    _write([*changed, *gone, *(h for h in raised if h.pk is not None)])
    bulk.insert(new)
    Hit.objects.filter(rule__in=whole, gone_at=None).update(last_seen=at)
    _let_go([h for h in gone if h.alert_id], at)
    run.new, run.gone = len(new), len(gone)


def _versions(ran: list[InForce], at: datetime) -> None:
    """Keep the text of every version that ran, so that an alert's version can be read for ever."""
    have = set(RuleVersion.objects.filter(version__in=[r.rule.version for r in ran]).values_list("rule", "version"))
    RuleVersion.objects.bulk_create(
        [RuleVersion(rule=r.rule.id, version=r.rule.version, text=r.rule.text, made_at=at)
         for r in ran if (r.rule.id, r.rule.version) not in have],
        ignore_conflicts=True,
    )  # fmt: skip


def _raise(mirror: Store, by_id: dict[str, InForce], hits: list[Hit], run: Run) -> list[Hit]:
    """Give alerts to live hits of active rules that have none, have risen, or came back after their prompt lapsed.
    Gives the hits that changed by it."""

    def level(hit: Hit) -> int:
        return by_id[hit.rule].level(hit.level)

    due = [
        h for h in hits if by_id[h.rule].raises
        and (h.alert is None or h.alert.level < level(h) or h.alert.state == Alert.State.LAPSED)
    ]  # fmt: skip
    due.sort(key=lambda h: (-level(h), -by_id[h.rule].rule.weight, h.first_seen, h.subject, h.key))
    chosen, held = _within_caps(due, by_id, run)
    if not chosen:
        return held
    evidence = mirror.evidence(ref for h in chosen for ref in h.evidence)
    about = subjects.resolve((h.subject, h.village_code) for h in chosen)
    findings = [_finding(h, by_id[h.rule], about[h.subject], evidence, mirror, run) for h in chosen]
    done = raise_many(findings, at=run.started_at, tell_later=True)
    run.raised = done.new + done.risen
    for hit in chosen:
        hit.alert, hit.held = done.alerts[hit.rule, hit.subject, hit.key], False
        hit.raised_at = hit.raised_at or run.started_at
    return [*chosen, *held]


def _within_caps(due: list[Hit], by_id: dict[str, InForce], run: Run) -> tuple[list[Hit], list[Hit]]:
    """The hits that may be raised today, and those held from today on. Red is never held; a hit that has its alert
    already is no new one."""
    morning = datetime.combine(run.started_at.astimezone(CHINA).date(), time.min, CHINA)
    used: Counter[Any] = Counter()
    if due:
        today = Hit.objects.filter(raised_at__gte=morning).order_by().values_list("village_code", "rule")
        for code, rule, n in today.annotate(n=Count("pk")):
            used[code] += n
            used[code, rule] += n
    cap, chosen, held = queries.daily_cap(), [], []
    for hit in due:
        setting, new = by_id[hit.rule], hit.alert_id is None
        mine = setting.daily_cap
        full = used[hit.village_code] >= cap or (mine is not None and used[hit.village_code, hit.rule] >= mine)
        if new and full and setting.level(hit.level) < 3:
            run.held += 1
            if not hit.held:
                hit.held = True
                held.append(hit)
            continue
        if new:
            used[hit.village_code] += 1
            used[hit.village_code, hit.rule] += 1
        chosen.append(hit)
    return chosen, held


# The money an alert is about: the first of these facts that its rule gives.
AMOUNTS = ("amount_cents", "total_cents", "open_cents", "balance_cents", "paid_cents")


def _finding(
    hit: Hit, r: InForce, about: subjects.Subject, evidence: dict[str, dict], mirror: Store, run: Run
) -> Finding:
    level = r.level(hit.level)
    facts = {**r.values, "as_of": run.as_of, **queries.thawed(hit.facts)}
    return Finding(
        rule=r.rule.id,
        names=dict(r.rule.names),
        level=level,
        subject=hit.subject,
        key=hit.key,
        reason=saying.explain(r.rule.explain, facts),
        version=r.rule.version,
        parameters=queries.frozen_parameters(r.values),
        unit=about.unit,
        place=about.place,
        township=about.township,
        basis=[{k: str(v) for k, v in b.items()} for b in r.rule.basis],
        evidence=[evidence[ref] for ref in hit.evidence if ref in evidence],
        data_as_of=mirror.loaded_at,
        score=r.rule.weight * level,
        persons=about.persons,
        data_owner=about.data_owner,
        group=r.rule.group,
        nature=r.rule.nature,
        amount_cents=next((facts[name] for name in AMOUNTS if isinstance(facts.get(name), int)), None),
        about=about.label,
    )  # fmt: skip


def _write(hits: list[Hit]) -> None:
    if hits:
        unique = list({h.pk: h for h in hits}.values())
        Hit.objects.bulk_create(
            unique, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=[*KEPT, "first_seen"]
        )


def _let_go(gone: list[Hit], at: datetime) -> None:
    """A prompt whose hit is gone lapses; a case gets a note and stays open: nothing closes by itself."""
    by_state: dict[str, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.select_related("case", "place").filter(pk__in=[h.alert_id for h in gone]):
        by_state[alert.state].append(alert)
    lapse(by_state[Alert.State.PROMPT], at=at)
    record_many(
        [Act("screening.gone", alert.case, {"rule": alert.rule}, place=alert.place)
         for alert in by_state[Alert.State.OPEN] if alert.case_id],
        by=SYSTEM,
    )  # fmt: skip
