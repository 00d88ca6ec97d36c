"""「会商数据包」 The figures a meeting begins with, as they stand when it is called, each with its page."""

from datetime import date
from typing import Any

from django.urls import reverse

from huilian.engine.alerts.queries import alerts_visible_to
from huilian.engine.procedures.queries import cases_visible_to
from huilian.foundation.hashing import canonical, digest

from ..models import Meeting, Round
from . import reach, zeros

Row = dict[str, Any]


def pack(first: date, last: date, user: Any) -> list[Row]:
    """Figures of a period as `user` may see them; what stands open is counted on the day of the call."""
    found = reach.visible_findings(user).filter(noted_on__range=(first, last))
    alerts = alerts_visible_to(user).filter(raised_at__date__range=(first, last))
    open_cases = cases_visible_to(user).filter(state="open", colour=3)
    letters, tasks = reach.visible_letters(user), reach.visible_tasks(user)
    rows = [
        _row("rounds", "开展监督检查", "rounds of checks", reach.visible_rounds(user).filter(
            starts_on__lte=last, ends_on__gte=first).exclude(state=Round.State.CANCELLED), "inspections-calendar"),
        _row("findings", "发现问题", "problems found", found, "inspections-findings"),
        _row("closed", "其中已销号", "of them signed off", found.filter(case__state="closed"), "inspections-findings"),
        _row("again", "其中反弹", "of them come back", found.filter(repeat_of__isnull=False), "inspections-findings"),
        _row("late", "整改超期", "repairs overdue", reach.visible_findings(user).filter(
            case__state="open", case__colour=3), "inspections-findings"),
        _row("letters", "函件超期未复", "letters unanswered after their day",
             letters.filter(answered_on=None, due_on__lt=last), "inspections-letters"),
        _row("talks", "约谈", "talks held", reach.visible_talks(user).filter(held_on__range=(first, last)),
             "inspections-talks"),
        _row("tasks", "任务逾期", "tasks overdue", tasks.filter(done_on=None, due_on__lt=last), "inspections-tasks"),
        _row("alerts", "预警", "alerts raised", alerts, "desk-alerts"),
        _row("red", "其中红色", "of them red", alerts.filter(level=3), "desk-alerts"),
        _row("overdue", "办件超期", "cases overdue", open_cases, "desk-cases"),
    ]  # fmt: skip
    counts = zeros.counted(first, last)
    for measure in zeros.measures():
        values = counts.get(measure.key, {}).values()
        n = None if None in values else sum(v or 0 for v in values)
        rows.append({"key": measure.key, "zh": f"{measure.name}（乡镇合计）",
                     "en": f"{measure.name_en or measure.name} (townships)", "n": n,
                     "url": reverse("inspections-zeros")})  # fmt: skip
    return rows


def _row(key: str, zh: str, en: str, rows: Any, page: str) -> Row:
    return {"key": key, "zh": zh, "en": en, "n": rows.order_by().count(), "url": reverse(page)}


def digest_of(rows: list[Row]) -> str:
    """SHA-256 of the figures in canonical form."""
    return digest(canonical(rows)).hex()


def is_whole(meeting: Meeting) -> bool:
    """Whether the figures are still those the meeting was called with."""
    return digest_of(meeting.pack) == meeting.digest
