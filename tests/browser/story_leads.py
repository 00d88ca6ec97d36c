"""What the pages of leads show: one lead proposed and weighed, a meeting on it, a round of stock-taking."""

from datetime import timedelta

POSTS = (
    ("lin_zheng", "lead_manager"), ("hao_jing", "lead_handler"), ("shen_yu", "lead_deputy"),
    ("ding_ke", "lead_director"), ("zhao_jianguo", "lead_secretary"),
)  # fmt: skip
POINTS = {"specific": 18, "verifiable": 16, "serious": 12, "power": 8, "source": 10, "repeated": 4, "urgent": 6}


def tell(people) -> dict[str, str]:
    """After the story of the vault, which sets recovery up."""
    from huilian.areas.answer.leads import services
    from huilian.areas.answer.leads.seeding import seed
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.models import Post
    from huilian.engine.trail.actors import SYSTEM
    from huilian.engine.vault.models import Unlocked
    from huilian.foundation.now import now, today
    from tests.cast import SINCE
    from tests.vault import unlock

    seed()
    for name, role in POSTS:
        post = Post.objects.create(unit=people.commission, name=f"线索{role}", roles=[role])
        directory.appoint(people.person(name), post, starts_on=SINCE, by=SYSTEM)
        unlock(getattr(people, name))
    manager, handler = people.lin_zheng, people.hao_jing
    lead = services.register(
        source="supervision", summary="机井工程款去向不明", persons=[people.person("liu_changgui")],
        unit=people.liuhe_committee, field="works", discipline="integrity", micro="embezzle", rank="village",
        naming="real", by=manager,
    )  # fmt: skip
    services.hand_over(lead, handler, office="第一纪检监察室", token=unlock(manager), by=manager)
    services.take_over(lead, by=handler)
    services.weigh(lead, POINTS, cause="first", by=handler)
    services.make_paper(lead, template="register", values={"summary": "机井工程款去向不明"}, by=handler)
    services.send_letter(lead, kind="assist", to=people.housing, text="请鉴定工程量", by=handler)
    meeting = services.hold_meeting(held_on=today(), present=[handler], by=manager)
    item = services.table(meeting, lead, by=manager)
    services.conclude(item, text="先核实工程量", by=manager)
    services.give_task(item, kind="propose", user=handler, due_on=today() + timedelta(7), by=manager)
    services.propose(lead, way="verify", text="建议初步核实", token=unlock(handler), by=handler)
    stock = services.take_stock(
        name="村社线索大起底", since=today(), until=today(), due_on=today() + timedelta(60), by=manager
    )
    facts = {f"cookie:{user.username}": f"vault={unlock(user)}" for user in (manager, handler)}
    Unlocked.objects.update(until=now() + timedelta(days=1))
    return facts | {"lead": lead.number, "lead_meeting": meeting.number, "lead_stock": stock.number}
