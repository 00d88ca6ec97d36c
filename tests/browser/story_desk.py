"""Matters of the hotline at every step and lamp, for the pages of the desk."""

from datetime import timedelta

from huilian.foundation.now import frozen, now

TITLES = (  # title, township attribute, class, working on it, days ago
    ("路灯损坏一个多月无人维修，夜间出行不便", "liuhe", "general", True, 12),
    ("机耕路硬化工程疑似重复支付工程款", "liuhe", "special", True, 10),
    ("早晚高峰自来水水压不足，三楼以上无水", "shanqian", "general", False, 5),
    ("生活垃圾清运不及时，村口垃圾池满溢", "dongwan", "special", True, 8),
    ("低保动态调整后被取消资格，要求说明理由", "xiling", "major", True, 14),
    ("危房改造补助款迟迟未到账", "liuhe", "major", False, 20),
    ("村务公开栏三个月未更新账目", "shanqian", "special", False, 1),
    ("咨询城乡居民养老保险补缴办法", "dongwan", "general", False, 0),
)


def tell(cast) -> dict[str, str]:
    """Take, dispatch and work on matters over the last weeks; gives the number of one with a long history."""
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Channel
    from huilian.engine.alerts.services import sweep
    from huilian.engine.procedures import services as cases
    from huilian.project import discover

    with frozen(now() - timedelta(days=60)):
        cases.publish_all(discover.files("procedures/*.yaml"))
    phone, _made = Channel.objects.get_or_create(key="122", defaults={"name": "122民生热线", "kind": "phone"})
    orders = []
    for i in range(3):
        for title, place, kind, working, ago in TITLES:
            with frozen(now() - timedelta(days=ago + i, hours=2 * i)):
                order = services.take(
                    by=cast.zhou_hui,
                    channel=phone,
                    title=title,
                    text=f"{title}。已多次向村里反映，一直没有解决，希望尽快处理。",
                    place=getattr(cast, place),
                    caller_name="张小明",
                    caller_phone="13812345726",
                )
                services.dispatch(order, unit=cast.housing, class_key=kind, by=cast.zhou_hui)
                if working:
                    services.sign(order, by=cast.he_wei)
            orders.append(order)
    long = orders[1]
    with frozen(now() - timedelta(days=7)):
        services.contact(long, note="电话联系诉求人，约定周五到现场查看，诉求人表示理解。", by=cast.he_wei)
        cases.assign_handler(long.case, cast.person("he_wei"), by=cast.he_wei)
        cases.assign_co_handler(long.case, cast.agriculture, duty="核对机耕路建设台账和付款凭证", by=cast.he_wei)
    with frozen(now() - timedelta(days=1)):
        cases.supervise(
            long.case, demand="请于三个工作日内书面说明两次付款的依据，并附付款凭证。", by=cast.zhao_jianguo
        )
    services.take(
        by=cast.wu_mei,
        channel=phone,
        title="询问大病救助怎样申请",
        text="家人住院，想了解大病救助的申请办法。",
        place=cast.liuhe,
    )
    sweep(now())  # lamps turn, alerts are raised, cases follow
    return {"case": long.case.number}
