"""What the public pages show in the browser suite: the hotline with its ways in, and matters at every stage."""

import yaml


def tell(people) -> dict[str, str]:
    """Build it by services and return numbers and codes for the pages."""
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.queries import way_in
    from huilian.engine.directory.services import add_place
    from huilian.engine.procedures.services import publish
    from huilian.engine.trail.actors import SYSTEM
    from huilian.project.discover import SOURCE

    publish(yaml.safe_load((SOURCE / "areas/hear/hotline/procedures/hotline.yaml").read_text()), by=SYSTEM)
    services.seed(by=SYSTEM)
    for i, name in enumerate(("马岭镇", "北集镇", "柳泉镇", "双河乡"), 3):
        add_place(code=f"9999011{i:02}", name=name, parent=people.county, by=SYSTEM)
    facts = {}
    for key, text in {
        "fresh": "村口的路灯坏了一个多月。晚上看不见路，老人摔过一次，希望尽快修好。",
        "answered": "自来水从上周开始发黄，烧开有沉淀，家里有小孩。",
        "rated": "垃圾池满了没有人清运，气味很大。",
        "closed": "村口路面塌了一块，骑车危险。",
        "refused": "和邻居的借款纠纷，法院已经判了，我不服。",
        "first": "三组机井的电机烧了，一百多亩地浇不上水。",
        "merged": "机井坏了，地里浇不上水。",
    }.items():
        order, code = services.submit(
            channel=way_in("web"), title="", text=text, place=people.liuhe, where="二组", topic="城乡建设"
        )
        facts |= {f"{key}_number": order.case.number, f"{key}_code": code}
        _further(key, order, people, facts)
    return facts


def _further(key, order, people, facts) -> None:
    from huilian.areas.hear.hotline import queries, services
    from huilian.engine.procedures import services as cases

    if key in ("answered", "first", "rated", "closed"):
        services.accept(order, by=people.zhou_hui)
        services.dispatch(order, unit=people.housing, class_key="special", by=people.zhou_hui)
        services.sign(order, by=people.he_wei)
    if key == "closed":
        services.answer(order, "路面已填平压实，照片附后。", by=people.he_wei)
        services.report(order, "已填平。", by=people.he_wei)
        services.check_report(order, passed=True, by=people.zhou_hui)
        services.call_back(order, reached=True, solved="yes", satisfaction=4, by=people.wu_mei)
    elif key == "answered":
        order.case.refresh_from_db()
        asked = cases.ask_extension(order.case, workdays=3, reason="需要更换一段管道。", by=people.he_wei)
        cases.decide_extension(asked, approve=True, by=people.chen_lixin)
        cases.supervise(order.case, demand="报送进展。", by=people.zhao_jianguo)
        services.contact(order, note="约定上门查看。", by=people.he_wei)
        services.answer(order, "经检测为管道锈蚀，已更换 80 米管道，水质复检合格。", by=people.he_wei)
        services.report(order, "已更换管道，附检测单。", by=people.he_wei)
        services.check_report(order, passed=True, by=people.zhou_hui)
    elif key == "rated":
        services.answer(order, "已到现场处理完毕，照片附后。", by=people.he_wei)
    elif key == "refused":
        ground = next(g for g in queries.grounds() if g.key == "litigation")
        services.propose_refusal(order, ground=ground, note="法院已经裁判。", by=people.zhou_hui)
        services.confirm_refusal(order, by=people.qian_jing)
    elif key == "merged":
        first = queries.order_followed(facts["first_number"], facts["first_code"])
        services.merge(order, first, by=people.zhou_hui)
