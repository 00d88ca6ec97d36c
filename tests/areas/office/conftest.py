"""The commission and an office of a township: two talk for a lead, one keeps them safe, one agrees, one keeps rooms."""

import io
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from PIL import Image

from huilian.areas.answer.leads import services as leads
from huilian.areas.answer.leads.seeding import seed as seed_leads
from huilian.areas.answer.office import services
from huilian.areas.answer.office.models import Item
from huilian.areas.answer.office.seeding import seed
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post, Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.vault import services as vault
from huilian.engine.vault.services import keys
from huilian.foundation.now import frozen
from huilian.foundation.sealing import WEAK
from tests.areas.leads.conftest import MORNING, POSTS, WORDS, Desk
from tests.cast import SINCE
from tests.stage import once

MORE = (
    ("hao_jing", "office_talker"), ("jiang_hong", "office_talker"), ("meng_ting", "office_guard"),
    ("ding_ke", "office_approver"), ("lin_zheng", "office_keeper"), ("lin_zheng", "office_manager"),
)  # fmt: skip
PERSON = {"name": "周某某", "post": "柳河村会计", "age": "over_60", "health": ""}
NAME, PLAN = "周某某", "有高血压，备硝苯地平，县医院急诊12分钟"


def after(minutes: int):
    return frozen(MORNING + timedelta(minutes=minutes))


class Office(Desk):
    """The people by what they do."""

    def book(self, **more):
        given = {
            "room": self.room, "case_number": self.number, "begins_at": MORNING + timedelta(hours=1),
            "ends_at": MORNING + timedelta(hours=4), "people": 4, "talker": self.talker, "second": self.second,
            "guard": self.guard, "risk": 2, "person": PERSON, "plan": PLAN, "by": self.talker, **more,
        }  # fmt: skip
        return services.book(given.pop("room"), **given)

    def agreed(self, **more):
        return services.decide(self.book(**more), agree=True, by=self.approver)

    def looked(self, talk, stage: str, **bad):
        seen = [services.Seen(item, True) for item in Item.objects.filter(list=stage)]
        services.note_checks(talk, seen, by=self.guard)

    def ready(self, **more):
        """Everything before the talk is in order."""
        talk = self.agreed(**more)
        services.note_medical(talk, is_fit=True, text="血压140/85", by=self.guard)
        self.looked(talk, "before")
        talk.refresh_from_db()
        return talk

    def inside(self, **more):
        talk = self.ready(**more)
        return services.take_over(services.hand_over(talk, self.guard, by=self.talker), by=self.guard)

    def ended(self, **more):
        talk = self.inside(**more)
        services.mark(talk, "start", by=self.talker)
        services.mark(talk, "end", by=self.talker)
        talk.refresh_from_db()
        return talk


def set_up(cast) -> Office:
    """Posts, keys, a lead with its two handlers, a room."""
    seed()
    seed_leads()
    rows = [Post(unit=cast.commission, name=f"{role} {name}", roles=[role]) for name, role in (*POSTS, *MORE)]
    town = Unit(name="青石镇监察办公室", kind="discipline", place=cast.qingshi)
    directory.add_units([town], by=SYSTEM)
    rows.append(Post(unit=town, name="主任", roles=["office_head"], is_head=True, quota=1))
    directory.add_posts([*rows, Post(unit=town, name="干事", roles=[], quota=2)], by=SYSTEM)
    people = [cast.person(name) for name, _role in (*POSTS, *MORE)] + [cast.person("wang_min")]
    directory.appoint_all(zip(people, rows, strict=True), starts_on=SINCE, by=SYSTEM)
    vault.set_up_recovery(by=cast.gao_jie)
    for name in {name for name, role in (*POSTS, *MORE) if role not in ("vault_keeper", "lead_analyst")}:
        vault.make_key(WORDS, by=getattr(cast, name))
    office = Office(
        cast=cast, manager=cast.lin_zheng, other=cast.shen_yu, handler=cast.hao_jing, talker=cast.hao_jing,
        second=cast.jiang_hong, deputy=cast.meng_ting, director=cast.ding_ke, secretary=cast.zhao_jianguo,
        guard=cast.meng_ting, approver=cast.ding_ke, keeper=cast.lin_zheng, head=cast.wang_min, town=town,
    )  # fmt: skip
    office.number = _lead(office).number
    office.room = services.save_room(None, {
        "unit": cast.commission, "name": "一号谈话室", "kind": "talk", "capacity": 6, "address": "一楼东侧",
        "is_active": True}, by=office.keeper)  # fmt: skip
    return office


def _lead(office):
    """A lead that both who talk work on."""
    lead = Desk.agreed(office, office.assigned(), "verify")
    leads.plan_verification(
        lead, text="查账、谈话", team=[office.second], until=MORNING + timedelta(60), by=office.handler,
        token=office.token(office.handler),
    )  # fmt: skip
    return lead


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Keys are as cheap as libsodium allows, refusals in English."""
    monkeypatch.setattr(keys, "COST", WEAK)
    with translation.override("en"):
        yield


def _told(cast) -> Office:
    kept, keys.COST = keys.COST, WEAK
    try:
        return set_up(cast)
    finally:
        keys.COST = kept


told, stage, cast = once(_told, at=MORNING)


@pytest.fixture
def office(stage):
    with frozen(MORNING):
        yield stage.world


def morning(**more) -> datetime:
    return MORNING + timedelta(**more)


@pytest.fixture
def picture():
    """A small photograph, made anew each time."""

    def make() -> io.BytesIO:
        found = io.BytesIO()
        Image.new("RGB", (60, 40), (90, 90, 60)).save(found, "PNG")
        found.seek(0)
        return found

    return make
