"""The suggestions learn from the county's own orders, say how sure they are, and stay silent before that."""

import pytest

from huilian.areas.hear.hotline import schedule, services, suggesting
from huilian.areas.hear.hotline.models import Learning, Order
from huilian.areas.hear.hotline.services.seeding import seed
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen

from .conftest import MONDAY


@pytest.fixture(autouse=True)
def new_process():
    suggesting.forget()


def test_nothing_is_suggested_before_anything_was_learned(hotline, monday):
    assert suggesting.suggest("路灯", "路灯不亮") is None


def test_nothing_to_learn_from_is_said(hotline, monday):
    with pytest.raises(Invalid):
        services.learn()

    assert not Learning.objects.exists() and schedule.learn()


def test_the_catalogue_teaches_while_orders_are_few(hotline, monday):
    seed()

    learning = services.learn()

    assert learning.orders == 0 and learning.lines > 100
    found = suggesting.suggest("医保报销", "外地住院的票据怎么报销")
    assert found.topics[0].value == "卫生计生" and found.topics[0].words
    assert 0 < found.topics[0].confidence <= 1
    assert Event.objects.filter(verb="hotline.learn").count() == 1


def test_orders_that_townships_lead_teach_the_township_of_the_place(hotline, monday):
    for i in range(8):
        for text, unit, topic in (
            ("村口路灯不亮，晚上出门看不见", hotline.qingshi_government, "城乡建设"),
            ("小区物业收费太高，没有公示", hotline.housing, "物业"),
        ):
            order = services.take(
                by=hotline.zhou_hui,
                channel=hotline.phone,
                title=text[:6],
                text=f"{text}，第{i}次反映",
                place=hotline.liuhe,
            )
            services.dispatch(order, unit=unit, class_key="general", by=hotline.zhou_hui)
            Order.objects.filter(pk=order.pk).update(topic=topic)

    services.learn()

    assert suggesting.suggest("路灯", "路灯坏了晚上看不见", hotline.dongwan).units[0].value == hotline.baisha_government
    assert suggesting.suggest("物业", "物业收费没有公示", hotline.dongwan).units[0].value == hotline.housing
    assert schedule.learn() == "nothing new"


def test_a_file_put_in_its_place_is_not_read(hotline, monday):
    seed()
    learning = services.learn()
    file = suggesting.file_of(learning.digests["topic"])
    file.write_bytes(file.read_bytes() + b"x")

    found = suggesting.suggest("医保报销", "外地住院的票据怎么报销")

    assert found.topics == [] and found.classes


def test_old_files_are_cleared_and_strangers_cannot_train(hotline):
    with frozen(MONDAY):
        seed()
        with pytest.raises(NotAllowed):
            services.learn(by=hotline.he_wei)
        services.learn(by=hotline.chen_lixin)

    known = {suggesting.file_of(d).name for row in Learning.objects.all() for d in row.digests.values()}
    assert {f.name for f in suggesting.folder().glob("*.npz")} <= known
