"""刘长贵, who heads 柳河村, is audited on leaving: 蒋红 plans, 孙燕 and 郝静 audit, 姚静 puts right for the village."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from huilian.areas.answer.audits import services
from huilian.areas.answer.audits.seeding import seed
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.procedures.services import publish_all
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen, today
from huilian.project import discover
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
POSTS = (  # who, unit, post, role
    ("jiang_hong", "agriculture", "审计岗", "audit_officer"),
    ("wang_min", "qingshi_government", "审计岗", "town_auditor"),
    ("sun_yan", "baisha_government", "审计人员", "auditor"),
    ("hao_jing", "civil_affairs", "审计人员", "auditor"),
    ("he_wei", "housing", "审计人员", "auditor"),
    ("liu_changgui", "liuhe_committee", "负责人", "audited_head"),
    ("yao_jing", "liuhe_committee", "整改责任人", "audit_repairer"),
    ("yan_dong", "qingshi_government", "组织岗", "audit_reader"),
)


def on(days: int):
    """`days` after the morning everything begins."""
    return frozen(MORNING + timedelta(days=days))


def scan(text: str = "佐证", name: str = "佐证.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.4\n" + text.encode() + b"\n%%EOF\n"), name


def set_up(cast) -> SimpleNamespace:
    """Posts, figures and the procedure."""
    seed()
    publish_all([path for path in discover.files("procedures/*.yaml") if path.stem in ("audit", "alert")])
    rows = [Post(unit=getattr(cast, unit), name=f"{name}（{who}）", roles=[role]) for who, unit, name, role in POSTS]
    directory.add_posts(rows, by=SYSTEM)
    people = [getattr(cast, who).person for who, *_rest in POSTS]
    directory.appoint_all(zip(people, rows, strict=True), starts_on=SINCE, by=SYSTEM)
    return SimpleNamespace(
        cast=cast, officer=cast.jiang_hong, town=cast.wang_min, lead=cast.sun_yan, other=cast.hao_jing,
        head=cast.liu_changgui, village=cast.yao_jing, reader=cast.yan_dong, outsider=cast.he_wei,
    )  # fmt: skip


def planned(site, **more):
    """The audit on leaving of 柳河村's head, with its team."""
    cast = site.cast
    values = {
        "person": cast.person("liu_changgui"), "unit": cast.liuhe_committee, "office": "村民委员会主任",
        "phase": "leaving", "starts_on": date(2021, 3, 1), "ends_on": date(2026, 5, 31),
        "due_on": today() + timedelta(days=60), "auditor": cast.qingshi_government, **more,
    }  # fmt: skip
    audit = services.plan(**values, by=site.officer)
    services.add_member(audit, site.lead.person, duty="head", by=site.officer)
    services.add_member(audit, site.other.person, by=site.officer)
    return audit


def begun(site, **more):
    audit = services.notify_head(planned(site, **more), by=site.officer)
    return services.begin(audit, agreed=True, by=site.lead)


def found(site, audit, **more):
    """A finding with its evidence."""
    row = services.add_evidence(audit, matter="accounts", fact="2025年3月付误餐补助2,400元没有名单",
                                source="记-202503-7", files=[scan()], by=site.lead)  # fmt: skip
    values = {
        "matter": "accounts", "fact": "误餐补助2,400元没有名单、没有审批", "amount_cents": 240_000,
        "back_cents": 240_000, "responsibility": "direct", "basis": "农村集体经济组织财务制度（财农〔2021〕121号）",
        "evidence": [row], **more,
    }  # fmt: skip
    return services.save_finding(audit, **values, by=site.lead)


def consulted(site, **more):
    """With one finding that waits for the answer."""
    audit = begun(site, **more)
    finding = found(site, audit)
    services.write_draft(audit, draft="任期内账目基本清楚，存在一项问题。", by=site.lead)
    audit = services.consult(audit, by=site.lead)
    finding.refresh_from_db()
    return audit, finding


def reported(site, **more):
    """Answered, upheld, and the report issued."""
    audit, finding = consulted(site, **more)
    services.answer(finding, text="名单遗失，愿意退回。", by=site.head)
    services.weigh(finding, upheld=True, opinion="没有提供名单，维持。", by=site.other)
    services.conclude_answers(audit, by=site.lead)
    audit = services.begin_repairs(audit, conclusion="财务收支基本真实，一项支出不合规。", by=site.officer)
    finding.refresh_from_db()
    return audit, finding


def repaired(site, audit, finding):
    services.promise(finding, measures="退回集体账户", responsible="刘长贵", by_day=today(), by=site.head)
    services.hand_in(finding, result="已退回", paid_back_cents=240_000, paid_back_on=today(), files=[scan("缴款")],
                     by=site.village)  # fmt: skip
    services.verify(finding, how="核对银行回单", by=site.officer)
    finding.refresh_from_db()
    return finding


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def site(stage):
    with frozen(MORNING):
        yield stage.world
