"""Reads of rules and of what they found."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from huilian.engine.access.queries import Scope
from huilian.engine.alerts.models import Alert
from huilian.engine.alerts.queries import Precision
from huilian.engine.alerts.queries import precision as precision_of
from huilian.engine.look.text import say
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now

from . import saying
from .catalogue import datasets, rule_files
from .models import Hit, Outbox, RuleSetting, RuleVersion, Run, Watch
from .rule import Broken, Fault, Rule, parse, read

Status = RuleSetting.Status
DAILY_CAP = 20  # new alerts a day and village, until the county decides otherwise; red ones are never held
HALF_LIFE = 90  # days in which a hit's share of the stacked score halves
WRONG = (Alert.Verdict.UNTRUE, Alert.Verdict.DATA_ERROR)


@dataclass(frozen=True)
class InForce:
    """A rule with what the county decided about it."""

    rule: Rule
    status: str
    values: Mapping[str, Any]
    daily_cap: int | None = None
    own: bool = False
    setting: RuleSetting | None = field(default=None, compare=False)

    @property
    def runs(self) -> bool:
        return self.status != Status.OFF

    @property
    def raises(self) -> bool:
        return self.status in (Status.ACTIVE, Status.DEMOTED)

    def level(self, level: int) -> int:
        """The level at which a hit of `level` is raised: a demoted rule gives yellow only."""
        return 1 if self.status == Status.DEMOTED else level

    @property
    def changed(self) -> bool:
        """Whether the county set other parameters than the text gives."""
        return dict(self.values) != self.rule.values


@lru_cache(maxsize=1)
def house_rules() -> tuple[dict[str, Rule], tuple[Fault, ...]]:
    """The rules of the files by id, and the faults of files that cannot be read. Read once a process."""
    found, faults = {}, []
    for path in rule_files():
        try:
            rule = read(path)
            found[rule.id] = rule
        except Broken as broken:
            faults += broken.faults
    return found, tuple(faults)


def rules() -> list[InForce]:
    """Every rule, of the house and of the county, in order of its id, as it holds now."""
    settings = {s.rule: s for s in RuleSetting.objects.select_related("changed_by")}
    found = [_in_force(rule, settings.get(rule.id)) for rule in house_rules()[0].values()]
    seen = set()
    for version in RuleVersion.objects.filter(own=True):  # newest first
        if version.rule not in seen:
            seen.add(version.rule)
            found.append(_in_force(_parsed(version.text), settings.get(version.rule), own=True))
    return sorted(found, key=lambda r: r.rule.id)


def rule_of(rule_id: str) -> InForce:
    """The rule of that id. Raises `Invalid`."""
    for found in rules():
        if found.rule.id == rule_id:
            return found
    raise Invalid(_("There is no rule %(id)s. `huilian rules list` shows all.") % {"id": rule_id}, field="rule")


def daily_cap() -> int:
    """How many new alerts one village may get in a day, over all rules."""
    cap = RuleSetting.objects.filter(rule="").values_list("daily_cap", flat=True).first()
    return DAILY_CAP if cap is None else cap


def precision(rule_id: str) -> Precision:
    """How often the rule was right, from alerts that were checked; errors in data are not the rule's."""
    found = precision_of(Alert.objects.filter(rule=rule_id))
    return found[0] if found else Precision(rule_id, 0, 0, 0, 0, 0)


def precisions() -> dict[str, Precision]:
    """The precision of every rule that has raised anything."""
    return {p.rule: p for p in precision_of(Alert.objects.all())}


def live() -> QuerySet[Hit]:
    """Hits that are found now."""
    return Hit.objects.filter(gone_at=None)


def counts() -> dict[str, int]:
    """How many hits each rule has now."""
    return {row["rule"]: row["n"] for row in live().order_by().values("rule").annotate(n=Count("pk"))}


def findings_of(about: int | str) -> QuerySet[Hit]:
    """What is found now about a village (its 12-digit code) or a subject ("voucher:12"), worst first."""
    narrowed = live().filter(village_code=about) if isinstance(about, int) else live().filter(subject=about)
    return narrowed.select_related("alert__case")


def visible(hits: QuerySet[Hit], scope: Scope) -> QuerySet[Hit]:
    """Hits in the villages a person reaches."""
    if scope.whole:
        return hits
    reached = Q(pk__in=[])
    for _pk, _level, path in scope.places:
        first = int(path.ljust(12, "0"))
        reached |= Q(village_code__gte=first, village_code__lt=first + 10 ** (12 - len(path)))
    return hits.filter(reached)


