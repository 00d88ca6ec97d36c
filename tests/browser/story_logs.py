"""What the pages of event logs show: a log of sixty penalties with late, skipped and unknown ones, and a broken one."""

from datetime import date, timedelta
from pathlib import Path

import yaml

from tests.engine.mining.logs import days, xes

BODY = yaml.safe_load((Path(__file__).parents[2] / "benchmarks" / "road-fines.yaml").read_text(encoding="utf-8"))
CREATE, SEND, NOTE, ADD, PAY = "Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Payment"
FILE, FORWARD = "Insert Date Appeal to Prefecture", "Send Appeal to Prefecture"
COLLECT = "Send for Credit Collection"
WAYS = (  # activities and the days between them; the last number: cases
    ((CREATE, SEND, NOTE, ADD, COLLECT), (40, 15, 60, 400), 24),
    ((CREATE, PAY), (5,), 14),
    ((CREATE, SEND, NOTE, ADD, PAY), (88, 15, 60, 70), 8),
    ((CREATE, SEND), (120,), 5),
    ((CREATE, SEND, NOTE, FILE, FORWARD), (60, 15, 30, 20), 4),
    ((CREATE, SEND, FILE, FORWARD), (60, 40, 20), 2),
    ((CREATE, SEND, NOTE, FILE, "Phone call", ADD, COLLECT), (80, 15, 90, 2, 3, 300), 3),
)


def cases():
    """Traces, the same each time."""
    number = 0
    for activities, gaps, count in WAYS:
        for _each in range(count):
            number += 1
            day, events = date(2024, 1, 1) + timedelta(days=3 * number), []
            for activity, gap in zip(activities, (*gaps, 0), strict=True):
                events.append((activity, day.isoformat()))
                day += timedelta(days=gap + number % 7)
            yield days(f"F{number:04d}", *events)


def tell(people) -> dict[str, str]:
    from huilian.areas.power.monitoring.services.logs import hand_in_log

    given = {"procedure": BODY, "by": people.ding_ke, "unit": people.housing}
    log = hand_in_log(xes(*cases()), "罚单日志.xes", title="违停处罚办件日志", **given)
    refused = hand_in_log(xes(days("A", (CREATE, "not a day"))), "坏.xes", title="读不出的日志", **given)
    return {"log": log.number, "log_refused": refused.number}
