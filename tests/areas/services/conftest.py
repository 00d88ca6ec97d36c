"""Three points in a row (village, township, county) with the default catalogue; a villager who needs something."""

from datetime import datetime

import pytest
import yaml

from huilian.areas.serve.services import seeding
from huilian.areas.serve.services.models import Item
from huilian.areas.serve.services.services import applying, catalogue
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from huilian.project.discover import SOURCE
from tests.cast import SINCE
from tests.stage import once

MOMENT = datetime(2026, 11, 3, 9, 0)  # a Tuesday
VILLAGER = {"name": "赵桂花", "phone": "13812345678", "identity": "110101194912310024"}


@pytest.fixture
def moment():
    with frozen(MOMENT) as at:
        yield at


def settle(cast):
    """The cast with points `room`, `centre`, `hall` and items by code."""
    user = User.objects.create(username="niu_tao", name="牛涛", password="!")
    person, post = Person(name="牛涛", user=user), Post(unit=cast.liuhe_committee, name="副主任", roles=["proxy_agent"])
    directory.add_people([person], by=SYSTEM)
    directory.add_posts([post], by=SYSTEM)
    directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
    cast.niu_tao = user
    publish(yaml.safe_load((SOURCE / "areas/serve/services/procedures/service.yaml").read_text()), by=SYSTEM)
    seeding.seed()
    for attribute, unit, name in (
        ("hall", cast.approval, "安澜县政务服务中心"),
        ("centre", cast.qingshi_services, "青石镇便民服务中心"),
        ("room", cast.liuhe_committee, "柳河村便民服务室"),
    ):
        setattr(
            cast,
            attribute,
            catalogue.save_point(None, {"unit": unit, "name": name, "phone": "0999-1234567"}, by=cast.cao_jun),
        )
    cast.item = {item.code: item for item in Item.objects.all()}
    return cast


told, stage, cast = once(settle, at=MOMENT)


@pytest.fixture
def county(stage, moment):
    return stage.world


@pytest.fixture
def asked(county):
    """Somebody in 柳河村 has sent an application for hardship aid from the phone."""
    return applying.apply(county.item["SH-01"], applicant=VILLAGER, place=county.liuhe)
