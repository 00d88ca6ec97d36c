"""A small month counted by hand: who received what, answered when, and what the citizens said.

October 2026 works from the 8th on, the 10th included, with ordinary weekends after it. The table is the whole truth;
every number in the tests of the report was counted in it with a pencil.
"""

from datetime import datetime, timedelta

from huilian.areas.hear.hotline import services
from huilian.foundation.now import frozen

# place, unit, received, answered after days (None: not yet), solved, grade, reached
#   unit "" is answered on the line, "refused" is not accepted
ROWS = (
    ("A", "liuhe", "housing", "2026-10-12", 1, "yes", 5, True),
    ("B", "liuhe", "housing", "2026-10-13", 2, "yes", 3, True),
    ("C", "dongwan", "housing", "2026-10-13", 9, "yes", 4, True),  # 3 working days: answered late
    ("D", "dongwan", "agriculture", "2026-10-14", 1, "yes", None, True),  # solved, no grade
    ("E", "dongwan", "agriculture", "2026-10-15", None, "", None, False),  # never answered: overdue
    ("F", "liuhe", "", "2026-10-16", 0, "yes", 5, True),  # answered on the line
    ("G", "liuhe", "refused", "2026-10-16", 0, "", None, False),
    ("H", "liuhe", "housing", "2026-09-21", 1, "yes", 4, True),  # the month before
)
CLERKS = {"housing": "he_wei", "agriculture": "farm_clerk"}


def at(day: str, hours: int = 9, days: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{hours:02d}:00") + timedelta(days=days)


def tell(cast) -> dict:
    """Tell the month by services. Returns the orders by letter."""
    return {letter: _one(cast, *rest) for letter, *rest in ROWS}


def _one(cast, place, unit, received, after, solved, grade, reached):
    with frozen(at(received)):
        order = services.take(
            by=cast.zhou_hui,
            channel=cast.phone if place == "liuhe" else cast.web,
            title="路灯不亮",
            text="村口三盏路灯一个多月不亮，晚上出门不方便。",
            place=getattr(cast, place),
        )
        if unit == "refused":
            services.propose_refusal(order, ground=cast.ground, note="应当诉讼", by=cast.zhou_hui)
            return services.confirm_refusal(order, by=cast.qian_jing)
        if not unit:
            services.answer_at_once(order, "停电检修，今晚八点恢复。", by=cast.zhou_hui)
            services.call_back(order, reached=True, solved=solved, satisfaction=grade, by=cast.wu_mei)
            return order
        services.dispatch(order, unit=getattr(cast, unit), class_key="general", by=cast.zhou_hui)
        clerk = getattr(cast, CLERKS[unit])
        services.sign(order, by=clerk)
    if after is None:
        return order
    with frozen(at(received, 15, after)):
        services.contact(order, note="已电话联系。", by=clerk)
        services.answer(order, "经现场查看，线路已更换，当晚恢复照明。", by=clerk)
        services.report(order, "已办结，附照片。", by=clerk)
        services.check_report(order, passed=True, by=cast.zhou_hui)
        services.call_back(order, reached=reached, solved=solved, satisfaction=grade, by=cast.wu_mei)
    return order
