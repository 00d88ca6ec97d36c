"""A request to pay from the village to the posted voucher, and everything that stops it."""

from datetime import date

import pytest

from huilian.areas.watch.collective.models import ApprovalTier, Invoice, Payment, Voucher
from huilian.areas.watch.collective.queries.payments import notices, to_book
from huilian.areas.watch.collective.services import budget, payments, vouchers
from huilian.areas.watch.collective.services.following import follow_posted
from huilian.engine.procedures.models import Case
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen
from tests.stage import once

from .books import JUNE, lines, paying, posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


_told, stage, cast = once(paying, at=JUNE)


def asked(cast, books, cents=80_000, by=None, **more):
    values = {
        "purpose": "六月保洁费",
        "amount_cents": cents,
        "account": "514-01",
        "payee": "安澜保洁部",
        "payee_kind": "firm",
        "method": "bank",
        "handler": "李晓",
        **more,
    }
    return payments.request(books, values, by=by or cast.li_xiao)


def step(payment):
    return Case.objects.get(pk=payment.case_id).step


def told(verb):
    return Event.objects.filter(verb=f"payment.{verb}").count()


def agreed(cast, payment):
    payment = payments.agree(payment, by=cast.liu_changgui)
    payment = payments.stamp(payment, by=cast.feng_lan)
    if payment.case.step == "township":
        payment = payments.approve(payment, by=cast.luo_cheng)
    return payment


def test_a_small_request_ends_as_a_posted_voucher_with_all_marks(cast, books):
    payment = agreed(cast, asked(cast, books, invoice_no="2606001"))
    assert step(payment) == "booking" and list(to_book(cast.ma_jun)) == [payment]

    payment = payments.book(payment, day=date(2026, 6, 18), attachments=2, by=cast.ma_jun)
    voucher = payment.voucher
    assert (voucher.state, voucher.approved_by, voucher.stamped_by) == (
        "submitted",
        cast.person("liu_changgui"),
        cast.person("feng_lan"),
    )
    assert Invoice.objects.get(voucher=voucher).number == "2606001"
    vouchers.review(voucher, by=cast.tang_yun)
    vouchers.post(voucher, by=cast.ma_jun)

    case = Case.objects.get(pk=payment.case_id)
    assert (case.step, case.state) == ("closed", "closed")
    assert [told(v) for v in ("submit", "agree", "stamp", "book", "post")] == [1, 1, 1, 1, 1]
    follow_posted([voucher], by=cast.ma_jun)  # told again, it does nothing: the request is closed
    assert told("post") == 1


def test_a_larger_amount_goes_up_to_the_township_whose_approval_stands_on_the_voucher(cast, books):
    payment = payments.stamp(payments.agree(asked(cast, books, 500_000), by=cast.liu_changgui), by=cast.feng_lan)
    assert (payment.case.step, payment.case.class_key, told("stamp_up")) == ("township", "middle", 1)

    payment = payments.approve(payment, by=cast.luo_cheng)
    payment = payments.book(payment, day=date(2026, 6, 18), by=cast.ma_jun)

    assert payment.voucher.approved_by == cast.person("luo_cheng") and told("approve") == 1


def test_spending_above_the_limit_needs_the_number_of_a_decision(cast, books):
    with pytest.raises(Invalid) as refused:
        asked(cast, books, 1_500_000)

    assert refused.value.field == "decision_no" and "15,000.00" in str(refused.value)
    assert not Payment.objects.exists() and not Case.objects.exists() and not told("submit")

    assert asked(cast, books, 1_500_000, decision_no="柳决〔2026〕3号").case.class_key == "large"


def test_a_days_new_tiers_do_not_move_a_running_request(cast, books):
    payment = payments.agree(asked(cast, books, 150_000), by=cast.liu_changgui)
    ApprovalTier.objects.create(
        key="small", name="小额", up_to_cents=100_000, needs_township=False, valid_from=date(2026, 6, 19)
    )

    assert payments.stamp(payment, by=cast.feng_lan).case.step == "booking"


def test_only_the_villages_own_people_act_and_each_once(cast, books):
    with pytest.raises(NotAllowed):
        asked(cast, books, by=cast.sun_yan)
    payment = asked(cast, books)
    for user in (cast.li_xiao, cast.feng_lan, cast.luo_cheng, cast.ma_jun):
        with pytest.raises(NotAllowed):
            payments.agree(payment, by=user)
    payment.refresh_from_db()
    assert payment.head_at is None and step(payment) == "village" and not told("agree")


def test_whoever_gets_the_money_steps_back(cast, books):
    payment = asked(cast, books, payee="刘长贵", payee_kind="person")

    with pytest.raises(NotAllowed):
        payments.agree(payment, by=cast.liu_changgui)
    assert step(payment) == "village"


