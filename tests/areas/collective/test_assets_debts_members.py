"""Debts, members and shares, distributions, and registers taken over as a whole."""

from datetime import date
from decimal import Decimal

import pytest

from huilian.areas.watch.collective.models import (
    Asset,
    Contract,
    Debt,
    Distribution,
    Due,
    Member,
    Share,
    ShareChange,
)
from huilian.areas.watch.collective.queries import households as household_queries
from huilian.areas.watch.collective.queries import things
from huilian.areas.watch.collective.services import debts, distributing, importing_things, members, vouchers
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, closed, marked, opened, posted
from .things import RENT, households, identity

pytestmark = pytest.mark.django_db
TODAY = JUNE.date()


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def verbs(row) -> list[str]:
    return [event.verb for event in history_of(row)]


def refused(kind, act, row, **values):
    before, events = type(row).objects.filter(pk=row.pk).values().get(), len(verbs(row))
    with pytest.raises(kind) as refusal:
        act(row, **values)
    assert type(row).objects.filter(pk=row.pk).values().get() == before and len(verbs(row)) == events
    return refusal.value


LOAN = {
    "direction": "borrowed",
    "counterpart": "安澜农商银行",
    "counterpart_kind": "bank",
    "principal_cents": 10_000_000,
    "rate_bp": 400,
    "began_on": date(2025, 6, 18),
    "purpose": "修路垫资",
    "decision_no": "柳决〔2025〕2号",
}


def loan(cast, books, **more):
    return debts.enter_debt(set=books, by=cast.ma_jun, **{**LOAN, **more})


def test_a_loan_is_entered_and_paid_back_in_parts_and_interest_follows(cast, books):
    debt = loan(cast, books)
    assert things.interest_cents(debt) == 400_000

    debt = debts.settle_debt(debt, amount_cents=4_000_000, on=date(2026, 1, 1), voucher_no="202601-3", by=cast.ma_jun)
    assert (debt.balance_cents, debt.settled_on) == (6_000_000, None)
    assert things.interest_cents(debt) == 215_890 + 110_466
    refused(Invalid, debts.settle_debt, debt, amount_cents=6_000_001, on=TODAY, voucher_no="1", by=cast.ma_jun)
    refused(Invalid, debts.settle_debt, debt, amount_cents=1, on=date(2025, 1, 1), voucher_no="1", by=cast.ma_jun)
    debt = debts.settle_debt(debt, amount_cents=6_000_000, on=TODAY, voucher_no="202606-9", by=cast.ma_jun)
    assert (debt.balance_cents, debt.settled_on) == (0, TODAY)
    refused(Conflict, debts.settle_debt, debt, amount_cents=1, on=TODAY, voucher_no="1", by=cast.ma_jun)
    assert verbs(debt) == ["collective.enter_debt", "collective.settle_debt", "collective.settle_debt"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"counterpart": ""}, "counterpart"),
        ({"principal_cents": 0}, "principal_cents"),
        ({"rate_bp": 2401}, "rate_bp"),
        ({"due_on": date(2025, 6, 17)}, "due_on"),
        ({"began_on": date(2026, 6, 19)}, "began_on"),
    ],
)
def test_a_debt_that_cannot_be_is_refused(cast, books, change, field):
    with pytest.raises(Invalid) as refusal:
        loan(cast, books, **change)

    assert refusal.value.field == field and not Debt.objects.exists()


def test_an_entry_is_put_right_but_not_its_principal_once_part_is_settled(cast, books):
    debt = debts.change_debt(loan(cast, books), by=cast.ma_jun, principal_cents=9_000_000, plan="三年还清")
    assert (debt.balance_cents, debt.plan) == (9_000_000, "三年还清")
    assert verbs(debt)[-1] == "collective.change_debt"

    debt = debts.settle_debt(debt, amount_cents=1, on=TODAY, voucher_no="1", by=cast.ma_jun)
    refused(Conflict, debts.change_debt, debt, by=cast.ma_jun, principal_cents=8_000_000)
    refused(NotAllowed, debts.change_debt, debt, by=cast.li_xiao, plan="x")
    with pytest.raises(NotAllowed):
        debts.enter_debt(set=books, by=cast.sun_yan, **LOAN)


def test_a_claim_is_given_up_only_by_decision_and_for_a_reason(cast, books):
    debt = loan(cast, books, direction="lent", counterpart="王五", counterpart_kind="person")

    refused(Invalid, debts.write_off, debt, on=TODAY, decision_no="", reason="人已失踪", by=cast.ma_jun)
    refused(Invalid, debts.write_off, debt, on=TODAY, decision_no="柳决9", reason="", by=cast.ma_jun)
    gone = debts.write_off(debt, on=TODAY, decision_no="柳决9", reason="人已失踪", by=cast.ma_jun)

    assert (gone.balance_cents, gone.settled_on) == (0, TODAY) and verbs(debt)[-1] == "collective.write_off_debt"


