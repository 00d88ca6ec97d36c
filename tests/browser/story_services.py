"""What the pages of services show: one matter with departments, one without its papers, one rated as bad."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.serve.services import seeding
    from huilian.areas.serve.services.models import Item
    from huilian.areas.serve.services.services import applying, catalogue, conduct, handling, points, ratings, telling
    from huilian.foundation.now import today

    seeding.seed()
    made = {}
    for key, unit, name in (
        ("hall", people.approval, "安澜县政务服务中心"),
        ("centre", people.qingshi_services, "青石镇便民服务中心"),
        ("room", people.liuhe_committee, "柳河村便民服务室"),
    ):
        values = {"unit": unit, "name": name, "phone": "0999-1234567", "hours": "8:30—17:30"}
        made[key] = catalogue.save_point(None, values, by=people.cao_jun)
    item = {row.code: row for row in Item.objects.all()}
    who = {"name": "赵桂花", "phone": "13812345678", "identity": "110101194912310024"}
    agent, clerk = people.bai_lu, people.shi_lei

    joint = applying.apply(
        item["SH-01"], applicant=who, point=made["room"], channel="window", by=agent,
        seen=["form", "identity", "household", "income"],
    )  # fmt: skip
    handling.accept(joint, mode="agent", reason="由镇审批，需入户核查", agent=agent.person, by=agent)
    handling.report(joint, by=agent)
    tasks = [handling.Task(people.civil_affairs, "核对经济状况"), handling.Task(people.housing, "核查住房", 2)]
    handling.joint(joint, tasks, by=clerk)

    waiting = applying.apply(item["SH-05"], applicant=who, place=people.liuhe)
    handling.receive(waiting, by=agent)

    rated = applying.apply(
        item["SH-02"], applicant=who, point=made["centre"], channel="window", seen=["identity", "household"], by=clerk
    )
    handling.finish_now(rated, result="granted", text="已参保登记", by=clerk)
    telling.tell(rated, way="handed", proof="本人签收", by=clerk)
    ratings.rate(rated, stars=2, words="排队太久，窗口没有人。")

    inquiry = points.note_inquiry(matter="社保卡丢了怎么办", name="张大山", phone="13900001111", by=agent)
    conduct.write_diary(on=today(), heard="三组路灯坏了两盏，老人晚上不敢出门。", household="李大娘", by=agent)
    conduct.plan_shift(made["room"], on=today(), person=agent.person, by=people.yu_fei)
    conduct.plan_shift(made["room"], on=today() + timedelta(days=1), person=agent.person, by=people.yu_fei)
    conduct.check_rules(made["room"], remark="抓紧签订责任书", by=people.yu_fei)
    card = conduct.issue_card(made["room"], agent.person, by=people.yu_fei)
    return {
        "service_joint": joint.case.number,
        "service_waiting": waiting.case.number,
        "service_rated": rated.case.number,
        "service_point": str(made["room"].pk),
        "service_card": card.code,
        "inquiry": inquiry.number,
    }
