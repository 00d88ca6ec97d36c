"""Where a village decides here, payments, contracts, disposals and seals take only numbers that are good for them."""

from datetime import timedelta

import pytest
import yaml

from huilian.areas.power.decisions import services as decisions
from huilian.areas.power.decisions.models import Keeping
from huilian.areas.power.seals.models import Request
from huilian.areas.watch.collective.models import Asset, Contract, Debt, Payment
from huilian.areas.watch.collective.services import assets, contracts, debts
from huilian.engine.procedures import grounds
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Invalid
from huilian.foundation.now import now, today
from huilian.project.discover import SOURCE
from tests.areas.collective.books import opened
from tests.areas.collective.test_money_payments import asked
from tests.areas.collective.things import granary, lease
from tests.areas.decisions.conftest import cast, room, stage, told  # noqa: F401

pytestmark = pytest.mark.django_db
UNKNOWN = "柳村决〔2026〕1号"


@pytest.fixture
def village(room):  # noqa: F811
    """柳河村 decides here since today; the books are open."""
    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    room.books = opened(room.cast)
    decisions.keep_here(None, {"place": room.place, "since": today()}, by=room.county)
    return room


def number_of(village, matter, cents):
    return village.to(village.propose(matter, title="议题", amount_cents=cents), "posted").number


def test_the_register_of_decisions_answers_for_every_number(village):
    number = number_of(village, "works", 5_000_000)

    assert grounds.find("decision", number).number == number and grounds.find("decision", UNKNOWN) is None


def test_a_large_payment_needs_a_number_made_here_that_is_large_enough(village):
    number = number_of(village, "works", 5_000_000)
    for bad, cents in ((UNKNOWN, 4_000_000), (number, 5_600_000)):
        with pytest.raises(Invalid) as refused:
            asked(village.cast, village.books, cents=cents, decision_no=bad)
        assert refused.value.field == "decision_no"
    assert not Payment.objects.exists()

    assert asked(village.cast, village.books, cents=5_500_000, decision_no=number).decision_no == number


def test_a_contract_comes_into_force_on_a_decision_about_contracts_of_this_village(village):
    draft = lease(village.cast, village.books, asset=granary(village.cast, village.books), running=False)
    for bad in (draft.decision_no, number_of(village, "sharing", 1)):
        Contract.objects.filter(pk=draft.pk).update(decision_no=bad)
        with pytest.raises(Invalid):
            contracts.activate(draft, by=village.cast.ma_jun)
    assert Contract.objects.get().status == "draft"
    village.go_to(now() + timedelta(days=1))

    contracts.note_papers(draft, decision_no=number_of(village, "letting", 1), by=village.cast.ma_jun)
    assert contracts.activate(draft, by=village.cast.ma_jun).status == "active"
    with pytest.raises(Invalid):
        contracts.note_papers(draft, decision_no=UNKNOWN, by=village.cast.ma_jun)


def test_nothing_is_sold_on_a_number_nobody_made(village):
    asset = granary(village.cast, village.books)
    with pytest.raises(Invalid):
        assets.dispose(asset, sold=True, on=today(), decision_no=UNKNOWN, price_cents=1, by=village.cast.ma_jun)

    assert Asset.objects.get().disposed_on is None


def test_a_loan_rests_on_a_decision_to_borrow_that_is_large_enough(village):
    loan = {"direction": "borrowed", "counterpart": "安澜农商银行", "counterpart_kind": "bank", "rate_bp": 435,
            "began_on": today(), "purpose": "修路"}  # fmt: skip
    number = number_of(village, "borrowing", 5_000_000)
    for bad, cents in ((UNKNOWN, 1_000_000), (number, 6_000_000), (number_of(village, "works", 9_000_000), 1_000_000)):
        with pytest.raises(Invalid) as refused:
            debts.enter_debt(set=village.books, principal_cents=cents, decision_no=bad, by=village.cast.ma_jun, **loan)
        assert refused.value.field == "decision_no"
    assert not Debt.objects.exists()

    debt = debts.enter_debt(
        set=village.books, principal_cents=5_000_000, decision_no=number, by=village.cast.ma_jun, **loan
    )
    with pytest.raises(Invalid):
        debts.change_debt(debt, decision_no=UNKNOWN, by=village.cast.ma_jun)
    with pytest.raises(Invalid):
        debts.write_off(debt, on=today(), decision_no=number, reason="免除", by=village.cast.ma_jun)
    assert Debt.objects.get().balance_cents == 5_000_000


def test_a_contract_is_sealed_only_on_a_decision_good_for_sealing(village):
    from huilian.areas.power.seals import services as seals
    from huilian.areas.power.seals.seeding import seed
    from tests.areas.seals.conftest import officer, paper, values

    seed()
    publish(yaml.safe_load((SOURCE / "areas/power/seals/procedures/seal.yaml").read_text()), by=SYSTEM)
    card = {"unit": village.cast.liuhe_committee, "name": "柳河村村民委员会", "kind": "unit",
            "keeper": village.cast.person("zhu_min"), "started_on": today()}  # fmt: skip
    seal = seals.save_seal(None, card, by=officer(village.cast))

    def ask(number):
        given = values("contract", decision_no=number, contract_no="HT-1")
        return seals.ask(seal, given, paper("合同"), by=village.cast.bai_lu)

    with pytest.raises(Invalid) as refused:
        ask(UNKNOWN)
    assert refused.value.field == "decision_no" and not Request.objects.exists()

    assert ask(number_of(village, "letting", 1))[0].pk


def test_where_a_village_does_not_decide_here_yet_old_numbers_go_on(village):
    Keeping.objects.all().delete()

    assert asked(village.cast, village.books, cents=4_000_000, decision_no=UNKNOWN).decision_no == UNKNOWN
