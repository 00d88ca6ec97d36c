"""The seal of 柳河村, kept by 朱敏; 白露 asks, 刘长贵 reviews, 罗成 approves for the township."""

import io
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw

from huilian.areas.power.seals import services
from huilian.areas.power.seals.models import DocumentClass
from huilian.areas.power.seals.seeding import seed
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday


def photo(words: str = "", size=(400, 560)) -> io.BytesIO:
    """A photographed page with lines of writing; empty without `words`."""
    picture = Image.new("RGB", size, (235, 232, 225))
    draw = ImageDraw.Draw(picture)
    for n, letter in enumerate(words * 3):
        draw.rectangle((70, 80 + 20 * n, 300 - ord(letter) % 50, 88 + 20 * n), fill=(30, 30, 30))
    found = io.BytesIO()
    picture.save(found, "JPEG")
    found.seek(0)
    return found


def paper(words: str) -> list:
    return [(photo(words), f"{words}.jpg")]


def values(key: str = "paper", **more) -> dict:
    given = {"title": "高标准农田建设情况报告", "purpose": "报镇政府", "recipient": "青石镇人民政府", "copies": 1}
    return {"document_class": DocumentClass.objects.get(key=key), **given, **more}


def officer(cast) -> User:
    """程英, who keeps the county's register of seals."""
    user = User.objects.create(username="cheng_ying", name="程英", password="!")
    person = Person(name=user.name, user=user)
    post = Post(unit=cast.civil_affairs, name="印章管理员", roles=["seal_officer"])
    directory.add_people([person], by=SYSTEM)
    directory.add_posts([post], by=SYSTEM)
    directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
    return user


def set_up(cast) -> SimpleNamespace:
    """The people, the seal and what a test needs to ask for it."""
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "seal"])
    registers = officer(cast)
    seal = services.save_seal(
        None,
        {
            "unit": cast.liuhe_committee, "name": "柳河村村民委员会", "kind": "unit", "keeper": cast.zhu_min.person,
            "started_on": date(2021, 1, 1), "latitude": 34.0, "longitude": 118.0,
        },
        by=registers,
    )  # fmt: skip
    return SimpleNamespace(
        cast=cast, seal=seal, asks=cast.bai_lu, reviews=cast.liu_changgui, approves=cast.luo_cheng,
        keeps=cast.zhu_min, registers=registers,
    )  # fmt: skip


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def desk(stage):
    """On a working day at nine."""
    with frozen(MORNING):
        yield stage.world
