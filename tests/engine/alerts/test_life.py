"""An alert from being raised to being closed; the reply comes first, and nobody checks their own unit."""

import pytest

from huilian.engine.alerts import services
from huilian.engine.alerts.models import Alert
from huilian.engine.alerts.queries import alerts_of, alerts_visible_to, hits_of, level_counts, open_alerts, precision
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from . import world
from .world import MONDAY, at

NAMES = {"zh": "大额现金", "en": "Cash payment"}
REASON = {"zh": "付款超过现金限额。", "en": "The payment is above the limit for cash."}


@pytest.fixture
def county(cast):
    world.build(cast)
    with frozen(MONDAY):
        yield cast


def raised(county, level=2, **more) -> Alert:
    more = {"unit": county.housing, "place": county.county, **more}
    return services.raise_alert(
        rule="QX01", names=NAMES, level=level, subject="collective.voucher:PZ1", reason=REASON, **more
    )


def explained(county, **more) -> Alert:
    alert = raised(county, **more)
    services.sign(alert, by=county.he_wei)
    return services.explain(alert, "已补附审批单", by=county.he_wei)


def test_the_same_thing_is_raised_once_and_its_level_only_rises(county):
    first = raised(county, level=1)
    again = raised(county, level=1)
    higher = raised(county, level=3)
    lower = raised(county, level=2)

    assert first.pk == again.pk == higher.pk == lower.pk
    assert (first.state, first.case, lower.level, lower.state) == ("prompt", None, 3, "open")
    assert [(line["level"], line["why"]) for line in lower.levels] == [(1, "raised"), (3, "risen")]
    assert lower.case.number == lower.number and lower.case.class_key == "red"
    assert list(Event.objects.filter(verb__startswith="alerts.").values_list("verb", flat=True)) == [
        "alerts.raise",
        "alerts.rise",
    ]


def test_two_findings_of_one_run_about_one_thing_are_one_alert_at_the_higher_level(county):
    findings = [
        services.Finding("QX01", NAMES, level, "collective.voucher:PZ1", REASON, unit=county.housing)
        for level in (1, 3, 2)
    ]

    done = services.raise_many(findings)

    assert (done.new, done.opened) == (1, 1)
    assert Alert.objects.get().level == 3


def test_a_rise_takes_the_shorter_limit_of_the_reply_where_that_ends_earlier(county):
    services.set_route(1, opens_case=True, by=county.lin_zheng)
    alert = raised(county, level=1)
    assert alert.case.due_on.day == 19  # three working days from Monday 16

    raised(county, level=3)

    case = Case.objects.get(pk=alert.case_id)
    assert (case.class_key, case.due_on.day, case.clock.due_on.day) == ("red", 17, 17)


def test_the_whole_life_with_the_reply_ends_green_and_counted(county):
    alert = explained(county)
    services.check(alert, verdict="partly", note="现金付款属实，事出有因", by=county.lin_zheng)
    services.rectify(alert, "改为转账", by=county.he_wei)
    services.verify(alert, passed=False, note="未见转账凭证", by=county.lin_zheng)
    services.rectify(alert, "附转账凭证", by=county.he_wei)
    verified = services.verify(alert, passed=True, note="已核对凭证", by=county.lin_zheng)
    assert (verified.colour, verified.level, verified.state) == (0, 2, "open")

    closed = services.close(alert, by=county.lin_zheng)

    assert closed.counts and closed.state == "closed" and closed.case.state == "closed"
    verbs = Event.objects.filter(verb__startswith="alert.").order_by("id").values_list("verb", flat=True)
    assert [v.partition(".")[2] for v in verbs] == [
        "sign", "explain", "check", "rectify", "send_back", "rectify", "verify", "close",
    ]  # fmt: skip
    assert precision(Alert.objects.all())[0].share == 1


