"""Hits become alerts, rise, are held, go, and never close a case by themselves."""

from datetime import date, datetime

import pytest

from huilian.engine.alerts.models import Alert, AlertRoute
from huilian.engine.screening import queries, subjects
from huilian.engine.screening.models import Hit, Outbox, RuleVersion, Run
from huilian.engine.screening.services import fed, screen, touch
from huilian.engine.screening.store import Store
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import frozen

from ..alerts.world import at
from .world import DONGWAN, LIUHE, SHANQIAN, house, pay, unpay  # noqa: F401


@pytest.fixture(autouse=True)
def _monday():
    with frozen(at(16)):
        yield


def test_a_hit_becomes_an_alert_with_rows_version_and_sentence(house):  # noqa: F811
    pay(1, 150_000)
    pay(2, 100_000)

    run = screen()

    alert = Alert.objects.get()
    assert (run.found, run.new, run.raised, run.faults) == (1, 1, 1, [])
    assert alert.subject == "voucher:1" and alert.level == 1 and alert.place.name == "柳河村"
    assert alert.unit.name == "柳河村股份经济合作社" and alert.township.name == "青石镇"
    assert alert.reason["zh"] == "2026年5月3日付给王*明现金1,500元，超过1,000元的限额"
    assert alert.rule_version == RuleVersion.objects.get(rule="ZJ91").version
    assert alert.evidence[0]["source"] == "voucher" and alert.evidence[0]["fields"]["total_cents"] == 150_000
    assert alert.evidence[0]["fields"]["entered_at"] == "2026-05-03T15:30:00.000000Z"
    assert alert.score == 2 and alert.amount_cents == 150_000 and alert.nature == ""
    assert Event.objects.filter(verb="screening.run").count() == 1


def test_screening_twice_raises_once(house):  # noqa: F811
    pay(1, 150_000)
    screen()

    again = screen()

    assert (again.new, again.gone, again.raised) == (0, 0, 0)
    assert Alert.objects.count() == Hit.objects.count() == 1


def test_a_hit_that_rises_raises_its_alert(house):  # noqa: F811
    pay(1, 150_000)
    screen()
    pay(1, 5_000_000)

    run = screen()

    assert run.raised == 1 and Alert.objects.get().level == 3


def test_a_prompt_whose_hit_is_gone_lapses_and_comes_back_with_it(house):  # noqa: F811
    AlertRoute.objects.filter(level=1).update(opens_case=False)
    pay(1, 150_000)
    screen()
    unpay(1)

    run = screen()
    alert = Alert.objects.get()
    pay(1, 150_000)
    screen()

    assert run.gone == 1 and alert.state == Alert.State.LAPSED
    assert Alert.objects.get().state == Alert.State.PROMPT and Hit.objects.get().gone_at is None


def test_an_open_case_gets_a_note_and_stays_open(house):  # noqa: F811
    pay(1, 5_000_000)
    screen()
    alert = Alert.objects.get()
    assert alert.state == Alert.State.OPEN
    unpay(1)

    screen()

    assert Alert.objects.get().state == Alert.State.OPEN
    assert Event.objects.filter(verb="screening.gone", subject_id=alert.case.number).count() == 1


def test_a_rule_on_trial_finds_in_silence(house):  # noqa: F811
    from huilian.engine.screening.services import set_status

    pay(1, 150_000)
    set_status("ZJ91", "trial", reason="先看一个月", by=house.jiang_hong)

    screen()
    silent = Alert.objects.count()
    set_status("ZJ91", "active", reason="准确", by=house.jiang_hong)
    screen()

    assert silent == 0 and Hit.objects.count() == 1 and Alert.objects.count() == 1


def test_beyond_the_daily_cap_hits_are_held_until_tomorrow_but_never_red_ones(house, monkeypatch):  # noqa: F811
    monkeypatch.setattr(queries, "DAILY_CAP", 2)
    for number in range(1, 5):
        pay(number, 150_000)
    pay(9, 5_000_000)
    pay(10, 150_000, village=SHANQIAN)

    first = screen(rules=["ZJ91"])
    same_day = screen(rules=["ZJ91"])
    with frozen(at(17)):
        next_day = screen(rules=["ZJ91"])

    assert (first.raised, first.held, same_day.raised, next_day.raised) == (3, 3, 0, 2)
    assert Alert.objects.get(subject="voucher:9").level == 3
    assert Hit.objects.filter(held=True).count() == 1


