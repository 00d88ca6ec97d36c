"""Alerts about the books of 柳河村 at every step: unsigned, answered, under appeal, watched, green."""

from datetime import timedelta

NAMES = {
    "ZJ01": {"zh": "大额现金支付", "en": "Cash payment over the limit"},
    "HT01": {"zh": "合同到期未处理", "en": "Contract about to end"},
    "ZC03": {"zh": "资产长期闲置", "en": "Asset idle for long"},
}
SAID = {
    "ZJ01": {"zh": "2026年10月9日付给王*五现金3,500元，超过2,000元的限额。",
             "en": "On 9 October 2026 3,500 yuan in cash went to 王*五, over the limit of 2,000."},
    "HT01": {"zh": "鱼塘承包合同将于2026年12月1日到期，距今不足30天，尚无续签或收回决议。",
             "en": "The lease of the pond ends on 1 December 2026 and nothing has been decided."},
    "ZC03": {"zh": "老村部办公楼已闲置8个月。", "en": "The old village hall has been idle for eight months."},
}  # fmt: skip
BASIS = [{"law": "现金管理暂行条例", "version": "2011", "article": "第五条"}]


def tell(cast) -> dict[str, str]:
    from huilian.engine.alerts import evidence, seeding, services
    from huilian.foundation.now import frozen, now

    seeding.seed()
    number = 0

    def raised(rule, level, place, unit, days, nature="form", amount=None):
        nonlocal number
        number += 1
        fields = {"voucher_date": "2026-10-09", "payee": "王小五", "method": "cash", "total_cents": amount or 350_000}
        with frozen(now() - timedelta(days=days)):
            return services.raise_alert(
                rule=rule, names=NAMES[rule], level=level, subject=f"voucher:{number}", reason=SAID[rule],
                about=f"{place.name} 2026-10 记{number}号", unit=unit, place=place, nature=nature, amount_cents=amount,
                basis=BASIS, evidence=[evidence.row("voucher", number, fields)], score=2 * level,
                parameters={"yellow_cents": 200_000},
            )  # fmt: skip

    def explained(alert, days):
        with frozen(now() - timedelta(days=days)):
            services.sign(alert, by=cast.liu_changgui)
            return services.explain(alert, "抢修水泵急用现金，已补附村监会签字。", by=cast.li_xiao)

    def checked(alert, days):
        explained(alert, days + 1)
        with frozen(now() - timedelta(days=days)):
            return services.check(alert, verdict="true", note="核对凭证和收款人，现金付款属实。", by=cast.jiang_hong)

    liuhe = (cast.liuhe, cast.liuhe_committee)
    first = raised("ZJ01", 2, *liuhe, 1, amount=350_000)
    raised("HT01", 3, cast.dongwan, cast.dongwan_committee, 12, amount=2_600_000)
    raised("ZC03", 1, *liuhe, 6)
    explained(raised("ZJ01", 2, *liuhe, 3, amount=280_000), 2)
    appealed = checked(raised("ZJ01", 2, *liuhe, 9, nature="gain", amount=1_200_000), 5)
    services.appeal(appealed, "收款人无银行卡，已按规定报批，不应认定违规。", by=cast.liu_changgui)
    watched = checked(raised("ZJ01", 3, *liuhe, 15, nature="gain", amount=4_800_000), 8)
    with frozen(now() - timedelta(days=4)):
        services.rectify(
            watched,
            "多付款项已退回集体账户，今后一律转账。",
            responsible="李晓",
            recovered_cents=1_800_000,
            by=cast.li_xiao,
        )
        services.verify(watched, passed=True, note="查看银行回单，款项已到账。", by=cast.jiang_hong)
    green = checked(raised("ZC03", 1, *liuhe, 20), 12)
    with frozen(now() - timedelta(days=2)):
        services.rectify(green, "已公开招租，签订合同。", responsible="刘长贵", by=cast.liu_changgui)
        services.verify(green, passed=True, note="现场查看，已启用。", by=cast.jiang_hong)
    services.escalate()
    services.sweep()
    return {"alert_new": first.number, "alert_appealed": appealed.number, "alert_watched": watched.number}
