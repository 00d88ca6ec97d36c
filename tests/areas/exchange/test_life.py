"""One lot from the application to the archive, and the ways it may end before."""

from datetime import date, timedelta

import pytest

from huilian.areas.watch.exchange import services
from huilian.areas.watch.exchange.models import Deal, Deposit, Lot, Notice
from huilian.engine.documents.models import Document
from huilian.engine.procedures import grounds
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment

from .conftest import MONDAY, bidder, values


def verbs(lot) -> set[str]:
    return set(Event.objects.filter(subject_id=lot.number).values_list("verb", flat=True))


def test_a_pond_goes_from_application_to_archive(desk):
    lot, deal, joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    assert (deal.registration, deal.price_cents, deal.state) == (joined[1], 1_700_000, "confirmed")
    loser = Deposit.objects.get(registration=joined[2])
    assert loser.due_back_on == date(2026, 6, 18)  # five working days after the result of 06-11

    with desk.at(when):
        deal = services.sign(
            lot, contract_no="HT-2026-1", signed_on=when.date(), starts_on=date(2026, 7, 1), by=desk.clerk
        )
        assert deal.ends_on == date(2029, 6, 30)
        services.turn_deposit(deal, by=desk.cashier)
        with pytest.raises(Conflict, match="15,000"):
            services.settle(deal, by=desk.cashier)
        services.pay_in(deal, amount_cents=1_500_000, bank_ref="P1", on=when.date(), by=desk.cashier)
        services.settle(deal, by=desk.cashier)
        deal = services.certify(deal.lot, by=desk.clerk)
        with pytest.raises(Conflict, match="保证金"):
            services.archive(deal.lot, by=desk.clerk)
        services.refund(loser, refund_ref="R1", by=desk.cashier)
        services.pay_owner(deal, amount_cents=1_000_000, bank_ref="O1", on=when.date(), by=desk.cashier)
        with pytest.raises(Conflict, match="7,000"):
            services.archive(deal.lot, by=desk.clerk)
        services.pay_owner(deal, amount_cents=700_000, bank_ref="O2", on=when.date(), by=desk.cashier)
        lot = services.archive(deal.lot, by=desk.clerk)

    assert (lot.case.step, lot.case.state) == ("archived", "closed")
    assert deal.certificate_no.startswith("JZ2026")
    assert Document.objects.get(kind="lot_certificate").number == deal.certificate_no
    assert {"lot.submit", "lot.opine", "lot.accept", "lot.publish", "lot.award", "lot.settle"} <= verbs(lot)
    assert {"lot.confirm", "lot.sign", "lot.certify", "lot.archive", "exchange.deposit"} <= verbs(lot)


def test_the_notice_stays_at_least_as_long_as_the_table_says(desk):
    lot = desk.ready()
    with pytest.raises(Invalid, match="2026-06-10") as refused:
        services.publish(lot, until=date(2026, 6, 9), by=desk.clerk)
    assert refused.value.field == "until" and not Notice.objects.exists()

    notice = services.publish(lot, by=desk.clerk)

    assert notice.least_until == date(2026, 6, 10)  # seven working days from 06-01
    assert moment(notice.lot.registers_until).isoformat() == "2026-06-10T17:00:00+08:00"
    assert notice.facts["start_cents"] == 1_500_000


def test_a_large_lot_is_published_longer(desk):
    lot = desk.published(start_cents=60_000_000, valuation_cents=60_000_000)

    assert moment(lot.registers_until).date() == date(2026, 6, 30)  # twenty working days; 06-19 is a holiday


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"decision_no": " "}, "decision_no"),
        ({"term_months": 241}, "term_months"),
        ({"mode_key": "mortgage"}, "mode"),
        ({"right_key": "land_ownership"}, "right"),
        ({"deposit_cents": 1_600_000}, "deposit_cents"),
        ({"start_cents": 0}, "start_cents"),
        ({"ownership_proof": ""}, "ownership_proof"),
    ],
)
def test_an_application_that_cannot_be_is_refused_at_its_field(desk, more, field):
    given = values(right=more.pop("right_key", "pond"), mode=more.pop("mode_key", "lease"), **more)

    with pytest.raises(Invalid) as refused:
        services.apply(desk.cast.liuhe_cooperative, given, by=desk.village)

    assert refused.value.field == field and not Lot.objects.exists()


