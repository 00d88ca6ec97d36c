"""From alert to repair by the county's own routes: limits, grace, falling step by step, money that came back, appeals,
and what goes up when nobody moves."""

from datetime import date

import pytest

from huilian.engine.alerts import services
from huilian.engine.alerts.models import Alert, AlertRoute, Appeal, Rectification
from huilian.engine.alerts.queries import precision
from huilian.engine.inbox.models import Notice
from huilian.engine.procedures.models import Case, Supervision
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from . import world
from .test_life import NAMES, REASON, _clerk_of_agriculture, refused
from .world import MONDAY, at


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


def raised(county, level=2, rule="ZJ01", **more) -> Alert:
    """An alert about the books of 柳河村, answered by its committee."""
    more = {"unit": county.liuhe_committee, "place": county.liuhe, "nature": "gain", **more}
    return services.raise_alert(
        rule=rule, names=NAMES, level=level, subject="voucher:1", about="柳河村 2026-10 记12号", reason=REASON, **more
    )


def explained(county, made_good=False, **more) -> Alert:
    alert = raised(county, **more)
    services.sign(alert, by=county.liu_changgui)
    return services.explain(alert, "急用现金", made_good=made_good, by=county.liu_changgui)


def checked(county, verdict="true", **more) -> Alert:
    return services.check(explained(county, **more), verdict=verdict, note="核对凭证属实", by=county.lin_zheng)


def repaired(county, **more) -> Alert:
    return services.rectify(checked(county, **more), "改为转账", by=county.liu_changgui)


# ------------------------------------------------------------------ where it goes, in what time


def test_a_rule_about_money_opens_a_case_already_at_yellow(county):
    alert = raised(county, level=1)

    assert (alert.group, alert.state, alert.case.unit) == ("ZJ", "open", county.liuhe_committee)
    assert alert.case.title == "大额现金：柳河村 2026-10 记12号"
    assert raised(county, level=1, rule="QX01").state == "prompt"


def test_the_route_of_a_rule_comes_before_that_of_its_group_and_that_before_the_default(county):
    services.set_route(1, rule="ZJ01", opens_case=False, by=county.lin_zheng)

    assert raised(county, level=1).state == "prompt"
    assert raised(county, level=1, rule="ZJ02").state == "open"
    assert AlertRoute.objects.filter(rule="ZJ01").count() == 1


def test_each_step_lasts_as_long_as_the_route_says(county):
    days = {"sign_days": 1, "explain_days": 4, "check_days": 2, "rectify_days": 7, "verify_days": 1}
    services.set_route(2, group="ZJ", opens_case=True, tells=["unit"], **days, by=county.lin_zheng)

    alert = raised(county)
    due = [alert.case.due_on.day, alert.case.steps.get(step="raised").clock.due_on.day]
    services.sign(alert, by=county.liu_changgui)
    services.explain(alert, "急用", by=county.liu_changgui)
    services.check(alert, verdict="true", note="属实", by=county.lin_zheng)
    services.rectify(alert, "已改", by=county.liu_changgui)

    # Monday 16 November 2026; working days follow each other to Friday 20, then Monday 23.
    assert due == [20, 17]
    stays = {s.step: s.clock.due_on.day for s in alert.case.steps.select_related("clock") if s.clock_id}
    assert stays == {"raised": 17, "checking": 18, "rectifying": 25, "verifying": 17}
    assert Rectification.objects.get().due_on == date(2026, 11, 25)


def test_a_route_that_cannot_be_is_refused_and_nothing_changes(county):
    before = list(AlertRoute.objects.order_by("pk").values())
    for wrong in (
        {"rule": "ZJ01", "group": "ZJ"},
        {"sign_days": 0},
        {"grace_days": -1},
        {"check_rank": 9},
        {"escalation": [{"days": 3, "tells": ["unit"]}, {"days": 3, "tells": ["unit"]}]},
        {"escalation": [{"days": 3, "tells": []}]},
        {"escalation": [{"days": 3, "tells": ["role:nobody"]}]},
    ):
        with pytest.raises(Invalid):
            services.set_route(1, opens_case=True, **wrong, by=county.lin_zheng)
    assert list(AlertRoute.objects.order_by("pk").values()) == before

    services.set_route(1, group="HT", opens_case=True, escalation=[{"days": 3, "tells": ["unit"]}], by=county.lin_zheng)
    assert Event.objects.filter(verb="alerts.route").last().data["group"] == "HT"


def test_a_red_alert_about_money_is_checked_by_the_county_not_the_township(county):
    alert = raised(county, level=3, place=county.dongwan)  # 孙燕 supervises 白沙乡, in which 东湾村 lies
    services.sign(alert, by=county.liu_changgui)
    services.explain(alert, "急用现金", by=county.liu_changgui)

    refused(county, alert, lambda a: services.check(a, verdict="true", note="属实", by=county.sun_yan), NotAllowed)
    assert services.check(alert, verdict="true", note="属实", by=county.jiang_hong).verdict == "true"


