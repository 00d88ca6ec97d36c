"""A caution: proposed by one, the person heard, decided by another, appealed, decided by a third, over by a date."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from huilian.areas.answer.campaigns import rules, services
from huilian.areas.answer.campaigns.models import Caution
from huilian.areas.answer.campaigns.queries import reach
from huilian.engine.inbox.models import Notice
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import on, verbs


def proposed(site):
    return services.propose(
        site.cast.he_wei.person, fact="两次超过时限没有办结", basis="《效能告诫办法》第五条", by=site.proposer
    )


def given(site):
    caution = services.hear(proposed(site), on=today(), hearing="承认拖延，当时两人请假", by=site.proposer)
    return services.decide(caution, give=True, reason="事实清楚", months=6, by=site.decider)


def test_nothing_counts_before_the_person_is_heard_and_who_proposes_does_not_decide(site):
    with pytest.raises(NotAllowed):
        services.propose(site.cast.he_wei.person, fact="x", basis="y", by=site.officer)
    with pytest.raises(NotAllowed):  # nobody proposes against oneself
        services.propose(site.proposer.person, fact="x", basis="y", by=site.proposer)
    caution = proposed(site)
    with pytest.raises(Conflict):
        services.decide(caution, give=True, reason="x", by=site.decider)
    with pytest.raises(NotAllowed):
        services.hear(caution, on=today(), hearing="x", by=site.decider)
    with pytest.raises(Invalid):
        services.hear(caution, on=today() + timedelta(days=1), hearing="x", by=site.proposer)
    caution = services.hear(caution, on=today(), hearing="没有意见", by=site.proposer)
    with pytest.raises(NotAllowed):
        services.decide(caution, give=True, reason="x", by=site.proposer)
    Caution.objects.update(proposer=site.decider.person)
    with pytest.raises(NotAllowed):
        services.decide(caution, give=True, reason="x", by=site.decider)
    Caution.objects.update(proposer=site.proposer.person)
    with pytest.raises(Invalid):
        services.decide(caution, give=True, reason="x", months=25, by=site.decider)

    dropped = services.decide(caution, give=False, reason="情节轻微", by=site.decider)

    assert dropped.state == "dropped" and not dropped.in_effect and dropped.starts_on is None
    assert {"campaigns.propose", "campaigns.hear", "campaigns.drop"} <= verbs(caution)


def test_its_effect_ends_by_its_date_and_the_person_knows(site):
    caution = given(site)

    assert (caution.starts_on, caution.ends_on) == (date(2026, 6, 3), date(2026, 12, 2)) and caution.in_effect
    assert caution.appeal_due == date(2026, 6, 17)
    assert Notice.objects.filter(user=site.cast.he_wei, template="campaigns.caution").count() == 3
    assert list(reach.visible_cautions(site.cast.he_wei)) == [caution]
    assert not reach.visible_cautions(site.cast.xu_fang).exists()  # the head of the unit does not read it here
    with on(183):
        assert not caution.in_effect
    assert rules.effect_ends(date(2026, 8, 31), 6) == date(2027, 2, 27)


def test_an_appeal_in_time_is_decided_by_a_third(site):
    caution = given(site)
    with pytest.raises(NotAllowed):
        services.appeal(caution, text="不服", by=site.proposer)
    with on(20), pytest.raises(Conflict):
        services.appeal(caution, text="不服", by=site.cast.he_wei)
    caution = services.appeal(caution, text="其中一次是系统故障", by=site.cast.he_wei)

    assert caution.in_effect and caution.clock.due_on == date(2026, 6, 25)
    with pytest.raises(Conflict):
        services.appeal(caution, text="再说", by=site.cast.he_wei)
    with pytest.raises(NotAllowed):
        services.decide_appeal(caution, outcome="upheld", reason="x", by=site.decider)
    with pytest.raises(NotAllowed):
        services.decide_appeal(caution, outcome="upheld", reason="x", by=site.cast.he_wei)
    with pytest.raises(Invalid):
        services.decide_appeal(caution, outcome="shortened", reason="x", by=site.third)
    caution = services.decide_appeal(
        caution, outcome="shortened", ends_on=date(2026, 9, 2), reason="一次属实", by=site.third
    )
    assert (caution.state, caution.ends_on, caution.clock.state) == ("given", date(2026, 9, 2), "stopped")
    with pytest.raises(Conflict):  # once
        services.appeal(caution, text="再说", by=site.cast.he_wei)
    assert {"campaigns.give", "campaigns.appeal", "campaigns.decide_appeal"} <= verbs(caution)


def test_what_is_revoked_never_counted(site):
    caution = services.appeal(given(site), text="不是我经办", by=site.cast.he_wei)

    caution = services.decide_appeal(caution, outcome="revoked", reason="查实不是本人", by=site.third)

    assert caution.state == "revoked" and not caution.in_effect


def test_pages_of_cautions(site, client):
    def opened(user, name, *args, data=None):
        client.force_login(user)
        address = reverse(name, args=args)
        return client.post(address, data) if data is not None else client.get(address)

    made = opened(site.proposer, "campaigns-propose", data={
        "person": site.cast.he_wei.person.pk, "fact": "超期两件", "basis": "《效能告诫办法》"})  # fmt: skip
    caution = Caution.objects.get()
    assert made.url.endswith(f"{caution.number}/")
    for user, verb, data in (
        (site.proposer, "hear", {"on": "2026-06-03", "hearing": "知道错了"}),
        (site.decider, "decide", {"give": "yes", "months": "3", "reason": "属实"}),
    ):
        assert opened(user, "campaigns-act", "caution", caution.number, verb).status_code == 200
        assert opened(user, "campaigns-act", "caution", caution.number, verb, data=data).status_code == 302
    assert "超期两件" in opened(site.cast.he_wei, "campaigns-caution", caution.number).content.decode()
    assert opened(site.cast.he_wei, "campaigns-caution", caution.number, data={"text": "不服"}).status_code == 302
    outcome = {"outcome": "upheld", "reason": "维持"}
    assert opened(site.third, "campaigns-act", "caution", caution.number, "outcome", data=outcome).status_code == 302
    assert opened(site.third, "campaigns-cautions").status_code == 200
    assert opened(site.third, "campaigns-paper", "caution", caution.number, "docx").content[:2] == b"PK"
    assert opened(site.cast.xu_fang, "campaigns-caution", caution.number).status_code == 404
    assert opened(site.cast.xu_fang, "campaigns-cautions").status_code == 403
