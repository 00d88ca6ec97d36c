"""A voucher's life, and what is refused on the way with nothing changed."""

from datetime import date, timedelta

import pytest

from huilian.areas.watch.collective.models import Balance, Line, Voucher
from huilian.areas.watch.collective.queries.balances import balances, trial_balance
from huilian.areas.watch.collective.services import sets, vouchers
from huilian.engine.directory import services as directory
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from huilian.foundation.now import frozen

from .books import JUNE, closed, entered, lines, marked, opened, posted

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


def rent(cast, books, day=DAY, cents=120_000):
    return entered(cast, books, day, "收柳河食品厂租金", ("102", cents), ("501-02", -cents), payee="柳河食品厂")


def spending(cast, books, cents=80_000, day=DAY, **values):
    values = {"payee": "安澜保洁部", "payee_kind": "firm", **values}
    return entered(cast, books, day, "六月保洁费", ("514-01", cents), ("102", -cents), **values)


def test_the_county_begins_with_the_42_accounts_and_a_second_seeding_changes_nothing(db):
    from huilian.areas.watch.collective.models import Account
    from huilian.areas.watch.collective.seeding import seed

    first, again = seed(), seed()

    assert Account.objects.filter(set=None, parent=None).count() == 42
    assert first["templates"] >= 20 and not any(again.values())


def test_a_countys_own_row_outlives_the_seeding(db):
    from huilian.areas.watch.collective.models import Limit
    from huilian.areas.watch.collective.seeding import seed

    seed()
    Limit.objects.filter(key="cash").update(value=5, origin="county")

    seed()

    assert Limit.objects.get(key="cash").value == 5


def test_opening_balances_stand_before_the_first_month_and_are_not_its_turnover(cast, books):
    january = balances(books, 202601)

    assert january["102"].opening == 9_000_000 and january["102"].debit == 0
    assert january["113"].opening == 20_000
    assert Voucher.objects.get(kind="opening").number == 0
    assert trial_balance(books, 202601, 202606).balances


def test_opening_balances_that_differ_open_nothing(cast):
    with pytest.raises(Invalid, match=r"100\.00"):
        opened(cast, opening=[("102", 10_000), ("301", -20_000)])

    from huilian.areas.watch.collective.models import AccountSet

    assert not AccountSet.objects.exists()


def test_books_are_opened_once_by_the_county_and_it_is_written_down(cast, books):
    with pytest.raises(Conflict):
        sets.open_books(cast.liuhe_cooperative, starts_on=date(2026, 1, 1), by=SYSTEM)
    with pytest.raises(NotAllowed):
        sets.open_books(cast.dongwan_cooperative, starts_on=date(2026, 1, 1), by=cast.ma_jun)
    own = sets.open_books(cast.dongwan_cooperative, starts_on=date(2026, 1, 1), by=cast.jiang_hong)

    assert told("open_books") == 2
    sets.add_opening(own, [("102", 700), ("301", -700)], by=SYSTEM)
    with pytest.raises(Conflict):
        sets.add_opening(own, [("102", 700), ("301", -700)], by=SYSTEM)
    assert told("add_opening") == 1


def test_a_voucher_goes_from_the_bookkeeper_over_three_others_into_the_books(cast, books):
    voucher = vouchers.submit(spending(cast, books), by=cast.ma_jun)
    vouchers.review(voucher, by=cast.tang_yun)
    vouchers.approve(voucher, by=cast.liu_changgui)
    vouchers.stamp(voucher, by=cast.feng_lan)

    [voucher] = vouchers.post(voucher, by=cast.ma_jun)

    assert (voucher.state, voucher.number, voucher.kind, voucher.method) == ("posted", 1, "payment", "bank")
    assert len(voucher.digest) == 64
    assert balances(books, 202606)["102"].closing == 9_000_000 - 80_000
    for verb in ("draft", "submit", "reviewed", "approved", "stamped", "post"):
        assert told(verb) == 1, verb


