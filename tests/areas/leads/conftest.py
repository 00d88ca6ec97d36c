"""The commission at work on leads: two case managers, two handlers, three who approve, one of the trial office."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from huilian.areas.answer.leads import services
from huilian.areas.answer.leads.seeding import seed
from huilian.engine.directory import services as directory
from huilian.engine.directory.models import Post
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.vault import services as vault
from huilian.engine.vault.services import keys
from huilian.foundation.now import CHINA, frozen
from huilian.foundation.sealing import WEAK
from tests.cast import SINCE
from tests.stage import once

MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)  # a Wednesday
WORDS = "清风徐来水波不兴月出东山"
POSTS = (
    ("lin_zheng", "lead_manager"), ("shen_yu", "lead_manager"), ("hao_jing", "lead_handler"),
    ("jiang_hong", "lead_handler"), ("meng_ting", "lead_deputy"), ("ding_ke", "lead_director"),
    ("zhao_jianguo", "lead_secretary"), ("kong_li", "lead_trial"), ("yan_bin", "lead_analyst"),
    ("gao_jie", "vault_keeper"),
)  # fmt: skip
POINTS = {"specific": 18, "verifiable": 16, "serious": 12, "power": 8, "source": 10, "repeated": 4, "urgent": 6}
SECRET = "柳河村主任把机井款打进了自己妻弟的账户"


def later(days: int, hour: int = 9):
    return frozen(MORNING.replace(hour=hour) + timedelta(days))


class Desk(SimpleNamespace):
    """The people by what they do; `token(user)` unlocks a key for the moment that is frozen."""

    def token(self, user) -> str:
        return vault.unlock(WORDS, by=user)

    def lead(self, **more):
        given = {
            "source": "supervision", "summary": SECRET, "persons": [self.cast.person("liu_changgui")],
            "unit": self.cast.liuhe_committee, "field": "works", "discipline": "integrity", "micro": "embezzle",
            "rank": "village", "naming": "real", "by": self.manager, **more,
        }  # fmt: skip
        return services.register(**given)

    def assigned(self, **more):
        lead = self.lead(**more)
        services.hand_over(lead, self.handler, office="第一纪检监察室", token=self.token(self.manager), by=self.manager)
        return services.take_over(lead, by=self.handler)

    def agreed(self, lead, way: str, text: str = "建议如上"):
        """Proposed and approved on all three levels."""
        proposal = services.propose(lead, way=way, text=text, token=self.token(self.handler), by=self.handler)
        for user in (self.deputy, self.director, self.secretary):
            proposal = services.decide(proposal, agree=True, by=user)
        lead.refresh_from_db()
        return lead

    def verified(self, **more):
        """A verification by two, reported and signed."""
        lead = self.agreed(self.assigned(**more), "verify")
        services.plan_verification(
            lead, text="查账、谈话", team=[self.second], until=MORNING + timedelta(60), token=self.token(self.handler),
            by=self.handler,
        )  # fmt: skip
        services.state_clear(lead, by=self.second)
        services.report_verification(lead, text="查实两笔", by=self.handler)
        for user in (self.handler, self.second):
            services.sign_report(lead, by=user)
        return lead


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Keys are as cheap as libsodium allows, refusals in English."""
    monkeypatch.setattr(keys, "COST", WEAK)
    with translation.override("en"):
        yield


def set_up(cast) -> Desk:
    seed()
    for name, role in POSTS:
        post = Post.objects.create(unit=cast.commission, name=f"{role} {name}", roles=[role])
        directory.appoint(cast.person(name), post, starts_on=SINCE, by=SYSTEM)
    vault.set_up_recovery(by=cast.gao_jie)
    for name, role in POSTS:
        if role not in ("vault_keeper", "lead_analyst"):
            vault.make_key(WORDS, by=getattr(cast, name))
    return Desk(
        cast=cast, manager=cast.lin_zheng, other=cast.shen_yu, handler=cast.hao_jing, second=cast.jiang_hong,
        deputy=cast.meng_ting, director=cast.ding_ke, secretary=cast.zhao_jianguo, trial=cast.kong_li,
        analyst=cast.yan_bin,
    )  # fmt: skip


told, stage, cast = once(set_up, at=MORNING)


@pytest.fixture
def desk(stage):
    with frozen(MORNING):
        yield stage.world
