"""Lives, one village on one page, contracts to watch, printed ledgers, and the registers of things and members."""

from datetime import date

import pytest
from django.urls import reverse

from huilian.areas.watch.collective.models import Contract, Receipt
from huilian.areas.watch.collective.queries import timeline
from huilian.areas.watch.collective.services import assets, contracts, debts, distributing, dues
from huilian.foundation.now import frozen

from .books import JUNE, posted
from .test_assets_debts_members import LOAN, year_of_income
from .things import granary, households, lease

pytestmark = pytest.mark.django_db
TODAY = JUNE.date()
REGISTERS = (
    "collective-assets",
    "collective-resources",
    "collective-contracts",
    "collective-late",
    "collective-debts",
    "collective-members",
    "collective-shares",
    "collective-share-changes",
    "collective-distributions",
    "collective-distribution-rows",
)


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


@pytest.fixture
def full(cast, books):
    """One village with one of everything."""
    asset = granary(cast, books)
    assets.register_asset(set=books, name="东坡地", class_key="land", land_kind="四荒地", by=cast.ma_jun)
    contract = lease(cast, books, asset=asset)
    late = lease(cast, books, party="乙", title="鱼塘承包", signed_on=date(2025, 1, 5), ends_on=date(2026, 7, 10))
    voucher = posted(
        cast, books, date(2026, 3, 1), "收租金", ("102", 600_000), ("501-02", -600_000), payee="柳河食品厂"
    )
    dues.settle(contract, voucher, by=cast.ma_jun)
    debts.enter_debt(set=books, by=cast.ma_jun, **LOAN)
    households(cast, books, "1", "2")
    return asset, contract, late, voucher


def kinds(stages, state):
    return [s.gap or s.kind for s in stages if s.state == state]


def test_a_payment_shows_each_station_and_what_is_missing(cast, books):
    paid = posted(
        cast,
        books,
        date(2026, 3, 2),
        "修路",
        ("514-02", 900_000),
        ("102", -900_000),
        payee="路桥队",
        decision_no="柳决4",
    )

    stages = timeline.life_of_voucher(paid)

    assert kinds(stages, "done") == ["decision", "approved", "stamped", "voucher"]
    assert kinds(stages, "gap") == ["no_budget", "no_bank", "not_on_board"]
    assert [s.kind for s in timeline.gaps_in(stages)] == ["bank", "board", "budget"]  # the worse first


def test_a_flow_puts_in_where_something_was_published(cast, books):
    paid = posted(cast, books, date(2026, 3, 2), "买纸", ("513-02", 5_000), ("102", -5_000), payee="文具店")
    before = list(timeline._finders)
    try:
        timeline.look_up_publication(lambda vouchers: {})
        assert "not_on_board" in kinds(timeline.life_of_voucher(paid), "gap")
        timeline.look_up_publication(
            lambda vouchers: {v.pk: timeline.Publication(date(2026, 4, 8), "2026年3月", "/v/1/") for v in vouchers}
        )
        board = timeline.life_of_voucher(paid)[-1]
        assert (board.kind, board.state, board.url) == ("board", "done", "/v/1/")
    finally:
        timeline._finders[:] = before


def test_a_contract_shows_what_came_and_what_is_late(cast, books, full):
    _asset, contract, late, _voucher = full

    mine, other = timeline.life_of_contract(contract), timeline.life_of_contract(late)

    assert [s.state for s in mine if s.kind == "due"] == ["done"] + ["ahead"] * 5
    assert "late_not_booked" in kinds(other, "gap") and "no_publication" in kinds(other, "gap")


