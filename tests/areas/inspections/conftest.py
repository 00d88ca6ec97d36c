"""A round over 柳河村 and 青石镇: 林正 plans, 沈瑜 and 孟婷 inspect, 刘长贵 and 罗成 put right."""

import io
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from PIL import Image

from huilian.areas.answer.inspections import services
from huilian.areas.answer.inspections.models import SheetForm
from huilian.areas.answer.inspections.seeding import seed
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen, now, today
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
POSTS = (  # who, unit, post, role
    ("lin_zheng", "commission", "巡察办负责人", "inspection_officer"),
    ("shen_yu", "commission", "巡察人员", "inspector"),
    ("meng_ting", "commission", "巡察人员", "inspector"),
    ("sun_yan", "baisha_government", "巡察人员", "inspector"),
    ("wang_min", "qingshi_government", "巡察人员", "inspector"),
    ("luo_cheng", "qingshi_government", "整改责任人", "town_repairer"),
    ("liu_changgui", "liuhe_committee", "整改责任人", "village_repairer"),
)


def on(days: int, hour: int = 9, minute: int = 0):
    """`days` after the morning everything begins."""
    return frozen(MORNING.replace(hour=hour, minute=minute) + timedelta(days=days))


def picture(shade: int = 90, name: str = "现场.jpg") -> tuple[io.BytesIO, str]:
    found = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, shade, 60)).save(found, "JPEG")
    found.seek(0)
    return found, name


def set_up(cast) -> SimpleNamespace:
    """Posts, sheets and the procedure."""
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "finding"])
    rows = [Post(unit=getattr(cast, unit), name=f"{name}（{who}）", roles=[role]) for who, unit, name, role in POSTS]
    directory.add_posts(rows, by=SYSTEM)
    people = [getattr(cast, who).person for who, *_rest in POSTS]
    directory.appoint_all(zip(people, rows, strict=True), starts_on=SINCE, by=SYSTEM)
    return SimpleNamespace(
        cast=cast, officer=cast.lin_zheng, member=cast.shen_yu, other=cast.meng_ting, village=cast.liu_changgui,
        town=cast.luo_cheng, outsider=cast.sun_yan,
    )  # fmt: skip


def planned(site, units=None, form: str = "items75", **more):
    """A round as it is planned, with targets."""
    values = {
        "title": "2026年第一轮村级巡察", "kind": "inspection", "unit": site.cast.commission, "starts_on": today(),
        "ends_on": today() + timedelta(days=30), "form": SheetForm.objects.get(key=form), **more,
    }  # fmt: skip
    round_ = services.save_round(None, values, by=site.officer)
    for unit in units or [site.cast.liuhe_committee]:
        services.add_target(round_, unit, reason=more.get("reason", ""), by=site.officer)
    return round_


def begun(site, units=None, **more):
    """A round that has begun, with both inspectors in the team."""
    round_ = planned(site, units, **more)
    for user in (site.member, site.other):
        services.authorise(round_, user.person, by=site.officer)
    return services.begin(round_, by=site.officer)


def item(round_, number: int):
    return round_.form.items.get(number=number)


def change(round_, number: int, uid: str, *, base: str = "", mark: str = "bad", text: str = "白条入账三张") -> dict:
    return {
        "uid": f"{uid:->8}", "item": item(round_, number).pk, "base": base and f"{base:->8}", "mark": mark,
        "text": text, "device": "甲", "at": now().isoformat(),
    }  # fmt: skip


def told(site, number: int = 26, text: str = "白条入账三张，共1.2万元", unit=None, **more):
    """A finding the unit was told of at the feedback meeting."""
    unit = unit or site.cast.liuhe_committee
    round_ = begun(site, [unit], **more)
    target = round_.targets.get()
    services.sync(target.sheet, [change(round_, number, "a", text=text)], by=site.member)
    (finding,) = services.hand_in(target.sheet, by=site.member)
    services.feed_back(target, on=today(), told_to="村“两委”班子", opinion="总体较好。", by=site.officer)
    finding.refresh_from_db()
    return finding


def repaired(site, finding, *, shade: int = 1):
    """Promised and handed in with one proof."""
    services.promise(finding, measures="补票入账", responsible="刘长贵", by_day=today(), by=site.village)
    services.hand_in_repair(finding, result="已补齐", files=[picture(shade)], by=site.village)
    finding.refresh_from_db()
    return finding


_told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def site(stage):
    with frozen(MORNING):
        yield stage.world
