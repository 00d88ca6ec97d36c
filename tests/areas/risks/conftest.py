"""住建局 looks for its risks: 高洁 finds, 徐芳 signs; 沈瑜 watches for the county, 高原 approves disposals."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Scheme
from huilian.areas.power.risks.seeding import seed
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
TYPES = (("post", "before"), ("procedure", "during"), ("system", "after"))


def later(days: int):
    return frozen(MORNING + timedelta(days))


def values(desk, **more) -> dict:
    given = {
        "unit": desk.cast.housing, "level": "post", "post": desk.cast.posts["he_wei"], "kind": "process",
        "field": "money", "name": "变更签证", "manifestation": "现场签证不实", "basis": "建设工程管理办法",
        "bounds": "受理、初审", "duty": "直接责任",
    }  # fmt: skip
    return {**given, **more}


def a_point(desk, *, grade: int = 1, importance: int = 3, told: int = 60, measures=TYPES, **more):
    point = services.save_point(None, values(desk, **more), way="self", told="本人查找", by=desk.finds)
    point = services.grade_point(
        point, importance=importance, grade=grade, told_count=told, watcher=desk.cast.person("he_wei"), by=desk.finds
    )
    for type_, phase in measures:
        services.add_measure(
            point, {"type": type_, "phase": phase, "text": "双人复核", "responsible": "何伟"}, by=desk.finds
        )
    return point


def in_force(desk, **more):
    """A directory with one point, brought into force in June 2026."""
    a_point(desk, **more)
    directory = services.ask_opinions(desk.cast.housing, until=(MORNING + timedelta(7)).date(), by=desk.finds)
    services.note_asked(directory, who="served", called="服务对象代表", people=12, way="座谈", by=desk.finds)
    with later(8):
        services.begin_notice(directory, by=desk.finds)
    with later(14):
        return services.resolve(
            directory, minutes_no="党组纪要〔2026〕9号", resolved_on=(MORNING + timedelta(14)).date(), by=desk.signs
        )


def set_up(cast) -> SimpleNamespace:
    seed()
    user = User.objects.create(username="gao_yuan", name="高原", password="!")
    person = Person(name=user.name, user=user)
    post = Post(unit=cast.commission, name="分管副书记", roles=["risk_approver"])
    directory.add_people([person], by=SYSTEM)
    directory.add_posts([post], by=SYSTEM)
    directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
    return SimpleNamespace(
        cast=cast, finds=cast.gao_jie, signs=cast.xu_fang, watches=cast.shen_yu, approves=user,
        six=Scheme.objects.get(key="six"), seven=Scheme.objects.get(key="seven"),
    )  # fmt: skip


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def desk(stage):
    with frozen(MORNING):
        yield stage.world
