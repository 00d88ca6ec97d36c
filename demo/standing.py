"""Matters that stand at a certain step today, so that everybody who signs in finds something of every kind to do."""

from datetime import datetime, time, timedelta

from huilian.areas.hear.hotline import services as hotline
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Supervision
from huilian.foundation.now import CHINA, now

from . import letters
from .diary import Diary, Script
from .letters import say
from .matters import LIMITS, Stage, accept, dispatch, open_order, supervise

EACH = {
    "raised": 4, "sorting": 3, "review": 2, "assigned": 5, "objection": 2, "working": 6, "paused": 3,
    "extension": 3, "helped": 3, "reporting": 3, "checking": 4, "calling": 6, "not_reached": 2,
}  # fmt: skip
# Matters that are being worked on, by the working days they still have: these become yellow, orange and red.
LEFT = {3: 4, 2: 6, 1: 9, 0: 7, -1: 2, -2: 1, -5: 1}
# What lies on the desks of those who sign in: (matter, village, working days left).
DESKS = (
    ("D02", "柳泉村", 4), ("A06", "柳泉村", 1), ("B05", "柳泉村", 0), ("N01", "青石社区", 2), ("C01", "双井村", 5),
    ("A04", "上坊村", -1), ("A06", "白沙社区", 1), ("B04", "新河村", 0), ("N02", "陶窑村", 2),
    ("A08", "文昌社区", 1), ("H08", "前进村", -2), ("A15", "鼓楼社区", 0), ("A10", "创业社区", 6),
    ("B03", "新滩村", 1), ("B01", "王楼村", 0), ("B07", "桃园村", 9), ("B11", "茶棚村", -1),
)  # fmt: skip


def prepare(diary: Diary, stage: Stage, today: datetime, share: float = 1.0) -> int:
    """Put every standing matter into the diary; returns how many."""
    last = _last_morning(stage, today)
    count = 0
    for step, n in EACH.items():
        for _i in range(_some(n, share)):
            diary.begin(last + timedelta(minutes=stage.rnd.randint(0, 40)), standing(stage, step))
            count += 1
    villages = {v.name: v for found in stage.county.villages.values() for v in found}
    lying = [(code, villages[name], left) for code, name, left in DESKS]
    for left, n in LEFT.items():
        for _i in range(n):
            village = stage.village()
            code = letters.compose(stage.rnd, month=last.month, village=village.name).code
            lying.append((code, village, left))
    for code, village, left in lying[: _some(len(lying), share)]:
        age = max(1, LIMITS[stage.matters[code].class_key] - left)
        script = standing(stage, "working", code=code, village=village, age=age)
        diary.begin(_morning(stage, last, age), script)
        count += 1
    return count


def _some(n: int, share: float) -> int:
    return max(1, round(n * share))


def _last_morning(stage: Stage, at: datetime) -> datetime:
    """Nine o'clock of the last working day that has a whole forenoon behind it."""
    day = at.date() if at.time() > time(12, 30) else at.date() - timedelta(days=1)
    while not stage.pace.calendar.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(8, 45), CHINA)


def _morning(stage: Stage, last: datetime, workdays_ago: int) -> datetime:
    day = last.date()
    while workdays_ago:
        day -= timedelta(days=1)
        workdays_ago -= stage.pace.calendar.is_workday(day)
    return datetime.combine(day, time(9, stage.rnd.randrange(60)), CHINA)


def standing(stage: Stage, step: str, *, code: str = "", village=None, age: int = 0) -> Script:
    """A matter that is taken as far as `step` and then waits for somebody."""
    rnd = stage.rnd
    village = village or stage.village()
    letter = letters.compose(rnd, month=now().month, village=village.name, code=code)
    order = open_order(stage, letter, "web" if step == "raised" else "122", village)
    if step == "raised":
        return
    yield stage.pace.minutes(now(), 3, 15)
    order = accept(stage, order)
    if step == "sorting":
        return
    if step == "review":
        ground = stage.grounds[rnd.choice(("litigation", "arbitration", "information"))]
        note = f"来电人所述属于“{ground.name}”。"
        hotline.propose_refusal(order, ground=ground, note=note, by=stage.company.operator())
        return
    order = dispatch(stage, order, letter, village)
    unit = order.case.unit
    clerk = stage.company.clerk(unit)
    yield stage.pace.minutes(now(), 5, 30)
    if step == "assigned":
        return
    if step == "objection":
        hotline.object_to_dispatch(order, ground=say("objection", rnd), by=clerk)
        return
    order = hotline.sign(order, by=clerk)
    yield stage.pace.minutes(now(), 5, 30)
    hotline.contact(order, note=say("contact", rnd), by=clerk)
    if age:
        yield from _left_lying(stage, order)
    yield stage.pace.minutes(now(), 3, 10)
    if step in WAITING:
        WAITING[step](stage, order, clerk)
    if step in ("working", *WAITING):
        return
    hotline.answer(order, letter.answer, by=clerk)
    if step == "reporting":
        return
    yield stage.pace.minutes(now(), 3, 10)
    order = hotline.report(order, say("report", rnd), by=clerk)
    if step == "checking":
        return
    yield stage.pace.minutes(now(), 3, 10)
    order = hotline.check_report(order, passed=True, note=say("passed", rnd), by=stage.company.operator())
    if step == "not_reached":
        yield stage.pace.minutes(now(), 3, 10)
        hotline.call_back(order, reached=False, by=stage.company.operator())


def _left_lying(stage: Stage, order) -> Script:
    """Reminded shortly before the limit and supervised after it; the last reminder is still without answer."""
    limit = LIMITS[order.case.class_key]
    yield stage.pace.workdays(now(), max(1, limit - 1))
    supervise(stage, order, Supervision.Level.URGE)
    yield stage.pace.workdays(now(), 2)
    supervise(stage, order, Supervision.Level.SUPERVISE)
    yield stage.pace.workdays(now(), 3)
    supervise(stage, order, Supervision.Level.INVESTIGATE)


def _pause(stage: Stage, order, clerk) -> None:
    cases.pause(order.case, reason="materials", basis="等待诉求人补充材料，县级约定", by=clerk)


def _ask(stage: Stage, order, clerk) -> None:
    cases.ask_extension(order.case, workdays=2, reason=say("extension", stage.rnd), by=clerk)


def _ask_help(stage: Stage, order, clerk) -> None:
    helper = stage.county.units["县司法局"]
    if order.case.place and order.case.unit.kind == "township_government":
        helper = stage.county.units[order.case.place.name]
    if helper.pk not in order.case.co_handlers.values_list("unit", flat=True) and helper.pk != order.case.unit_id:
        cases.assign_co_handler(order.case, helper, duty="到现场核实情况，三日内反馈", by=clerk)


WAITING = {"paused": _pause, "extension": _ask, "helped": _ask_help}
