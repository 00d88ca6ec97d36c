"""What alerts show of what rules found: the rule in the version that ran, headings of datasets, pages of subjects."""

from collections.abc import Iterable, Mapping, Sequence

from huilian.engine.alerts.sources import Heading, Source

from . import subjects
from .catalogue import datasets
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
    return {c.name: Heading(c.about or c.name, c.unit, c.personal) for c in found.columns} if found else {}


def addresses(names: Sequence[str]) -> Mapping[str, str]:
    """The pages of subjects and of evidence rows that are subjects themselves."""
    return {name: subject.url for name, subject in subjects.resolve((n, 0) for n in names).items() if subject.url}


def states(ids: Iterable[str]) -> Mapping[str, str]:
    wanted = set(ids)
    return {r.rule.id: str(RuleSetting.Status(r.status).label) for r in rules() if r.rule.id in wanted}


SOURCE = Source(rule_text, title, headings, addresses, states)
