"""What a county decides about rules, and the rules it writes itself."""

import pytest

from huilian.engine.alerts.models import Alert
from huilian.engine.screening import queries
from huilian.engine.screening.models import Hit, RuleSetting, RuleVersion
from huilian.engine.screening.services import (
    judge,
    save_trial,
    screen,
    set_daily_cap,
    set_parameters,
    set_status,
)
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from ..alerts.world import at
from .toy import TEXT
from .world import house, pay  # noqa: F401

OWN = TEXT.replace("ZJ91", "QX01")


@pytest.fixture(autouse=True)
def _monday():
    with frozen(at(16)):
        yield


def test_a_threshold_is_set_with_a_reason_and_used(house):  # noqa: F811
    pay(1, 150_000)

    set_parameters("ZJ91", {"yellow_cents": "200,000"}, reason="本县限额", by=house.jiang_hong)
    run = screen(rules=["ZJ91"])

    assert run.found == 0 and queries.rule_of("ZJ91").values == {"yellow_cents": 200_000}
    event = Event.objects.get(verb="screening.parameters")
    assert event.data == {"changes": "黄色起点 1,000.00 元 → 2,000.00 元", "reason": "本县限额"}


@pytest.mark.parametrize(
    "values,reason",
    [({"yellow_cents": "many"}, "x"), ({"limit": 1}, "x"), ({"yellow_cents": 5}, " "), ({"yellow_cents": 100000}, "x")],
)
def test_a_threshold_that_cannot_be_is_refused_and_nothing_changes(house, values, reason):  # noqa: F811
    with pytest.raises(Invalid):
        set_parameters("ZJ91", values, reason=reason, by=house.jiang_hong)

    assert not RuleSetting.objects.exclude(parameters={}).exists()
    assert not Event.objects.filter(verb="screening.parameters").exists()


def test_only_those_who_decide_change_a_rule(house):  # noqa: F811
    for act in (
        lambda: set_parameters("ZJ91", {"yellow_cents": 1}, reason="x", by=house.wang_min),
        lambda: set_status("ZJ91", "off", reason="x", by=house.wang_min),
        lambda: set_daily_cap(3, reason="x", by=house.wang_min),
        lambda: judge(by=house.wang_min),
        lambda: save_trial(OWN, by=house.wang_min),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert not RuleSetting.objects.exists() and not RuleVersion.objects.exists()


def test_the_status_changes_once_and_is_recorded(house):  # noqa: F811
    set_status("ZJ91", "off", reason="停用", by=house.jiang_hong)

    with pytest.raises(Conflict):
        set_status("ZJ91", "off", reason="停用", by=house.jiang_hong)
    with pytest.raises(Invalid):
        set_status("ZJ91", "loud", reason="x", by=house.jiang_hong)

    assert not queries.rule_of("ZJ91").runs
    assert Event.objects.filter(verb="screening.status").count() == 1


def test_the_daily_cap_of_the_county_and_of_a_rule(house):  # noqa: F811
    set_daily_cap(7, reason="x", by=house.jiang_hong)
    set_daily_cap(1, rule="ZJ91", reason="x", by=house.jiang_hong)
    with pytest.raises(Invalid):
        set_daily_cap(0, reason="x", by=house.jiang_hong)
    pay(1, 150_000)
    pay(2, 150_000)

    run = screen(rules=["ZJ91"])

    assert queries.daily_cap() == 7 and (run.raised, run.held) == (1, 1)
    assert Event.objects.filter(verb="screening.cap").count() == 2


@pytest.mark.parametrize("untrue,data_error,status", [(11, 0, "demoted"), (17, 0, "trial"), (10, 40, "active")])
def test_a_rule_that_was_mostly_wrong_is_demoted_by_itself(house, untrue, data_error, status):  # noqa: F811
    for number in range(20 + data_error):
        pay(number + 1, 5_000_000)
    screen(rules=["ZJ91"])
    ids = list(Alert.objects.values_list("pk", flat=True))
    Alert.objects.filter(pk__in=ids[:untrue]).update(verdict="untrue")
    Alert.objects.filter(pk__in=ids[untrue:20]).update(verdict="true")
    Alert.objects.filter(pk__in=ids[20:]).update(verdict="data_error")

    judged = judge()

    assert queries.rule_of("ZJ91").status == status
    assert judged == ([] if status == "active" else ["ZJ91"])
    assert Event.objects.filter(verb="screening.demote").count() == len(judged)


def test_a_demoted_rule_gives_yellow_only(house):  # noqa: F811
    set_status("ZJ91", "demoted", reason="误报多", by=house.jiang_hong)
    pay(1, 5_000_000)

    screen(rules=["ZJ91"])

    assert Alert.objects.get().level == 1 and Hit.objects.get().level == 3


def test_an_auditor_writes_a_rule_that_runs_in_silence_until_somebody_else_makes_it_active(house):  # noqa: F811
    version = save_trial(OWN, by=house.lin_zheng)
    pay(1, 150_000)
    screen(rules=["QX01"])
    with pytest.raises(NotAllowed):
        set_status("QX01", "active", reason="好用", by=house.lin_zheng)
    silent = Alert.objects.count()

    set_status("QX01", "active", reason="好用", by=house.jiang_hong)
    screen(rules=["QX01"])

    assert version.own and silent == 0 and Alert.objects.get().rule == "QX01"
    assert Event.objects.filter(verb="screening.write").count() == 1


def test_an_endless_rule_of_the_county_is_stopped_and_the_others_go_on(house, monkeypatch):  # noqa: F811
    monkeypatch.setattr("huilian.engine.screening.services.screening.OWN_SECONDS", 0.3)
    for number in range(1, 300):
        pay(number, 1000 + number)
    pay(900, 150_000)
    joins = " ".join(f"JOIN voucher w{n} ON w{n}.total_cents < v.total_cents + {n}" for n in range(6))
    never = " + ".join(f"w{n}.total_cents" for n in range(6))
    endless = (
        OWN.replace("weight: 2", "class: pairwise\nweight: 2")
        .replace("FROM voucher v\n", f"FROM voucher v {joins}\n")
        .replace("WHERE v.method = 'cash'", f"WHERE {never} < v.voucher_id - 1000 AND v.method = 'cash'")
        .replace("AND v.total_cents > $yellow_cents", "AND v.total_cents <> $yellow_cents")
    )
    save_trial(endless, by=house.lin_zheng)

    run = screen()

    assert [fault["rule"] for fault in run.faults] == ["QX01"] and "用时过长" in run.faults[0]["message"]
    assert Hit.objects.filter(rule="ZJ91").count() == 1


def test_a_new_text_is_a_new_version_and_on_trial_again(house):  # noqa: F811
    save_trial(OWN, by=house.lin_zheng)
    set_status("QX01", "active", reason="好用", by=house.jiang_hong)

    save_trial(OWN.replace("weight: 2", "weight: 3"), by=house.lin_zheng)

    assert queries.rule_of("QX01").status == "trial" and queries.rule_of("QX01").rule.weight == 3
    assert RuleVersion.objects.filter(rule="QX01").count() == 2


@pytest.mark.parametrize(
    "text,error",
    [(OWN.replace("v.payee", "v.payer"), Invalid), (TEXT, Conflict), ("SELECT 1", Invalid), (OWN, Conflict)],
)
def test_a_rule_that_cannot_be_is_not_saved(house, text, error):  # noqa: F811
    save_trial(OWN, by=house.lin_zheng)

    with pytest.raises(error):
        save_trial(text, by=house.lin_zheng)

    assert RuleVersion.objects.count() == 1
