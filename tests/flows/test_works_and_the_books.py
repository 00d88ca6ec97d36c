"""A work's money goes through the collective's own way of paying, and an accepted work becomes an asset card."""

import pytest
import yaml

from huilian.areas.watch.collective.models import Asset, Payment
from huilian.areas.watch.collective.services import payments, vouchers
from huilian.areas.watch.works import services
from huilian.areas.watch.works.queries.reach import money_of
from huilian.engine.links.queries import links_of
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import frozen, today
from huilian.project.discover import SOURCE
from tests.areas.collective.books import opened
from tests.areas.works.conftest import MORNING, on, set_up, settled, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(cast):
    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    with frozen(MORNING):
        opened(cast)
        yield set_up(cast)


def test_a_payment_for_a_work_is_a_request_to_pay_and_its_end_comes_back(site):
    cast, work = site.cast, signed(site)
    with on(4):
        pay = services.ask_pay(work, "advance", amount_cents=50_000_00, by=site.accountant)
        payment = Payment.objects.get(case__number=pay.request_no)
        assert (payment.amount_cents, payment.account.code, payment.contract_no) == (50_000_00, "153", work.contract_no)
        assert "paid_by" in [one.kind for one in links_of(work.case)]
        payment = payments.agree(payment, by=cast.liu_changgui)
        payment = payments.stamp(payment, by=cast.feng_lan)
        payment = payments.approve(payment, by=cast.luo_cheng)
        payment = payments.book(payment, day=today(), by=cast.ma_jun)
        vouchers.post(vouchers.review(payment.voucher, by=cast.tang_yun), by=cast.ma_jun)

    pay.refresh_from_db()
    assert (pay.state, pay.paid_on, pay.voucher_no) == ("paid", pay.asked_on, str(Payment.objects.get().voucher))


def test_a_refused_request_frees_the_amount(site):
    work = signed(site)
    with on(4):
        pay = services.ask_pay(work, "advance", amount_cents=50_000_00, by=site.accountant)
        payments.refuse(Payment.objects.get(), note="发票不合规", by=site.cast.liu_changgui)
        pay.refresh_from_db()
        assert pay.state == "dropped" and money_of(work).asked_cents == 0


def test_an_accepted_work_becomes_an_asset_card_and_the_settlement_sets_it_right(site):
    work = settled(site)

    card = Asset.objects.get(number=work.asset_no)
    assert (card.name, card.class_key, card.original_cents) == (work.title, "infrastructure", 186_000_00)
    assert "became" in [one.kind for one in links_of(work.case)]