def test_what_is_not_true_closes_without_counting(county):
    closed = services.check(explained(county), verdict="untrue", note="系转账，录入有据", by=county.lin_zheng)

    assert closed.state == "closed" and not closed.counts and closed.colour == 0
    assert precision(Alert.objects.all())[0].share == 0


def test_an_error_in_the_data_goes_to_its_owner_and_says_nothing_about_the_unit(county):
    alert = explained(county)
    found = services.check(
        alert, verdict="data_error", note="付款方式录错", data_owner=county.agriculture, by=county.lin_zheng
    )
    assert (found.colour, found.state, found.case.unit) == (0, "open", county.agriculture)
    assert found.unit == county.housing

    with pytest.raises(NotAllowed):
        services.correct(alert, "已更正", by=county.he_wei)
    services.correct(alert, "已更正", by=_clerk_of_agriculture(county))

    alert.refresh_from_db()
    assert alert.state == "closed" and not alert.counts
    assert precision(Alert.objects.all())[0].share is None


def _clerk_of_agriculture(county):
    from huilian.engine.accounts.models import User
    from huilian.engine.directory import services as directory
    from huilian.engine.trail.actors import SYSTEM

    user = User.objects.create(username="clerk", name="农业经办")
    person = directory.add_person(name=user.name, user=user, by=SYSTEM)
    post = directory.add_post(unit=county.agriculture, name="经办", roles=["department_clerk"], by=SYSTEM)
    directory.appoint(person, post, starts_on=MONDAY.date().replace(year=2020), by=SYSTEM)
    return user


def _state():
    return (
        list(Alert.objects.values().order_by("pk")),
        list(Case.objects.values().order_by("pk")),
        Event.objects.count(),
    )


def refused(county, alert, do, error, said=None):
    before = _state()

    with pytest.raises(error, match=said):
        do(alert)

    assert _state() == before


def test_the_unit_concerned_cannot_check_itself(county):
    services.raise_alert(
        rule="QX01", names=NAMES, level=2, subject="x:1", reason=REASON, unit=county.commission, place=county.county
    )
    alert = Alert.objects.get()
    Case.objects.filter(pk=alert.case_id).update(step="checking")

    refused(county, alert, lambda a: services.check(a, verdict="untrue", note="无", by=county.lin_zheng), NotAllowed)


def test_a_supervisor_of_another_township_cannot_check(county):
    alert = explained(county, place=county.liuhe)

    refused(
        county, alert, lambda a: services.check(a, verdict="true", note="属实", by=county.sun_yan), NotAllowed, "范围"
    )


def test_the_wrong_post_is_refused_at_every_verb(county):
    alert = raised(county)
    refused(county, alert, lambda a: services.sign(a, by=county.wang_min), NotAllowed)
    services.sign(alert, by=county.he_wei)
    refused(county, alert, lambda a: services.explain(a, "我来说明", by=county.zhao_jianguo), NotAllowed)
    services.explain(alert, "已补附审批单", by=county.he_wei)
    refused(county, alert, lambda a: services.check(a, verdict="true", note="属实", by=county.zhao_jianguo), NotAllowed)


def test_somebody_named_in_it_steps_back(county):
    alert = explained(county, persons=[county.person("lin_zheng")])

    refused(county, alert, lambda a: services.check(a, verdict="untrue", note="无", by=county.lin_zheng), NotAllowed)


def test_no_verdict_before_the_reply_unless_its_time_is_over(county):
    alert = raised(county)
    refused(county, alert, lambda a: services.check(a, verdict="true", note="属实", by=county.lin_zheng), Conflict)
    refused(county, alert, lambda a: services.proceed(a, "未说明", by=county.lin_zheng), Conflict)

    with frozen(at(19)):
        services.proceed(alert, "逾期未说明", by=county.lin_zheng)
        checked = services.check(alert, verdict="true", note="属实", by=county.lin_zheng)

    assert checked.case.step == "rectifying"


