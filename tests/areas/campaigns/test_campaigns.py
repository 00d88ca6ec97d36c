"""A campaign from its plan to its figures; its problem base from a proposal to the sign-off."""

from datetime import timedelta

import pytest

from huilian.areas.answer.campaigns import hooks, rules, services
from huilian.areas.answer.campaigns.models import Aspect, Campaign, CampaignKind, Entry, Reminder
from huilian.areas.answer.campaigns.queries import figures, reach
from huilian.engine.calendar.services import seed as seed_calendar
from huilian.engine.clocks.services import sweep
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.models import Case
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import begun, noted, on, planned, repaired, verbs


def test_a_campaign_is_planned_begun_closed_and_published(site):
    with pytest.raises(NotAllowed):
        planned(type(site)(**{**vars(site), "officer": site.village}))
    campaign = planned(site)
    for refused in (
        lambda: services.begin(campaign, by=site.village),
        lambda: services.set_joint(campaign, [], by=site.village),
        lambda: services.publish(campaign, by=site.village),
        lambda: services.close_campaign(campaign, by=site.village),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(Conflict):
        services.publish(campaign, by=site.officer)  # nothing has begun

    services.set_joint(campaign, [site.cast.housing, site.cast.commission], by=site.officer)
    services.begin(campaign, by=site.officer)
    services.save_campaign(campaign, {"title": "慢作为专项整治（2026）"}, by=site.officer)
    with pytest.raises(Invalid):
        services.save_campaign(campaign, {"ends_on": campaign.starts_on - timedelta(days=1)}, by=site.officer)
    services.publish(campaign, by=site.officer)
    campaign = services.close_campaign(campaign, by=site.officer)

    assert (campaign.state, campaign.title, list(campaign.joint.all())) == (
        "closed", "慢作为专项整治（2026）", [site.cast.housing],
    )  # fmt: skip
    assert campaign.measures.count() == 6 and campaign.number.startswith("ZZ2026")
    assert {f"campaigns.{verb}" for verb in ("plan", "joint", "begin", "publish", "close")} <= verbs(campaign)


def test_a_problem_is_promised_handed_in_sent_back_signed_off_and_opened_again(site):
    campaign = begun(site)
    slow = campaign.kind.aspects.get(key="slow")
    with pytest.raises(NotAllowed):
        services.note_problem(campaign, unit=site.cast.liuhe_committee, fact="x", by=site.village)
    with pytest.raises(Invalid):
        noted(site, campaign, aspect=Aspect.objects.exclude(kind=campaign.kind).first())
    problem = noted(site, campaign, aspect=slow, reason="走访")

    assert list(reach.visible_problems(site.village)) == [problem]
    assert not reach.visible_problems(site.unit).exists()
    with pytest.raises(NotAllowed):
        services.promise(problem, measures="x", responsible="y", by_day=today(), by=site.unit)
    with pytest.raises(Invalid):
        services.promise(
            problem, measures="x", responsible="y", by_day=today() + timedelta(days=90), by=site.village
        )  # fmt: skip
    services.promise(problem, measures="逐件答复", responsible="刘长贵", by_day=today(), by=site.village)
    with pytest.raises(NotAllowed):
        services.hand_in(problem, result="x", by=site.officer)
    services.hand_in(problem, result="两件已答复", by=site.village)
    with pytest.raises(NotAllowed):
        services.sign_off(problem, verified="看了", by=site.village)
    with pytest.raises(NotAllowed):
        services.send_back(problem, note="x", by=site.village)
    services.send_back(problem, note="还有一件", by=site.officer)
    services.hand_in(problem, result="三件都已答复", by=site.village)
    problem = services.sign_off(problem, verified="电话问过三位群众", effect="三件办结", by=site.officer)
    with pytest.raises(NotAllowed):
        services.reopen(problem, note="x", by=site.village)
    problem = services.reopen(problem, note="群众反映没有答复", by=site.officer)

    assert (problem.case.step, problem.verified) == ("mending", "")
    with pytest.raises(NotAllowed):
        services.withdraw(problem, note="x", by=site.village)
    assert services.withdraw(problem, note="不属实", by=site.officer).case.state == "withdrawn"
    moves = ("promise", "hand_in", "send_back", "close", "reopen", "withdraw")
    assert {f"campaign_problem.{verb}" for verb in moves} | {"campaigns.note"} <= verbs(problem, problem.case)
    assert figures.counts(campaign)["accepted"] == 0


def test_a_campaign_stays_open_while_something_is_undecided_or_being_put_right(site, monkeypatch):
    campaign = begun(site)
    unit = site.cast.liuhe_committee
    found = [
        hooks.Proposal("A1", unit, "窗口无人", aspect="none"),
        hooks.Proposal("A2", unit, "答复超期", aspect="slow"),
    ]
    monkeypatch.setitem(hooks.sources, "test", hooks.Source("t", lambda campaign, by: iter(found)))
    with pytest.raises(NotAllowed):
        services.draw(campaign, "test", by=site.village)
    with pytest.raises(Invalid):
        services.draw(campaign, "nothing", by=site.officer)
    first, second = services.draw(campaign, "test", by=site.officer)
    assert services.draw(campaign, "test", by=site.officer) == []  # proposed once
    assert not reach.visible_problems(site.village).exists() and first.aspect.key == "none"
    with pytest.raises(Conflict):
        services.close_campaign(campaign, by=site.officer)
    for refused in (services.accept, services.refuse):
        with pytest.raises(NotAllowed):
            refused(first, reason="x", by=site.village)

    with pytest.raises(Invalid):
        services.refuse(first, reason=" ", by=site.officer)
    first = services.refuse(first, reason="当日全员培训，有公告", by=site.officer)
    second = services.accept(second, reason="核对属实", is_immediate=True, by=site.officer)
    with pytest.raises(Conflict):
        services.accept(first, reason="x", by=site.officer)
    with pytest.raises(Conflict):
        services.close_campaign(campaign, by=site.officer)

    assert (first.state, first.case, second.case.class_key) == ("refused", None, "immediate")
    assert "campaigns.refuse" in verbs(first) and "campaigns.draw" in verbs(campaign)
    assert services.draw(campaign, "test", by=site.officer) == []  # nor after it was refused


def test_cases_out_of_time_are_proposed_by_unit_and_month(site):
    late = noted(site, begun(site, title="另一个整治"))
    campaign = begun(site)
    with on(70):
        sweep()
        assert services.draw(campaign, "overdue", by=site.officer) == []  # problems of campaigns are not counted
        late_case(late)
        (found,) = services.draw(campaign, "overdue", by=site.officer)

    assert late.case.number in found.fact and found.unit == late.unit
    assert (found.aspect.key, found.state, found.source_ref) == ("slow", "proposed", f"{late.unit.pk}-202608")
    assert services.draw(campaign, "alerts", by=site.officer) == []  # it names no rule


def late_case(problem) -> None:
    """As if the case were one of a citizen's matter."""
    Case.objects.filter(pk=problem.case_id).update(kind="hotline", colour=3)


def test_amounts_stand_on_papers_and_are_struck_out_never_changed(site):
    campaign = begun(site)
    with pytest.raises(NotAllowed):
        services.save_measure(None, {"campaign": campaign, "name": "x"}, by=site.village)
    measure = services.save_measure(None, {"campaign": campaign, "name": "约谈", "word": "人次"}, by=site.officer)
    given = {"day": today(), "unit": site.cast.housing, "paper": "住建发〔2026〕3号", "amount": 12}
    for wrong in ({"amount": 0}, {"day": today() + timedelta(days=1)}, {"paper": " "}):
        with pytest.raises(Invalid):
            services.enter(measure, **{**given, **wrong}, by=site.officer)
    with pytest.raises(NotAllowed):
        services.enter(measure, **given, by=site.village)
    entry = services.enter(measure, **given, by=site.officer)
    services.enter(measure, **{**given, "amount": 3}, by=site.officer)
    with pytest.raises(Conflict):
        services.save_measure(measure, {"is_money": True}, by=site.officer)
    measure.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.strike(entry, reason="x", by=site.village)
    services.strike(entry, reason="重复登记", by=site.officer)
    with pytest.raises(Conflict):
        services.strike(entry, reason="x", by=site.officer)

    line = next(t for t in figures.totals(campaign) if t.measure == measure)
    assert (line.total, line.shown, Entry.objects.count()) == (3, None, 2)  # three people would be recognised
    assert {"campaigns.measure", "campaigns.enter", "campaigns.strike"} <= verbs(campaign)


def test_funds_of_a_campaign(site):
    campaign = begun(site, kind="livelihood")
    values = {"campaign": campaign, "name": "耕地地力保护补贴", "unit": site.cast.agriculture, "year": 2026,
              "given_cents": 100_00, "paper": "安财农〔2026〕5号"}  # fmt: skip
    with pytest.raises(NotAllowed):
        services.save_fund(None, values, by=site.village)
    fund = services.save_fund(None, values, by=site.officer)
    services.save_fund(fund, {"paid_cents": 90_00}, by=site.officer)

    assert campaign.funds.get().paid_cents == 90_00 and "campaigns.fund" in verbs(campaign)


def test_small_counts_point_at_nobody():
    assert [rules.shown(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]
    assert rules.shown_part(18, 20) is None  # the two others could be worked out
    assert (rules.shown_part(20, 20), rules.shown_part(10, 20), rules.shown_part(2, 3)) == (20, 10, None)


def test_units_are_reminded_once_before_a_holiday_as_the_calendar_has_it(site):
    seed_calendar()
    assert services.remind() == 0  # 端午 2026 begins on 19 June: more than five working days away

    with on(9):  # 12 June, five working days before
        first = services.remind()
        again = services.remind()

    assert first == 3 and again == 0
    notice = Notice.objects.get(user=site.village)
    assert "端午" in notice.text
    assert Reminder.objects.get(holiday="dragon_boat").sent_for.isoformat() == "2026-06-19"


def test_the_county_keeps_its_kinds_aspects_and_reminders(site):
    kind = services.save_kind(None, {"key": "own", "name": "本县专项"}, by=site.officer)
    aspect = services.save_aspect(None, {"kind": kind, "key": "a", "name": "重点一"}, by=site.officer)
    reminder = services.save_reminder(Reminder.objects.first(), {"text": "县里的话"}, by=site.officer)
    for save, row in ((services.save_kind, kind), (services.save_aspect, aspect), (services.save_reminder, reminder)):
        with pytest.raises(NotAllowed):
            save(row, {}, by=site.village)

    assert {kind.origin, aspect.origin, reminder.origin} == {"county"} and "campaigns.catalogue" in verbs(kind)
    assert CampaignKind.objects.filter(key="efficiency").exists() and Campaign.objects.count() == 0


def test_a_repair_with_its_proof_reaches_the_figures(site):
    campaign = begun(site)
    problem = repaired(site, noted(site, campaign))
    services.sign_off(problem, verified="现场看过", by=site.officer)

    assert figures.counts(campaign) == {"proposed": 0, "refused": 0, "accepted": 1, "closed": 1, "late": 0}
    assert figures.published() == []
    services.publish(campaign, by=site.officer)
    (shown,) = figures.published()
    assert (shown["accepted"], shown["closed"]) == (None, None)
