"""What the pages of petitions show: an answer, a repeat, a queue, public opinion, a paper, a campaign."""

from datetime import date, timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.hear.petitions import services
    from huilian.areas.hear.petitions.models import Heat
    from huilian.foundation.now import now, today
    from tests.areas.petitions.conftest import delivered, set_up, took

    office = set_up(people)
    petition = delivered(office)
    took(office, channel="visit", visited_level=2, repeat_of=petition)
    marks = {"harm": 2, "people": 1, "duration": 2, "units": 1, "turn": 0}
    led = took(office, title="=关于柳河村三组道路的诉求").petition
    services.put_in_charge(
        led, people.person("zhao_jianguo"), marks=marks, reason="拖延多年，涉及两家单位",
        due_on=today() + timedelta(30), by=office.head,
    )  # fmt: skip
    slot = services.save_slot(
        None,
        {
            "leader": people.person("zhao_jianguo"), "unit": people.petitions, "room": "=县人民来访接待大厅",
            "is_remote": True, "town": people.qingshi, "starts_at": now() + timedelta(days=2),
            "ends_at": now() + timedelta(days=2, hours=3), "seats": 8,
        },
        by=office.clerk,
    )  # fmt: skip
    services.book(slot, name="张桂兰", matter="宅基地登记", phone="13812345678", by=office.clerk)
    matter = services.note_matter(
        "网帖反映柳河村垃圾清运不及时", source="本地论坛", text="称垃圾一周没有清运", place=people.liuhe,
        heat=Heat.objects.get(key="middle"), appeared_at=now(), by=office.clerk,
    )  # fmt: skip
    services.send_matter(matter, unit=people.qingshi_government, by=office.clerk)
    services.save_shifts(
        people.petitions, people.person("fan_lei"), people.person("zhao_jianguo"), today(), 3, by=office.head
    )
    paper = services.draft_paper(
        "notice", unit=people.housing, facts="一件超期答复", demand="说明原因，限期整改", by=office.watcher
    )
    services.propose_paper(paper, by=office.watcher)
    target = {"township": people.qingshi, "year": today().year, "stock": 5, "new": 20}
    services.save_target(None, target, by=office.head)
    contest = services.save_contest(
        None,
        {"year": today().year, "title": "=无越级访乡镇创建", "criteria": "诉求在镇内办结\n首接首办",
         "apply_until": date(today().year, 12, 31)},
        by=office.head,
    )  # fmt: skip
    services.apply_for(contest, people.qingshi_government, statement="本镇开门接访，初信初访一次办结。", by=office.desk)
    return {"petition": petition.case.number, "slot": str(slot.pk)}