def test_members_join_and_leave_by_decision_and_their_number_is_never_kept(cast, books):
    households(cast, books, "1", "2")
    member = Member.objects.get(household="H1")

    assert member.identity_tail == identity(1)[-4:] and identity(1) not in str(
        Member.objects.filter(pk=member.pk).values()
    )
    books.refresh_from_db()
    assert books.members == 2
    left = members.leave(member, on=TODAY, decision_no="柳决7", by=cast.ma_jun)
    books.refresh_from_db()
    assert left.left_on == TODAY and books.members == 1
    assert verbs(member) == ["collective.join", "collective.leave"]
    refused(Conflict, members.leave, left, on=TODAY, decision_no="柳决7", by=cast.ma_jun)


def test_a_member_is_refused_with_a_wrong_number_twice_or_without_decision(cast, books):
    households(cast, books, "1")
    good = {
        "set": books,
        "household": "H9",
        "name": "赵六",
        "joined_on": TODAY,
        "decision_no": "柳决1",
        "by": cast.ma_jun,
    }
    wrong = identity(5)[:-1] + ("0" if identity(5)[-1] != "0" else "1")

    for change, kind in (
        ({"identity_number": wrong}, Invalid),
        ({"identity_number": identity(1)}, Conflict),
        ({"decision_no": ""}, Invalid),
        ({"household": "H1", "is_head": True}, Conflict),
        ({"by": cast.li_xiao}, NotAllowed),
    ):
        with pytest.raises(kind):
            members.join(**{**good, **change})
    assert Member.objects.count() == 1


def test_shares_change_hands_with_a_decision_each(cast, books):
    first, second = households(cast, books, "4", "1.5")
    act = {"on": TODAY, "decision_no": "柳决11", "published_on": TODAY, "by": cast.ma_jun}

    first = members.change_share(first, shares=Decimal(5), **act)
    first, second = members.transfer_shares(first, to=second, shares=Decimal(2), **act)
    first = members.inherit_share(first, heir="户主1之女", **act)
    second = members.give_up_share(second, **act)

    assert (first.shares, first.holder, second.shares) == (Decimal(3), "户主1之女", 0)
    assert list(ShareChange.objects.filter(share=first).values_list("kind", flat=True)) == [
        "set_up",
        "changed",
        "transferred",
        "inherited",
    ]
    assert all(change.decision_no for change in ShareChange.objects.all())
    assert verbs(first)[-1] == "collective.share_inherited"
    refused(Invalid, members.change_share, first, shares=Decimal(0), **act)
    refused(Invalid, members.change_share, first, **{**act, "shares": Decimal(1), "decision_no": ""})
    refused(Invalid, members.change_share, first, **{**act, "shares": Decimal(1), "on": date(2020, 1, 1)})
    refused(Invalid, members.transfer_shares, first, to=second, **{**act, "shares": Decimal(99)})
    refused(NotAllowed, members.give_up_share, first, **{**act, "by": cast.li_xiao})
    with pytest.raises(Conflict):
        members.set_up_share(set=books, household="H1", holder="x", shares=Decimal(1), decision_no="1", by=cast.ma_jun)


def year_of_income(cast):
    """Books of 2025 with a net result of 10,000 yuan, the year closed."""
    books = opened(cast, starts_on=date(2025, 1, 1))
    posted(cast, books, date(2025, 3, 1), "收租金", ("102", 1_000_000), ("501-02", -1_000_000), payee="柳河食品厂")
    return closed(cast, books, *range(202501, 202513))


def test_a_years_income_reaches_the_households(cast):
    books = year_of_income(cast)
    households(cast, books, "1", "2", "0.5")

    plan = distributing.plan_distribution(books, 2025, members_cents=700_001, by=cast.ma_jun)
    assert (plan.available_cents, plan.reserve_cents) == (1_000_000, 300_000)
    assert sum(plan.rows.values_list("amount_cents", flat=True)) == 700_001
    refused(Invalid, distributing.decide_distribution, plan, decision_no="柳决5", on=TODAY, by=cast.ma_jun)
    plan = distributing.show_plan(plan, on=date(2026, 6, 9), by=cast.ma_jun)
    refused(Invalid, distributing.decide_distribution, plan, decision_no="柳决5", on=TODAY, by=cast.ma_jun)
    plan = distributing.show_plan(plan, on=date(2026, 6, 8), by=cast.ma_jun)
    refused(Conflict, distributing.book_distribution, plan, by=cast.ma_jun)
    plan = distributing.decide_distribution(plan, decision_no="柳决5", on=TODAY, by=cast.ma_jun)
    with pytest.raises(Conflict):
        distributing.plan_distribution(books, 2025, by=cast.ma_jun)

    voucher = distributing.book_distribution(plan, by=cast.ma_jun)
    sides = {}
    for line in voucher.lines.select_related("account"):
        sides.setdefault(line.account.code, []).append((line.debit_cents, line.credit_cents))
    assert sides["311-02"] == [(0, 300_000)] and sides["322-02"] == [(1_000_001, 0)]
    assert sides["322-01"] == [(1_000_001, 0), (0, 1_000_001)] and len(sides["113"]) == 3
    vouchers.post(marked(cast, voucher), by=cast.ma_jun)

    payout = distributing.draft_payout(plan, by=cast.ma_jun)
    refused(Invalid, distributing.note_paid, plan_of(plan), voucher=payout, by=cast.ma_jun)
    paid = vouchers.post(marked(cast, payout), by=cast.ma_jun)[0]
    assert distributing.note_paid(plan, paid, by=cast.ma_jun) == 3
    assert Distribution.objects.get().state == "paid"
    assert verbs(plan)[-1] == "collective.distribution_paid"
    assert set(verbs(plan)) == {
        f"collective.{verb}"
        for verb in (
            "plan_distribution",
            "show_plan",
            "decide_distribution",
            "book_distribution",
            "draft_payout",
            "distribution_paid",
        )
    }


