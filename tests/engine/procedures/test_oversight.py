"""Handlers, helpers, supervision, cards: who may, who may not, and what the trail keeps."""

import pytest

from huilian.engine.procedures import services
from huilian.engine.procedures.models import Card, Case, Supervision
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed


def verbs_of(case):
    return [event.verb for event in history_of(case)]


def test_a_case_keeps_its_version_when_the_procedure_changes(cast, working):
    from tests.engine.procedures.conftest import BODY

    changed = {**BODY, "name": {"zh": "许可（新）", "en": "Permit, new"}}
    newer = services.publish(changed, by=cast.zhao_jianguo)

    assert newer.version == 2
    assert Case.objects.get(pk=working.pk).procedure.version == 1
    assert services.publish(changed, by=cast.zhao_jianguo).pk == newer.pk  # nothing changed, nothing published


def test_publishing_from_files_names_a_broken_one(db, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("key: [", encoding="utf-8")

    with pytest.raises(Invalid, match=r"bad\.yaml"):
        services.publish_all([bad])


def test_the_unit_names_its_handler(cast, working):
    services.assign_handler(working, cast.person("he_wei"), by=cast.xu_fang)

    assert Case.objects.get(pk=working.pk).handler == cast.person("he_wei")
    assert verbs_of(working)[-1] == "procedures.assign_handler"
    with pytest.raises(NotAllowed):
        services.assign_handler(working, cast.person("sun_yan"), by=cast.sun_yan)


def test_whoever_is_named_must_step_back(cast, working):
    services.name_party(working, person=cast.person("he_wei"), by=cast.zhou_hui)

    with pytest.raises(NotAllowed, match="您"):
        services.move(working, "close", by=cast.he_wei)

    assert Case.objects.get(pk=working.pk).step == "working"
    assert "he_wei" not in str(history_of(working).last().data)  # the trail does not say who was named


def test_the_head_of_a_named_unit_steps_back(cast, working):
    services.name_party(working, unit=cast.housing, by=cast.zhou_hui)

    with pytest.raises(NotAllowed):
        services.move(working, "close", by=cast.xu_fang)


def test_a_co_handler_sees_the_case_and_gives_its_opinion(cast, working):
    from huilian.engine.procedures.queries import cases_visible_to

    assert not cases_visible_to(cast.sun_yan).exists()
    helper = services.assign_co_handler(
        working, cast.baisha_government, duty="核实现场", by=cast.zhou_hui, roles=("hotline_operator",)
    )
    assert cases_visible_to(cast.sun_yan).filter(pk=working.pk).exists()
    with pytest.raises(NotAllowed):
        services.give_opinion(helper, "无", by=cast.wang_min)

    services.give_opinion(helper, "现场属实。", by=cast.sun_yan)

    helper.refresh_from_db()
    assert helper.answered_at is not None
    with pytest.raises(Conflict):
        services.assign_co_handler(working, cast.baisha_government, by=cast.zhou_hui, roles=("hotline_operator",))


def test_supervision_rises_and_must_be_answered_by_the_unit(cast, working):
    first = services.supervise(working, demand="请三日内办结。", by=cast.zhao_jianguo)
    second = services.supervise(working, demand="逾期未办，现予督办。", by=cast.zhao_jianguo)

    assert (first.level, second.level) == (Supervision.Level.URGE, Supervision.Level.SUPERVISE)
    assert second.clock.length == 2
    with pytest.raises(NotAllowed):
        services.supervise(working, demand="查", by=cast.sun_yan)
    with pytest.raises(NotAllowed):
        services.answer_supervision(second, "不归我", by=cast.sun_yan)
    with pytest.raises(Invalid):
        services.supervise(working, demand="再催", level=1, by=cast.zhao_jianguo)

    services.answer_supervision(second, "明日完成。", by=cast.he_wei)

    second.refresh_from_db()
    assert second.replied_by == cast.he_wei and second.clock.state == "stopped"


def test_a_card_is_given_once_answered_and_decided_by_others(cast, working):
    card = services.raise_card(working, ground=Card.Ground.OVERRUN, colour=1, fact="签收超过 1 个工作日")
    again = services.raise_card(working, ground=Card.Ground.OVERRUN, colour=1, fact="签收超过 1 个工作日")
    assert card.pk == again.pk and verbs_of(working).count("procedures.card") == 1

    with pytest.raises(NotAllowed):
        services.answer_card(card, "不是我们", by=cast.sun_yan)
    services.answer_card(card, "当日停电，次日补签。", by=cast.he_wei)
    with pytest.raises(NotAllowed):
        services.decide_card(card, uphold=False, remark="算了", by=cast.he_wei)
    with pytest.raises(Invalid):
        services.decide_card(card, uphold=False, by=cast.zhao_jianguo)
    services.decide_card(card, uphold=False, remark="停电属实", by=cast.zhao_jianguo)

    card.refresh_from_db()
    assert card.upheld is False and verbs_of(working)[-1] == "procedures.lift_card"
