"""The event log of the city management bureau's old system, held against today's procedure of penalties."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from huilian.areas.power.monitoring.services.logs import hand_in_log
from huilian.engine.procedures.queries import current_procedure
from huilian.foundation.now import now

from ..diary import Script
from .monitoring import BUREAU, WATCH
from .scene import Scene

WHOLE = ("案件来源登记", "调查取证", "裁量建议", "法制审核", "告知与陈述申辩", "处罚决定", "执行", "结案")
WITHOUT_REVIEW = tuple(step for step in WHOLE if step != "法制审核")
HEARD_LAST = ("案件来源登记", "调查取证", "裁量建议", "法制审核", "处罚决定", "告知与陈述申辩", "执行", "结案")
# How the cases went, how many, and working days between two of their events.
WAYS = (
    (WHOLE, 46, 3),
    (WHOLE[:3], 7, 4),
    (WITHOUT_REVIEW, 6, 2),
    (HEARD_LAST, 3, 3),
    (WHOLE, 5, 24),
    (WHOLE[:2], 4, 5),
)


def tell(scene: Scene) -> None:
    scene.begin(scene.morning(5, 10), _handed_in(scene))


def _handed_in(scene: Scene) -> Script:
    rows = "\n".join(("案号,环节,时间", *_rows(scene)))
    officer = scene.holder(WATCH, "monitoring_officer")
    hand_in_log(
        BytesIO(rows.encode()), "旧执法系统办件日志.csv", title="城管局旧系统处罚办件日志", unit=scene.unit(BUREAU),
        procedure=current_procedure("penalty").body, by=officer,
    )  # fmt: skip
    return
    yield


def _rows(scene: Scene) -> Iterator[str]:
    number, began = 0, now() - timedelta(days=420)
    for steps, count, pause in WAYS:
        for _each in range(count):
            number += 1
            at = began + timedelta(days=4 * number + scene.rnd.randrange(3))
            name = f"旧城罚〔{at.year}〕{number:03d}号"
            for step in steps:
                yield f"{name},{step},{at:%Y-%m-%d %H:%M}"
                at += timedelta(days=pause + scene.rnd.randrange(3), minutes=scene.rnd.randrange(300))