def test_a_request_is_sent_back_corrected_and_asked_for_anew(cast, books):
    payment = payments.agree(asked(cast, books), by=cast.liu_changgui)
    with pytest.raises(Invalid):
        payments.send_back(payment, note=" ", by=cast.feng_lan)

    payment = payments.send_back(payment, note="票据不全", by=cast.feng_lan)
    assert step(payment) == "requested" and payment.head_at is None and told("return") == 1
    payment = payments.resubmit(payment, {"amount_cents": 500_000}, by=cast.li_xiao)

    assert (step(payment), payment.case.class_key, payment.amount_cents) == ("village", "middle", 500_000)
    assert told("resubmit") == 1


def test_a_request_that_was_sent_back_can_be_given_up(cast, books):
    payment = payments.send_back(asked(cast, books), note="不需要了", by=cast.liu_changgui)
    with pytest.raises(NotAllowed):
        payments.withdraw(payment, note="不办了", by=cast.ma_jun)

    payments.withdraw(payment, note="不办了", by=cast.li_xiao)

    assert Case.objects.get().state == "withdrawn" and told("withdraw") == 1


def test_a_request_is_refused_with_its_ground(cast, books):
    payment = asked(cast, books)
    with pytest.raises(NotAllowed):
        payments.refuse(payment, note="招待费不得列支", by=cast.sun_yan)

    payments.refuse(payment, note="招待费不得列支", by=cast.liu_changgui)

    assert Case.objects.get().state == "refused" and told("refuse") == 1
    with pytest.raises(Conflict):
        payments.agree(payment, by=cast.liu_changgui)


def test_a_voucher_thrown_away_lets_the_request_be_entered_again(cast, books):
    payment = payments.book(agreed(cast, asked(cast, books)), day=date(2026, 6, 18), by=cast.ma_jun)

    vouchers.discard(payment.voucher, by=cast.ma_jun)

    payment.refresh_from_db()
    assert payment.voucher is None and step(payment) == "booking" and told("unbook") == 1
    payments.book(payment, day=date(2026, 6, 18), by=cast.ma_jun)
    assert Voucher.objects.filter(source="payment").count() == 1


def test_nothing_is_entered_before_everybody_agreed(cast, books):
    with pytest.raises(Conflict):
        payments.book(asked(cast, books), day=date(2026, 6, 18), by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        payments.book(agreed(cast, asked(cast, books)), day=date(2026, 6, 18), by=cast.li_xiao)

    assert not Voucher.objects.filter(source="payment").exists() and not told("book")


# What blocks a payment


def test_a_paper_is_paid_once(cast, books):
    asked(cast, books, invoice_no="2606001")
    with pytest.raises(Invalid) as refused:
        asked(cast, books, invoice_no="2606001")
    assert refused.value.field == "invoice_no" and Case.objects.get().number in str(refused.value)


def test_a_paper_behind_a_posted_voucher_blocks_unless_that_was_reversed(cast, books):
    paper = [{"kind": "invoice", "number": "77", "seller": "安澜保洁部", "amount_cents": 100}]
    values = {"date": date(2026, 6, 1), "summary": "保洁"}
    vouchers.draft(books, values, lines(("514-01", 100), ("102", -100)), paper, by=cast.ma_jun)

    with pytest.raises(Invalid) as refused:
        asked(cast, books, invoice_no="77")
    assert books.name in str(refused.value)

    Voucher.objects.update(is_reversed=True)
    asked(cast, books, invoice_no="77")


def test_cash_above_the_limit_and_cash_that_is_not_there_are_refused(cast, books):
    with pytest.raises(Invalid) as refused:
        asked(cast, books, 100_001, method="cash")
    assert refused.value.field == "method" and "1,000.00" in str(refused.value)
    with pytest.raises(Invalid) as refused:
        asked(cast, books, 60_000, method="cash")  # 500 yuan are held
    assert "500.00" in str(refused.value)
    assert not Payment.objects.exists()

    asked(cast, books, 50_000, method="cash")


def test_the_approver_is_told_of_payments_that_were_split(cast, books):
    posted(
        cast, books, date(2026, 6, 2), "保洁费", ("514-01", 150_000), ("102", -150_000), payee="安澜保洁部",
        payee_kind="firm",
    )  # fmt: skip
    payment = asked(cast, books, 90_000)

    (notice,) = notices(payment)
    assert notice.key == "splitting" and "2,400.00" in str(notice.words)
    assert notices(asked(cast, books, 90_000, payee="别家")) == []


def test_the_approver_is_told_when_the_budget_is_exceeded_or_silent(cast, books):
    budget.save_budget(
        books, 2026, [("514", 70_000, "")], decision_no="柳决1号", decided_on=date(2026, 1, 10), by=cast.ma_jun
    )

    assert [n.key for n in notices(asked(cast, books, 80_000))] == ["budget"]
    assert [n.key for n in notices(asked(cast, books, 80_000, account="513-02", payee="文具店"))] == ["unplanned"]


def test_nobody_in_the_post_is_said_and_nothing_lies_where_nobody_sees_it(cast, books):
    from huilian.engine.directory.models import Appointment

    Appointment.objects.filter(person=cast.person("liu_changgui")).update(ends_on=date(2026, 1, 1))

    with pytest.raises(Invalid) as refused:
        asked(cast, books)
    assert "柳河村" in str(refused.value) and not Case.objects.exists()
