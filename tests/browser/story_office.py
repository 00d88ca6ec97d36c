"""What the pages of offices and talks show: a talk agreed to, its room looked at, one office with a document."""

from datetime import timedelta

POSTS = (
    ("hao_jing", "office_talker"), ("lin_zheng", "office_talker"), ("lin_zheng", "office_keeper"),
    ("lin_zheng", "office_manager"), ("lin_zheng", "office_exchanger"), ("ding_ke", "office_guard"),
    ("shen_yu", "office_approver"),
)  # fmt: skip


def tell(people) -> dict[str, str]:
    """After the story of leads, which makes the keys and the lead."""
    from huilian.areas.answer.leads.models import Lead
    from huilian.areas.answer.office import services
    from huilian.areas.answer.office.models import Item, Slot
    from huilian.areas.answer.office.seeding import seed
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.models import Post
    from huilian.engine.trail.actors import SYSTEM
    from huilian.engine.vault.models import Unlocked
    from huilian.foundation.now import moment, now, today
    from tests.cast import SINCE
    from tests.vault import unlock

    seed()
    for name, role in POSTS:
        post = Post.objects.create(unit=people.commission, name=f"办案{role} {name}", roles=[role], quota=1)
        directory.appoint(people.person(name), post, starts_on=SINCE, by=SYSTEM)
    keeper, talker, guard = people.lin_zheng, people.hao_jing, people.ding_ke
    room = services.save_room(None, {"unit": people.commission, "name": "一号谈话室", "kind": "talk", "capacity": 6,
                                     "address": "办公楼一楼东侧"}, by=keeper)  # fmt: skip
    first, second = Item.objects.filter(list="room")[:2]
    seen = [services.Seen(first, True), services.Seen(second, False, "桌角裸露，已要求包边")]
    services.note_checks(room, seen, by=keeper)
    begins = moment(now() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    talk = services.book(
        room, case_number=Lead.objects.first().number, begins_at=begins, ends_at=begins + timedelta(hours=2), people=4,
        talker=talker, second=keeper, guard=guard, risk=3, person={"name": "周某某", "age": "over_60"},
        plan="备常用药，县医院急诊十二分钟", by=talker,
    )  # fmt: skip
    talk = services.decide(talk, agree=True, by=people.shen_yu)
    services.note_checks(talk, [services.Seen(Item.objects.filter(list="before")[0], True)], by=guard)
    services.plan_tasks()
    slot = Slot.objects.get(list="office", number=2)
    document = services.adopt(slot, people.commission, title="监察办公室议事规则", text="第一条　重要事项集体研究。",
                              body="县纪委常委会", adopted_on=today(), by=keeper)  # fmt: skip
    facts = {f"cookie:{guard.username}": f"vault={unlock(guard)}"}
    Unlocked.objects.update(until=now() + timedelta(days=1))
    return facts | {
        "talk": talk.number,
        "talk_room": str(room.pk),
        "office": str(people.commission.pk),
        "office_document": str(document.pk),
    }
