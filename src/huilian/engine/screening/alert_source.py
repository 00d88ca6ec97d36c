"""What alerts show of what rules found: the rule in the version that ran, headings of datasets, pages of subjects."""

import re
from collections.abc import Iterable, Mapping, Sequence

from huilian.engine.alerts.sources import Heading, Source

from . import subjects
from .catalogue import datasets
from .dataset import Column
from .models import RuleSetting, RuleVersion
from .queries import rules


def rule_text(rule: str, version: str) -> str:
    """The text of `rule` as it stood when it raised the alert."""
    return RuleVersion.objects.filter(rule=rule, version=version).values_list("text", flat=True).first() or ""


def title(dataset: str) -> str:
    found = datasets().get(dataset)
    return str(found.title) if found else ""


def headings(dataset: str) -> Mapping[str, Heading]:
    found = datasets().get(dataset)
    return {c.name: _heading(c) for c in found.columns} if found else {}


def _heading(column: Column) -> Heading:
    title, words = str(column.about or column.name), dict(column.values.choices) if column.values else {}
    if words:  # "kind of voucher: receipt, payment…": people read the word of the value
        title = re.split("[:：]", title)[0]
    refers = "place" if column.name == "village_code" else column.refers
    return Heading(title, column.unit, column.personal, words, refers, shown=not column.for_rules_alone)


def addresses(names: Sequence[str]) -> Mapping[str, str]:
    """The pages of subjects and of evidence rows that are subjects themselves."""
    return {name: subject.url for name, subject in subjects.resolve((n, 0) for n in names).items() if subject.url}


def states(ids: Iterable[str]) -> Mapping[str, str]:
    wanted = set(ids)
    return {r.rule.id: str(RuleSetting.Status(r.status).label) for r in rules() if r.rule.id in wanted}


SOURCE = Source(rule_text, title, headings, addresses, states)