def explanation(hit: Hit, rule: Rule, values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence of a hit in both languages."""
    return saying.explain(rule.explain, {**values, "as_of": hit.last_seen.date(), **thawed(hit.facts)})


@dataclass(frozen=True)
class Stack:
    """How much speaks about one village or one subject: Σ weight × level × recency over its live hits."""

    about: str
    village_code: int
    score: int
    hits: int
    rules: tuple[str, ...]


def stacked(scope: Scope | None = None, *, by: str = "village", at: datetime | None = None) -> list[Stack]:
    """Stacked scores, highest first, by `village` or by `subject`. Weak hits add up; each halves in 90 days.

    Hits whose alert was found not true or an error in data do not count, nor do hits of rules that are off. Only
    villages and transactions are scored, never a person: a subject is what the rules name, and they name none.
    """
    moment, known = at or now(), {r.rule.id: r for r in rules()}
    sums: dict[tuple[str, int], list[Any]] = defaultdict(lambda: [0.0, 0, set()])
    hits = live().exclude(alert__verdict__in=WRONG)
    rows = (visible(hits, scope) if scope else hits).order_by()
    for rule, code, subject, level, first in rows.values_list("rule", "village_code", "subject", "level", "first_seen"):
        found = known.get(rule)
        if found is None or not found.runs:
            continue
        days = max((moment - first) / timedelta(days=1), 0)
        about = str(code) if by == "village" else subject
        entry = sums[about, code]
        entry[0] += found.rule.weight * found.level(level) * 0.5 ** (days / HALF_LIFE)
        entry[1] += 1
        entry[2].add(rule)
    stacks = [Stack(a, code, round(s * 10), n, tuple(sorted(r))) for (a, code), (s, n, r) in sums.items()]
    return sorted(stacks, key=lambda s: (-s.score, s.about))


def waiting() -> int:
    """How many changes of villages are waiting to be screened."""
    return Outbox.objects.count()


class WatchState(NamedTuple):
    """How the resident screening stands. `seen_at` is its last sign of life, None where nobody keeps watch."""

    seen_at: datetime | None
    waiting: int
    oldest_at: datetime | None
    last: Run | None


def watch_state() -> WatchState:
    """Whether somebody keeps watch, what waits since when, and the last pass."""
    seen_at = Watch.objects.values_list("seen_at", flat=True).first()
    oldest = Outbox.objects.order_by("pk").values_list("at", flat=True).first()
    return WatchState(seen_at, waiting(), oldest, Run.objects.first())


def frozen_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as a JSON column keeps them; days and moments are marked, so that they come back as such."""
    return {n: {"day": v.isoformat()} if isinstance(v, date) else _plain(v) for n, v in facts.items()}


def frozen_parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as a JSON column and an alert keep them; `typed` gives days back."""
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in values.items()}


def thawed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they were found."""
    return {n: _day(v["day"]) if isinstance(v, dict) else v for n, v in facts.items()}


# ---------------------------------------------------------------------- inside


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _day(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Rule:
    return parse(text)


def _in_force(rule: Rule, setting: RuleSetting | None, *, own: bool = False) -> InForce:
    values = rule.values
    if setting is not None:
        values |= {name: typed(rule, name, v) for name, v in setting.parameters.items() if name in values}
    status = setting.status if setting is not None and setting.status else "trial" if own else rule.status
    return InForce(rule, status, values, setting.daily_cap if setting else None, own, setting)


def typed(rule: Rule, name: str, value: Any) -> Any:
    """A parameter's value with the type it has in the rule; `value` may be text as a form or a command gives it.

    Raises `Invalid` for what cannot be such a value.
    """
    given = rule.parameters[name].value
    try:
        if isinstance(given, list):
            items = value if isinstance(value, list) else [v.strip() for v in str(value).split(",") if v.strip()]
            if not items:
                raise ValueError
            return [type(given[0])(item) for item in items]
        if isinstance(given, bool):
            if str(value).lower() not in ("true", "false", "1", "0"):
                raise ValueError
            return str(value).lower() in ("true", "1")
        if isinstance(given, date):
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        if isinstance(given, int):
            return int(str(value).replace(",", ""))
        return type(given)(value)
    except (TypeError, ValueError):
        named = {"name": saying_name(rule, name), "value": value, "given": given}
        raise Invalid(
            _("%(name)s: “%(value)s” is not a value of its kind (such as %(given)s).") % named, field=name
        ) from None


def saying_name(rule: Rule, name: str) -> str:
    """How a parameter is called in the language being spoken."""
    return say(rule.parameters[name].names)


def declared_datasets() -> Mapping[str, Any]:
    """Every dataset a rule may read."""
    return datasets()
