"""A campaign against slowness over three departments and one for livelihood: what sources propose, what is put right.

Days count from today. Units only; nobody is named."""

from datetime import timedelta

from huilian.areas.answer.campaigns import services
from huilian.areas.answer.campaigns.models import CampaignKind
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, now, today

TOWN, COMMISSION = "青石镇", "县纪委监委"
PROBLEMS = (  # short name of the unit, aspect, fact, how far the repair is
    ("县住建局", "slow", "12345转办的三件漏雨投诉超过答复期限", "closed"),
    ("县农业农村局", "slow", "农机补贴受理后两个月没有审核", "review"),
    ("县民政局", "none", "窗口工作日下午无人值守一次", "mending"),
    ("青石镇", "wrong", "要求办事群众重复提交村里已盖章的证明", "told"),
)
COUNTED = (
    (1, "检查", 46, "县纪委监委督查第3号"),
    (2, "警示诫勉", 6, "县纪委通报第7号"),
    (3, "减负退费", 186_000_00, "县发改委清理收费第2号"),
)


def ago(days: int):
    return frozen(now() - timedelta(days=days))


def tell(county) -> None:
    """Tell it; nothing where the county has no such units or no kinds."""
    kinds = {kind.key: kind for kind in CampaignKind.objects.all()}
    lead = county.units.get(COMMISSION)
    units = [county.units.get(name) for name, *_rest in PROBLEMS]
    if lead is None or not kinds or not all(units):
        return
    with ago(75):
        campaign = _campaign(lead, kinds["inaction"], "不作为慢作为乱作为专项整治", 75, 120,
                             objectives="让群众少跑一趟、少等一天。")  # fmt: skip
        services.set_joint(campaign, units[:2], by=SYSTEM)
        _campaign(lead, kinds["efficiency"], f"机关效能建设年（{today().year}）", 75, 200, matters="N03")
    aspects = {aspect.key: aspect for aspect in campaign.kind.aspects.all()}
    for n, (unit, (_name, aspect, fact, to)) in enumerate(zip(units, PROBLEMS, strict=True)):
        with ago(60 - 4 * n):
            problem = services.note_problem(
                campaign, unit=unit, fact=fact, aspect=aspects[aspect], reason="明察暗访", by=SYSTEM
            )  # fmt: skip
        _repair(problem, to, 50 - 5 * n)
    with ago(10):
        measures = {m.name: m for m in campaign.measures.all()}
        for n, name, amount, paper in COUNTED:
            services.enter(measures[name], day=today() - timedelta(days=n), amount=amount, unit=lead, paper=paper,
                           by=SYSTEM)  # fmt: skip
        services.publish(campaign, by=SYSTEM)
    services.draw(campaign, "overdue", by=SYSTEM)
    first = campaign.problems.filter(state="proposed").first()
    if first:
        services.refuse(first, reason="已在督办件中处理", by=SYSTEM)
    with ago(40):
        money = _campaign(lead, kinds["livelihood"], "涉农资金专项整治", 40, 150, field="subsidy")
        services.save_fund(None, {"campaign": money, "name": "耕地地力保护补贴", "unit": units[1], "year": today().year,
                                  "given_cents": 12_600_000_00, "paper": "预算指标文第5号"}, by=SYSTEM)  # fmt: skip
        services.plan_comparison(
            money, {"title": "死亡人员领补贴", "left": "耕地补贴发放名册", "right": "火化登记名册", "wrong": "both",
                    "due_on": today() + timedelta(days=60)}, by=SYSTEM,
        )  # fmt: skip


def _campaign(lead, kind, title, since, until, **more):
    values = {"title": title, "kind": kind, "unit": lead, "starts_on": now().date(),
              "ends_on": now().date() + timedelta(days=since + until), **more}  # fmt: skip
    return services.begin(services.save_campaign(None, values, by=SYSTEM), by=SYSTEM)


def _repair(problem, to: str, days: int) -> None:
    if to == "told":
        return
    with ago(days):
        services.promise(problem, measures="逐件清理，定人定时限", responsible="分管负责人", by_day=today(), by=SYSTEM)
    if to == "mending":
        return
    with ago(days - 5):
        services.hand_in(problem, result="已办结并回复当事人", by=SYSTEM)
    if to == "closed":
        with ago(days - 8):
            services.sign_off(problem, verified="电话回访当事人", effect="三件全部办结", by=SYSTEM)
