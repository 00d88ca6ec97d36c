"""The year before the story, as the old platform would hand it over: one row for each matter, with all its moments.

Written as CSV and brought in by the product's own import. Most matters are in time; some units are slower than others.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from huilian.engine.directory.models import Place, Unit

from . import letters, names
from .letters import say
from .matters import ANONYMOUS, CHANNELS, LIMITS, WRITTEN, Stage, received_in

HEADINGS = (  # as the import knows them
    "编号", "渠道", "受理时间", "标题", "内容", "主题分类", "事项", "乡镇", "村", "区划代码", "诉求人",
    "联系电话", "类别", "承办单位", "派单时间", "签收时间", "退单次数", "首次联系时间", "延期工作日",
    "延期原因", "当场解答", "答复时间", "答复内容", "反馈时间", "反馈内容", "审核时间", "回访时间", "是否解决",
    "满意度", "回访记录", "办结时间", "办结方式", "不予受理情形", "首件编号",
)  # fmt: skip
CLASS_NAMES = {"general": "一般", "special": "特殊", "major": "重大复杂"}
GRADES = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
SOLVED = {"yes": "已解决", "partly": "部分解决", "no": "未解决"}
CONTENT = 0.82  # share of those reached who are content; together with advice given at once this makes about 84 %
REACHED = 0.87
AT_ONCE, REFUSED, MERGED, EXPLAINED, RETURNED, EXTENDED = 0.17, 0.025, 0.035, 0.02, 0.04, 0.03
PER_DAY = 33  # on a working day; weekends bring less than half


@dataclass
class Row:
    """One finished matter. Moments are None where the thing did not happen."""

    values: dict[str, object]

    def cells(self) -> list[str]:
        return [_cell(self.values.get(heading)) for heading in HEADINGS]

    def ends_before(self, horizon: datetime) -> bool:
        return all(value < horizon for value in self.values.values() if isinstance(value, datetime))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def write(path: Path, stage: Stage, *, since: date, until: date, horizon: datetime, per_day: float = PER_DAY) -> int:
    """Write the matters received from `since` up to and without `until`, all finished before `horizon`.

    Returns how many; the few of the last days that could not be finished in time are left out.
    """
    count = 0
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS)
        for row in rows(stage, since=since, until=until, horizon=horizon, per_day=per_day):
            sheet.writerow(row.cells())
            count += 1
    return count


def rows(stage: Stage, *, since: date, until: date, horizon: datetime, per_day: float) -> Iterator[Row]:
    pace = _Slowness(stage.rnd)
    recent: list[tuple[str, str, Place]] = []  # (number, code, village): what a neighbour may call about again
    day = since
    while day < until:
        whole = int(per_day) + (stage.rnd.random() < per_day % 1)
        for order, at in enumerate(received_in(stage, day, whole), 1):
            number = f"AL{day:%Y%m%d}{order:04d}"
            row = _row(stage, pace, number, at, recent, horizon)
            if row.ends_before(horizon):
                yield row
        day += timedelta(days=1)


class _Slowness:
    """How slow each unit is: most are punctual, a few are not, and all are slower before the Spring Festival."""

    def __init__(self, rnd: Random) -> None:
        self._rnd = rnd
        self._late: dict[int, float] = {}

    def late(self, unit: Unit, month: int) -> bool:
        share = self._late.setdefault(unit.pk, self._rnd.choices((0.01, 0.04, 0.09, 0.18), (40, 35, 18, 7))[0])
        return self._rnd.random() < share * (1.6 if month in (1, 2) else 1)


def _row(stage: Stage, pace: _Slowness, number: str, at: datetime, recent: list, horizon: datetime) -> Row:
    rnd = stage.rnd
    village, channel = stage.village(), rnd.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    fate = rnd.random()
    again = rnd.choice(recent) if recent and AT_ONCE + REFUSED < fate <= AT_ONCE + REFUSED + MERGED else None
    if again:
        village = again[2]
    letter = letters.compose(
        rnd, month=at.month, village=village.name, written=channel in WRITTEN, code=again[1] if again else ""
    )
    matter = stage.matters[letter.code]
    values = {
        "编号": number,
        "渠道": stage.channels[channel].name,
        "受理时间": at,
        "标题": letter.title,
        "内容": letter.text,
        "主题分类": matter.topic,
        "事项": matter.code,
        "乡镇": village.parent.name,
        "村": village.name,
        "区划代码": village.code,
    }
    if rnd.random() > ANONYMOUS:
        values |= {"诉求人": names.person(rnd), "联系电话": names.phone(rnd)}
    if fate <= AT_ONCE:
        return Row(values | _at_once(stage, at))
    if fate <= AT_ONCE + REFUSED:
        return Row(values | _refused(stage, at))
    if again:
        return Row(values | {"办结方式": "并入首件", "首件编号": again[0], "办结时间": stage.pace.minutes(at, 5, 90)})
    handled = _handled(stage, pace, matter, village, letter, at, horizon)
    row = Row(values | handled)
    if row.ends_before(horizon):
        recent.append((number, letter.code, village))
        del recent[:-15]
    return row


def _at_once(stage: Stage, at: datetime) -> dict:
    asked = stage.rnd.choice(stage.knowledge)
    answered = stage.pace.minutes(at, 2, 9)
    called = stage.pace.workdays(answered, 1)
    return {
        "标题": f"咨询：{asked.title}",
        "内容": f"咨询一下，{asked.title}？",
        "主题分类": asked.topic,
        "事项": "",
        "当场解答": "是",
        "答复时间": answered,
        "答复内容": asked.answer,
        "首次联系时间": answered,
        **_called(stage, called, likely=0.95),
    }


def _refused(stage: Stage, at: datetime) -> dict:
    ground = stage.rnd.choice(list(stage.grounds.values()))
    answered = stage.pace.hours(at, 2, 9)
    return {
        "办结方式": "不予受理",
        "不予受理情形": ground.name,
        "答复内容": ground.guidance,
        "答复时间": answered,
        "办结时间": answered,
    }


def _handled(stage: Stage, slow: "_Slowness", matter, village: Place, letter, at: datetime, horizon: datetime) -> dict:
    rnd, pace = stage.rnd, stage.pace
    unit = stage.unit_for(matter, village)
    class_key = "special" if matter.class_key == "general" and rnd.random() < 0.08 else matter.class_key
    limit = LIMITS[class_key]
    more = max(1, limit // 2) if rnd.random() < EXTENDED else 0
    days = limit + rnd.randint(1, 5) if slow.late(unit, at.month) else rnd.randint(max(0, limit // 3), limit)
    days += more
    while True:  # what the old platform handed over was finished: near the end only quick ones are
        sent = pace.minutes(at, 5, 240)
        signed = pace.hours(sent, 0.5, 9)
        talked = pace.hours(signed, 0.3, 20 if days > 1 else 2)
        answered = max(pace.workdays(at, days), pace.hours(talked, 0.5, 2))
        reported = pace.hours(answered, 0.5, 6)
        checked = pace.hours(reported, 0.5, 6)
        called = pace.workdays(checked, 1)
        if called < horizon or days == 0:
            break
        days //= 2
    result = {
        "类别": CLASS_NAMES[class_key],
        "承办单位": str(unit),
        "派单时间": sent,
        "签收时间": signed,
        "首次联系时间": talked if rnd.random() < 0.95 else None,
        "答复时间": answered,
        "答复内容": letter.answer,
        "反馈时间": reported,
        "反馈内容": say("report", rnd),
        "审核时间": checked,
        "延期工作日": more or None,
        "延期原因": say("extension", rnd) if more else None,
        "退单次数": 1 if rnd.random() < RETURNED else None,
    }
    if rnd.random() < EXPLAINED:
        return result | {"办结方式": "依法解释", "办结时间": called, "回访记录": say("ungranted", rnd)}
    return result | _called(stage, called, likely=CONTENT - (0.15 if days > limit + more else 0))


def _called(stage: Stage, at: datetime, *, likely: float) -> dict:
    """The call-back: not everybody is reached, and not everybody is content. The old platform closed all the same."""
    rnd = stage.rnd
    if rnd.random() > REACHED:
        return {"回访时间": at, "办结时间": at, "办结方式": "联系不上", "回访记录": "三次未接通"}
    if rnd.random() < likely:
        grade = rnd.choices((5, 4, 3), (38, 42, 20))[0]
        note = say("fair" if grade == 3 else "satisfied", rnd)
        return {
            "回访时间": at,
            "办结时间": at,
            "是否解决": SOLVED["yes"],
            "满意度": GRADES[grade],
            "回访记录": note,
            "办结方式": "办结",
        }
    solved = rnd.choices(("no", "partly", "yes"), (45, 35, 20))[0]
    return {
        "回访时间": at,
        "办结时间": at,
        "是否解决": SOLVED[solved],
        "满意度": GRADES[rnd.choice((1, 2, 2, 2))],
        "回访记录": say("not_solved", rnd),
        "办结方式": "办结",
    }
