"""Campaigns in 安澜县: 林正 leads, 刘长贵 and 徐芳 answer for their units."""

import io
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from PIL import Image

from huilian.areas.answer.campaigns import services
from huilian.areas.answer.campaigns.models import CampaignKind
from huilian.areas.answer.campaigns.seeding import seed
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.now import CHINA, frozen, today
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
POSTS = (  # who, unit, post, role
    ("lin_zheng", "commission", "整治牵头人", "campaign_officer"),
    ("liu_changgui", "liuhe_committee", "整治责任人", "campaign_village"),
    ("xu_fang", "housing", "整治责任人", "campaign_unit"),
    ("shen_yu", "commission", "效能告诫经办人", "caution_officer"),
    ("zhao_jianguo", "county_government", "效能告诫审批人", "caution_decider"),
    ("cao_jun", "county_government", "效能告诫审批人", "caution_decider"),
    ("meng_ting", "commission", "党风政风监督岗", "conduct_officer"),
    ("he_wei", "housing", "干部", "conduct_reporter"),
    ("gao_jie", "housing", "公车管理员", "car_keeper"),
)


def on(days: int, hour: int = 9):
    """`days` after the morning everything begins."""
    return frozen(MORNING.replace(hour=hour) + timedelta(days=days))


def picture(name: str = "现场.jpg") -> tuple[io.BytesIO, str]:
    found = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 90, 60)).save(found, "JPEG")
    found.seek(0)
    return found, name


def verbs(*subjects) -> set[str]:
    return {event.verb for subject in subjects for event in history_of(subject)}


def set_up(cast) -> SimpleNamespace:
    """Posts, kinds and the procedure."""
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem == "campaign_problem"])
    rows = [Post(unit=getattr(cast, unit), name=f"{name}（{who}）", roles=[role]) for who, unit, name, role in POSTS]
    directory.add_posts(rows, by=SYSTEM)
    people = [getattr(cast, who).person for who, *_rest in POSTS]
    directory.appoint_all(zip(people, rows, strict=True), starts_on=SINCE, by=SYSTEM)
    return SimpleNamespace(
        cast=cast,
        officer=cast.lin_zheng,
        village=cast.liu_changgui,
        unit=cast.xu_fang,
        outsider=cast.sun_yan,
        proposer=cast.shen_yu,
        decider=cast.zhao_jianguo,
        third=cast.cao_jun,
        conduct=cast.meng_ting,
        cadre=cast.he_wei,
        keeper=cast.gao_jie,
    )


def planned(site, kind: str = "inaction", **more):
    values = {
        "title": "慢作为专项整治", "kind": CampaignKind.objects.get(key=kind), "unit": site.cast.commission,
        "starts_on": today() - timedelta(days=30), "ends_on": today() + timedelta(days=180), **more,
    }  # fmt: skip
    return services.save_campaign(None, values, by=site.officer)


def begun(site, **more):
    return services.begin(planned(site, **more), by=site.officer)


def noted(site, campaign=None, unit=None, **more):
    """A problem its unit was told of."""
    return services.note_problem(
        campaign or begun(site), unit=unit or site.cast.liuhe_committee, fact="三件群众申请超过时限没有答复",
        **more, by=site.officer,
    )  # fmt: skip


def repaired(site, problem):
    """Promised and handed in with one proof."""
    services.promise(problem, measures="逐件答复", responsible="刘长贵", by_day=today(), by=site.village)
    return services.hand_in(problem, result="三件都已答复", files=[picture()], by=site.village)


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def site(stage):
    with frozen(MORNING):
        yield stage.world