def test_a_decision_for_something_else_is_no_ground(desk, monkeypatch):
    def check(number, asked):
        assert (asked.place, asked.purpose, asked.about) == (desk.cast.liuhe, "listing", "柳河村东塘养殖水面出租")
        raise Invalid("决议说的是另一件事。", field="decision_no")

    with monkeypatch.context() as patch, pytest.raises(Invalid, match="另一件事"):
        patch.setattr(grounds, "_providers", {"decision": (check, lambda number: None)})
        desk.applied()

    assert not Lot.objects.exists()


def test_only_the_post_of_the_step_may_act_and_nothing_changes_otherwise(desk):
    lot = desk.applied()
    for verb, given, by in (
        (services.opine, {"opinion": "同意"}, desk.clerk),
        (services.accept, {}, desk.clerk),
        (services.withdraw, {"note": "不卖了"}, desk.town),
    ):
        with pytest.raises((NotAllowed, Conflict)):
            verb(lot, by=by, **given)
    with pytest.raises(NotAllowed):
        services.apply(desk.cast.dongwan_cooperative, values(), by=desk.village)

    lot.case.refresh_from_db()
    assert lot.case.step == "town" and verbs(lot) == {"procedures.open", "lot.submit"}


def test_an_application_is_sent_back_corrected_and_refused(desk):
    lot = services.send_back(desk.applied(), note="缺权属证明原件", by=desk.town)
    assert lot.case.step == "applied" and lot.case.unit == desk.cast.liuhe_cooperative
    lot = services.apply_again(lot, {"ownership_proof": "不动产权第0012号（原件）"}, by=desk.village)
    lot = services.opine(lot, opinion="同意", by=desk.town)
    lot = services.refuse(lot, note="权属有争议", by=desk.clerk)

    assert (lot.case.state, lot.ownership_proof) == ("refused", "不动产权第0012号（原件）")


def test_what_nobody_wants_is_extended_lowered_on_a_new_decision_and_ends_without_a_taker(desk):
    lot = desk.published()
    with pytest.raises(Conflict, match="报名"):
        services.extend(lot, by=desk.clerk)
    with desk.at(lot.opens_at):
        with pytest.raises(Conflict):
            services.close_registration(lot, by=desk.clerk)
        lot = services.extend(lot, by=desk.clerk).lot
        assert lot.extensions == 1 and moment(lot.registers_until).date() >= date(2026, 6, 18)
    with desk.at(lot.opens_at):
        with pytest.raises(Invalid) as same:
            services.lower(lot, start_cents=1_200_000, decision_no=lot.decision_no, note="无人报名", by=desk.clerk)
        assert same.value.field == "decision_no"
        with pytest.raises(Invalid):
            services.lower(lot, start_cents=1_600_000, decision_no="JY20260618-0001", note="无人", by=desk.clerk)
        notice = services.lower(
            lot, start_cents=1_200_000, decision_no="JY20260618-0001", note="无人报名", by=desk.clerk
        )
        lot = notice.lot
        assert notice.facts["start_cents"] == 1_200_000
    with desk.at(lot.opens_at):
        lot = services.fail(lot, note="三次公告均无人报名", by=desk.clerk)
        assert (lot.case.step, lot.outcome) == ("unsold", "unsold")
        with pytest.raises(Invalid):
            services.list_again(lot, {"start_cents": 1_000_000}, by=desk.village)
        again = services.list_again(lot, {"start_cents": 1_000_000, "decision_no": "JY20260708-0001"}, by=desk.village)
        assert again.again == lot and again.case.step == "town"
        with pytest.raises(Conflict):
            services.list_again(lot, {}, by=desk.village)


def test_one_bidder_agrees_at_the_starting_price(desk):
    lot, deal, _joined = desk.result({1: 1_500_000})

    assert (deal.bidders, deal.price_cents, lot.case.step) == (1, 1_500_000, "result")