def test_an_asset_shows_its_contracts_with_their_gaps(cast, books, full):
    asset = full[0]
    asset.refresh_from_db()

    stages = timeline.life_of_asset(asset)

    assert [s.kind for s in stages if s.state == "done"] == ["registered", "let", "contract"]
    assert {g.gap for g in timeline.gaps_in(stages)} >= {"no_publication", "not_counted"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(client, cast, books, full, language):
    asset, contract, _late, voucher = full
    client.force_login(cast.ma_jun)
    client.cookies["hl_lang"] = language
    pages = [
        *(reverse("collective-life", args=pair) for pair in (("asset", asset.pk), ("contract", contract.pk))),
        reverse("collective-life", args=["voucher", voucher.pk]),
        reverse("collective-village", args=[books.pk]),
        reverse("collective-villages") + "?all=1",
        reverse("collective-watch"),
        *(
            reverse("collective-print", args=[kind]) + f"?set={books.pk}"
            for kind in ("assets", "resources", "contracts", "debts")
        ),
        reverse("collective-labels") + f"?set={books.pk}",
        reverse("collective-card", args=[asset.pk]),
        *(reverse("register", args=[key]) for key in REGISTERS),
        *(reverse("register-print", args=[key]) for key in REGISTERS),
    ]

    for page in pages:
        assert client.get(page, HTTP_ACCEPT_LANGUAGE=language).status_code == 200, page


def test_strangers_see_nothing_of_a_village(client, cast, books, full):
    asset, contract, _late, voucher = full
    pages = [
        reverse("collective-life", args=["asset", asset.pk]),
        reverse("collective-life", args=["contract", contract.pk]),
        reverse("collective-life", args=["voucher", voucher.pk]),
        reverse("collective-village", args=[books.pk]),
        reverse("collective-print", args=["contracts"]) + f"?set={books.pk}",
        reverse("collective-card", args=[asset.pk]),
        reverse("collective-labels") + f"?set={books.pk}",
        reverse("collective-watch"),
    ]
    client.force_login(cast.he_wei)
    for page in pages:
        assert client.get(page).status_code == 403, page
    client.force_login(cast.liu_changgui)
    assert client.get(pages[3]).status_code == 200


def test_who_reaches_one_village_is_taken_to_its_page(client, cast, books):
    client.force_login(cast.li_xiao)

    assert client.get(reverse("collective-villages")).url == reverse("collective-village", args=[books.pk])


def test_rent_is_settled_and_undone_on_the_page(client, cast, books, full):
    late = full[2]
    money = posted(cast, books, TODAY, "收塘租", ("102", 300_000), ("501-02", -300_000), payee="丙")
    client.force_login(cast.ma_jun)

    client.post(reverse("collective-settle", args=[late.pk]), {"voucher": money.pk})
    receipt = Receipt.objects.get(due__contract=late)
    assert receipt.amount_cents == 300_000
    client.post(reverse("collective-settle-undo", args=[late.pk, receipt.pk]), {"reason": ""})
    assert Receipt.objects.filter(pk=receipt.pk).exists()
    client.post(reverse("collective-settle-undo", args=[late.pk, receipt.pk]), {"reason": "记错了"})
    assert not Receipt.objects.filter(pk=receipt.pk).exists()
    client.force_login(cast.li_xiao)
    assert client.post(reverse("collective-settle", args=[late.pk]), {"voucher": money.pk}).status_code == 403


def test_a_contract_is_entered_in_the_form_with_amounts_as_people_write_them(client, cast, books):
    client.force_login(cast.ma_jun)
    typed = {
        "set": books.pk,
        "title": "门面出租",
        "direction": "income",
        "kind": "lease",
        "party": "便民超市",
        "signed_on": "2026-06-01",
        "starts_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "cycle": "year",
        "yearly_cents": "¥12,000",
        "rise_permille": "0",
        "mode": "open",
    }
    page = reverse("register-add", args=["collective-contracts"])

    wrong = client.post(page, {**typed, "ends_on": "2026-05-31"})
    assert "2026-05-31" in wrong.content.decode() and not Contract.objects.exists()
    dollars = client.post(page, {**typed, "yearly_cents": "$12,000"})
    assert dollars.status_code == 200 and not Contract.objects.exists()
    client.post(page, typed)
    contract = Contract.objects.get()
    assert (contract.total_cents, contract.status) == (1_200_000, "draft")
    client.post(reverse("register-act", args=["collective-contracts", contract.pk, "activate"]))
    contract.refresh_from_db()
    assert contract.status == "active"


def test_a_distribution_goes_its_way_by_the_registers_verbs(client, cast):
    books = year_of_income(cast)
    households(cast, books, "1", "1")
    client.force_login(cast.ma_jun)

    client.post(reverse("register-add", args=["collective-distributions"]), {"set": books.pk, "year": "2025"})
    plan = books.distributions.get()
    act = "collective-distributions", plan.pk
    client.post(reverse("register-act", args=[*act, "show"]), {"on": "2026-06-01"})
    client.post(reverse("register-act", args=[*act, "decide"]), {"decision_no": "柳决5", "on": "2026-06-18"})
    client.post(reverse("register-act", args=[*act, "book"]), {"on": "2026-06-18"})

    plan.refresh_from_db()
    assert (plan.state, plan.reserve_cents, plan.voucher.state) == ("booked", 300_000, "draft")
    assert distributing.MOST_ROWS < 999


def test_pages_cost_the_same_however_much_there_is(client, cast, books, full, django_assert_max_num_queries):
    for n in range(12):
        contracts.activate(lease(cast, books, title=f"合同{n}", running=False), by=cast.ma_jun)
    client.force_login(cast.ma_jun)
    client.get(reverse("collective-village", args=[books.pk]))

    with django_assert_max_num_queries(45):
        client.get(reverse("collective-village", args=[books.pk]))
    with django_assert_max_num_queries(25):
        client.get(reverse("collective-watch"))
    with django_assert_max_num_queries(25):
        client.get(reverse("collective-print", args=["contracts"]) + f"?set={books.pk}")


def test_a_count_is_entered_on_its_page(client, cast, books, full):
    asset = full[0]
    client.force_login(cast.ma_jun)
    page = reverse("collective-count", args=[books.pk])
    assert client.get(page).status_code == 200

    assert client.post(page, {"on": "2026-07-01", f"f{asset.pk}": "1"}).status_code == 422
    client.post(page, {"on": "2026-06-18", f"f{asset.pk}": "1", f"s{asset.pk}": "idle"})

    asset.refresh_from_db()
    assert asset.counted_on == TODAY and "闲置" in asset.events.get(kind="counted").note
    client.force_login(cast.li_xiao)
    assert client.get(page).status_code == 403


def test_depreciation_and_rent_due_are_drafted_from_the_village_page(client, cast, books, full):
    client.force_login(cast.ma_jun)

    first = client.post(reverse("collective-depreciate", args=[books.pk]))
    second = client.post(reverse("collective-receivables", args=[books.pk]))
    again = client.post(reverse("collective-depreciate", args=[books.pk]))

    assert {v.source for v in books.vouchers.filter(state="draft")} == {"depreciation", "receivable"}
    assert "/life/voucher/" in first.url and "/life/voucher/" in second.url
    assert again.url == reverse("collective-village", args=[books.pk])