# ------------------------------------------------------------------ grace for slips of form


def test_a_slip_of_form_made_good_in_time_does_not_count_but_the_rule_was_right(county):
    alert = explained(county, nature="form", made_good=True)

    closed = services.check(alert, verdict="made_good", note="票据已补", by=county.lin_zheng)

    assert (closed.state, closed.colour, closed.counts) == ("closed", 0, False)
    assert closed.case.outcome == "made_good"
    assert precision(Alert.objects.all())[0].share == 1


def test_where_somebody_may_have_gained_nothing_is_made_good(county):
    alert = raised(county, nature="gain")
    services.sign(alert, by=county.liu_changgui)

    refused(
        county, alert, lambda a: services.explain(a, "已补", made_good=True, by=county.liu_changgui), Invalid, "谋利"
    )


def test_after_the_days_of_grace_it_is_too_late_to_make_it_good(county):
    alert = raised(county, nature="form")
    services.sign(alert, by=county.liu_changgui)

    with frozen(at(24)):  # five working days ended on Monday 23
        refused(county, alert, lambda a: services.explain(a, "已补", made_good=True, by=county.liu_changgui), Invalid)


def test_no_check_goes_on_without_a_reply_while_there_is_grace(county):
    alert = raised(county, nature="form")

    with frozen(at(20)):  # the reply was due on Wednesday 18, the grace ends on Monday 23
        refused(county, alert, lambda a: services.proceed(a, "未说明", by=county.lin_zheng), Conflict)
    with frozen(at(24)):
        assert services.proceed(alert, "未说明", by=county.lin_zheng).case.step == "checking"


def test_nobody_finds_made_good_what_the_unit_did_not_report(county):
    alert = explained(county, nature="form")

    refused(county, alert, lambda a: services.check(a, verdict="made_good", note="已补", by=county.lin_zheng), Invalid)


# ------------------------------------------------------------------ the colour falls


def test_a_red_colour_falls_one_step_at_a_time_and_only_green_ends_it(county):
    alert = repaired(county, level=3)
    seen = []
    for _look in range(3):
        alert = services.verify(alert, passed=True, note="现场看过", by=county.lin_zheng)
        seen.append((alert.colour, alert.case.step))

    assert seen == [(2, "watched"), (1, "watched"), (0, "verified")]
    assert services.close(alert, by=county.lin_zheng).counts
    row = Rectification.objects.get()
    assert (row.passed, row.colour_before, row.colour_after, row.conclusion.count("现场看过")) == (True, 3, 0, 3)


def test_it_does_not_fall_two_steps_at_once(county):
    alert = repaired(county, level=3)

    refused(
        county, alert, lambda a: services.verify(a, passed=True, note="看过", colour=0, by=county.lin_zheng), Invalid
    )


def test_while_it_is_watched_it_can_go_back_with_a_new_order(county):
    alert = services.verify(repaired(county, level=3), passed=True, note="看过", by=county.lin_zheng)

    alert = services.verify(alert, passed=False, note="又发现现金支付", by=county.lin_zheng)

    assert (alert.case.step, alert.colour) == ("rectifying", 2)
    assert list(Rectification.objects.order_by("pk").values_list("passed", flat=True)) == [False, None]


def test_money_that_came_back_is_kept_with_the_repair(county):
    alert = checked(county)
    refused(county, alert, lambda a: services.rectify(a, "退回", recovered_cents=-1, by=county.liu_changgui), Invalid)

    services.rectify(alert, "退回多付款", responsible="李晓", recovered_cents=120_000, by=county.liu_changgui)

    row = Rectification.objects.get()
    assert (row.recovered_cents, row.responsible, row.measures) == (120_000, "李晓", "退回多付款")
    assert Event.objects.get(verb="alert.rectify").data["recovered_cents"] == 120_000


# ------------------------------------------------------------------ appeal


def test_an_appeal_is_decided_one_level_higher_by_somebody_else(county):
    alert = services.check(explained(county), verdict="true", note="属实", by=county.jiang_hong)
    appeal = services.appeal(alert, "凭证已附审批", by=county.liu_changgui)
    assert Case.objects.get(pk=alert.case_id).step == "appealing"

    for by in (county.jiang_hong, county.sun_yan, county.liu_changgui):
        with pytest.raises(NotAllowed):
            services.decide_appeal(appeal, granted=True, verdict="untrue", note="有据", by=by)
    services.decide_appeal(appeal, granted=True, verdict="untrue", note="审批在先", by=county.lin_zheng)

    alert.refresh_from_db()
    assert (alert.state, alert.verdict, alert.counts) == ("closed", "untrue", False)
    assert not Rectification.objects.exists()
    result = precision(Alert.objects.all())[0]
    assert (result.appeals, result.overturned, result.share) == (1, 1, 0)


