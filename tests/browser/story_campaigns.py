"""What the pages of campaigns show: one that runs, problems at each stage, a comparison, amounts on papers."""


def tell(people) -> dict[str, str]:
    from huilian.areas.answer.campaigns import services
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
    return {"caution": caution.number, "campaign": campaign.number, "comparison": task.number}
