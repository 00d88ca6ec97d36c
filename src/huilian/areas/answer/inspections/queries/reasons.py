"""Why a unit may be talked to: what stands against it now, each with a number and an address that can be opened."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.alerts.queries import LIVE, alerts_visible_to
from huilian.engine.directory.models import Unit
from huilian.engine.look.text import day, say
from huilian.engine.procedures.queries import cases_visible_to, rates
from huilian.foundation.now import now, today

from .. import rules
from ..models import Talk
from . import zeros
from .reach import visible_findings

MOST, DAYS = 12, 90  # of each kind; days a rate looks back
APART = ("alert", "finding")  # cases that stand among the reasons as what they are


@dataclass(frozen=True)
class Reason:
    kind: str
    number: str
    words: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.number}"

    @property
    def url(self) -> str:
        return address(self.kind, self.number)


def address(kind: str, number: str) -> str:
    """Where the occasion of a talk can be read."""
    if kind == Talk.Why.FINDING:
        return reverse("inspections-finding", args=[number])
    if kind == Talk.Why.ZEROS:
        return f"{reverse('inspections-zeros')}?quarter={number}"
    if kind == Talk.Why.RATE:
        return reverse("desk-cases")
    return reverse("desk-case", args=[number])


def reasons(unit: Unit, user: Any, quarter: rules.Span | None = None) -> list[Reason]:
    """What `user` may hold against `unit` today. Three zeros are those of `quarter`, else of the last whole one."""
    return [*_alerts(unit, user), *_overdue(unit, user), *_findings(unit, user), *_rate(unit, user),
            *_zeros(unit, quarter or rules.span("quarter", today()).before)]  # fmt: skip


def _alerts(unit: Unit, user: Any) -> list[Reason]:
    rows = alerts_visible_to(user).filter(unit=unit, state__in=LIVE, case__isnull=False).order_by("-colour", "-pk")
    return [Reason("alert", a.number, say(a.reason)) for a in rows[:MOST]]


def _overdue(unit: Unit, user: Any) -> list[Reason]:
    rows = cases_visible_to(user).filter(unit=unit, state="open", colour=3).exclude(kind__in=APART)
    return [
        Reason("overdue", c.number, _("“%(what)s” was due on %(day)s.") % {"what": c.title, "day": day(c.due_on)})
        for c in rows.order_by("due_on", "pk")[:MOST]
    ]


def _findings(unit: Unit, user: Any) -> list[Reason]:
    rows = visible_findings(user).filter(owner=unit, case__state="open", case__colour=3)
    return [Reason("finding", f.number, _("Not put right in time: %(fact)s") % {"fact": f.fact}) for f in rows[:MOST]]


def _rate(unit: Unit, user: Any) -> list[Reason]:
    at = now()
    found = rates(cases_visible_to(user).filter(unit=unit), since=at - timedelta(DAYS), until=at, now=at)
    due = found.closed + found.open_overdue
    if not due or found.closed_on_time == due:
        return []
    words = _("Of %(due)s matters due in %(days)s days, %(ok)s were closed on time.")
    return [Reason("rate", f"{found.closed_on_time}/{due}", words % {"due": due, "days": DAYS,
                                                                    "ok": found.closed_on_time})]  # fmt: skip


def _zeros(unit: Unit, span: rules.Span) -> list[Reason]:
    if span.last >= today():
        return []
    return [Reason("zeros", span.label, f"{span.label}：{listed(t.figures)}")
            for t in zeros.townships(span) if t.is_zero and t.unit == unit]  # fmt: skip


def listed(figures: list[zeros.Row]) -> str:
    """Figures in words: 问题线索0、立案0; a hidden one is “some”."""
    return "、".join(f"{say(f)} {pgettext('a figure', 'some') if f['n'] is None else f['n']}" for f in figures)
