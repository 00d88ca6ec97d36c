"""What the pages of campaigns show: one that runs, problems at each stage, a comparison, amounts on papers."""


def tell(people) -> dict[str, str]:
    from datetime import timedelta

    from huilian.areas.answer.campaigns import services
    from huilian.areas.answer.campaigns.models import OccasionKind
    from huilian.foundation.now import today
    from tests.areas.campaigns.conftest import begun, noted, repaired, set_up
    from tests.areas.campaigns.test_comparing import A, B, C, table

    site = set_up(people)
    campaign = begun(site, kind="livelihood", objectives="查清涉农资金去向，还钱于民。", field="subsidy")
    services.set_joint(campaign, [people.agriculture, people.civil_affairs], by=site.officer)
    services.sign_off(repaired(site, noted(site, campaign)), verified="现场看过", effect="三件办结", by=site.officer)
    noted(site, campaign, aspect=campaign.kind.aspects.get(key="farm"), reason="群众来访")
    paper = {"day": today(), "unit": people.agriculture, "paper": "安农发〔2026〕12号"}
    measures = {m.name: m for m in campaign.measures.all()}
    services.enter(measures["检查"], amount=186, **paper, by=site.officer)
    services.enter(measures["减负退费"], amount=20_000_000, **paper, by=site.officer)
    fund = {"campaign": campaign, "name": "耕地地力保护补贴", "unit": people.agriculture, "year": 2026}
    services.save_fund(None, {**fund, "given_cents": 1_200_000_00, "paper": "安财农〔2026〕5号"}, by=site.officer)
    given = {"title": "死亡人员领补贴", "left": "补贴发放名册", "right": "火化登记", "wrong": "both", "due_on": today()}
    task = services.plan_comparison(campaign, given, by=site.officer)
    services.compare(task, table(A, B, C), table(B, C), by=site.officer)
    services.take_up_differences(task, [task.differences.first()], unit=people.agriculture, fact="发放未核对死亡信息",
                                 by=site.officer)  # fmt: skip
    services.publish(campaign, by=site.officer)
    caution = services.propose(people.he_wei.person, fact="两件超期", basis="《效能告诫办法》第五条", by=site.proposer)
    services.hear(caution, on=today(), hearing="当时两人请假", by=site.proposer)
    services.decide(caution, give=True, reason="事实清楚", by=site.decider)
    wedding = OccasionKind.objects.get(key="wedding")
    plan = {"day": today() + timedelta(days=3), "venue": "村礼堂", "invited": "亲属", "tables": 10, "guests": 90}
    occasion = services.declare(kind=wedding, **plan, by=site.cadre)
    _cars(people, site)
    return {
        "occasion": occasion.number,
        "caution": caution.number,
        "campaign": campaign.number,
        "comparison": task.number,
    }


def _cars(people, site) -> None:
    from datetime import timedelta
    from decimal import Decimal

    from huilian.areas.answer.campaigns import services
    from huilian.foundation.now import now

    day, hour = now() - timedelta(days=1), timedelta(hours=1)
    car = services.save_car(None, {"number": "A12345", "unit": people.housing, "tank_litres": 60}, by=site.keeper)
    services.order_trip(car=car, purpose="下乡检查", goes_to="青石镇", driver="王师傅", agreed_by="徐芳", leaves_at=day,
                        returns_at=day + hour, by=site.keeper)  # fmt: skip
    services.fill(car=car, at=day, litres=Decimal("58.5"), amount_cents=450_00, paper="小票17", by=site.keeper)
    services.see(car=car, at=day, where="青石镇", source="device", by=site.keeper)
