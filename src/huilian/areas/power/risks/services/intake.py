"""「信息归集」 What becomes a signal by itself: orange and red alerts, and hotline matters that had to be supervised.

Only numbers and names of rules are taken over, never what a citizen wrote.
"""

from datetime import timedelta

from django.db import transaction

from huilian.engine.alerts.figures import MONEY
from huilian.engine.alerts.models import Alert
from huilian.engine.procedures.models import Supervision
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import moment, today

from ..models import RiskPoint, Signal
from .watching import take_signal

LOOK_BACK = timedelta(days=30)
OWN_RULE = "GB08"  # about the points themselves
FOUND = (Alert.Verdict.TRUE, Alert.Verdict.PARTLY, Alert.Verdict.MADE_GOOD)


@transaction.atomic
def take_in() -> int:
    """Take in what arose in the last thirty days. Safe to run again; returns how many are new."""
    before = Signal.objects.count()
    since = today() - LOOK_BACK
    alerts = Alert.objects.filter(raised_at__date__gte=since, colour__gte=2, unit__isnull=False)
    for alert in alerts.exclude(state__in=["prompt", "lapsed"]).exclude(rule=OWN_RULE).select_related("unit__place"):
        signal = take_signal(
            alert.unit,
            source=Signal.Source.BOOKS if alert.group in MONEY else Signal.Source.ALERT,
            ref=alert.number,
            text=f"{alert.rule} {alert.names['zh']}",
            arose_on=moment(alert.raised_at).date(),
            colour=alert.colour,
            by=SYSTEM,
        )
        _follow(signal, alert)
    watched = Supervision.objects.filter(
        level__gte=Supervision.Level.SUPERVISE, issued_at__date__gte=since, case__kind="hotline", unit__isnull=False
    )
    for one in watched.select_related("unit__place", "case"):
        take_signal(
            one.unit, source=Signal.Source.HOTLINE, ref=one.case.number, text=f"热线件{one.case.number}被督办",
            arose_on=moment(one.issued_at).date(), by=SYSTEM,
        )  # fmt: skip
    return Signal.objects.count() - before


def _follow(signal: Signal, alert: Alert) -> None:
    """A signal of an alert belongs to the one point of the unit that names its rule, and keeps the alert's days:
    told when the unit signed for it, put right when the alert was closed as true."""
    points = RiskPoint.objects.filter(unit=signal.unit, rule=alert.rule, state=RiskPoint.State.FINAL)[:2]
    if signal.state == Signal.State.OPEN and len(points) == 1:
        signal.point, signal.state = points[0], Signal.State.LINKED
        signal.analysis = f"风险点指定由规则{alert.rule}监测"
    if alert.signed_at and signal.noticed_on is None:
        signal.noticed_on = moment(alert.signed_at).date()
    if alert.ended_at and alert.verdict in FOUND and signal.noticed_on and signal.corrected_on is None:
        signal.corrected_on = moment(alert.ended_at).date()
    signal.save()
