"""A lead from the register to the archive: sealed, signed from hand to hand, decided on three levels, in time."""

from datetime import date, timedelta

import pytest

from huilian.areas.answer.leads import hooks, services
from huilian.areas.answer.leads.models import Lead, Note, Sanction
from huilian.areas.answer.leads.services.guards import running
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import history_of
from huilian.engine.vault.models import Box, Grant
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import MORNING, POINTS, SECRET, later


def verbs(lead) -> set[str]:
    return set(history_of(lead).values_list("verb", flat=True))


def test_a_lead_is_sealed_and_due_within_a_month(desk):
    lead = desk.lead(facts={"amount": "38,000元", "where": "村东机井"})

    assert lead.number == "XS20260603-0001" and running(lead, "opinion").due_on == date(2026, 7, 3)
    content, notes = services.open_lead(lead, purpose="登记核对", token=desk.token(desk.manager), by=desk.manager)
    assert content["summary"] == SECRET and content["persons"][0]["name"] == "刘长贵" and content["amount"]
    assert notes == [] and "leads.register" in verbs(lead)


def test_what_may_not_be_entered_is_not(desk):
    for wrong, error in (
        ({"rank": "above"}, Invalid), ({"field": "nothing"}, Invalid), ({"summary": " "}, Invalid),
        ({"persons": [{"name": "某人", "identity": "123"}]}, Invalid), ({"by": desk.handler}, NotAllowed),
        ({"received_at": MORNING + timedelta(1)}, Invalid),
    ):  # fmt: skip
        with pytest.raises(error):
            desk.lead(**wrong)
    assert not Lead.objects.exists() and not Box.objects.exists()


def test_a_handover_is_signed_by_both_and_the_one_before_is_out(desk):
    lead = desk.assigned()
    assert lead.handler == desk.handler and lead.state == "assigned"
    with pytest.raises(NotAllowed):
        services.take_over(lead, by=desk.second)
    services.hand_over(lead, desk.second, token=desk.token(desk.handler), by=desk.handler)
    with pytest.raises(Conflict):
        services.hand_over(lead, desk.second, token=desk.token(desk.handler), by=desk.handler)
    lead = services.take_over(lead, by=desk.second)

    assert lead.handler == desk.second and not Grant.objects.filter(key__user=desk.handler).exists()
    with pytest.raises(NotAllowed):
        services.open_lead(lead, purpose="再看", token=desk.token(desk.handler), by=desk.handler)
    assert {"leads.hand_over", "leads.take_over"} <= verbs(lead)


def test_weighing_advises_and_a_new_fact_weighs_again(desk):
    lead = desk.assigned()
    first = services.weigh(lead, POINTS, cause="first", by=desk.handler)
    services.write(lead, kind="fact", text="又有一笔", by=desk.handler)
    second = services.weigh(lead, {**POINTS, "serious": 20}, cause="fact", by=desk.handler)

    lead.refresh_from_db()
    assert (first.total, first.grade, second.grade) == (74, "B", "A") and lead.grade == "A"
    assert lead.state == "assigned" and lead.scores.count() == 2
    for wrong in ({"points": {**POINTS, "power": 11}, "cause": "fact"}, {"points": {}, "cause": "fact"},
                  {"points": POINTS, "cause": "reread"}):  # fmt: skip
        with pytest.raises(Invalid):
            services.weigh(lead, **wrong, by=desk.handler)
    with pytest.raises(NotAllowed):
        services.weigh(lead, POINTS, cause="fact", by=desk.second)
    assert {"leads.weigh", "leads.write"} <= verbs(lead)


