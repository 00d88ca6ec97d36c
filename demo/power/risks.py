"""县住建局 has a directory in force and goes through its year; one signal is being followed, one talk was served."""

from datetime import datetime, timedelta

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Scheme, Starter
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Person
from huilian.engine.directory.powers import may
from huilian.foundation.now import frozen, now, today

UNIT = "县住建局"
TAKEN = ("变更签证", "过度设计", "量身定制", "一次性告知不到位")
USED = {"变更签证": (3, 64), "过度设计": (2, 20), "量身定制": (3, 55), "一次性告知不到位": (1, 10)}  # importance, told
MEASURES = (
    ("post", "before", "岗位提醒卡，经办人不得单独办理"),
    ("procedure", "during", "两人到场，影像留存"),
    ("system", "after", "每季度抽查，结果通报"),
)


def tell(county) -> int:
    """Returns how many points stand in the directory; none where nobody holds the posts it takes."""
    unit = county.units.get(UNIT)
    finds, signs = _who("risks.write", unit), _who("risks.confirm", unit)
    watches, approves = _who("risks.dispose"), _who("risks.approve")
    if not (unit and finds and signs and watches and approves):
        return 0
    begun = now() - timedelta(days=45)
    with frozen(begun):
        cycle = services.start_cycle(unit, Scheme.objects.get(key="six"), by=finds)
        _pass_on(cycle, "成立领导小组，召开动员会", finds, signs)
        _pass_on(cycle, "梳理职权，绘制流程图", finds, signs)
    with frozen(begun + timedelta(days=5)):
        points = [_point(unit, name, finds) for name in TAKEN]
        _pass_on(cycle, "三级查找表", finds, signs)
        _pass_on(cycle, "防控措施和覆盖表", finds, signs)
        directory = services.ask_opinions(unit, until=today() + timedelta(days=7), by=finds)
        services.note_asked(directory, who="served", called="施工企业代表", people=9, way="座谈会", by=finds)
        opinion = services.give_opinion(directory, "签证应当当天办完，不要拖到月底")
    with frozen(begun + timedelta(days=14)):
        services.answer_opinion(opinion, taken="yes", answer="已写入防控措施", by=finds)
        services.begin_notice(directory, by=finds)
    with frozen(begun + timedelta(days=21)):
        services.resolve(directory, minutes_no="局党组纪要第9号", resolved_on=today(), by=signs)
        for point in points:
            if point.grade == 1:
                services.register_point(point, by=watches)
    _follow(unit, points[0], begun + timedelta(days=30), watches, approves)
    return len(points)


def _who(action: str, unit=None) -> User | None:
    """The first account that may do it, in this unit when one is given."""
    found = User.objects.filter(is_active=True, person__isnull=False)
    if unit is not None:
        found = found.filter(person__appointments__post__unit=unit)
    return next((user for user in found.order_by("pk") if may(user, action)), None)


def _pass_on(cycle, what: str, finds, signs) -> None:
    services.submit_stage(cycle, inputs="年度工作方案", outputs=what, by=finds)
    services.sign_stage(cycle, by=signs)


def _point(unit, name: str, finds):
    known = Starter.objects.get(body="department", name=name)
    given = {"unit": unit, "level": "unit"}
    given |= {field: getattr(known, field) for field in ("kind", "field", "name", "manifestation")}
    point = services.save_point(None, given, way="organisation", by=finds)
    services.add_finding(point, way="mutual", told="股室互查", by=finds)
    importance, told = USED[name]
    held = Person.objects.filter(appointments__post__unit=unit).order_by("pk").first()
    point = services.grade_point(
        point, importance=importance, grade=known.grade, told_count=told, watcher=held,
        deviation="参照本县示例等级，年内复核", by=finds,
    )  # fmt: skip
    for type_, phase, text in MEASURES:
        services.add_measure(point, {"type": type_, "phase": phase, "text": text, "responsible": "分管领导"}, by=finds)
    return point


def _follow(unit, point, moment: datetime, watches, approves) -> None:
    with frozen(moment):
        signal = services.take_signal(
            unit, source="audit", text="审计抽查发现三份签证单没有影像", arose_on=today() - timedelta(2), by=watches
        )
        services.link_signal(signal, point, analysis="与变更签证风险点有关", by=watches)
        person = Person.objects.filter(appointments__post__unit=unit, appointments__post__is_head=False).first()
        disposal = services.propose(
            person, severity=1, kind="notice", facts="三份签证单没有影像", demand="十日内补齐", point=point,
            signal=signal, by=watches,
        )  # fmt: skip
        services.decide(disposal, agree=True, by=approves)
        services.serve(disposal, by=watches)
    with frozen(moment + timedelta(days=6)):
        services.note_check(
            point, stream="monitoring", checked_on=today(), looked_at=12, faults=1, text="一份缺签字", by=watches
        )
