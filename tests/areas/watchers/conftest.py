"""A supervision committee and a people's post in 柳河村, kept by its branch, answering to 青石镇's discipline body."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from huilian.areas.hear.watchers import services
from huilian.areas.hear.watchers.models import BodyKind, Stratum, Topic
from huilian.areas.hear.watchers.seeding import seed
from huilian.engine.accounts.models import User
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Person, Post, Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen, now
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday


def hire(name: str, called: str, unit: Unit, roles: list[str], is_head: bool = False) -> User:
    """Somebody with an account and a post."""
    user = User.objects.create(username=name, name=called, password="!")
    person, post = Person(name=called, user=user), Post(unit=unit, name=called, roles=roles, is_head=is_head)
    directory.add_people([person], by=SYSTEM)
    directory.add_posts([post], by=SYSTEM)
    directory.appoint_all([(person, post)], starts_on=SINCE, by=SYSTEM)
    return user


def people(cast) -> SimpleNamespace:
    """The branch's secretary, the township's officer, the county's officer, three villagers who will watch."""
    town = Unit(name="青石镇纪律检查委员会", kind="discipline", place=cast.qingshi)
    party = Unit(name="柳河村党支部", kind="party_group", place=cast.liuhe)
    town, party = directory.add_units([town, party], by=SYSTEM)
    return SimpleNamespace(
        town_unit=town,
        branch_unit=party,
        branch=hire("wei_guo", "魏国", party, ["watch_branch"]),
        town=hire("nie_lin", "聂琳", town, ["watch_town"]),
        county=hire("tan_yi", "谭毅", cast.commission, ["watch_officer"]),
        second=hire("ren_hao", "任浩", cast.commission, ["watch_second"]),
        answers=hire("bu_qing", "卜青", cast.liuhe_committee, ["watch_answerer"]),
        one=hire("xie_an", "谢安", cast.liuhe_supervision, ["watch_member"], is_head=False),
        two=hire("qiu_he", "邱禾", cast.liuhe_supervision, ["watch_member"]),
        three=hire("pei_lan", "裴兰", cast.liuhe_supervision, ["watch_member"]),
    )


def body(kind: str, unit: Unit, business: Unit, by):
    values = {"kind": BodyKind.objects.get(key=kind), "unit": unit, "business": business, "name": "",
              "phone": "0518-87654321", "hours": "每周二、周四上午"}  # fmt: skip
    return services.save_body(None, values, by=by)


def named(user, **more) -> dict:
    return {"person": user.person, "minutes_of": date(2026, 5, 28), "minutes": "支部会议一致同意", **more}


def committee_of(cast, who: SimpleNamespace):
    """The supervision committee with its three members in office."""
    found = body("committee", cast.liuhe_committee, who.town_unit, who.town)
    for user in (who.one, who.two, who.three):
        services.nominate(found, named(user, is_head=user is who.one), by=who.branch)
    services.appoint(found, by=who.town)
    return found


def set_up(cast) -> SimpleNamespace:
    seed()
    who = people(cast)
    who.cast, who.committee = cast, committee_of(cast, who)
    return who


_told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def net(stage):
    with frozen(MORNING):
        yield stage.world


def trained(found, seats, by) -> None:
    """Everything the kind asks for before a certificate was taught."""
    for topic in found.kind.training.splitlines():
        services.hold_training(found, held_on=now().date(), topic=topic, seats=seats, by=by)


def told(cast, who: SimpleNamespace, today: date) -> SimpleNamespace:
    """Something of everything that is not sealed, for lists and pages. Needs a committee in office."""
    found = SimpleNamespace(committee=who.committee)
    keeper = found.committee.seats.first()
    roads = services.save_entry(Topic, Topic.objects.get(key="village_roads"), {"unit": cast.housing}, by=who.county)
    services.hold_meeting(found.committee, held_on=today, present=3, minutes="汇总本月反映", by=who.one)
    box = {"body": found.committee, "where": "村委会大门旁", "keeper": keeper}
    found.box = services.save_box(None, box, by=who.branch)
    services.open_complaint_box(found.box, opened_at=now(), second="邱禾", letters=1, by=who.one)
    given = {"duty": "opinion", "route": "box", "words": "路灯不亮", "by": who.one}
    found.report = services.take_report(found.committee, topic=Topic.objects.get(key="other"), **given)
    services.take_report(found.committee, topic=roads, **given)
    services.ask(found.committee, unit=cast.liuhe_committee, text="水泵维修为何没有验收单", by=who.one)
    services.make_plan(found.committee, today.year * 100 + today.month, by=who.one)
    services.log(found.committee, on=today, what="审核票据", by=who.one)
    services.hand_in(found.committee, month=today.year * 100 + today.month, text="月报", raised=1, by=who.one)
    services.hold_training(found.committee, held_on=today, topic="工作手册", seats=[keeper], by=who.branch)
    duty = {
        "name": "刘长贵",
        "post": "村委会主任",
        "text": "一年来办了三件实事，公开账目十二期。",
        "good": 31,
        "fair": 6,
        "poor": 2,
    }
    services.note_duty_report(found.committee, year=today.year - 1, held_on=today, **duty, by=who.one)
    services.appraise(keeper, year=today.year, result="good", held_on=today, by=who.town)
    found.letter = services.send_warning(roads, text="通村路质量反映集中", by=who.county)
    services.advise(title="通村路", text="建立质量保证金", letter=found.letter, by=who.county)
    points = body("contact", cast.county_government, cast.commission, who.county)
    farmers = {"stratum": Stratum.objects.get(key="farmers"), "phone": "13912345678", "address": "东街"}
    for name in ("陈一", "陈二"):
        services.nominate(points, {"name": name, **farmers}, by=who.county)
    services.appoint(points, by=who.county)
    mailing = services.make_mailing(points, title="一封信", letter="请如实反映。", wanted=2, by=who.county)
    services.draw_receivers(mailing, words="3 5 6", by=who.county)
    found.mailing = services.send_out(services.print_cards(mailing, by=who.county), by=who.county)
    return found