def test_three_levels_decide_and_nobody_on_what_is_their_own(desk):
    lead = desk.assigned()
    proposal = services.propose(lead, way="hold", text="条件不具备", token=desk.token(desk.handler), by=desk.handler)
    assert running(lead, "opinion") is None and running(lead, "approve1").due_on == date(2026, 6, 4)
    for user in (desk.handler, desk.director, desk.manager):
        with pytest.raises(NotAllowed):
            services.decide(proposal, agree=True, by=user)
    with pytest.raises(Invalid):
        services.decide(proposal, agree=False, by=desk.deputy)
    proposal = services.decide(proposal, agree=True, by=desk.deputy)
    assert running(lead, "approve2").due_on == date(2026, 6, 5)
    content, notes = services.open_lead(lead, purpose="审批", token=desk.token(desk.director), by=desk.director)
    assert content["summary"] == SECRET and notes[0][1] == "条件不具备"
    proposal = services.decide(proposal, agree=False, text="先谈话", by=desk.director)
    assert proposal.state == "refused" and running(lead, "opinion").due_on == date(2026, 7, 3)

    lead = desk.agreed(lead, "hold")
    assert lead.state == "held" and running(lead, "reread").due_on == date(2026, 12, 3)
    with later(180):
        services.weigh(lead, POINTS, cause="reread", by=desk.handler)
        assert running(lead, "reread").due_on > date(2027, 5, 1)
    assert {"leads.propose", "leads.decide"} <= verbs(lead)


def test_an_approval_after_its_day_is_marked_late(desk):
    lead = desk.assigned()
    proposal = services.propose(lead, way="hold", text="暂存", token=desk.token(desk.handler), by=desk.handler)
    with later(5):
        services.decide(proposal, agree=True, by=desk.deputy)

    assert proposal.decisions.get().late


def test_a_letter_is_copied_answered_with_a_signature_and_reported_on(desk):
    lead = desk.agreed(desk.assigned(), "interview")
    assert running(lead, "talk").due_on == date(2026, 6, 10)
    ask = {"kind": "letter", "text": "请说明机井款去向", "held_on": today(), "by": desk.handler}
    with pytest.raises(Invalid):
        services.inquire(lead, **ask)
    services.inquire(lead, **ask, copied_to_head=True)
    # 15 working days after 3 June 2026: 19 June is the Dragon Boat festival
    assert running(lead, "reply").due_on == date(2026, 6, 25) and running(lead, "talk") is None
    with pytest.raises(Conflict):
        services.report_inquiry(lead, text="报告", by=desk.handler)
    with later(10):
        answer = {"text": "款已退回", "answered_on": today(), "by": desk.handler}
        with pytest.raises(Invalid):
            services.take_answer(lead, **answer, signed_by_secretary=False)
        services.take_answer(lead, **answer, signed_by_secretary=True)
        assert running(lead, "report").due_on == date(2026, 7, 13)
        with pytest.raises(Conflict):
            desk.agreed(lead, "close")
        services.report_inquiry(lead, text="说明属实", by=desk.handler)
        lead = desk.agreed(lead, "close")
        services.recheck_inquiry(lead, truthful=True, text="抽查属实", by=desk.other)

    assert lead.state == "closed" and running(lead, "feedback").due_on == date(2026, 7, 6)
    told = {"leads.inquire", "leads.take_answer", "leads.report_inquiry", "leads.recheck_inquiry"}
    assert told <= verbs(lead)


def test_a_verification_needs_two_their_statements_and_all_signatures(desk):
    lead = desk.agreed(desk.assigned(), "verify")
    plan = {"text": "方案", "until": MORNING + timedelta(20), "by": desk.handler}
    with pytest.raises(Invalid):
        services.plan_verification(lead, **plan, team=[desk.handler], token=desk.token(desk.handler))
    services.plan_verification(lead, **plan, team=[desk.second], token=desk.token(desk.handler))
    with pytest.raises(Conflict):  # the second has not signed the statements
        services.report_verification(lead, text="报告", by=desk.handler)
    with pytest.raises(Conflict):
        services.open_lead(lead, purpose="核查", token=desk.token(desk.second), by=desk.second)
    services.state_clear(lead, by=desk.second)
    services.open_lead(lead, purpose="核查", token=desk.token(desk.second), by=desk.second)
    with later(21), pytest.raises(NotAllowed):  # the access ended by itself
        services.open_lead(lead, purpose="核查", token=desk.token(desk.second), by=desk.second)
    services.report_verification(lead, text="报告", by=desk.handler)
    with pytest.raises(Conflict):
        services.propose(lead, way="file", text="立案", token=desk.token(desk.handler), by=desk.handler)
    services.sign_report(lead, by=desk.handler)
    services.sign_report(lead, by=desk.second)
    with pytest.raises(Conflict):
        services.sign_report(lead, by=desk.second)

    assert running(lead, "verify") is None and desk.agreed(lead, "file").state == "filed"
    told = {"leads.plan_verification", "leads.state_clear", "leads.report_verification", "leads.sign_report"}
    assert told <= verbs(lead)


