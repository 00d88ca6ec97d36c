"""What goes on in the offices every day beside the matters: colours follow the clock, alerts and cards are handled."""

from datetime import date, datetime, time, timedelta

from huilian.engine.alerts import services as alerts
from huilian.engine.alerts.models import Alert
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Card
from huilian.engine.trail import services as trail
from huilian.foundation.now import CHINA, now

from .diary import Diary, Script
from .letters import say
from .matters import Stage

SWEEPS = (time(8, 5), time(13, 50), time(17, 45))
DILIGENCE = 0.7  # share of what waits that is handled on a day
VERDICTS = (("true", 70), ("partly", 15), ("untrue", 15))


def prepare(diary: Diary, stage: Stage, first: date, last: date) -> None:
    """Put every day's routine into the diary."""
    day = first
    while day <= last:
        diary.begin(_at(day, time(0, 1)), _midnight())
        for moment in SWEEPS:
            diary.begin(_at(day, moment), _sweep())
        if stage.pace.calendar.is_workday(day):
            diary.begin(_at(day, time(10, 30)), _alerts(stage))
            diary.begin(_at(day, time(15, 30)), _cards(stage))
        day += timedelta(days=1)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)


def _midnight() -> Script:
    """The log of the day that ended gets its signed head."""
    trail.sign_head(now().date() - timedelta(days=1))
    return
    yield


def _sweep() -> Script:
    alerts.sweep()
    return
    yield


def _alerts(stage: Stage) -> Script:
    """Each alert that is a case goes one act further, or waits another day."""
    waiting = Alert.objects.filter(state=Alert.State.OPEN, case__isnull=False).select_related("case", "unit")
    for alert in waiting.order_by("id"):
        if stage.rnd.random() < DILIGENCE and alert.unit_id:
            _one_act(stage, alert)
    return
    yield


def _one_act(stage: Stage, alert: Alert) -> None:
    step, officer = alert.case.step, stage.company.alert_officer
    clerk, head = stage.company.clerk(alert.unit), stage.company.head(alert.unit)
    if step == "raised":
        alerts.sign(alert, by=clerk)
    elif step == "explaining":
        alerts.explain(alert, say("explained", stage.rnd), by=head)
    elif officer.person.appointments.filter(post__unit=alert.unit_id).exists():
        return
    elif step == "checking":
        verdict = stage.rnd.choices(*zip(*VERDICTS, strict=True))[0]
        alerts.check(alert, verdict=verdict, note=say(f"verdict_{verdict}", stage.rnd), by=officer)
    elif step == "rectifying":
        alerts.rectify(alert, say("rectified", stage.rnd), by=clerk)
    elif step == "verifying":
        alerts.verify(alert, passed=True, note=say("verified", stage.rnd), by=officer)
    elif step == "verified":
        alerts.close(alert, by=officer)


def _cards(stage: Stage) -> Script:
    """The right of reply to a card, and the decision on it."""
    for card in Card.objects.filter(upheld=None, unit__isnull=False).select_related("case", "unit").order_by("id"):
        if stage.rnd.random() > DILIGENCE or card.raised_at.date() >= now().date():
            continue
        if not card.replied_at:
            cases.answer_card(card, say("explained", stage.rnd), by=stage.company.head(card.unit))
        elif card.unit.kind != "hotline_centre":
            lifted = stage.rnd.random() < 0.2
            remark = "确因天气等不可抗原因，予以撤销。" if lifted else ""
            cases.decide_card(card, uphold=not lifted, remark=remark, by=stage.company.duty_head)
    return
    yield
