"""On air and in print: a programme each week, what was promised in it, and one inquiry from interview to outcome."""

from datetime import datetime, time, timedelta
from random import Random

from huilian.areas.hear.hotline import services as hotline
from huilian.foundation.now import CHINA, now

from .diary import Diary, Pace, Script
from .matters import Stage

THURSDAY = 3
# Title, channel, guest unit, promise on air (None: none given), working days it was given, kept after (None: not yet).
PROGRAMMES = (
    ("冬季供水怎么保", "radio", "县水利局", "两周之内把城区三处老旧管网换完，换完请听众来看。", 10, 8),
    ("村里的路灯谁来修", "television", "县住建局", "十个工作日之内把报修的路灯全部修好，逐盏登记。", 10, None),
    ("惠农补贴怎么发", "radio", "县农业农村局", "五个工作日之内把补贴清册逐村张榜。", 5, None),
)
TITLE = "集镇垃圾清运点长期满溢"
FOUND = "十一月上旬三次到现场，垃圾池均满溢，附近五户住户反映每周只清运一次，与公示的每日清运不符。"
DEMAND = "核实清运频次，补足车辆和人员，三个工作日内恢复每日清运，并在现场公示清运时间和监督电话。"
RECTIFIED = "增派一辆清运车，恢复每日清运，现场公示清运时间、责任人和电话；附连续五日照片。"
OUTCOME = "栏目回访播出：垃圾池每日清空，住户表示满意；县里把清运频次纳入每月公示。"


def prepare(diary: Diary, stage: Stage, first: datetime, present: datetime) -> None:
    """Put the programmes of these weeks and the inquiry into the diary."""
    pace = Pace(Random(len(PROGRAMMES)))  # its own chance: what the citizens do stays as it is
    day = first.date()
    thursdays = [day + timedelta(days=i) for i in range((present.date() - day).days) if _is_thursday(day, i)]
    for airs_on, programme in zip(thursdays, PROGRAMMES, strict=False):
        airs_at = datetime.combine(airs_on, time(12, 30), CHINA)
        diary.begin(airs_at - timedelta(days=2), _programme(stage, pace, airs_at, *programme))
    diary.begin(datetime.combine(day + timedelta(days=3), time(10, 5), CHINA), _inquiry(stage, pace))


def _is_thursday(day, i: int) -> bool:
    return (day + timedelta(days=i)).weekday() == THURSDAY


def _programme(
    stage: Stage, pace: Pace, airs_at: datetime, title: str, channel: str, unit: str, promise, days, kept
) -> Script:
    editor, guest = stage.company.editor, stage.county.units[unit]
    found = next(c for c in stage.channels.values() if c.kind == channel and c.is_media)
    programme = hotline.schedule_programme(
        channel=found, title=title, airs_at=airs_at, unit=guest, guest="主要负责人", by=editor
    )
    yield airs_at + timedelta(hours=1)
    given = hotline.note_promise(programme, text=promise, length=days, by=editor)
    if kept:
        yield pace.workdays(now(), kept)
        hotline.keep_promise(given, proof="现场已完工，两位听众代表验收，照片已存档。", by=stage.company.clerk(guest))


def _inquiry(stage: Stage, pace: Pace) -> Script:
    """采访调查 → 督办 → 整改 → 公布结果 (S0-12)."""
    editor, unit = stage.company.editor, stage.county.units["县城管局"]
    channel = next(c for c in stage.channels.values() if c.kind == "newspaper" and c.is_media)
    item = hotline.open_media_item(channel=channel, title=TITLE, unit=unit, found=FOUND, by=editor)
    yield pace.workdays(now(), 1)
    item = hotline.demand_rectification(item, demand=DEMAND, length=10, by=stage.company.duty_head)
    yield pace.workdays(now(), 5)
    item = hotline.rectify(item, rectification=RECTIFIED, by=stage.company.clerk(unit))
    yield pace.workdays(now(), 3)
    hotline.publish_outcome(item, outcome=OUTCOME, by=editor)