def plan_of(plan):
    return Distribution.objects.get(pk=plan.pk)


def test_no_plan_before_the_year_is_closed_and_only_by_who_keeps_it(cast, books):
    with pytest.raises(Invalid):
        distributing.plan_distribution(books, 2026, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        distributing.plan_distribution(books, 2026, by=cast.li_xiao)
    assert not Distribution.objects.exists()


def test_a_household_finds_its_shares_and_payments_by_four_digits_and_nobody_else_does(cast):
    books = year_of_income(cast)
    households(cast, books, "1", "3")
    distributing.plan_distribution(books, 2025, by=cast.ma_jun)

    seen = household_queries.household_view(books, "H2", identity(2)[-4:], name="户主2")

    assert seen.shares == [("基本份额", Decimal(3))] and seen.members == ["户主2"]
    assert seen.payments == []  # a draft is nobody's business yet
    assert household_queries.household_view(books, "H2", identity(1)[-4:], name="户主1") is None
    assert household_queries.household_view(books, "H2", "", name="户主2") is None


def test_registers_are_taken_over_as_a_whole_or_not_at_all(cast, books):
    mine = {"set": books, "class_key": "building", "original_cents": 100, "acquired_on": date(2020, 1, 1)}
    made = importing_things.import_assets([{**mine, "name": f"房{n}"} for n in range(3)], by=cast.ma_jun)
    assert len({a.number for a in made}) == 3 and Asset.objects.filter(events__kind="registered").count() == 3
    with pytest.raises(Invalid) as refusal:
        importing_things.import_assets([{**mine, "name": "好"}, {**mine, "name": ""}], by=cast.ma_jun)
    assert refusal.value.row == 2 and Asset.objects.count() == 3
    with pytest.raises(NotAllowed):
        importing_things.import_assets([{**mine, "name": "好"}], by=cast.sun_yan)
    assert "collective.import_assets" in verbs(f"collective.accountset:{books.pk}")


def test_contracts_come_with_what_was_paid(cast, books):
    row = {**RENT, "set": books, "status": "active", "number": "旧1"}
    paid = [(1, 600_000, date(2026, 1, 3), "柳河食品厂", None), (2, 100, date(2026, 6, 1), "乙", None)]

    importing_things.import_contracts(
        [{**row, "paid": paid}, {**row, "number": "旧2", "renews": "旧1", "party_identity": identity(3)}],
        by=cast.ma_jun,
    )

    first, second = Contract.objects.order_by("number")
    assert second.renews == first and second.party_key
    assert list(Due.objects.filter(contract=first).order_by("position").values_list("paid_cents", flat=True))[:3] == [
        600_000,
        100,
        0,
    ]
    for bad in (
        {"number": "旧1"},
        {"number": "旧3", "paid": [(1, 600_001, TODAY, "甲", None)]},
        {"ends_on": date(2020, 1, 1)},
    ):
        with pytest.raises((Invalid, Conflict)):
            importing_things.import_contracts([{**row, "number": "新", **bad}], by=cast.ma_jun)
    assert Contract.objects.count() == 2


def test_debts_and_rolls_are_taken_over(cast, books):
    made = importing_things.import_debts([{**LOAN, "set": books, "balance_cents": 1}], by=cast.ma_jun)
    assert made[0].balance_cents == 1
    with pytest.raises(Invalid):
        importing_things.import_debts([{**LOAN, "set": books, "balance_cents": 10_000_001}], by=cast.ma_jun)

    row = {"set": books, "joined_on": date(2020, 1, 1), "decision_no": "柳决1"}
    people, held = importing_things.import_members(
        [
            {**row, "household": "1", "name": "甲", "identity_number": identity(1), "is_head": True, "shares": "2"},
            {**row, "household": "1", "name": "乙", "identity_number": identity(2)},
        ],
        by=cast.ma_jun,
    )
    assert (len(people), len(held)) == (2, 1) and Share.objects.get().shares == 2
    books.refresh_from_db()
    assert books.members == 2
    with pytest.raises(Invalid) as refusal:
        importing_things.import_members(
            [{**row, "household": "2", "name": "丙", "identity_number": "110101197001010011"}], by=cast.ma_jun
        )
    assert refusal.value.row == 1 and Member.objects.count() == 2
    with pytest.raises(Conflict):
        importing_things.import_members(
            [{**row, "household": "2", "name": n, "identity_number": identity(8)} for n in "丙丁"], by=cast.ma_jun
        )
