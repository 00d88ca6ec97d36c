"""A hotline ready for work: procedure published, a channel, a ground, and a matter at any step."""

from datetime import datetime

import pytest
import yaml

from huilian.areas.hear.hotline import services
from huilian.areas.hear.hotline.models import Channel, RefusalGround
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from huilian.project.discover import SOURCE
from tests.stage import once

MONDAY = datetime(2026, 9, 28, 9, 0)  # the National Day holiday lies ahead: facts.md §1.2
LONG_ANSWER = "经现场查看，路灯线路已更换，当晚已恢复照明。"


@pytest.fixture
def monday():
    with frozen(MONDAY) as moment:
        yield moment


def set_up(cast):
    body = yaml.safe_load((SOURCE / "areas/hear/hotline/procedures/hotline.yaml").read_text())
    publish(body, by=SYSTEM)
    cast.phone = Channel.objects.create(key="122", name="122民生热线", kind="phone")
    cast.web = Channel.objects.create(key="web", name="网上留言", kind="web")
    cast.ground = RefusalGround.objects.create(
        key="litigation",
        name="依法应当通过诉讼解决",
        law="国办发〔2020〕53号",
        version="2020",
        guidance="请向人民法院起诉。",
    )
    return cast


told, stage, cast = once(set_up)


@pytest.fixture
def hotline(stage):
    return stage.world


@pytest.fixture
def taken(hotline, monday):
    return services.take(
        by=hotline.zhou_hui,
        channel=hotline.phone,
        title="路灯不亮",
        text="村口三盏路灯一个多月不亮，晚上出门不方便。",
        place=hotline.liuhe,
        caller_name="张小明",
        caller_phone="13812345726",
    )


@pytest.fixture
def dispatched(hotline, taken):
    return services.dispatch(taken, unit=hotline.housing, class_key="special", by=hotline.zhou_hui)


@pytest.fixture
def working(hotline, dispatched):
    return services.sign(dispatched, by=hotline.he_wei)


@pytest.fixture
def calling(hotline, working):
    services.contact(working, note="电话联系诉求人，约定查看时间。", by=hotline.he_wei)
    services.answer(working, LONG_ANSWER, by=hotline.he_wei)
    services.report(working, "已办结，附现场照片。", by=hotline.he_wei)
    return services.check_report(working, passed=True, by=hotline.zhou_hui)
