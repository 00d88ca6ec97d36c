"""People of the penalty bureau, the default contents, and the procedures of monitoring."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from huilian.areas.power.monitoring import services
from huilian.areas.power.monitoring.seeding import seed
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 7, 8, 9, 0, tzinfo=CHINA)
OFFICERS = (
    ("lu_ning", "卢宁", "执法员", ["penalty_clerk"]),
    ("mu_qing", "穆青", "法制审核员", ["penalty_reviewer"]),
    ("ji_fang", "季方", "执法局长", ["penalty_head"]),
)


def officers(cast) -> dict[str, User]:
    """Three people of the housing bureau: one files, one reviews, one decides."""
    found = {}
    for key, name, title, roles in OFFICERS:
        user = User.objects.create(username=key, name=name, password="!")
        person, post = Person(name=name, user=user), Post(unit=cast.housing, name=title, roles=roles)
        directory.add_people([person], by=SYSTEM)
        directory.add_posts([post], by=SYSTEM)
        directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
        found[key] = user
    return found


def offence(cast, by):
    """An offence with two bands."""
    law = {"law": "某办法", "version": "2020", "article": "第一条"}
    matter = services.save_matter(None, {"code": "CF-001", "name": "占道堆放建材", "unit": cast.housing, **law}, by=by)
    for name, low, high in (("轻微", 10_000, 20_000), ("一般", 20_001, 50_000)):
        values = {"matter": matter, "name": name, "circumstances": "见基准", "low_cents": low, "high_cents": high}
        services.save_band(None, values, by=by)
    return matter


def set_up(cast) -> SimpleNamespace:
    seed()
    publish_all([p for p in discover.files("procedures/*.yaml") if p.stem in ("penalty", "act_complaint")])
    return SimpleNamespace(cast=cast, watches=cast.ding_ke, **officers(cast))


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def hall(stage):
    """A morning in July with everybody in place."""
    with frozen(MORNING):
        yield stage.world
