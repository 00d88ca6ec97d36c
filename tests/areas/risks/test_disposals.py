"""Five disposals, by severity; two people; nothing of a hand-over is kept but its number."""

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Disposal
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .conftest import later

FACTS = {"facts": "三次未按程序复核", "demand": "十日内整改"}


def proposed(desk, severity=3, kind="admonition", **more):
    return services.propose(
        desk.cast.person("he_wei"), severity=severity, kind=kind, **{**FACTS, **more}, by=desk.watches
    )


def test_an_admonishing_talk_is_approved_served_answered_and_checked(desk):
    disposal = services.decide(proposed(desk), agree=True, by=desk.approves)
    services.serve(disposal, by=desk.watches)
    services.reply(disposal, "已整改", by=desk.cast.he_wei)
    services.check_effect(disposal, effective=False, effect="仍有一次", by=desk.watches)
    services.reply(disposal, "再次整改", by=desk.signs)
    with later(40):
        done = services.check_effect(disposal, effective=True, effect="已落实", by=desk.watches)
    assert done.state == "done" and f"{done.effect_until:%m-%d}" == "12-03"


def test_another_disposal_than_fits_needs_its_reason(desk):
    with pytest.raises(Invalid) as refused:
        proposed(desk, severity=4, kind="notice")
    assert refused.value.field == "deviation" and not Disposal.objects.exists()
    assert proposed(desk, severity=4, kind="notice", deviation="主动整改").deviation


def test_who_proposes_does_not_approve_and_nobody_decides_about_themselves(desk):
    disposal = proposed(desk)
    with pytest.raises(NotAllowed):
        services.decide(disposal, agree=True, by=desk.watches)
    with pytest.raises(NotAllowed):
        services.propose(desk.watches.person, severity=3, kind="admonition", **FACTS, by=desk.watches)
    with pytest.raises(Conflict):
        services.serve(disposal, by=desk.watches)
    refused = services.decide(disposal, agree=False, ground="事实不清", by=desk.approves)
    assert refused.state == "refused" and refused.ground


def test_a_hand_over_keeps_the_number_and_nothing_else(desk):
    with pytest.raises(Invalid):
        proposed(desk, severity=5, kind="handover", sealed_no="封〔2026〕3号")
    disposal = services.propose(
        desk.cast.person("he_wei"), severity=5, kind="handover", sealed_no="封〔2026〕3号", by=desk.watches
    )
    services.decide(disposal, agree=True, by=desk.approves)
    done = services.serve(disposal, by=desk.watches)
    assert (done.state, done.facts, done.sealed_no) == ("done", "", "封〔2026〕3号")
