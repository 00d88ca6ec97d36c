"""What the pages of decisions show: one carried out, one objected to, a meeting called, one open with people in it."""

from contextlib import ExitStack
from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.power.decisions import services
    from huilian.areas.power.decisions.models import Meeting, Seat
    from huilian.areas.power.decisions.seeding import seed
    from huilian.foundation.now import now, today
    from tests.areas.decisions.conftest import ROLLS, Room

    seed()
    room, today_at = Room(people), now()
    Seat.objects.bulk_create(
        Seat(
            unit=room.unit, place=room.place, body=body, name=f"{body}{n}", group="一组", is_head=n == 1,
            starts_on=today() - timedelta(days=400),
        )
        for body, count in ROLLS.items()
        for n in range(1, count + 1)
    )  # fmt: skip
    with ExitStack() as room.clocks:
        room.go_to(today_at - timedelta(days=60))
        whole = room.to(room.propose(), "carrying")
        done = {
            "on": today(),
            "what": "签订施工合同",
            "winner": "安澜建筑队",
            "amount_cents": 5_600_000,
            "reference": "HT-1",
        }
        services.execute(whole, done, by=room.keeps)
        objected = room.propose(title="新建垃圾分类亭")
        room.vote(room.begin(objected), come=5, yes=5)
        services.sign_off(objected, agrees=False, words="预算没有给代表看", by=room.signs)
    waits = room.propose(title="添置舞台音响")
    called = room.call(room.propose(title="改造路灯"), days=3)
    with ExitStack() as room.clocks:
        room.go_to(today_at - timedelta(days=30))
        talks = room.to(room.propose(title="整治村口水塘"), "talks")
    opened = room.call(talks, days=1)
    Meeting.objects.filter(pk=opened.pk).update(starts_at=now())  # as if the day had come
    services.begin(opened, chair="刘长贵", by=room.keeps)
    services.mark(opened, [room.seat("committees", n) for n in (1, 2, 3)], "signed", by=room.keeps)
    services.speak(opened.items.get(), room.seat("committees", 2), words="同意", by=room.keeps)
    return {
        "decision": whole.number, "decision_village": room.place.code, "decision_case": whole.case.number,
        "decision_objected": objected.case.number,
        "decision_waits": waits.case.number, "meeting_called": called.number, "meeting_open": opened.number,
    }  # fmt: skip