def test_one_village_is_screened_without_touching_another(house):  # noqa: F811
    pay(1, 150_000)
    pay(2, 150_000, village=DONGWAN)
    screen()
    unpay(1)
    unpay(2)

    run = screen([LIUHE])

    assert run.kind == Run.Kind.PART and run.gone == 1
    assert Hit.objects.get(gone_at=None).village_code == DONGWAN


def test_a_rule_of_the_county_sees_all_villages_even_when_one_is_screened(house):  # noqa: F811
    pay(1, 90_000)
    pay(2, 90_000, village=DONGWAN)
    pay(3, 500_000, village=SHANQIAN)

    screen([LIUHE], rules=["ZJ92"])

    assert Hit.objects.get().subject == f"village:{SHANQIAN}"


def test_the_mirror_follows_changes_and_says_which_datasets_changed(house):  # noqa: F811
    pay(1, 150_000)
    store = Store()
    store.load()
    store.reload([LIUHE])

    same = store.reload([LIUHE])
    pay(2, 150_000)
    changed = store.reload([LIUHE])
    screen([LIUHE], store=store, reads=changed)
    store.close()

    assert same == set() and changed == {"voucher"}
    assert Hit.objects.filter(rule="ZJ91").count() == 2


def test_a_dataset_that_cannot_be_read_is_a_fault_and_its_hits_stay(house, monkeypatch):  # noqa: F811
    from huilian.engine.screening import catalogue

    pay(1, 150_000)
    screen()
    broken = catalogue.datasets()["voucher"]
    monkeypatch.setattr(type(broken), "query", lambda self, villages=None: "SELECT nothing FROM nowhere")

    run = screen()

    assert {fault["rule"] for fault in run.faults} == {"ZJ91", "ZJ92"}
    assert run.gone == 0 and Hit.objects.get().gone_at is None


def test_an_area_says_who_answers_for_a_subject(house, monkeypatch):  # noqa: F811
    pay(1, 150_000)
    monkeypatch.setitem(
        subjects._resolvers, "voucher",
        lambda ids: {i: subjects.Subject(unit=house.qingshi_agency, place=house.liuhe) for i in ids},
    )  # fmt: skip

    screen()

    assert Alert.objects.get().unit == house.qingshi_agency


def test_weak_hits_add_up_and_wrong_ones_do_not(house):  # noqa: F811
    for number in (1, 2, 3):
        pay(number, 150_000)
    pay(4, 150_000, village=DONGWAN)
    screen(rules=["ZJ91"])
    Alert.objects.filter(subject="voucher:3").update(verdict="untrue")

    villages = queries.stacked()
    with frozen(datetime.fromisoformat("2027-02-14T09:00:00+08:00")):
        later = queries.stacked()

    assert [(s.village_code, s.score, s.hits) for s in villages] == [(LIUHE, 40, 2), (DONGWAN, 20, 1)]
    assert later[0].score == 20  # 90 days on
    assert queries.stacked(by="subject")[0].about.startswith("voucher:")


def test_touching_is_a_row_of_the_same_transaction(house):  # noqa: F811
    touch([LIUHE, str(LIUHE), DONGWAN])

    assert sorted(Outbox.objects.values_list("village_code", flat=True)) == [LIUHE, DONGWAN]


def test_data_that_came_in_is_noted(house):  # noqa: F811
    feed = fed("bank", rows=120, faults=3, every_days=1, by=SYSTEM)

    assert feed.last_at == at(16) and Event.objects.filter(verb="screening.fed").count() == 1


def test_only_those_who_decide_may_screen_by_hand(house):  # noqa: F811
    with pytest.raises(NotAllowed):
        screen(by=house.wang_min)
    with pytest.raises(Invalid):
        screen(rules=["ZZ00"])

    assert Run.objects.count() == 0
    assert screen(as_of=date(2026, 6, 30), by=house.jiang_hong).as_of == date(2026, 6, 30)
