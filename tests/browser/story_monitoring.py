"""What the pages of monitoring show: a penalty to be proposed, a card, a complaint that was taken up, a quarter."""

from datetime import datetime, timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.power.monitoring import services
    from huilian.areas.power.monitoring.seeding import seed
    from huilian.engine.procedures.services import raise_card
    from tests.areas.monitoring.conftest import offence, officers

    seed()
    clerk = officers(people)["lu_ning"]
    penalty = services.open_penalty(offence(people, people.ding_ke), party="柳河食品厂", source="巡查发现", by=clerk)
    penalty = services.file_penalty(penalty, by=clerk)
    penalty = services.move_penalty(penalty, "investigated", note="现场照片三张", by=clerk)
    raise_card(penalty.case, ground="overrun", colour=1, fact="调查环节超时")
    waiting = services.order_correction(penalty.case, demand="补齐告知", by=people.ding_ke)
    answered = services.order_correction(penalty.case, demand="补签送达回证", by=people.ding_ke)
    services.answer_correction(answered, "回证已补签，附照片。", by=clerk)
    complaint, _code = services.complain(penalty.case.number, "窗口推诿不办", name="王小二", phone="13800001111")
    services.take_up(complaint, by=people.ding_ke)
    return {
        "complaint": complaint.case.number,
        "penalty": penalty.case.number,
        "correction": waiting.number,
        "corrected": answered.number,
        **_quarter(people),
    }


def _quarter(people) -> dict[str, str]:
    """Last quarter's evaluation of two units: one was just told, the other objects."""
    from huilian.areas.power.monitoring import services
    from huilian.areas.power.monitoring.rules import bounds, quarter_of
    from huilian.engine.procedures.services import move, open_case
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import CHINA, frozen, today

    first = bounds(*quarter_of(today()))[0]
    year, quarter = quarter_of(first - timedelta(days=1))
    with frozen(datetime(first.year, first.month, 1, 10, tzinfo=CHINA) - timedelta(days=20)):
        for unit in (people.housing, people.agriculture):
            case = open_case("service", title="补贴申报", place=people.liuhe, unit=unit, by=SYSTEM)
            move(case, "withdraw", note="已自行解决", by=SYSTEM)
    told = {made.unit_id: made for made in services.evaluate(year, quarter, by=people.ding_ke)}
    objected = services.object_to(told[people.agriculture.pk], "一件是转办前就超期的。", by=people.jiang_hong)
    return {"year": str(year), "quarter": str(quarter), "evaluation": str(told[people.housing.pk].pk),
            "objected": str(objected.pk)}  # fmt: skip
