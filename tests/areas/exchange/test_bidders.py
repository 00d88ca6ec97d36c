"""Who takes part, whose money counts, two at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Deposit, Lot, Registration, Score, Seat
from huilian.areas.watch.exchange.queries.reach import visible_registrations
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment

from .conftest import bidder, identity


@pytest.fixture
def lot(desk):
    return desk.published()


def test_a_bidder_registers_once_and_in_time_by_the_servers_clock(desk, lot):
    registration, code = services.register(lot, bidder(1), device="a-phone")
    assert registration.number.startswith("BM2026") and len(code) == 8 and code not in registration.code_digest
    assert registration.identity_masked.startswith("110***") and registration.device
    with pytest.raises(Conflict):
        services.register(lot, bidder(1, name="周云乙 "))
    with desk.at(lot.registers_until), pytest.raises(Conflict):
        services.register(lot, bidder(2))
    with desk.at(lot.registers_until - timedelta(milliseconds=1)):
        services.register(lot, bidder(2))

    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"identity": identity(3)[:-1] + "0" if identity(3)[-1] != "0" else identity(3)[:-1] + "1"}, "identity"),
        ({"phone": "12"}, "phone"),
        ({"name": " "}, "name"),
        ({"account_no": "6222-abc"}, "account_no"),
        ({"claims": 1}, "claims"),
    ],
)
def test_what_is_wrong_in_a_registration_is_said_at_its_field(desk, lot, more, field):
    with pytest.raises(Invalid) as refused:
        services.register(lot, bidder(3, **more))

    assert refused.value.field == field and not Registration.objects.exists()


def test_money_from_anothers_account_is_kept_as_not_accepted_with_the_day_it_goes_back(desk, lot):
    registration, _code = services.register(lot, bidder(1))
    for n, (more, words) in enumerate(
        [
            ({"payer_account": "999999999999"}, "账户"),
            ({"payer": "吴大海"}, "本人"),
            ({"amount_cents": 199_999}, "金额"),
        ]
    ):
        made = desk.deposit(registration, bank_ref=f"X{n}", **more)
        assert made.state == "rejected" and words in made.reason and made.due_back_on == date(2026, 6, 8)
    with desk.at(lot.registers_until + timedelta(minutes=1)):
        assert "截止后" in desk.deposit(registration, bank_ref="X9").reason
    with pytest.raises(Conflict):
        services.confirm_deposit(made, by=desk.cashier)
    assert services.refund(made, refund_ref="T1", by=desk.cashier).state == "refunded"

    assert not Deposit.objects.filter(state="confirmed").exists()


def test_one_bank_line_counts_once_and_one_deposit_for_a_lot(desk, lot):
    one, _code = services.register(lot, bidder(1))
    two, _code = services.register(lot, bidder(2))
    desk.deposit(one, bank_ref="A1")
    with pytest.raises(Conflict) as twice:
        desk.deposit(two, bank_ref="A1")
    assert twice.value.field == "bank_ref"

    assert "重复" in desk.deposit(one, bank_ref="A2").reason


def test_only_the_cashier_touches_money_and_only_when_it_is_due(desk, lot):
    registration, _code = services.register(lot, bidder(1))
    with pytest.raises(NotAllowed):
        paid = {"amount_cents": 200_000, "payer": "x", "payer_account": "1", "bank_ref": "1"}
        services.note_deposit(registration, **paid, arrived_at=moment(lot.registers_from), by=desk.clerk)
    made = desk.deposit(registration)
    with pytest.raises(Conflict):
        services.refund(made, refund_ref="T1", by=desk.cashier)
    services.give_up(registration)
    made.refresh_from_db()
    assert made.due_back_on == date(2026, 6, 8)

    assert services.refund(made, refund_ref="T1", by=desk.cashier).ended_on == date(2026, 6, 1)


def test_whoever_is_not_examined_or_has_not_paid_stays_out(desk, lot):
    desk.join(lot, 1)
    unpaid, _code = services.register(lot, bidder(2))
    with desk.at(lot.opens_at):
        with pytest.raises(Conflict, match="审查"):
            desk.closed(lot)
        with pytest.raises(Invalid) as why:
            services.examine(unpaid, qualified=False, by=desk.clerk)
        assert why.value.field == "note"
        services.examine(unpaid, qualified=True, by=desk.clerk)
        desk.closed(lot)

    unpaid.refresh_from_db()
    assert (unpaid.state, unpaid.note) == ("refused", "未按时缴纳保证金")


def test_the_owner_does_not_see_who_registered(desk, lot):
    services.register(lot, bidder(1))

    assert visible_registrations(desk.clerk).count() == 1
    assert not visible_registrations(desk.village).exists() and not visible_registrations(desk.town).exists()


def test_shares_of_the_collective_go_to_members_only(desk):
    lot = desk.published(right="shares", mode="transfer", term_months=None, per_year=False)
    registration, _code = services.register(lot, bidder(1, claims=2))
    with pytest.raises(Invalid) as refused:
        services.examine(registration, qualified=True, by=desk.clerk)
    assert refused.value.field == "priority"

    assert services.examine(registration, qualified=True, priority=2, by=desk.clerk).priority == 2


TENDER = {
    "board": "engineering", "right": "village_works", "mode": "works", "method": Lot.Method.TENDER, "term_months": None,
    "start_cents": 50_000_000, "deposit_cents": 1_000_000, "per_year": False, "title": "柳河村机耕路硬化工程",
    "said": {"days_to_build": "60"},
}  # fmt: skip


@pytest.fixture
def tender(desk):
    from huilian.areas.watch.exchange.services.catalogue import save_expert

    lot = desk.published(**TENDER)
    bidders = [desk.join(lot, n) for n in (1, 2, 3)]
    given = {"field": "道路工程", "employer": "县公路中心"}
    experts = [save_expert(None, {"number": f"Z{n}", "name": f"专家{n}", **given}, by=desk.head) for n in range(5)]
    seats = Seat.objects.bulk_create(Seat(lot=lot, expert=one) for one in experts)
    with desk.at(lot.opens_at):
        desk.closed(lot)
        yield lot, bidders, seats


def marks(plan, record=10, team=10):
    return {"plan": Decimal(plan), "record": Decimal(record), "team": Decimal(team)}


def test_a_tender_is_won_by_marks_and_price_the_extreme_marks_left_out(desk, tender):
    lot, (one, two, three), seats = tender
    for r, cents in ((one, 46_000_000), (two, 40_000_000), (three, 48_000_000)):
        services.put_price(r, price_cents=cents, by=desk.clerk)
    for n, seat in enumerate(seats):
        services.mark(seat, one, marks(28), by=desk.clerk)
        services.mark(seat, two, marks(30 if n == 0 else 15), by=desk.clerk)
        with pytest.raises(Conflict, match="专家"):
            services.award(lot, by=desk.clerk)
        services.mark(seat, three, marks(20), by=desk.clerk)
    with pytest.raises(Conflict):
        services.mark(seats[0], one, marks(29), by=desk.clerk)
    with pytest.raises(Invalid):
        services.mark(seats[0], one, {"plan": Decimal(1)}, by=desk.clerk)
    deal = services.award(lot, by=desk.clerk)

    assert (deal.registration, deal.bidders) == (one, 3)  # 48 + 34.78 against 35 + 40: the one 30 is left out
    assert Score.objects.count() == 45
    assert lot.notices.first().facts["gain_permille"] == 80


def test_a_price_above_the_ceiling_and_a_tender_of_two_are_refused(desk, tender):
    _lot, (one, *_others), _seats = tender
    with pytest.raises(Invalid, match="限价"):
        services.put_price(one, price_cents=50_000_001, by=desk.clerk)

    small = desk.published(**TENDER)
    for n in (1, 2):
        desk.join(small, n)
    with desk.at(small.opens_at), pytest.raises(Conflict, match="不足3家"):
        desk.closed(small)