def test_numbers_have_no_gap_and_begin_again_each_month(cast, books):
    waiting = [marked(cast, rent(cast, books, date(2026, m, d))) for m, d in ((5, 9), (6, 2), (6, 1), (5, 3))]

    vouchers.post(waiting, by=cast.ma_jun)

    order = [(v.month, v.number, v.date.day) for v in Voucher.objects.exclude(number=0).order_by("month", "number")]
    assert order == [(202605, 1, 3), (202605, 2, 9), (202606, 1, 1), (202606, 2, 2)]


def test_an_unbalanced_voucher_is_refused_saying_by_how_much(cast, books):
    voucher = entered(cast, books, DAY, "收租金", ("102", 120_000), ("501-02", -119_000))

    with pytest.raises(Invalid, match=r"10\.00"):
        vouchers.submit(voucher, by=cast.ma_jun)

    voucher.refresh_from_db()
    assert voucher.state == "draft" and told("submit") == 0


def test_a_voucher_made_wrong_behind_the_forms_back_is_not_posted(cast, books):
    good, bad = marked(cast, rent(cast, books)), marked(cast, rent(cast, books))
    Line.objects.filter(voucher=bad, credit_cents__gt=0).update(credit_cents=1)

    with pytest.raises(Invalid, match="收柳河食品厂租金"):
        vouchers.post([good, bad], by=cast.ma_jun)

    assert Voucher.objects.filter(state="posted").exclude(number=0).count() == 0
    assert told("post") == 0 and not Balance.objects.filter(month=202606).exists()


def test_a_sealed_month_takes_nothing(cast, books):
    waiting = marked(cast, rent(cast, books, date(2026, 1, 9)))
    vouchers.post(waiting, by=cast.ma_jun)
    closed(cast, books, 202601)

    with pytest.raises(Invalid, match="2026-01"):
        rent(cast, books, date(2026, 1, 30))
    assert not Voucher.objects.filter(state="draft").exists()


def test_a_voucher_that_waited_while_its_month_was_sealed_is_not_posted(cast, books):
    waiting = marked(cast, rent(cast, books, date(2026, 1, 9)))
    type(books).objects.update(closed_month=202601)

    with pytest.raises(Invalid, match="2026-01"):
        vouchers.post(waiting, by=cast.ma_jun)
    assert told("post") == 0


def test_of_two_people_posting_the_same_voucher_one_is_told_so(cast, books):
    voucher = marked(cast, rent(cast, books))
    vouchers.post(voucher, by=cast.ma_jun)

    with pytest.raises(Conflict, match="1"):
        vouchers.post(voucher, by=cast.ma_jun)
    assert balances(books, 202606)["102"].closing == 9_120_000 and told("post") == 1


def test_the_same_person_does_not_act_twice_on_one_voucher(cast, books):
    post = cast.posts["ma_jun"]
    post.roles = ["agency_bookkeeper", "agency_reviewer"]
    post.save()
    voucher = vouchers.submit(rent(cast, books), by=cast.ma_jun)

    with pytest.raises(NotAllowed):
        vouchers.review(voucher, by=type(cast.ma_jun).objects.get(pk=cast.ma_jun.pk))
    voucher.refresh_from_db()
    assert voucher.reviewed_at is None and told("reviewed") == 0


def test_who_gets_the_money_or_is_kin_of_who_gets_it_steps_back(cast, books):
    own = vouchers.submit(spending(cast, books, payee="刘长贵", payee_kind="person"), by=cast.ma_jun)
    directory.declare_kin(
        cast.person("feng_lan"), relation="弟", name="冯强", identity_number="110101198001010010", by=cast.feng_lan
    )
    from huilian.engine.directory.identity import digest

    kin = spending(cast, books, payee="冯强", payee_kind="person", payee_key=digest("110101198001010010"))
    kin = vouchers.submit(kin, by=cast.ma_jun)

    with pytest.raises(NotAllowed):
        vouchers.approve(own, by=cast.liu_changgui)
    with pytest.raises(NotAllowed):
        vouchers.stamp(kin, by=cast.feng_lan)
    assert told("approved") == told("stamped") == 0


