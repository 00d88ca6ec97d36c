"""Signals, interventions, two streams of checks, indicators, the quarterly report."""

from datetime import date, timedelta

import pytest

from huilian.areas.power.risks import services
from huilian.areas.power.risks.models import Proposal, Reading, Report, Signal
from huilian.areas.power.risks.queries.figures import lead
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from .conftest import MORNING, a_point, in_force, later

DAY = MORNING.date()


def a_signal(desk, **more):
    given = {"source": "hotline", "text": "反映签证不实", "arose_on": DAY, "ref": "HX20260603-0001"}
    return services.take_signal(desk.cast.housing, **{**given, **more}, by=desk.watches)


def test_a_signal_is_taken_in_once_and_its_colour_may_rise(desk):
    a_signal(desk, colour=1)
    again = services.take_signal(
        desk.cast.housing, source="hotline", text="同上", arose_on=DAY, ref="HX20260603-0001", colour=3, by=SYSTEM
    )
    assert Signal.objects.get() == again and again.colour == 3
    with pytest.raises(NotAllowed):
        services.take_signal(desk.cast.housing, source="media", text="报道", arose_on=DAY, by=desk.finds)


def test_signal_notice_and_correction_give_the_lead_time(desk):
    point, signal = a_point(desk), a_signal(desk, arose_on=DAY - timedelta(3))
    services.link_signal(signal, point, analysis="与签证有关", by=desk.watches)
    with pytest.raises(Conflict):
        services.correct_signal(signal, by=desk.watches)
    plan = services.plan_intervention(
        point, kind="remind", plan="提醒分管负责人", planned_on=DAY, signal=signal, by=desk.watches
    )
    services.carry_out(plan, result="已提醒", by=desk.watches)
    with later(5):
        services.correct_signal(signal, by=desk.watches)

    assert lead(Signal.objects.all()) == {"to_notice": 3.0, "noticed": 1, "to_correction": 5.0, "corrected": 1}
    with pytest.raises(Conflict):
        services.dismiss_signal(signal, analysis="无", by=desk.watches)


def test_an_intervention_is_judged_after_ninety_days_by_the_signals_counted(desk):
    point = a_point(desk)
    services.link_signal(a_signal(desk, arose_on=DAY - timedelta(9)), point, analysis="签证", by=desk.watches)
    plan = services.plan_intervention(point, kind="audit", plan="抽审", planned_on=DAY, by=desk.watches)
    services.carry_out(plan, result="已审", by=desk.watches)
    with pytest.raises(Conflict):
        services.check_intervention(plan, effective=True, effect="有效", by=desk.watches)
    with later(90):
        done = services.check_intervention(plan, effective=True, effect="有效", by=desk.watches)
    assert (done.signals_before, done.signals_after) == (1, 0)


def test_the_two_streams_of_checks_are_entered_by_different_people(desk):
    point = a_point(desk)
    given = {"checked_on": DAY, "looked_at": 10, "text": "两份缺签字"}
    services.note_check(point, stream="own", faults=0, **given, by=desk.finds)
    services.note_check(point, stream="monitoring", faults=2, **given, by=desk.watches)
    for stream, by in (("own", desk.watches), ("monitoring", desk.finds)):
        with pytest.raises(NotAllowed):
            services.note_check(point, stream=stream, faults=1, **given, by=by)
    with pytest.raises(Invalid):
        services.note_check(point, stream="own", faults=11, **given, by=desk.finds)
    assert point.checks.count() == 2


def test_indicators_are_counted_without_a_case_and_twice_alike(desk):
    assert services.count_indicators() == services.count_indicators() == Reading.objects.count() == 0


def test_a_report_is_drafted_reviewed_issued_and_its_proposals_tracked(desk):
    in_force(desk)
    with pytest.raises(Invalid):
        services.draft_report(2026, 2, by=desk.watches)
    with later(40):
        report = services.draft_report(2026, 2, by=desk.watches)
        assert report.figures["points"] == 1 and "1" in report.text
        services.edit_report(report, report.text + "\n建议加强复核。", by=desk.watches)
        proposal = services.propose_improvement(
            report, desk.cast.housing, "复核签证", due_on=date(2026, 9, 1), by=desk.watches
        )
        with pytest.raises(NotAllowed):
            services.review_report(report, by=desk.watches)
        services.review_report(report, by=desk.approves)
        with pytest.raises(Conflict):
            services.finish_proposal(proposal, "已复核", by=desk.signs)
        services.issue_report(report, by=desk.watches)
        services.finish_proposal(proposal, "已复核", by=desk.signs)
    assert Report.objects.get().state == "issued" and Proposal.objects.get().done_on
