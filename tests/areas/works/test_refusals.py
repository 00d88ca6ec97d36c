"""What is refused, with nothing changed: the wrong post, the wrong amount, the wrong moment."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from huilian.areas.watch.works import rules, services
from huilian.areas.watch.works.models import (
    Acceptance,
    Change,
    Contractor,
    Event,
    LimitClass,
    Pay,
    Price,
    Project,
    Quote,
)
from huilian.areas.watch.works.photos import place_of
from huilian.engine.directory import services as directory
from huilian.engine.procedures import services as cases
from huilian.engine.trail.models import Event as Entry
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from .conftest import (
    FIRMS,
    LINES,
    ROAD,
    awarded,
    budgeted,
    built,
    looked_at,
    on,
    photo,
    proposed,
    quoted,
    settled,
    signed,
    sort,
    terms,
)


def test_only_the_posts_may_act_and_nothing_changes_otherwise(site):
    project = proposed(site)
    before, stranger = Entry.objects.count(), site.cast.wang_min
    quote = Quote(project=project, contractor=site.firms[0], amount_cents=1, days=1)
    for act in (
        lambda: services.propose(site.cast.liuhe_committee, sort(), ROAD, by=stranger),
        lambda: services.set_items(project, LINES, by=stranger),
        lambda: services.withdraw(project, note="x", by=stranger),
        lambda: services.save_class(None, {}, by=site.clerk),
        lambda: services.save_price(None, {}, by=site.clerk),
        lambda: services.save_contractor(None, {"kind": "firm", "name": "甲"}, by=site.clerk),
        lambda: services.stop_asking(site.firms[0], reason="x", by=site.clerk),
        lambda: services.ask_again(site.firms[0], reason="x", by=site.clerk),
        lambda: services.take_over({"unit": site.cast.liuhe_committee}, by=site.clerk),
        lambda: services.send_budget(project, by=site.township),
        lambda: services.ask_pay(project, "advance", amount_cents=1, by=site.clerk),
    ):
        with pytest.raises(NotAllowed):
            act()
    for act in (
        lambda: services.approve_budget(project, by=site.township),
        lambda: services.return_budget(project, note="x", by=site.township),
        lambda: services.quote(project, site.firms[0], amount_cents=1, days=1, on=today(), by=site.clerk),
        lambda: services.award(quote, mode="quotes", by=site.head),
        lambda: services.confirm(project, by=site.clerk),
        lambda: services.award_again(project, note="x", by=site.head),
        lambda: services.sign(project, terms(), by=site.head),
        lambda: services.note_event(project, "start", on=today(), text="x", by=site.clerk),
        lambda: services.finish(project, on=today(), text="x", by=site.clerk),
        lambda: services.ask_change(project, reason="x", quantities="", amount_cents=1, by=site.clerk),
        lambda: services.open_acceptance(project, held_on=today(), by=site.clerk),
        lambda: services.accept(project, quality="x", by=site.head),
        lambda: services.mend(project, note="x", mend_by=today() + timedelta(days=9), by=site.head),
        lambda: services.claim(project, amount_cents=1, by=site.clerk),
        lambda: services.settle(project, amount_cents=1, by=site.township),
        lambda: services.return_claim(project, note="x", by=site.township),
        lambda: services.release(project, by=site.head),
    ):
        with pytest.raises(Conflict):
            act()

    assert (Entry.objects.count(), Project.objects.get().stage) == (before, "budget")
    assert not Quote.objects.exists() and not Event.objects.exists() and not Pay.objects.exists()


@pytest.mark.parametrize(
    ("key", "more", "field"),
    [
        ("small", {"estimate_cents": 20_000_00}, "estimate_cents"),
        ("small", {"estimate_cents": 500_001_00}, "estimate_cents"),
        ("small", {"decision_no": " "}, "decision_no"),
        ("small", {"fund": ""}, "fund"),
        ("over", {"estimate_cents": 500_000_00}, "estimate_cents"),
    ],
)
def test_a_proposal_outside_its_class_or_without_decision(site, key, more, field):
    with pytest.raises(Invalid) as refused:
        proposed(site, key, **more)

    assert refused.value.field == field and not Project.objects.exists()


def test_a_budget_above_its_class_is_another_work(site):
    project = services.set_items(proposed(site), [{**LINES[0], "quantity": 2000}], by=site.clerk)

    with pytest.raises(Invalid, match="限额以上工程"):
        services.send_budget(project, by=site.clerk)


def test_a_budget_line_without_a_quantity(site):
    project = proposed(site)
    with pytest.raises(Invalid) as refused:
        services.set_items(project, [LINES[0], {**LINES[1], "quantity": 0}], by=site.clerk)

    assert refused.value.row == 2 and not project.items.exists()


def test_the_choice_follows_from_the_quotations(site):
    project = budgeted(site)
    first, second, _third = quoted(site, project)
    with pytest.raises(Invalid, match="三家询价"):
        services.award(first, mode="direct", note="快", by=site.head)
    with pytest.raises(Invalid) as refused:
        services.award(second, mode="quotes", by=site.head)
    assert refused.value.field == "note"
    with pytest.raises(Invalid) as refused:
        services.award(first, mode="exchange", by=site.head)
    assert refused.value.field == "deal_no"
    Quote.objects.filter(pk=second.pk).delete()
    with pytest.raises(Invalid) as refused:
        services.award(first, mode="quotes", by=site.head)
    assert refused.value.field == "mode"
    services.stop_asking(site.firms[0], reason="拖欠工资", by=site.officer)
    with pytest.raises(Invalid, match="拖欠工资"):
        services.award(first, mode="comparison", by=site.head)
    services.ask_again(site.firms[0], reason="已付清", by=site.officer)
    assert Project.objects.get().stage == "awarding"


def test_whoever_declared_the_firm_as_kins_steps_back(site):
    project = budgeted(site)
    quotes = quoted(site, project)
    directory.declare_kin(
        site.head.person, name="刘家公司", relation="弟", organisation=site.firms[0].organisation, by=site.head
    )

    with pytest.raises(NotAllowed):
        services.award(quotes[0], mode="quotes", by=site.head)


def test_no_contract_before_the_choice_was_published(site):
    project = awarded(site)
    with on(3), pytest.raises(Conflict):
        services.confirm(project, by=site.clerk)
    with on(4):
        project = services.confirm(project, by=site.clerk)
        for more, field in (
            ({"signed_on": today() - timedelta(days=9)}, "signed_on"),
            ({"ends_on": today() - timedelta(days=1)}, "starts_on"),
            ({"retention_permille": 50}, "retention_permille"),
        ):
            with pytest.raises(Invalid) as refused:
                services.sign(project, terms(**more), by=site.head)
            assert refused.value.field == field
        with pytest.raises(NotAllowed):
            services.sign(project, terms(overseer=site.head.person), by=site.head)

    project.refresh_from_db()
    assert project.contract_cents is None and project.stage == "contracting"


def test_a_change_over_its_limit_is_refused_until_decided_anew(site):
    project = signed(site)
    with on(10):
        first = services.ask_change(
            project, reason="淤泥换填", quantities="换填80m³", amount_cents=18_000_00, by=site.clerk
        )
        services.decide_change(first, approve=True, by=site.township)
        for number in ("", ROAD["decision_no"]):
            with pytest.raises(Invalid) as refused:
                services.ask_change(
                    project, reason="加宽", quantities="", amount_cents=-1_000_00, decision_no=number, by=site.clerk
                )
            assert refused.value.field == "decision_no"
        assert Change.objects.count() == 1

        second = services.ask_change(
            project,
            reason="加宽",
            quantities="0.5米",
            amount_cents=10_000_00,
            decision_no="JY20260620-0001",
            by=site.clerk,
        )
        with pytest.raises(Invalid):
            services.decide_change(second, approve=False, by=site.township)
        with pytest.raises(NotAllowed):
            services.decide_change(second, approve=True, by=site.head)
        assert services.decide_change(second, approve=True, by=site.township).share_permille == 149
        with pytest.raises(Conflict):
            services.decide_change(second, approve=True, by=site.township)


def test_no_payment_ahead_of_the_work(site):
    project = signed(site)
    with on(4):
        with pytest.raises(Invalid, match=r"56,400\.00"):
            services.ask_pay(project, "advance", amount_cents=56_400_01, by=site.accountant)
        for kind in ("progress", "settlement", "retention"):
            with pytest.raises(Invalid) as refused:
                services.ask_pay(project, kind, amount_cents=1_00, by=site.accountant)
            assert refused.value.field == "kind"
        services.ask_pay(project, "advance", amount_cents=56_400_00, by=site.accountant)
    with on(10):
        services.note_event(project, "start", on=today(), text="进场", by=site.clerk)
        services.note_event(project, "stage", on=today(), text="垫层", progress=40, by=site.clerk)
        with pytest.raises(Invalid) as refused:
            services.ask_pay(project, "progress", amount_cents=18_800_01, by=site.accountant)
        assert refused.value.field == "amount_cents"
        pay = services.ask_pay(project, "progress", amount_cents=18_800_00, by=site.accountant)
        with pytest.raises(Invalid):
            services.note_paid(pay, on=today() + timedelta(days=1), voucher_no="记-1", by=site.accountant)
        with pytest.raises(Invalid):
            services.drop_pay(pay, note="", by=site.accountant)
        services.drop_pay(pay, note="发票不符", by=site.accountant)
        pay = services.ask_pay(project, "progress", amount_cents=18_800_00, by=site.accountant)
        services.note_paid(pay, on=today(), voucher_no="记-12", by=site.accountant)
        with pytest.raises(Conflict):
            services.drop_pay(pay, note="晚了", by=site.accountant)
        with pytest.raises(NotAllowed):
            services.note_paid(pay, on=today(), voucher_no="记-1", by=site.clerk)

    assert set(Pay.objects.values_list("state", flat=True)) == {"asked", "dropped", "paid"}


def test_the_work_done_is_set_back_only_by_measuring_again(site):
    project = signed(site)
    with on(10):
        with pytest.raises(Conflict):
            services.note_event(project, "stage", on=today(), text="垫层", progress=40, by=site.clerk)
        services.note_event(project, "start", on=today(), text="进场", by=site.clerk)
        services.note_event(project, "stage", on=today(), text="垫层", progress=60, by=site.clerk)
        with pytest.raises(Invalid):
            services.note_event(project, "stage", on=today(), text="复核", progress=30, by=site.clerk)
        with pytest.raises(NotAllowed):
            services.note_event(project, "remeasured", on=today(), text="复核", progress=30, by=site.clerk)
        services.note_event(project, "remeasured", on=today(), text="实测不足", progress=30, by=site.committee)
        with pytest.raises(Invalid, match="3"):
            services.note_event(
                project, "stage", on=today(), text="x", files=[photo(n) for n in range(4)], by=site.clerk
            )
        with pytest.raises(Conflict, match="30"):
            services.finish(project, on=today(), text="完工", by=site.clerk)

    project.refresh_from_db()
    assert (project.progress, project.events.count()) == (30, 3)


def test_no_acceptance_before_the_end_or_with_too_few(site):
    project = signed(site)
    with on(10), pytest.raises(Conflict):
        services.open_acceptance(project, held_on=today(), by=site.clerk)
    project = built(site)
    with on(42):
        with pytest.raises(Invalid):
            services.open_acceptance(project, held_on=project.finished_on - timedelta(days=1), by=site.clerk)
        with pytest.raises(Conflict):
            services.accept(project, quality="合格", by=site.head)
        sheet = services.open_acceptance(project, held_on=today(), by=site.clerk)
        services.sign_acceptance(sheet, agrees=True, by=site.head)
        with pytest.raises(Conflict):
            services.sign_acceptance(sheet, agrees=True, by=site.head)
        with pytest.raises(Invalid, match="村务监督委员会"):
            services.accept(project, quality="合格", by=site.head)
        file, name = photo()
        with pytest.raises(Invalid):
            services.enter_signatures(sheet, role="committee", names=["冯兰"], file=file, file_name=name, by=site.clerk)
        services.sign_acceptance(sheet, agrees=False, opinion="厚度不足", by=site.committee)
        with pytest.raises(Invalid, match="冯兰"):
            services.accept(project, quality="合格", by=site.head)

    assert Acceptance.objects.get().result == "open"


def test_a_settlement_stays_within_contract_changes_and_claim(site):
    project = built(site)
    with on(42):
        looked_at(site, project)
        project = services.accept(project, quality="合格", by=site.head)
        with pytest.raises(Invalid):
            services.claim(project, amount_cents=188_000_01, by=site.clerk)
        project = services.claim(project, amount_cents=180_000_00, by=site.clerk)
        with pytest.raises(Invalid):
            services.settle(project, amount_cents=180_000_01, by=site.township)
        with pytest.raises(NotAllowed):
            services.settle(project, amount_cents=170_000_00, by=site.head)
    done = settled(site)
    with on(60), pytest.raises(Conflict):
        services.release(done, by=site.head)


def test_a_suspended_work_stands_still(site):
    project = signed(site)
    with on(10):
        cases.pause(project.case, reason="汛期停工", basis="镇防汛指挥部通知", by=site.clerk)
        with pytest.raises(Conflict):
            services.note_event(project, "start", on=today(), text="进场", by=site.clerk)
        cases.resume(project.case, by=site.clerk)
        services.note_event(project, "start", on=today(), text="进场", by=site.clerk)


def test_what_a_higher_rule_bounds_stays_bounded(site):
    kept = sort()
    for values, field in (
        ({"retention_permille": 31}, "retention_permille"),
        ({"advance_permille": 301}, "advance_permille"),
        ({"modes": "friend"}, "modes"),
        ({"up_to_cents": 1}, "up_to_cents"),
    ):
        with pytest.raises(Invalid) as refused:
            services.save_class(kept, values, by=site.officer)
        assert refused.value.field == field
        kept = sort()
    assert services.save_class(kept, {"public_days": 5}, by=site.officer).origin == "county"
    assert LimitClass.objects.count() == 5


def test_a_price_and_a_contractor_stand_once(site):
    values = {
        "trade": "道路", "name": "C25混凝土路面", "spec": "厚18cm", "measure": "m³", "price_cents": 1,
        "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    with pytest.raises(Conflict):
        services.save_price(None, values, by=site.officer)
    with pytest.raises(Conflict):
        services.save_contractor(None, {"kind": "firm", "name": "另名", "code": FIRMS[0][1]}, by=site.officer)
    with pytest.raises(Invalid):
        services.save_contractor(None, {"kind": "craftsman", "name": "何田"}, by=site.township)
    with pytest.raises(Conflict):
        services.ask_again(site.firms[0], reason="x", by=site.officer)
    assert (Price.objects.count(), Contractor.objects.count()) == (1, 3)


def test_a_work_of_the_ledger_is_taken_over_as_it_was(site):
    values = {
        "unit": site.cast.liuhe_committee, "limit_class": sort(), "title": "旧路", "scope": "修路", "site": "一组",
        "fund": "村集体资金", "budget_cents": 30_000_00, "contract_cents": 30_000_00, "mode": "direct",
        "contractor": site.firms[0], "awarded_on": date(2025, 5, 1), "started_on": date(2025, 4, 1),
        "finished_on": date(2025, 6, 1), "accepted_on": date(2025, 5, 20), "signers": 1,
    }  # fmt: skip
    old = services.take_over(values, by=site.township)
    assert (old.stage, old.case, old.acceptances.get().signatures.count()) == ("closed", None, 1)
    with pytest.raises(Invalid):
        services.take_over({**values, "accepted_on": today() + timedelta(days=1)}, by=site.township)


def test_a_photograph_tells_its_place_only_if_it_knows_it():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 30.0, 0.0), 3: "E", 4: (118.0, 15.0, 36.0)}
    found = io.BytesIO()
    Image.new("RGB", (8, 8)).save(found, "JPEG", exif=exif)

    assert place_of(found) == (34.5, 118.26)
    assert place_of(photo()[0]) is None and place_of(io.BytesIO(b"no picture")) is None


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({}, 30),
        ({"started": True, "progress": 10}, 30),
        ({"started": True, "progress": 50}, 50),
        ({"started": True, "progress": 100}, 90),
        ({"started": True, "progress": 50, "changes_cents": 20}, 60),
        ({"settled_cents": 100, "retention_permille": 30}, 97),
        ({"settled_cents": 100, "retention_permille": 30, "released": True}, 100),
    ],
)
def test_what_may_have_been_paid(given, most):
    assert rules.Money(contract_cents=100, **given).most_cents == most


def test_more_and_less_work_do_not_cancel_out():
    assert rules.change_share(1000, [60], -50) == 110
    assert rules.share(1001, 10_000) == 101


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        (rules.Facts(), 100),
        (rules.Facts(days_late=7), 97),
        (rules.Facts(days_late=400, changes_permille=400, settled_permille=1300, rounds=4, defects=9, cards=9), 0),
        (rules.Facts(changes_permille=81, settled_permille=1011), 92),
    ],
)
def test_the_score(facts, points):
    assert rules.score(facts).points == points


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 7, 15), 12, date(2027, 7, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day, months, then):
    assert rules.months_after(day, months) == then
