"""Contracts from draft to end, and what is due under them."""

from datetime import date
from io import BytesIO

import pytest

from huilian.areas.watch.collective.models import Asset, Contract, Due, Receipt
from huilian.areas.watch.collective.queries import things
from huilian.areas.watch.collective.services import contracts, dues, proposing, vouchers
from huilian.engine.trail.queries import history_of
from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, marked, posted
from .things import granary, lease

pytestmark = pytest.mark.django_db
TODAY = JUNE.date()


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def verbs(row) -> list[str]:
    return [event.verb for event in history_of(row)]


def state(contract):
    return (
        Contract.objects.filter(pk=contract.pk).values().get(),
        list(Due.objects.filter(contract=contract).order_by("position").values()),
        list(Receipt.objects.filter(due__contract=contract).values()),
        len(verbs(contract)),
    )


def refused(kind, act, contract, *args, **values):
    before = state(contract)
    with pytest.raises(kind) as refusal:
        act(contract, *args, **values)
    assert state(contract) == before
    return refusal.value


def rent(cast, books, cents, day=date(2026, 3, 1), payer="柳河食品厂"):
    return posted(cast, books, day, "收租金", ("102", cents), ("501-02", -cents), payee=payer)


def test_a_draft_becomes_a_contract_with_what_is_due(cast, books):
    asset = granary(cast, books)
    draft = lease(cast, books, asset=asset, running=False)
    assert draft.status == "draft" and draft.total_cents == 3_600_000 and draft.dues.count() == 6
    asset.refresh_from_db()
    assert asset.status == "in_use"

    contract = contracts.activate(draft, by=cast.ma_jun)

    asset.refresh_from_db()
    assert contract.status == "active" and (asset.status, asset.holder) == ("let", "柳河食品厂")
    assert verbs(contract) == ["collective.draft_contract", "collective.activate_contract"]
    refused(Conflict, contracts.activate, contract, by=cast.ma_jun)
    refused(Conflict, contracts.change_draft, contract, by=cast.ma_jun, title="别的")


def test_a_contract_that_ends_before_it_starts_is_refused_and_the_days_are_named(cast, books):
    with pytest.raises(Invalid) as refusal:
        lease(cast, books, ends_on=date(2025, 12, 31))

    assert refusal.value.field == "ends_on" and "2025-12-31" in str(refusal.value)
    assert not Contract.objects.exists()


def test_a_rent_with_a_currency_sign_is_understood_and_nonsense_is_refused(cast, books):
    from huilian.areas.watch.collective.registers.columns import typed_amount

    read = typed_amount("yearly_cents").parse

    assert [read(t) for t in ("¥12,000.50", "￥12000.5", "12000.50元", "")] == [1_200_050] * 3 + [0]
    for text in ("$12000", "一万二", "12000.505"):
        with pytest.raises(money.Invalid):
            read(text)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"party": " "}, "party"),
        ({"signed_on": None}, "signed_on"),
        ({"signed_on": date(2026, 7, 1)}, "signed_on"),
        ({"yearly_cents": 0}, "yearly_cents"),
        ({"pay_day": "02-30"}, "pay_day"),
        ({"party_identity": "110101197001010011"}, "party_identity"),
    ],
)
def test_a_contract_with_a_hole_is_refused(cast, books, change, field):
    with pytest.raises(Invalid) as refusal:
        lease(cast, books, **change)

    assert refusal.value.field == field and not Contract.objects.exists()


def test_only_who_keeps_the_village_enters_contracts(cast, books):
    from .things import RENT

    for user in (cast.li_xiao, cast.liu_changgui, cast.sun_yan):
        with pytest.raises(NotAllowed):
            contracts.draft_contract(set=books, by=user, **RENT)


def test_a_number_is_taken_once(cast, books):
    lease(cast, books, number="柳合2026-1")

    with pytest.raises(Conflict):
        lease(cast, books, number="柳合2026-1")


