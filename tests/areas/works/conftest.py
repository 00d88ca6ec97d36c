"""Works of 柳河村: 顾平 proposes and notes, 刘长贵 decides, 李晓 pays, 冯兰 watches, 戴青 reviews."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from PIL import Image

from huilian.areas.watch.works import services
from huilian.areas.watch.works.models import LimitClass
from huilian.areas.watch.works.seeding import seed
from huilian.engine.procedures.services import publish_all
from huilian.foundation.now import CHINA, frozen, today
from huilian.project import discover
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
FIRMS = (
    ("安澜县清源建筑工程有限公司", "91999901MA0000001P"),
    ("安澜县恒远市政工程有限公司", "91999901MA0000002T"),
    ("安澜县宏基路桥有限公司", "91999901MA0000003X")
)  # fmt: skip
ROAD = {
    "title": "柳河村三组道路硬化", "scope": "三组至村委会道路浇筑混凝土路面", "site": "三组",
    "fund": "一事一议奖补资金", "estimate_cents": 200_000_00, "decision_no": "JY20260501-0001",
}  # fmt: skip
LINES = [
    {"trade": "道路", "name": "C25混凝土路面", "spec": "厚18cm", "measure": "m³", "quantity": 360,
     "price_cents": 480_00, "length_m": 500, "width_m": 4, "depth_m": "0.18"},
    {"trade": "道路", "name": "级配碎石垫层", "measure": "m²", "quantity": 1000, "price_cents": 20_00},
]  # fmt: skip


def photo(n: int = 0) -> tuple:
    found = io.BytesIO()
    Image.new("RGB", (40, 30), (n % 255, 120, 90)).save(found, "JPEG")
    found.seek(0)
    return found, f"site{n}.jpg"


def on(days: int):
    """So many days after the first morning."""
    return frozen(MORNING + timedelta(days=days))


def set_up(cast) -> SimpleNamespace:
    """The people, three firms of the pool, a library price."""
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem.startswith("work_")])
    firms = [
        services.save_contractor(
            None,
            {"kind": "firm", "name": name, "code": code, "trades": "道路", "founded_on": date(2015, 1, 1)},
            by=cast.yan_bo,
        )
        for name, code in FIRMS
    ]
    price = {"trade": "道路", "name": "C25混凝土路面", "spec": "厚18cm", "measure": "m³", "price_cents": 450_00}
    services.save_price(None, {**price, "valid_from": date(2026, 1, 1)}, by=cast.yan_bo)
    return SimpleNamespace(
        cast=cast, firms=firms, clerk=cast.gu_ping, head=cast.liu_changgui, accountant=cast.li_xiao,
        committee=cast.feng_lan, township=cast.dai_qing, officer=cast.yan_bo,
    )  # fmt: skip


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def site(stage):
    """On a working day at nine."""
    with frozen(MORNING):
        yield stage.world


def sort(key: str = "small") -> LimitClass:
    return LimitClass.objects.get(key=key)


def proposed(site, key="small", **more):
    return services.propose(site.cast.liuhe_committee, sort(key), {**ROAD, **more}, by=site.clerk)


def budgeted(site, key="small", lines=LINES, **more):
    project = services.set_items(proposed(site, key, **more), lines, by=site.clerk)
    project = services.send_budget(project, by=site.clerk)
    return services.approve_budget(project, by=site.township) if project.stage == "review" else project


def quoted(site, project, amounts=(188_000_00, 190_000_00, 191_500_00)):
    return [
        services.quote(project, firm, amount_cents=cents, days=60, on=today(), by=site.clerk)
        for firm, cents in zip(site.firms, amounts, strict=False)
    ]


def awarded(site, **more):
    project = budgeted(site, **more)
    return services.award(quoted(site, project)[0], mode="quotes", by=site.head)


def terms(**more):
    return {"signed_on": today(), "starts_on": today(), "ends_on": today() + timedelta(days=60), **more}


def signed(site, **more):
    """A contract of 188,000 yuan, signed four days after the first morning; the caller stands on that day."""
    project = awarded(site, **more)
    with on(4):
        project = services.confirm(project, by=site.clerk)
        return services.sign(project, terms(), by=site.head)


def built(site, **more):
    project = signed(site, **more)
    with on(5):
        services.note_event(project, "start", on=today(), text="进场", by=site.clerk)
    with on(40):
        services.note_event(project, "stage", on=today(), text="路面完成", progress=100, by=site.clerk)
        return services.finish(project, on=today(), text="完工", by=site.clerk)


def looked_at(site, project):
    """A sheet with everybody's signatures."""
    sheet = services.open_acceptance(project, held_on=today(), by=site.clerk)
    services.sign_acceptance(sheet, agrees=True, by=site.committee)
    services.sign_acceptance(sheet, agrees=True, by=site.head)
    file, name = photo()
    services.enter_signatures(
        sheet, role="representative", names=["何田", "汪水"], file=file, file_name=name, by=site.clerk
    )
    return sheet


def settled(site):
    """Settled at 186,000 yuan on day 46."""
    project = built(site)
    with on(42):
        looked_at(site, project)
        project = services.accept(project, quality="合格", by=site.head)
    with on(45):
        project = services.claim(project, amount_cents=187_000_00, measured={1: 358}, by=site.clerk)
    with on(46):
        return services.settle(project, amount_cents=186_000_00, note="核减未做部分", by=site.township)
