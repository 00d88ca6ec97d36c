"""A matter of the hotline that is a petition by law: registered there under the same code, and back again."""

import pytest

from huilian.areas.hear.hotline import services as hotline
from huilian.areas.hear.hotline.models import Channel, RefusalGround
from huilian.areas.hear.hotline.queries import order_followed
from huilian.areas.hear.hotline.services.seeding import seed as seed_hotline
from huilian.areas.hear.petitions import services as petitions
from huilian.areas.hear.petitions.models import Petition
from huilian.areas.hear.petitions.queries.public import petition_by_code
from huilian.engine.links.models import Link
from huilian.engine.procedures.services import publish_all
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.project import discover
from tests.areas.petitions.conftest import at, office, refused, stage, took, verbs  # noqa: F401

SAID = {
    "title": "宅基地确权两年没有结果", "text": "申请两年没有答复，请给书面意见。", "where": "三组",
    "caller_name": "张桂兰", "caller_phone": "13812345678",
}  # fmt: skip


@pytest.fixture
def hear(office):  # noqa: F811
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "hotline"])
    seed_hotline()
    return office


def proposed(hear, **said):
    given = {"place": hear.cast.liuhe, **SAID, **said}
    order, code = hotline.submit(channel=Channel.objects.get(key="web"), **given)
    ground = RefusalGround.objects.get(key="petitions")
    return hotline.propose_refusal(order, ground=ground, note="要书面处理意见", by=hear.cast.zhou_hui), code


def test_handed_over_with_number_and_code_and_handed_back(hear):
    asked, code = proposed(hear)
    order = hotline.confirm_refusal(asked, by=hear.cast.qian_jing)
    petition = Petition.objects.get()
    assert (petition.channel, petition.source_no) == ("hotline", order.case.number)
    assert petition.case.number in order.answer and order.case.step == "refused"
    assert petition_by_code(petition.case.number, code) == petition and not petition_by_code(
        petition.case.number, "2" * 10
    )
    assert petition.petitioners.get().address == "柳河村 三组"
    assert Link.objects.filter(target_id=petition.case.number).exists()

    with at(2026, 6, 8):
        petitions.hand_back(petition, note="属于一般咨询，请热线答复", by=hear.clerk)
    petition.refresh_from_db()
    order = order_followed(order.case.number, code)
    assert (petition.case.outcome, order.case.step, order.answer) == ("handed_back", "sorting", "")
    assert "petition.hand_back" in verbs(petition.case) and "hotline.reconsider" in verbs(order.case)
    assert petition.told_text == "属于一般咨询，请热线答复"


def test_without_name_or_place_nothing_is_handed_over(hear):
    for missing in ({"caller_name": ""}, {"place": None}):
        asked, _code = proposed(hear, **missing)
        with pytest.raises(Invalid):
            hotline.confirm_refusal(asked, by=hear.cast.qian_jing)
        asked.case.refresh_from_db()
        assert asked.case.step == "review" and not Petition.objects.exists()


def test_who_may_not_and_what_did_not_come_from_the_hotline_stays(hear):
    own = took(hear).petition
    with refused(Conflict, "别的单位", own):
        petitions.hand_back(own, note="请热线答复", by=hear.clerk)
    asked, _code = proposed(hear)
    hotline.confirm_refusal(asked, by=hear.cast.qian_jing)
    theirs = Petition.objects.get(channel="hotline")
    with refused(NotAllowed, "", theirs):
        petitions.hand_back(theirs, note="请热线答复", by=hear.watcher)
