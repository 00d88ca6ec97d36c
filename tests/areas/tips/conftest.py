"""A commission with a tip desk: who sorts, handles, heads, agrees and watches, all with keys; recovery is set up."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import translation

import huilian.areas.hear.tips as area
from huilian.areas.hear.tips import services
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.now import now
from tests.vault import set_up, unlock

REPORTER = Actor("citizen", label="reporter")
TEXT = "东湾村报账员把低保金打进了自己侄子的卡里，三年共两万一千元。"
DESK = (  # attribute, name, roles, head of the commission
    ("fu_qin", "付琴", ("tip_intake",), False),
    ("tian_ye", "田野", ("tip_intake",), False),
    ("guo_jing", "郭静", ("tip_handler",), False),
    ("lei_ming", "雷鸣", ("tip_handler",), False),
    ("wan_li", "万里", ("tip_head",), True),
    ("mo_ran", "莫然", ("identity_agreer",), False),
    ("an_qi", "安琪", ("tip_watcher",), False),
    ("pu_yu", "蒲玉", ("case_manager",), False),
)


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["face"] = "lang=en"
    with translation.override("en"):
        yield


@pytest.fixture
def desk(cast):
    """The cast with the people of the desk."""
    return furnish(cast)


def furnish(cast):
    body = Path(area.__file__).parent / "procedures" / "tip.yaml"
    publish(yaml.safe_load(body.read_text(encoding="utf-8")), by=SYSTEM)
    set_up(cast)
    for key, name, roles, is_head in DESK:
        user = User.objects.create(username=key, name=name, password="!")
        person = directory.add_person(name=name, user=user, by=SYSTEM)
        post = Post.objects.create(unit=cast.commission, name=name, roles=list(roles), is_head=is_head)
        directory.appoint(person, post, starts_on=date(2026, 1, 1), by=SYSTEM)
        unlock(user)
        setattr(cast, key, user)
    return cast


def take(cast, **given):
    """A tip about the village accountant of 柳河村, by web and without a name."""
    asked = {"channel": "web", "text": TEXT, "by": REPORTER, "unit": cast.liuhe_committee, "place": cast.liuhe,
             "persons": [{"name": "李晓"}], "field": "relief", **given}  # fmt: skip
    return services.take_in(**asked)


NAMED = {"named": "named", "identity": {"name": "周大山", "phone": "13900001111"}}


def accepted(cast, tip, handler="guo_jing", by="fu_qin"):
    officer = getattr(cast, by)
    return services.accept(
        tip, unit=cast.commission, handlers=[getattr(cast, handler)], until=now() + timedelta(days=90),
        token=unlock(officer), by=officer,
    )  # fmt: skip