def test_a_case_is_reviewed_decided_announced_archived_and_told_to_the_reporter(desk):
    told = []
    hooks.ended.append(lambda lead, by: told.append(lead.number))
    try:
        lead = desk.agreed(desk.verified(), "file")
        with pytest.raises(Invalid):
            services.send_to_trial(lead, desk.second, token=desk.token(desk.handler), by=desk.handler)
        services.send_to_trial(lead, desk.trial, token=desk.token(desk.handler), by=desk.handler)
        services.accept_trial(lead, by=desk.trial)
        assert running(lead, "trial").due_on == date(2026, 7, 3)
        warning = Sanction.objects.get(key="p_serious")
        with pytest.raises(Invalid):
            services.enter_outcome(lead, no=2, sanction=warning, decided_on=today(), by=desk.trial)
        made = services.enter_outcome(lead, no=1, sanction=warning, decided_on=today(), text="决定", by=desk.trial)
        assert made.effect_until == date(2027, 12, 3) and running(lead, "announce")
        with pytest.raises(Conflict):
            services.archive(lead, archive_no="安纪档〔2026〕7号", by=desk.trial)
        services.announce(lead, announced_on=today(), by=desk.trial)
        lead = services.archive(lead, archive_no="安纪档〔2026〕7号", by=desk.trial)
        assert running(lead, "feedback").due_on == date(2026, 6, 25)
        with pytest.raises(NotAllowed):
            services.feed_back(lead, told_on=today(), by=desk.handler)
        services.feed_back(lead, told_on=today(), text="无异议", by=desk.manager)
        with pytest.raises(Conflict):
            services.feed_back(lead, told_on=today(), by=desk.manager)
        with pytest.raises(Conflict):
            services.clear_name(lead, scope="village", text="澄清", by=desk.handler)
    finally:
        hooks.ended.pop()

    assert told == [lead.number]
    assert {"leads.send_to_trial", "leads.accept_trial", "leads.enter_outcome", "leads.announce", "leads.archive",
            "leads.feed_back"} <= verbs(lead)  # fmt: skip


def test_a_name_is_cleared_and_a_false_accusation_needs_the_city(desk):
    lead = desk.agreed(desk.verified(), "close")
    services.clear_name(lead, scope="村两委会议", text="经核实不属实", by=desk.handler)
    found = {"approval_no": "市纪函〔2026〕3号", "text": "捏造", "by": desk.manager}
    for wrong in ({"level": "county"}, {"level": "city", "approval_no": " "}):
        with pytest.raises(Invalid):
            services.find_false(lead, **{**found, **wrong})
    services.find_false(lead, level="city", **found)

    assert lead.notes.filter(kind=Note.Kind.FALSE).count() == 1
    assert {"leads.clear_name", "leads.find_false"} <= verbs(lead)


def test_who_is_reminded_is_coded_in_the_first_form(desk):
    lead = desk.agreed(desk.verified(), "remind")
    with pytest.raises(Invalid):
        wrong = Sanction.objects.get(key="justice")
        services.enter_outcome(lead, no=1, sanction=wrong, decided_on=today(), by=desk.handler)
    talk = Sanction.objects.get(key="admonition")
    made = services.enter_outcome(lead, no=1, sanction=talk, decided_on=today(), by=desk.handler)

    assert made.effect_until == date(2026, 12, 3)


def test_a_repeat_stays_and_points_to_the_first(desk):
    first = desk.lead()
    again = desk.lead(naming="anonymous")
    with pytest.raises(Invalid):
        services.join_repeat(first, first, by=desk.manager)
    services.join_repeat(again, first, by=desk.manager)

    assert first.repeats.get() == again and "leads.join_repeat" in verbs(again)


def test_nothing_secret_stands_in_the_trail(desk):
    lead = desk.verified()
    desk.agreed(lead, "file", text="涉嫌侵占，建议立案")

    told = str(list(Event.objects.exclude(verb__startswith="directory.").values_list("data", flat=True)))
    for secret in (SECRET, "刘长贵", "涉嫌侵占", "查实两笔"):
        assert secret not in told
