"""What the pages of integrity risks show: a cycle at its first stage, a graded point, a directory lying open."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.power.risks import services
    from huilian.areas.power.risks.models import Scheme
    from huilian.areas.power.risks.seeding import seed
    from huilian.foundation.now import today

    seed()
    unit, finds, watches = people.housing, people.gao_jie, people.shen_yu
    cycle = services.start_cycle(unit, Scheme.objects.get(key="six"), by=finds)
    given = {
        "unit": unit, "level": "post", "post": people.posts["he_wei"], "kind": "process", "field": "money",
        "name": "变更签证", "manifestation": "现场签证不实，先施工后补变更手续",
    }  # fmt: skip
    point = services.save_point(None, given, way="self", told="本人查找", by=finds)
    services.add_finding(point, way="masses", told="施工单位反映", by=finds)
    services.grade_point(point, importance=3, grade=1, told_count=60, by=finds)
    for type_, phase in (("post", "before"), ("procedure", "during"), ("system", "after")):
        measure = {"type": type_, "phase": phase, "text": "双人到场签证", "responsible": "何伟"}
        services.add_measure(point, measure, by=finds)
    services.note_check(point, stream="own", checked_on=today(), looked_at=8, faults=0, by=finds)
    directory = services.ask_opinions(unit, until=today() + timedelta(days=7), by=finds)
    signal = services.take_signal(unit, source="audit", text="签证单缺页", arose_on=today(), by=watches)
    services.link_signal(signal, point, analysis="与签证有关", by=watches)
    plan = {"kind": "remind", "plan": "提醒补齐影像", "planned_on": today(), "signal": signal}
    services.carry_out(services.plan_intervention(point, **plan, by=watches), result="已当面提醒", by=watches)
    disposal = services.propose(
        people.he_wei.person, severity=1, kind="notice", facts="签证单缺页", demand="补齐", point=point, by=watches
    )
    over = today() - timedelta(days=92)  # no quarter is longer
    report = services.draft_report(over.year, (over.month + 2) // 3, by=watches)
    return {
        "risk_cycle": cycle.number,
        "risk_point": point.number,
        "risk_directory": directory.number,
        "risk_disposal": disposal.number,
        "risk_report": report.number,
    }