def test_a_draft_may_be_changed_and_its_schedule_follows(cast, books):
    draft = lease(cast, books, running=False)

    changed = contracts.change_draft(draft, by=cast.ma_jun, yearly_cents=2_400_000, party="新食品厂")

    assert (changed.total_cents, changed.party_norm) == (7_200_000, "新食品厂")
    assert sum(changed.dues.values_list("amount_cents", flat=True)) == 7_200_000
    assert verbs(draft)[-1] == "collective.change_contract"


def test_letting_the_same_thing_twice_is_warned_of_and_not_refused(cast, books):
    asset = granary(cast, books)
    first = lease(cast, books, asset=asset)
    second = lease(cast, books, asset=asset, party="乙", starts_on=date(2027, 1, 1), ends_on=date(2029, 12, 31))

    assert all("double" in things.gaps_of(c) for c in things.contracts_of(cast.ma_jun))
    contracts.terminate(first, on=TODAY, reason="双方协商", by=cast.ma_jun)
    second.refresh_from_db()
    assert "double" not in things.gaps_of(second)


def test_a_large_contract_without_a_deal_is_noticed_and_enterable(cast, books):
    small = lease(cast, books, yearly_cents=1_600_000)
    large = lease(cast, books, yearly_cents=1_700_000)

    assert "no_deal" not in things.gaps_of(small) and "no_deal" in things.gaps_of(large)
    large = contracts.note_papers(
        large, deal_no="JY20260101-3", published_on=date(2026, 1, 5), filed_on=date(2026, 1, 6), by=cast.ma_jun
    )
    assert things.gaps_of(large) == ["no_scan"] and verbs(large)[-1] == "collective.contract_papers"
    refused(Invalid, contracts.note_papers, large, published_on=date(2027, 1, 1), by=cast.ma_jun)


