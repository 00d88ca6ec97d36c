"""A village that publishes: a clerk who drafts, a committee that checks, the default catalogue, a source of lines."""

from datetime import date, datetime

import pytest
import yaml

from huilian.areas.serve.disclosure import services
from huilian.areas.serve.disclosure.models import Kind
from huilian.areas.serve.disclosure.sources import SOURCES, Body
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post
from huilian.engine.procedures.services import publish as publish_procedure
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from huilian.project.discover import SOURCE
from tests.cast import SINCE
from tests.stage import once

MOMENT = datetime(2026, 11, 3, 9, 0)  # a Tuesday; October is over
PEOPLE = (
    ("ma_li", "马丽", "liuhe_committee", "文书", ["village_clerk"]),
    ("tian_you", "田友", "liuhe_supervision", "村监会委员", ["supervision_member"]),
    ("ding_ning", "丁宁", "liuhe_committee", "组织委员", ["party_branch_member"]),
    ("gao_shan", "高山", "agriculture", "公开管理岗", ["disclosure_officer"]),
    ("fang_yu", "方雨", "dongwan_committee", "文书", ["village_clerk"]),
)


@pytest.fixture
def moment():
    with frozen(MOMENT) as at:
        yield at


def settle(cast):
    """The people of the village, the procedure and the catalogue; the cast with them."""
    for key, name, unit, title, roles in PEOPLE:
        user = User.objects.create(username=key, name=name, password="!")
        person = Person(name=name, user=user)
        post = Post(unit=getattr(cast, unit), name=title, roles=roles)
        directory.add_people([person], by=SYSTEM)
        directory.add_posts([post], by=SYSTEM)
        directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
        setattr(cast, key, user)
    body = yaml.safe_load((SOURCE / "areas/serve/disclosure/procedures/question.yaml").read_text())
    publish_procedure(body, by=SYSTEM)
    services.seed()
    cast.monthly = Kind.objects.get(key="finance.monthly")
    return cast


told, stage, cast = once(settle, at=MOMENT)


@pytest.fixture
def village(stage, moment):
    return stage.world


def month_body(kind, *, expense=4_800_000, person="张建军", population=1586, **more) -> Body:
    rows = [
        ["2026-10-13", "光伏电站发电收益", "经营收入", 1_284_650, None, "安澜供电公司", "李晓", "赵强", "记-3", 2],
        ["2026-10-16", "机耕路硬化工程款", "公益事业支出", None, expense, "安澜路桥公司", person, "赵强", "记-5", 6],
    ]
    facts = {"balance_cents": 63_421_800, "population": population}
    return Body(kind.columns, rows, facts, expected_rows=2, **more)


@pytest.fixture
def books(village):
    """The books are connected."""
    kept = SOURCES.pop("finance.monthly", None)
    SOURCES["finance.monthly"] = lambda place, period: month_body(village.monthly)
    yield SOURCES
    SOURCES.pop("finance.monthly", None)
    if kept:
        SOURCES["finance.monthly"] = kept


@pytest.fixture
def duty(village):
    services.open_obligations(since=date(2026, 11, 1), places=[village.liuhe])
    from huilian.areas.serve.disclosure.queries import open_obligation

    return open_obligation(village.liuhe, "finance.monthly", "2026-10")


@pytest.fixture
def published(village, books, duty):
    item = services.draft(duty, by=village.ma_li)
    services.send_to_check(item, by=village.ma_li)
    services.check(item, passed=True, by=village.tian_you)
    return services.publish(item, by=village.ma_li)
