"""What became of the alerts that were raised three weeks ago: signed for, answered, checked, put right, closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from huilian.engine.alerts import services as alerts
from huilian.engine.alerts.models import Alert
from huilian.foundation.now import now

from ..company import Company
from ..diary import Diary, Pace
from .plants import Truth

REPLIES = {
    "true": "情况属实。经办时图省事，没有按规定办，村里认账，马上改。",
    "partly": "款是该付的，手续确实没有办全，已补齐单据。",
    "untrue": "当时情况紧急，先办后补，有照片、有村监会现场证明，请核实。",
    "data_error": "单据齐全，是录入时填错了，请代理中心更正。",
}
FOUND = {
    "true": "调阅凭证原件、询问经办人，情况属实，责令整改。",
    "partly": "支出真实，手续不全，部分属实，责令补办并提醒。",
    "untrue": "现场核实，抢险事实清楚、价格合理，不属实。",
    "data_error": "凭证原件无误，系录入错误，转代理中心更正。",
}
DONE = "已按要求整改，补办手续，经办人在村务会上作了检查，今后一律转账、先批后付。"
SEEN = "到村复核，账款、票据已核对，整改到位。"
ALL = 9  # more steps than any alert has


def tell(found: list[Alert], truth: list[Truth], company: Company, until: datetime) -> int:
    """Let the first alerts go their ways until now; gives the acts."""
    diary, rnd = Diary(), Random(len(found))
    pace = Pace(rnd)
    honest = {(t.rule, t.village) for t in truth if t.honest}
    for place, alert in enumerate(found):
        village = int(alert.place.code) if alert.place else 0
        verdict = (
            "untrue" if (alert.rule, village) in honest else ("true", "true", "partly", "true", "data_error")[place % 5]
        )
        last = ALL if place % 4 else 1 + place // 4 % 5  # most are through, the others stand at every step
        diary.begin(pace.office(alert.raised_at.date() + timedelta(days=1)), _life(alert, verdict, last, company, pace))
    diary.run(until=until)
    return diary.acts


def _life(alert: Alert, verdict: str, last: int, company: Company, pace: Pace) -> Iterator[datetime]:
    """One alert through its steps; each act on a day of its own."""
    unit, checker = alert.case.unit, company.alert_officer
    clerk = company.clerk(unit)
    steps = [
        lambda: alerts.sign(alert, by=clerk),
        lambda: alerts.explain(alert, REPLIES[verdict], by=clerk),
        lambda: alerts.check(
            alert,
            verdict=verdict,
            note=FOUND[verdict],
            by=checker,
            data_owner=alert.unit if verdict == "data_error" else None,
        ),
    ]
    if verdict in ("true", "partly"):
        steps.append(lambda: alerts.rectify(alert, DONE, responsible=clerk.name, by=clerk))
        # The colour falls one step with every visit; when none is left the alert is taken off the list.
        steps += [lambda: alerts.verify(alert, passed=True, note=SEEN, by=checker)] * alert.level
        steps.append(lambda: alerts.close(alert, by=checker))
    for step in steps[:last]:
        step()
        yield pace.office(now().date() + timedelta(days=pace.rnd.choice((1, 1, 2))))


def waiting(limit: int = 40) -> list[Alert]:
    """The alerts that were raised and have a case, the oldest first."""
    rows = Alert.objects.filter(state=Alert.State.OPEN, rule__startswith="ZJ").select_related(
        "case__unit", "place", "unit"
    )
    return list(rows.order_by("pk")[:limit])
