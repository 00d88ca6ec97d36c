"""What a villager sees of the decisions of a village: each from the motion to the result."""

from datetime import timedelta

import pytest
from django.urls import reverse

from huilian.areas.power.decisions import services
from huilian.foundation.now import now, today
from tests.areas.decisions.conftest import cast, room, stage, told  # noqa: F401

pytestmark = pytest.mark.django_db


def read(client, name, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_follows_a_decision_from_the_motion_to_the_result(room, client):  # noqa: F811
    motion = room.propose(title="修缮文化礼堂")
    assert "还没有形成决议" in read(client, "portal-decision", motion.case.number)

    motion = room.to(motion, "carrying")
    room.go_to(now() + timedelta(days=4))
    given = {"on": today(), "what": "已付工程款", "winner": "张大山", "amount_cents": 4_900_000, "reference": "HT-1"}
    services.execute(motion, given, by=room.keeps)
    services.carried(motion, by=room.keeps)
    services.announce(motion, text="礼堂修好了，花了四万九", by=room.keeps)
    services.sign_off(motion, agrees=True, by=room.signs)

    text = read(client, "portal-decision", motion.number)
    assert "应到12人，实到12人；同意12，反对0，弃权0" in text
    assert "已经实施完毕" in text and "礼堂修好了" in text and "49,000.00" in text
    assert "张大山" not in text and "张" in text and "reps1" not in text
    listed = read(client, "portal-village-decisions", room.place.code)
    assert "修缮文化礼堂" in listed and reverse("portal-decision", args=[motion.case.number]) in listed


def test_objection_and_answer_are_public_and_what_failed_says_so(room, client):  # noqa: F811
    motion = room.propose(title="新建垃圾分类亭")
    room.vote(room.begin(motion), come=5, yes=5)
    services.sign_off(motion, agrees=False, words="预算没有给代表看", by=room.signs)
    services.answer(motion, text="预算已补发", by=room.keeps)
    text = read(client, "portal-decision", motion.case.number)
    assert "预算没有给代表看" in text and "预算已补发" in text

    failed = room.propose(title="没有通过的事")
    room.vote(room.begin(failed), come=5, yes=1, no=4)
    services.drop(failed, note="没有通过", by=room.keeps)
    assert "没有通过" in read(client, "portal-decision", failed.case.number)


def test_a_number_nobody_made_is_not_there(room, client):  # noqa: F811
    assert client.get(reverse("portal-decision", args=["JY20990101-0001"])).status_code == 404
    assert "还没有议题" in read(client, "portal-village-decisions", room.place.code)