def test_an_appeal_that_fails_leaves_the_verdict_and_the_time_begins_anew(county):
    alert = services.check(explained(county), verdict="true", note="属实", by=county.jiang_hong)
    with frozen(at(18)):
        appeal = services.appeal(alert, "不服", by=county.liu_changgui)
    with frozen(at(19)):
        services.decide_appeal(appeal, granted=False, note="理由不成立", by=county.lin_zheng)

    alert = Alert.objects.get()
    assert (alert.verdict, alert.case.step) == ("true", "rectifying")
    assert Rectification.objects.get().due_on == date(2026, 12, 10)  # fifteen working days from Thursday 19
    refused(county, alert, lambda a: services.appeal(a, "再申诉", by=county.liu_changgui), Conflict)


def test_on_appeal_it_may_be_partly_true_or_an_error_in_the_data(county):
    alert = services.check(explained(county), verdict="true", note="属实", by=county.jiang_hong)
    appeal = services.appeal(alert, "部分有据", by=county.liu_changgui)
    with pytest.raises(Invalid):
        services.decide_appeal(appeal, granted=True, verdict="true", note="一样", by=county.lin_zheng)
    services.decide_appeal(appeal, granted=True, verdict="partly", note="一笔有据", by=county.lin_zheng)
    assert (Alert.objects.get().verdict, Rectification.objects.count()) == ("partly", 1)

    other = services.check(explained(county, rule="ZJ02"), verdict="true", note="属实", by=county.jiang_hong)
    appeal = services.appeal(other, "录错", by=county.liu_changgui)
    services.decide_appeal(
        appeal, granted=True, verdict="data_error", data_owner=county.agriculture, note="录错", by=county.lin_zheng
    )
    services.correct(other, "已更正", by=_clerk_of_agriculture(county))
    assert Alert.objects.get(pk=other.pk).state == "closed"
    with pytest.raises(Conflict):
        services.decide_appeal(Appeal.objects.last(), granted=False, note="再定", by=county.lin_zheng)


# ------------------------------------------------------------------ what goes up


def test_what_nobody_answers_goes_up_after_three_seven_and_fifteen_working_days(county):
    alert = raised(county)
    seen = {}
    for day in (18, 19, 20, 26, 8):  # 3 working days end on Thursday 19, 7 on Wednesday 25, 15 on Monday 7 December
        with frozen(at(day) if day > 8 else at(day).replace(month=12)):
            services.escalate()
        alert.refresh_from_db()
        seen[day] = alert.escalated

    assert seen == {18: 0, 19: 0, 20: 1, 26: 2, 8: 3}
    assert alert.escalates_on is None and "role:discipline_officer" in alert.told
    assert list(Supervision.objects.order_by("pk").values_list("level", flat=True)) == [1, 2]
    assert Notice.objects.filter(template="alerts.up", user=county.lin_zheng).exists()
    assert Event.objects.filter(verb="alerts.escalate").count() == 3


def test_what_was_answered_stays_where_it_is(county):
    explained(county)

    with frozen(at(30)):
        assert services.escalate() == 0


def test_asked_for_more_the_days_go_on_counting(county):
    alert = explained(county)
    with frozen(at(18)):
        services.ask_again(alert, "请附凭证", by=county.lin_zheng)

    with frozen(at(20)):
        assert services.escalate() == 1
        assert services.escalate() == 0


# ------------------------------------------------------------------ many at once


def test_two_thousand_findings_become_cases_at_once(county):
    findings = [
        services.Finding(
            "ZJ01", NAMES, 1 + n % 3, f"voucher:{n}", REASON, unit=county.liuhe_committee, place=county.liuhe,
            amount_cents=150_000, about=f"记{n}号",
        )
        for n in range(2000)
    ]  # fmt: skip

    done = services.raise_many(findings)

    assert (done.new, done.opened) == (2000, 2000)


# ------------------------------------------------------------------ who answers


def test_for_a_cooperative_without_staff_the_committee_of_its_village_answers(county):
    alert = raised(county, unit=county.liuhe_cooperative)

    assert (alert.unit, alert.case.unit) == (county.liuhe_cooperative, county.liuhe_committee)
    assert Notice.objects.filter(user=county.liu_changgui).exists()
    services.sign(alert, by=county.liu_changgui)
    services.explain(alert, "急用现金", by=county.li_xiao)
    refused(county, alert, lambda a: services.check(a, verdict="untrue", note="无", by=county.liu_changgui), NotAllowed)


def test_one_bureau_never_answers_for_another(county):
    alert = raised(county, unit=county.agriculture, place=county.county)

    assert alert.case.unit == county.agriculture
