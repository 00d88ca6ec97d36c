"""What the pages of monitoring show: a penalty to be proposed, a card, a complaint that was taken up."""


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
    services.order_correction(penalty.case, demand="补齐告知", by=people.ding_ke)
    complaint, _code = services.complain(penalty.case.number, "窗口推诿不办", name="王小二", phone="13800001111")
    services.take_up(complaint, by=people.ding_ke)
    return {"complaint": complaint.case.number, "penalty": penalty.case.number}
