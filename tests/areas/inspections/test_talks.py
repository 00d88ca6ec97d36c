"""Talks: occasions that can be opened, held, answered, ended; three zeros and the quarter after."""

from datetime import date, timedelta

import pytest

from huilian.areas.answer.inspections import hooks, rules, services
from huilian.areas.answer.inspections.models import Measure, Talk
from huilian.areas.answer.inspections.queries import zeros
from huilian.areas.answer.inspections.queries.reach import visible_talks
from huilian.areas.answer.inspections.queries.reasons import reasons
from huilian.engine.clocks.services import sweep
from huilian.engine.directory.models import Post
from huilian.engine.documents.queries import attachments_of
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.services import follow_sweep
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import on, picture, told

Q1 = "zeros:2026Q1"


def invited(site, reason=Q1, unit=None, by=None, **more):
    """A talk with who answers for repairs in 青石镇, about a quarter without any result."""
    unit = unit or site.cast.qingshi_government
    post = _post(unit)
    values = {
        "demand": "每月至少走访两个村",
        "meet_on": today() + timedelta(2),
        "due_on": today() + timedelta(30),
        **more,
    }
    return services.invite(post, reason, sender=site.cast.commission, by=by or site.officer, **values)


def _post(unit):
    return next(p for p in Post.objects.filter(unit=unit) if any(r.endswith("_repairer") for r in p.roles))


def held(site):
    talk = invited(site, meet_on=today())
    return services.hold_talk(talk, held_on=today(), text="说明情况，提出要求。", by=site.officer)


def verbs(subject):
    return [event.verb for event in history_of(subject)]


def test_a_talk_begins_with_something_that_stands_against_the_unit(site):
    finding = told(site)
    assert reasons(finding.owner, site.officer) == []

    with on(70):
        follow_sweep([clock.id for clock in sweep()])
        (reason,) = [r for r in reasons(finding.owner, site.officer) if r.kind == "finding"]
        talk = invited(site, reason.key, finding.owner)
        assert talk.why == reason.words and finding.fact in talk.why and talk.person == site.village.person
        assert reason.url.endswith(f"/finding/{finding.number}/")
        assert Notice.objects.filter(user=site.village, template="inspections.invited").exists()
        assert verbs(talk) == ["inspections.invite"]
        with pytest.raises(Conflict, match="约谈"):
            invited(site, reason.key, finding.owner)
        with pytest.raises(Invalid):
            invited(site, "finding:WT20260101-9999", finding.owner)


def test_who_may_not_invite_changes_nothing(site):
    with pytest.raises(NotAllowed):
        invited(site, by=site.village)
    with pytest.raises(Invalid):
        invited(site, meet_on=today() - timedelta(1))

    assert not Talk.objects.exists()


def test_a_talk_is_held_answered_by_the_unit_and_ended_after_the_next_quarter(site, monkeypatch):
    talk = held(site)
    assert talk.state == "held" and [row["n"] for row in talk.before] == [0, 0, 0]
    assert talk in visible_talks(site.town) and talk not in visible_talks(site.village)

    talk = services.follow_up(talk, text="已走访四个村", files=[picture()], by=site.town)
    assert attachments_of(talk).count() == 1
    with pytest.raises(Conflict, match="2026Q2"):
        services.end_talk(talk, note="有改进", by=site.officer)

    monkeypatch.setattr(hooks, "figures", [("clues", lambda first, last: {site.cast.qingshi.pk: 2})])
    with on(40):
        talk = services.end_talk(talk, note="有改进", by=site.officer)
    assert {row["key"]: row["n"] for row in talk.after}["clues"] == 2 and talk.state == "ended"
    assert {"inspections.hold_talk", "inspections.follow_up", "inspections.end_talk"} <= set(verbs(talk))


def test_steps_of_a_talk_are_refused_to_others_and_out_of_order(site):
    talk = invited(site)

    with pytest.raises(NotAllowed):
        services.hold_talk(talk, held_on=today(), text="谈", by=site.town)
    with pytest.raises(Invalid):
        services.hold_talk(talk, held_on=today() + timedelta(1), text="谈", by=site.officer)
    with pytest.raises(Conflict):
        services.follow_up(talk, text="改", by=site.town)
    talk = services.hold_talk(talk, held_on=today(), text="谈", by=site.officer)
    with pytest.raises(NotAllowed):
        services.follow_up(talk, text="改", by=site.village)
    with pytest.raises(Conflict):
        services.end_talk(talk, note="好", by=site.officer)
    talk = services.follow_up(talk, text="改", by=site.town)
    with pytest.raises(NotAllowed):
        services.end_talk(talk, note="好", by=site.town)

    talk.refresh_from_db()
    assert talk.state == "followed" and talk.end_note == ""


def test_three_zeros_are_counted_by_township_and_thresholds_are_the_countys(site, monkeypatch):
    told(site)
    span = rules.span("quarter", today())

    def of(place):
        return next(t for t in zeros.townships(span) if t.place == place)

    assert not of(site.cast.qingshi).is_zero and of(site.cast.baisha).is_zero
    assert of(site.cast.baisha).unit == site.cast.baisha_government
    services.save_measure(Measure.objects.get(key="problems"), {"most": 1}, by=site.officer)
    assert of(site.cast.qingshi).is_zero
    hidden = [("clues", lambda first, last: {site.cast.qingshi.pk: None})]
    monkeypatch.setattr(hooks, "figures", hidden)
    assert not of(site.cast.qingshi).is_zero  # some, but hidden because few
    with pytest.raises(NotAllowed):
        services.save_measure(Measure.objects.get(key="clues"), {"most": 9}, by=site.village)
    assert Measure.objects.get(key="clues").most == 0
    assert verbs(Measure.objects.get(key="problems")) == ["inspections.catalogue"]


def test_periods():
    assert rules.span("quarter", date(2026, 11, 23)) == rules.Span("2026Q4", date(2026, 10, 1), date(2026, 12, 31))
    assert (
        rules.span("half", date(2026, 7, 1)).label == "2026H2" and rules.span("year", date(2026, 7, 1)).label == "2026"
    )
    assert rules.span("month", date(2026, 12, 5)).next.label == "2027-01"
    assert rules.quarter("2026Q1").before.label == "2025Q4" and rules.quarter("2026-03") is None
    assert not rules.is_zero({}, {}) and rules.is_zero({}, {"clues": 0})