def test_a_scan_is_kept_with_the_contract(cast, books):
    contract = lease(cast, books)
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

    kept = contracts.keep_scan(contract, BytesIO(pdf), "合同.pdf", by=cast.ma_jun)

    contract.refresh_from_db()
    assert contract.has_scan and kept.subject_id == contract.number
    assert "collective.contract_scan" in verbs(contract)
    with pytest.raises(Invalid):
        contracts.keep_scan(contract, BytesIO(b"MZ\x00\x00not a scan"), "合同.pdf", by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        contracts.keep_scan(contract, BytesIO(pdf), "合同.pdf", by=cast.li_xiao)


def test_an_agreement_changes_what_comes_after_it_and_nothing_before(cast, books):
    contract = lease(cast, books)

    changed = contracts.amend(
        contract,
        agreement_no="补1",
        on=date(2027, 1, 1),
        yearly_cents=2_400_000,
        ends_on=date(2029, 12, 31),
        by=cast.ma_jun,
    )

    lines = list(changed.dues.order_by("position"))
    assert [x.amount_cents for x in lines] == [600_000] * 2 + [1_200_000] * 6
    assert changed.total_cents == 8_400_000 and [x.position for x in lines] == list(range(1, 9))
    event = history_of(contract).filter(verb="collective.amend_contract").get()
    assert event.data["agreement"] == "补1" and len(event.data["changes"]) == 2


def test_an_extension_goes_on_rising_from_where_the_amount_was_agreed(cast, books):
    contract = lease(cast, books, cycle="year", rise_permille=100, ends_on=date(2027, 12, 31))

    longer = contracts.amend(
        contract, agreement_no="补1", on=date(2027, 6, 1), ends_on=date(2028, 12, 31), by=cast.ma_jun
    )

    assert [x.amount_cents for x in longer.dues.order_by("position")] == [1_200_000, 1_320_000, 1_452_000]


def test_an_agreement_that_cannot_be_is_refused(cast, books):
    contract = lease(cast, books)
    dues.settle(contract, rent(cast, books, 600_000), by=cast.ma_jun)

    refused(Invalid, contracts.amend, contract, agreement_no="", on=date(2027, 1, 1), yearly_cents=1, by=cast.ma_jun)
    refused(Invalid, contracts.amend, contract, agreement_no="补1", on=date(2027, 1, 1), by=cast.ma_jun)
    refused(Invalid, contracts.amend, contract, agreement_no="补1", on=date(2025, 1, 1), yearly_cents=1, by=cast.ma_jun)
    refused(
        Conflict, contracts.amend, contract, agreement_no="补1", on=date(2026, 1, 1), yearly_cents=1, by=cast.ma_jun
    )


def test_a_contract_that_ends_early_owes_nothing_after(cast, books):
    asset = granary(cast, books)
    contract = lease(cast, books, asset=asset)

    refused(Invalid, contracts.terminate, contract, on=TODAY, reason=" ", by=cast.ma_jun)
    refused(Invalid, contracts.terminate, contract, on=date(2027, 1, 1), reason="搬走", by=cast.ma_jun)
    ended = contracts.terminate(contract, on=TODAY, reason="搬走", by=cast.ma_jun)

    assert (ended.status, ended.ended_on, ended.dues.count()) == ("terminated", TODAY, 1)
    assert Asset.objects.get(pk=asset.pk).status == "idle"
    assert verbs(contract)[-1] == "collective.terminate_contract"


def test_a_contract_is_closed_after_its_time_and_not_before(cast, books):
    over = lease(cast, books, starts_on=date(2025, 1, 1), ends_on=date(2026, 5, 31), signed_on=date(2024, 12, 1))

    ended = contracts.end(over, on=date(2026, 6, 10), by=cast.ma_jun)

    assert (ended.status, ended.ended_on) == ("ended", date(2026, 6, 10))
    assert verbs(over)[-1] == "collective.end_contract"
    refused(Invalid, contracts.end, lease(cast, books), by=cast.ma_jun)


def test_a_contract_is_renewed_once(cast, books):
    old = lease(cast, books)

    new = contracts.renew(old, by=cast.ma_jun, yearly_cents=1_500_000)

    assert (new.renews, new.status, new.starts_on, new.mode) == (old, "draft", date(2029, 1, 1), "renewal")
    assert new.party == old.party and verbs(old)[-1] == "collective.renew_contract"
    refused(Conflict, contracts.renew, old, by=cast.ma_jun)
    refused(Conflict, contracts.renew, new, by=cast.ma_jun)


def test_rent_is_laid_on_the_oldest_amount_first(cast, books):
    contract = lease(cast, books)

    dues.settle(contract, rent(cast, books, 700_000), by=cast.ma_jun)

    first, second = contract.dues.order_by("position")[:2]
    assert (first.paid_cents, second.paid_cents, first.paid_on) == (600_000, 100_000, date(2026, 3, 1))
    assert verbs(contract)[-1] == "collective.settle_due"
    standing = things.standings([contract])[contract.pk]
    assert (standing.due_cents, standing.paid_cents, standing.late_cents) == (600_000, 700_000, 0)


def test_who_paid_is_kept_when_it_is_not_the_tenant(cast, books):
    contract = lease(cast, books)

    receipt = dues.settle(contract, rent(cast, books, 600_000, payer="村会计甲"), by=cast.ma_jun)[0]

    assert (receipt.payer, contract.dues.first().payer) == ("村会计甲", "村会计甲")
    assert history_of(contract).last().data["other_payer"] is True


def test_money_settles_no_more_than_there_is_and_no_more_than_is_due(cast, books):
    contract, voucher = lease(cast, books), rent(cast, books, 500_000)

    refused(Invalid, dues.settle, contract, voucher, amounts={1: 500_001}, by=cast.ma_jun)
    refused(Invalid, dues.settle, contract, voucher, amounts={9: 1}, by=cast.ma_jun)
    refused(Invalid, dues.settle, contract, voucher, amounts={1: -5}, by=cast.ma_jun)
    refused(NotAllowed, dues.settle, contract, voucher, by=cast.li_xiao)
    dues.settle(contract, voucher, amounts={1: 300_000, 2: 200_000}, by=cast.ma_jun)
    refused(Conflict, dues.settle, contract, voucher, by=cast.ma_jun)
    refused(Invalid, dues.settle, contract, rent(cast, books, 900_000), amounts={1: 300_001}, by=cast.ma_jun)


def test_only_a_posted_receipt_of_these_books_settles_rent(cast, books):
    contract = lease(cast, books)
    paid = posted(cast, books, TODAY, "买水泵", ("513-06", 50_000), ("102", -50_000), payee="五金店")
    draft = vouchers.draft(
        books,
        {"date": TODAY, "summary": "收租金"},
        [{"account": "102", "debit_cents": 5}, {"account": "501-02", "credit_cents": 5}],
        by=cast.ma_jun,
    )

    refused(Invalid, dues.settle, contract, paid, by=cast.ma_jun)
    refused(Invalid, dues.settle, contract, draft, by=cast.ma_jun)


def test_a_settlement_is_undone_with_a_reason(cast, books):
    contract = lease(cast, books)
    receipt = dues.settle(contract, rent(cast, books, 600_000), by=cast.ma_jun)[0]

    refused(Invalid, lambda c, **v: dues.undo_settlement(receipt, **v), contract, reason=" ", by=cast.ma_jun)
    dues.undo_settlement(receipt, reason="记到别的合同上了", by=cast.ma_jun)

    due = contract.dues.first()
    assert (due.paid_cents, due.paid_on, due.payer) == (0, None, "")
    assert verbs(contract)[-1] == "collective.undo_settlement"
    with pytest.raises(Conflict):
        dues.undo_settlement(receipt, reason="再来一次", by=cast.ma_jun)


def test_reversing_the_voucher_takes_its_settlements_along(cast, books):
    contract, voucher = lease(cast, books), rent(cast, books, 600_000)
    dues.settle(contract, voucher, by=cast.ma_jun)

    vouchers.reverse(voucher, reason="收款记错了", by=cast.tang_yun)

    assert contract.dues.first().paid_cents == 0 and not Receipt.objects.exists()


def test_rent_due_and_not_received_is_drafted_once(cast, books):
    contract = lease(cast, books)
    dues.settle(contract, rent(cast, books, 200_000), by=cast.ma_jun)

    voucher = proposing.draft_receivables(books, date(2026, 6, 1), by=cast.ma_jun)

    assert voucher.total_cents == 400_000 and voucher.lines.get(account__code="112").party == "柳河食品厂"
    assert "collective.draft_receivables" in verbs(f"collective.accountset:{books.pk}")
    assert proposing.draft_receivables(books, date(2026, 6, 1), by=cast.ma_jun) is None
    vouchers.discard(voucher, by=cast.ma_jun)
    again = proposing.draft_receivables(books, date(2026, 6, 1), by=cast.ma_jun)
    vouchers.post(marked(cast, again), by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        proposing.draft_receivables(books, date(2026, 6, 1), by=cast.li_xiao)


def test_what_is_late_and_what_ends_soon(cast, books):
    late = lease(cast, books)
    lease(cast, books, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31), signed_on=date(2025, 8, 1), party="乙")

    rows = things.ageing(cast.ma_jun)
    soon = things.ending(cast.ma_jun)

    assert [(r["set"], r["payments"]) for r in rows] == [(books, 3)]
    assert sum(rows[0]["cents"]) == rows[0]["total"] == 1_800_000
    assert [limit for limit, _contract in soon] == [90]
    assert things.late_dues(cast.ma_jun).filter(contract=late).count() == 1
    assert things.ageing(cast.sun_yan) == [] and things.ending(cast.sun_yan) == []