def test_a_verdict_needs_words_and_a_data_error_its_owner(county):
    alert = explained(county)

    refused(county, alert, lambda a: services.check(a, verdict="true", note=" ", by=county.lin_zheng), Invalid)
    refused(county, alert, lambda a: services.check(a, verdict="maybe", note="无", by=county.lin_zheng), Invalid)
    refused(county, alert, lambda a: services.check(a, verdict="data_error", note="录错", by=county.lin_zheng), Invalid)


def test_after_verification_the_colour_cannot_stay(county):
    alert = explained(county)
    services.check(alert, verdict="true", note="属实", by=county.lin_zheng)
    services.rectify(alert, "改为转账", by=county.he_wei)

    refused(
        county, alert, lambda a: services.verify(a, passed=True, note="看过", colour=2, by=county.lin_zheng), Invalid
    )


def test_two_at_once_are_noticed(county):
    alert = explained(county)
    seen = Case.objects.get(pk=alert.case_id).revision
    services.ask_again(alert, "请附凭证", by=county.lin_zheng, expected=seen)

    refused(
        county,
        alert,
        lambda a: services.check(a, verdict="true", note="属实", by=county.lin_zheng, expected=seen),
        Conflict,
    )


def test_a_prompt_asks_for_nothing(county):
    refused(county, raised(county, level=1), lambda a: services.sign(a, by=county.he_wei), Conflict)


def test_a_closed_alert_stays_closed_at_its_level_and_is_raised_again_above_it(county):
    services.check(explained(county), verdict="untrue", note="系转账", by=county.lin_zheng)

    assert raised(county, level=2).state == "closed"
    again = raised(county, level=3)

    assert (again.state, again.verdict, again.colour) == ("open", "", 3)
    assert (again.case.step, again.case.round, again.case.class_key) == ("raised", 2, "red")


def test_a_closed_alert_is_raised_again_by_hand_with_its_reason(county):
    alert = explained(county)
    services.check(alert, verdict="untrue", note="系转账", by=county.lin_zheng)

    again = services.reopen(alert, "凭证系补造", by=county.lin_zheng)

    assert again.state == "open" and again.case.unit == county.housing


def test_everybody_sees_what_is_theirs(county):
    housing = raised(county)
    village = services.raise_alert(
        rule="QX01", names=NAMES, level=1, subject="x:2", reason=REASON, unit=county.liuhe_committee, place=county.liuhe
    )

    assert set(alerts_visible_to(county.zhao_jianguo)) == {housing, village}
    assert set(alerts_visible_to(county.he_wei)) == {housing}
    assert set(open_alerts(county.wang_min)) == {village}
    assert not alerts_visible_to(county.sun_yan) and not alerts_visible_to(county.system_admin)
    assert level_counts(open_alerts(county.zhao_jianguo)) == {"red": 0, "orange": 1, "yellow": 1, "ok": 0, "all": 2}
    assert [a.pk for a in alerts_of("x:2")] == [village.pk]


def test_a_route_is_the_countys_to_change_and_nobody_elses(county):
    with pytest.raises(NotAllowed):
        services.set_route(2, opens_case=False, by=county.he_wei)
    with pytest.raises(Invalid):
        services.set_route(2, opens_case=False, tells=["role:nobody"], by=county.lin_zheng)

    services.set_route(2, rule="QX01", opens_case=False, by=county.lin_zheng)

    assert raised(county, level=2).state == "prompt"
    assert raised(county, level=3).state == "open"


def test_an_alert_speaks_both_languages_or_is_refused(county):
    with pytest.raises(Invalid):
        services.raise_alert(rule="X", names=NAMES, level=1, subject="x:1", reason={"zh": "只有中文"})

    assert not Alert.objects.exists()


def test_the_flow_chart_marks_what_a_rule_found_on_a_case(county):
    case = world.matter(county)
    services.raise_alert(rule="RX07", names=NAMES, level=1, subject=case, reason=REASON)

    assert hits_of(alerts_of(case)) == {"RX07"}
