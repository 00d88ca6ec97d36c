"""范蕾 and 谢军 of the petitions office, 罗丹 at the desk of 青石镇, 金华 who keeps the reviews; housing answers."""

from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from huilian.areas.hear.petitions import services
from huilian.areas.hear.petitions.seeding import seed
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post, Unit
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
PEOPLE = (
    ("fan_lei", "范蕾", "petitions", "接访员", ("petition_clerk", "opinion_officer")),
    ("xie_jun", "谢军", "petitions", "局长", ("petition_head", "opinion_officer")),
    ("jin_hua", "金华", "county_government", "复查复核办主任", ("petition_reviewer",)),
    ("luo_dan", "罗丹", "qingshi_government", "信访办主任", ("petition_desk",)),
    ("bi_yun", "毕云", "commission", "信访室干部", ("petition_watcher",)),
    ("ji_ming", "季明", "commission", "信访室主任", ("petition_watch_head",)),
)
WHO = {"name": "张桂兰", "phone": "13812345678", "address": "青石镇柳河村三组"}
ASKED = {
    "kind": "demand",
    "channel": "letter",
    "text": "三组宅基地批了两年没有发证，请给办理并说明原因。",
    "field": "homestead",
}
NOTICE = "已收到，由本单位办理，办结后书面答复。"
ANSWER = {
    "claim": "请求办理宅基地确权登记并说明原因。",
    "facts": "2024年3月受理，因四至未签字停办。",
    "law": "不动产登记暂行条例（2024年修订）第十五条。",
    "opinion": "支持，十个工作日内完成补测和登记。",
    "remedy": "不服的，三十日内向县人民政府请求复查。",
}


def at(year: int, month: int, day: int, hour: int = 9):
    return frozen(datetime(year, month, day, hour, tzinfo=CHINA))


def set_up(cast) -> SimpleNamespace:
    """People, lists and procedures; the caller stands at the moment it wants."""
    cast.petitions = Unit(name="安澜县信访局", kind="department", place=cast.county)
    directory.add_units([cast.petitions], by=SYSTEM)
    users = User.objects.bulk_create(User(username=key, name=name, password="!") for key, name, *_more in PEOPLE)
    people = [Person(name=user.name, user=user) for user in users]
    posts = [Post(unit=getattr(cast, unit), name=title, roles=list(roles)) for _k, _n, unit, title, roles in PEOPLE]
    directory.add_people(people, by=SYSTEM)
    directory.add_posts(posts, by=SYSTEM)
    directory.appoint_all(zip(people, posts, strict=True), starts_on=SINCE, by=SYSTEM)
    for user in users:
        setattr(cast, user.username, user)
        cast.everybody.append(user)
    seed()
    publish_all(
        [path for path in discover.files("procedures/*.yaml") if path.parent.parent.name in ("petitions", "alerts")]
    )
    return SimpleNamespace(
        cast=cast, clerk=cast.fan_lei, head=cast.xie_jun, reviewer=cast.jin_hua, desk=cast.luo_dan,
        handler=cast.he_wei, boss=cast.xu_fang, watcher=cast.bi_yun, approver=cast.ji_ming, leader=cast.zhao_jianguo,
    )  # fmt: skip


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def office(stage):
    """On a working day at nine."""
    with frozen(MORNING):
        yield stage.world


def took(office, *, by=None, people=(WHO,), count=1, place=None, **more) -> services.Taken:
    title = more.pop("title", "关于柳河村三组宅基地登记的诉求")
    return services.take_in(
        title,
        {**ASKED, "people": count, **more},
        place=place or office.cast.liuhe,
        petitioners=people,
        by=by or office.clerk,
    )


def forwarded(office, **more):
    return services.forward(took(office, **more).petition, unit=office.cast.housing, by=office.clerk)


def accepted(office, **more):
    return services.accept(forwarded(office, **more), text=NOTICE, by=office.handler)


def answered(office, **more):
    return services.answer(accepted(office, **more), ANSWER, by=office.handler)


def delivered(office, **more):
    return services.deliver(answered(office, **more), way="handed", proof="张桂兰签收", by=office.handler)


def due(petition) -> date:
    petition.case.refresh_from_db()
    return petition.case.due_on


@contextmanager
def refused(kind, words: str, petition=None):
    """What is refused changes nothing."""
    before = petition and (petition.case.step, petition.case.revision)
    with pytest.raises(kind) as told:
        yield
    assert words in str(told.value), str(told.value)
    if petition:
        petition.case.refresh_from_db()
        assert (petition.case.step, petition.case.revision) == before


def verbs(row) -> list[str]:
    from huilian.engine.trail.queries import history_of

    return [event.verb for event in history_of(row)]
