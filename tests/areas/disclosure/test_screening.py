"""Rules about publicity on the real tables: an overdue duty and an unanswered question are found and named."""

from datetime import datetime

import pytest
import yaml

from huilian.areas.serve.disclosure import services
from huilian.engine.procedures.services import publish as publish_procedure
from huilian.engine.screening import subjects
from huilian.engine.screening.models import Hit, Outbox
from huilian.engine.screening.services import screen
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen
from huilian.project.discover import SOURCE


@pytest.fixture(autouse=True)
def alerts(village):
    """Alerts have their procedure."""
    publish_procedure(yaml.safe_load((SOURCE / "engine/alerts/procedures/alert.yaml").read_text()), by=SYSTEM)


def hits(rule):
    return {hit.subject: hit for hit in Hit.objects.filter(rule=rule, gone_at=None)}


def test_an_overdue_duty_is_found_and_gone_once_published(village, books, duty):
    with frozen(datetime(2026, 11, 11, 9, 0)):
        screen(rules=["CX08"])

        found = hits("CX08")[f"disclosure:{duty.pk}"]
        subject = subjects.resolve([(found.subject, found.village_code)])[found.subject]

        item = services.draft(duty, by=village.ma_li)
        services.send_to_check(item, by=village.ma_li)
        services.check(item, passed=True, by=village.tian_you)
        services.publish(item, by=village.ma_li)
        screen(rules=["CX08"])

    assert found.level == 1 and found.village_code == int(village.liuhe.code)
    assert subject.place == village.liuhe and "2026-10" in subject.label and subject.url
    assert f"disclosure:{duty.pk}" not in hits("CX08")
    assert Outbox.objects.filter(village_code=int(village.liuhe.code), about=f"disclosure:{duty.pk}").exists()


def test_an_unanswered_question_grows_redder(village, published):
    question, _code = services.ask(published, "这笔机耕路硬化款是哪一段路，签合同了吗？", line=2)
    name = f"question:{question.pk}"
    levels = []
    for day in (12, 14, 24):
        with frozen(datetime(2026, 11, day, 9, 0)):
            screen(rules=["CX13"])
            levels.append(getattr(hits("CX13").get(name), "level", 0))

    assert levels == [0, 1, 2] and Outbox.objects.filter(about=name).exists()
    assert question.case.number in subjects.resolve([(name, int(village.liuhe.code))])[name].label