def test_who_may_not_is_refused(cast, books):
    voucher = vouchers.submit(spending(cast, books), by=cast.ma_jun)

    for act, person in (
        (vouchers.review, cast.ma_jun),
        (vouchers.approve, cast.feng_lan),
        (vouchers.stamp, cast.liu_changgui),
        (vouchers.post, cast.tang_yun),
        (vouchers.discard, cast.liu_changgui),
        (vouchers.send_back, cast.feng_lan),
    ):
        with pytest.raises(NotAllowed):
            act(voucher, by=person)
    with pytest.raises(NotAllowed):
        spending(cast, books, by=cast.li_xiao)


def test_a_larger_amount_is_approved_by_the_township_and_the_largest_needs_a_decision(cast, books):
    large = vouchers.submit(spending(cast, books, cents=1_200_000), by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        vouchers.approve(large, by=cast.liu_changgui)
    vouchers.approve(large, by=cast.luo_cheng)
    vouchers.review(large, by=cast.tang_yun)
    vouchers.stamp(large, by=cast.feng_lan)

    with pytest.raises(Invalid):
        vouchers.post(large, by=cast.ma_jun)

    decided = marked(cast, spending(cast, books, cents=1_200_000, decision_no="柳河决〔2026〕3号"))
    assert vouchers.post(decided, by=cast.ma_jun)[0].number == 1


def test_a_payment_without_its_marks_is_not_posted(cast, books):
    voucher = vouchers.submit(spending(cast, books), by=cast.ma_jun)
    vouchers.review(voucher, by=cast.tang_yun)

    with pytest.raises(Invalid):
        vouchers.post(voucher, by=cast.ma_jun)


def test_a_draft_is_changed_taken_back_and_thrown_away_and_the_trail_remembers(cast, books):
    voucher = rent(cast, books)
    seen = voucher.revision
    vouchers.change(voucher, {"summary": "收食品厂租金"}, lines(("102", 90_000), ("501-02", -90_000)), by=cast.ma_jun)
    with pytest.raises(Conflict):
        vouchers.change(voucher, {"summary": "别人改"}, by=cast.ma_jun, expected=seen)
    voucher = vouchers.submit(voucher, by=cast.ma_jun)
    with pytest.raises(Conflict):
        vouchers.change(voucher, {"summary": "晚了"}, by=cast.ma_jun)
    vouchers.review(voucher, by=cast.tang_yun)
    voucher = vouchers.send_back(voucher, by=cast.ma_jun)
    assert (voucher.state, voucher.reviewed_at, voucher.total_cents) == ("draft", None, 90_000)

    vouchers.discard(voucher, by=cast.ma_jun)

    assert not Voucher.objects.filter(pk=voucher.pk).exists()
    assert [told(v) for v in ("change", "send_back", "discard")] == [1, 1, 1]
    with pytest.raises(Conflict):
        vouchers.submit(voucher, by=cast.ma_jun)


def test_another_sends_a_voucher_back_only_with_a_reason(cast, books):
    voucher = vouchers.submit(rent(cast, books), by=cast.ma_jun)

    with pytest.raises(Invalid):
        vouchers.send_back(voucher, by=cast.tang_yun)
    assert vouchers.send_back(voucher, reason="附件不全", by=cast.tang_yun).state == "draft"


def test_a_posted_voucher_is_only_reversed_in_red_dated_today_and_once(cast, books):
    voucher = posted(cast, books, date(2026, 5, 6), "收租金", ("102", 50_000), ("501-02", -50_000))
    for act in (vouchers.discard, vouchers.submit, vouchers.send_back):
        with pytest.raises(Refused):
            act(voucher, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        vouchers.reverse(voucher, reason="金额写错", by=cast.ma_jun)
    with pytest.raises(Invalid):
        vouchers.reverse(voucher, reason=" ", by=cast.tang_yun)

    red = vouchers.reverse(voucher, reason="金额写错", by=cast.tang_yun)

    assert (red.date, red.total_cents, red.number) == (JUNE.date(), -50_000, 1)
    assert [(x.debit_cents, x.credit_cents) for x in red.lines.all()] == [(-50_000, 0), (0, -50_000)]
    assert balances(books, 202606)["102"].closing == 9_000_000
    assert balances(books, 202605)["102"].closing == 9_050_000
    assert told("reverse") == 1
    for again in (voucher, red):
        with pytest.raises(Refused):
            vouchers.reverse(again, reason="金额写错", by=cast.tang_yun)


def test_a_draft_or_an_opening_is_not_reversed(cast, books):
    for voucher in (rent(cast, books), Voucher.objects.get(kind="opening")):
        with pytest.raises(Invalid):
            vouchers.reverse(voucher, reason="金额写错", by=cast.tang_yun)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("102", 100), ("999", -100)], "999"),
        ([("102", 100), ("501", -100)], "501"),
        ([("102", 100), ("501-02", -100), ("501-03", 0)], "501-03"),
    ],
)
def test_lines_that_cannot_be_entered_are_named(cast, books, rows, said):
    with pytest.raises(Invalid, match=said):
        entered(cast, books, DAY, "收租金", *rows)
    assert not Voucher.objects.exclude(number=0).exists()