def test_a_price_below_the_start_or_given_twice_is_refused(desk):
    lot = desk.published()
    one = desk.join(lot, 1)
    desk.join(lot, 2)
    with desk.at(lot.opens_at - timedelta(hours=1)), pytest.raises(Conflict):
        services.put_price(one, price_cents=1_600_000, by=desk.clerk)
    with desk.at(lot.opens_at):
        desk.closed(lot)
        with pytest.raises(Invalid):
            services.put_price(one, price_cents=1_499_999, by=desk.clerk)
        services.put_price(one, price_cents=1_600_000, by=desk.clerk)
        with pytest.raises(Conflict):
            services.put_price(one, price_cents=1_700_000, by=desk.clerk)
        with pytest.raises(Conflict, match="报价"):
            services.award(lot, by=desk.clerk)


def test_between_equal_prices_a_member_comes_before_a_tenant_before_the_earlier_one(desk):
    lot = desk.published(sitting_tenant="周云乙")
    early, tenant, member = (desk.join(lot, n, priority) for n, priority in ((2, 0), (1, 1), (3, 2)))
    with desk.at(lot.opens_at):
        desk.closed(lot)
        for one in (early, tenant, member):
            services.put_price(one, price_cents=1_600_000, by=desk.clerk)
        deal = services.award(lot, by=desk.clerk)

    assert deal.registration == member and "优先" in deal.why


def test_negotiation_goes_round_by_round_and_each_betters_the_last(desk):
    lot = desk.published(method=Lot.Method.NEGOTIATION)
    one, two = desk.join(lot, 1), desk.join(lot, 2)
    with desk.at(lot.opens_at):
        desk.closed(lot)
        services.put_price(one, price_cents=1_500_000, by=desk.clerk)
        services.put_price(two, price_cents=1_550_000, by=desk.clerk)
        with pytest.raises(Invalid):
            services.put_price(one, price_cents=1_400_000, round=2, by=desk.clerk)
        services.put_price(one, price_cents=1_620_000, round=2, by=desk.clerk)
        deal = services.award(lot, by=desk.clerk)

    assert (deal.registration, deal.price_cents) == (one, 1_620_000)


def test_a_winner_who_backs_out_loses_the_deposit_and_the_lot_may_be_listed_again(desk):
    lot, _deal, joined, when = desk.confirmed({1: 1_700_000, 2: 1_650_000})
    with desk.at(when):
        with pytest.raises(NotAllowed):
            services.break_off(lot, note="不签合同", by=desk.clerk)
        lot = services.break_off(lot, note="催告后仍不签合同", by=desk.head)

    assert (lot.outcome, lot.case.outcome or lot.case.step) == ("broken", "broken")
    states = dict(Deposit.objects.values_list("registration", "state"))
    assert states == {joined[1].pk: "forfeited", joined[2].pk: "confirmed"}
    assert Deal.objects.get().state == "broken"
    with desk.at(when):
        assert services.list_again(lot, {}, by=desk.village).again == lot


def test_suspension_stops_registration_and_gives_the_time_back(desk):
    lot = desk.published()
    until = lot.registers_until
    with desk.at(MONDAY + timedelta(days=1)):
        lot = services.suspend(lot, note="权属出现争议", by=desk.head)
        with pytest.raises(Conflict, match="暂停"):
            services.register(lot, bidder(1))
        assert lot.case.is_paused
    with desk.at(MONDAY + timedelta(days=3)):
        lot = services.resume(lot, by=desk.head)
        assert lot.registers_until == until + timedelta(days=2) and not lot.case.is_paused
        lot = services.terminate(lot, note="村里撤回决议", by=desk.head)

    assert lot.outcome == "terminated"
    assert list(lot.notices.values_list("kind", flat=True)) == ["termination", "resumption", "suspension", "listing"]


def test_a_correction_gives_people_time_to_read_it(desk):
    lot = desk.published()
    with desk.at(lot.registers_until - timedelta(hours=3)):
        notice = services.correct(lot, {"use": "养殖、垂钓"}, note="用途补充", by=desk.clerk)

    assert moment(notice.until).date() == date(2026, 6, 15) and notice.lot.use == "养殖、垂钓"
