"""「模型成效表」 What came of each rule, counted from the verdicts."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine.look.text import say
from huilian.foundation.money import yuan

from . import sources
from .models import Alert
from .queries import Precision, alerts_visible_to, precision


@dataclass(frozen=True)
class Result:
    """One rule's line. `versions` are those its alerts were raised by, the newest first; `state` as its keeper says."""

    rule: str
    name: str
    versions: str
    state: str
    counted: Precision

    @property
    def percent(self) -> str:
        """Precision with what it was counted from; "—" while nothing was checked."""
        share = self.counted.share
        return "—" if share is None else f"{share * 100:.1f}% ({self.counted.right}/{self.counted.checked})"


def rows_for(user) -> list[Result]:
    """The results of every rule over the alerts that `user` may see."""
    alerts = alerts_visible_to(user)
    counted = precision(alerts)
    named: dict[str, tuple[dict, list[str]]] = {}
    for rule, version, names in (
        Alert.objects.filter(pk__in=_newest(alerts)).order_by("-pk").values_list("rule", "rule_version", "names")
    ):
        known = named.setdefault(rule, (names, []))
        known[1].append(version)
    states = sources.states_of([row.rule for row in counted])
    return [
        Result(
            row.rule, say(named[row.rule][0]), ", ".join(named[row.rule][1][:3]), str(states.get(row.rule, "")), row
        )
        for row in counted
    ]  # fmt: skip


def _newest(alerts):
    """The newest alert of each rule and version: they are few, the alerts many."""
    return alerts.order_by().values("rule", "rule_version").annotate(last=Max("pk")).values("last")


def columns() -> list[tuple[str, str, str]]:
    return [
        ("rule", _("Rule"), "code"),
        ("name", _("Name of the rule"), ""),
        ("versions", _("Versions that raised"), ""),
        ("raised", _("Raised"), "integer"),
        ("true", _("True"), "integer"),
        ("partly", _("Partly true"), "integer"),
        ("made_good", _("Made good"), "integer"),
        ("untrue", _("Not true"), "integer"),
        ("data_error", _("Error in the data"), "integer"),
        ("amount", _("Amount found true (yuan)"), "money"),
        ("precision", _("Share found true"), ""),
        ("appeals", _("Appeals"), "integer"),
        ("overturned", _("Overturned"), "integer"),
        ("state", _("State"), ""),
    ]


def cells(row: Result) -> list:
    c = row.counted
    return [
        row.rule, row.name, row.versions, c.raised, c.true, c.partly, c.made_good, c.untrue, c.data_error,
        yuan(c.amount_cents), row.percent, c.appeals, c.overturned, row.state,
    ]  # fmt: skip


def total(rows: list[Result]) -> Precision:
    """All rules together."""
    names = ("raised", "true", "partly", "untrue", "data_error", "made_good", "appeals", "overturned", "amount_cents")
    return Precision("", *(sum(getattr(row.counted, name) for row in rows) for name in names))