def test_an_account_kept_by_party_asks_whom(cast, books):
    voucher = entered(cast, books, DAY, "应收租金", ("112", 100), ("501-02", -100))

    with pytest.raises(Invalid, match="112"):
        vouchers.submit(voucher, by=cast.ma_jun)


def test_the_kind_cannot_contradict_the_lines(cast, books):
    voucher = entered(cast, books, DAY, "收租金", ("102", 100), ("501-02", -100), kind="transfer")

    with pytest.raises(Invalid):
        vouchers.submit(voucher, by=cast.ma_jun)


@pytest.mark.parametrize("day", [date(2025, 12, 31), JUNE.date() + timedelta(days=1)])
def test_a_day_on_which_the_books_do_not_run_is_refused(cast, books, day):
    with pytest.raises(Invalid):
        rent(cast, books, day)


def test_cash_and_bank_are_told_apart_by_the_lines(cast, books):
    cash = entered(cast, books, DAY, "购文具", ("513-02", 3_000), ("101", -3_000), payee="文具店")
    drawn = entered(cast, books, DAY, "提现", ("101", 3_000), ("102", -3_000))

    assert (cash.kind, cash.method) == ("payment", "cash")
    assert (drawn.kind, drawn.method) == ("payment", "bank")


def test_posting_into_an_earlier_open_month_moves_what_the_later_ones_begin_with(cast, books):
    posted(cast, books, date(2026, 6, 1), "收租金", ("102", 500), ("501-02", -500))

    posted(cast, books, date(2026, 4, 1), "收租金", ("102", 70), ("501-02", -70))

    assert balances(books, 202606)["102"].opening == 9_000_070
    assert balances(books, 202605)["102"].closing == 9_000_070
    assert balances(books, 202606)["102"].closing == 9_000_570


def test_a_set_gets_accounts_of_its_own(cast, books):
    account = sets.add_account(books, "102", "农商行专户", by=cast.ma_jun)
    other = sets.add_account(books, "102", "信用社", by=cast.ma_jun)
    posted(cast, books, DAY, "收租金", (account.code, 500), ("501-02", -500))

    assert (account.code, account.number, other.code) == ("102-50", 10250, "102-51")
    rows = {r.account.code: r.closing for r in trial_balance(books, 202606, 202606).rows}
    assert rows["102"] == 9_000_500 and rows["102-50"] == 500
    with pytest.raises(Conflict):
        sets.add_account(books, "102", "信用社", by=cast.ma_jun)
    with pytest.raises(Invalid):
        sets.add_account(books, "102-50", "下级", by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        sets.add_account(books, "102", "另一户", by=cast.li_xiao)
    assert told("add_account") == 2
