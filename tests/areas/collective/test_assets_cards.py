"""What happens to assets and parcels: each act works, is refused without a trace, and is in the history."""

from datetime import date

import pytest

from huilian.areas.watch.collective.models import Asset, AssetEvent, Voucher
from huilian.areas.watch.collective.services import assets, proposing, vouchers
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE, marked, opened
from .things import granary

pytestmark = pytest.mark.django_db
TODAY = JUNE.date()


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


def verbs(row) -> list[str]:
    return [event.verb for event in history_of(row)]


def kinds(asset) -> list[str]:
    return list(AssetEvent.objects.filter(asset=asset).values_list("kind", flat=True))


def refused(kind, act, asset, **values):
    """The act is refused, and nothing about the asset or its history has changed."""
    before, events = Asset.objects.filter(pk=asset.pk).values().get(), len(verbs(asset))
    with pytest.raises(kind) as refusal:
        act(asset, **values)
    assert Asset.objects.filter(pk=asset.pk).values().get() == before
    assert len(verbs(asset)) == events
    return refusal.value


def test_an_asset_is_registered_with_its_card(cast, books):
    asset = granary(cast, books)

    assert asset.number.startswith("ZC20240310-") and asset.status == "in_use" and not asset.is_resource
    assert kinds(asset) == ["registered"] and verbs(asset) == ["collective.register_asset"]


def test_a_parcel_counts_as_a_resource(cast, books):
    parcel = assets.register_asset(set=books, name="东坡四荒地", class_key="land", by=cast.ma_jun)

    assert parcel.is_resource


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"class_key": "castle"}, "class_key"),
        ({"original_cents": -1}, "original_cents"),
        ({"salvage_cents": 13_000_000}, "salvage_cents"),
        ({"acquired_on": date(2026, 6, 19)}, "acquired_on"),
    ],
)
def test_a_card_that_cannot_be_right_is_refused(cast, books, change, field):
    with pytest.raises(Invalid) as refusal:
        granary(cast, books, **change)

    assert refusal.value.field == field and not Asset.objects.exists()


def test_only_who_keeps_the_village_registers(cast, books):
    for user in (cast.li_xiao, cast.sun_yan, cast.jiang_hong):
        with pytest.raises(NotAllowed):
            assets.register_asset(set=books, name="水泵", class_key="machine", by=user)


def test_a_change_of_the_card_says_which_fields(cast, books):
    asset = granary(cast, books)

    changed = assets.change_asset(asset, by=cast.ma_jun, keeper="李晓", location="村东头")

    assert (changed.keeper, changed.location, changed.revision) == ("李晓", "村东头", 1)
    assert verbs(asset)[-1] == "collective.change_asset" and kinds(asset) == ["registered", "changed"]
    assert assets.change_asset(changed, by=cast.ma_jun, keeper="李晓").revision == 1  # nothing new, nothing written
    refused(NotAllowed, assets.change_asset, asset, by=cast.li_xiao, keeper="别人")


def test_let_and_given_back_it_lies_idle(cast, books):
    asset = granary(cast, books)

    asset = assets.let_asset(asset, to="柳河食品厂", on=date(2025, 1, 1), contract_no="HT-1", by=cast.ma_jun)
    assert (asset.status, asset.holder, asset.status_since) == ("let", "柳河食品厂", date(2025, 1, 1))
    refused(Conflict, assets.let_asset, asset, to="乙", on=TODAY, contract_no="HT-2", by=cast.ma_jun)
    refused(Invalid, assets.take_back, asset, on=date(2024, 12, 31), by=cast.ma_jun)

    asset = assets.take_back(asset, on=date(2026, 1, 1), by=cast.ma_jun)
    assert (asset.status, asset.holder, asset.status_since) == ("idle", "", date(2026, 1, 1))
    assert kinds(asset) == ["registered", "let", "returned"]
    refused(Conflict, assets.take_back, asset, on=TODAY, by=cast.ma_jun)
    assert verbs(asset)[-2:] == ["collective.let_asset", "collective.take_back"]


def test_nothing_is_let_without_a_contract_or_lent_without_a_decision(cast, books):
    asset = granary(cast, books)

    refused(Invalid, assets.let_asset, asset, to="甲", on=TODAY, contract_no="", by=cast.ma_jun)
    refused(Invalid, assets.lend_asset, asset, to="甲", on=TODAY, decision_no=" ", by=cast.ma_jun)
    refused(Invalid, assets.lend_asset, asset, to="甲", on=date(2026, 7, 1), decision_no="柳决1", by=cast.ma_jun)
    assert assets.lend_asset(asset, to="小学", on=TODAY, decision_no="柳决1", by=cast.ma_jun).status == "lent"
    assert verbs(asset)[-1] == "collective.lend_asset"


def test_idle_and_used_again(cast, books):
    asset = assets.note_use(granary(cast, books), used=False, on=date(2025, 5, 1), by=cast.ma_jun)

    assert (asset.status, asset.status_since) == ("idle", date(2025, 5, 1))
    assert "collective.note_use" in verbs(asset)
    refused(Conflict, assets.note_use, asset, used=False, on=TODAY, by=cast.ma_jun)
    assert assets.note_use(asset, used=True, on=TODAY, by=cast.ma_jun).status == "in_use"


def test_nothing_is_sold_without_decision_and_valuation(cast, books):
    asset = granary(cast, books)
    sale = {"sold": True, "on": TODAY, "price_cents": 9_000_000, "by": cast.ma_jun}

    assert refused(Invalid, assets.dispose, asset, decision_no="", **sale).field == "decision_no"
    assert refused(Invalid, assets.dispose, asset, decision_no="柳决3", **sale).field == "valuation_cents"
    refused(Invalid, assets.value_asset, asset, valuation_cents=0, on=TODAY, appraiser="安正评估", by=cast.ma_jun)
    asset = assets.value_asset(asset, valuation_cents=10_000_000, on=TODAY, appraiser="安正评估", by=cast.ma_jun)
    sold = assets.dispose(asset, decision_no="柳决3", **sale)

    assert (sold.status, sold.disposed_on, sold.disposal_cents) == ("sold", TODAY, 9_000_000)
    assert verbs(asset)[-2:] == ["collective.value_asset", "collective.sell_asset"]
    refused(Conflict, assets.change_asset, sold, by=cast.ma_jun, keeper="甲")


def test_a_price_below_nine_tenths_of_the_valuation_is_marked_not_refused(cast, books):
    asset = assets.value_asset(
        granary(cast, books), valuation_cents=10_000_000, on=TODAY, appraiser="安正评估", by=cast.ma_jun
    )

    assets.dispose(asset, sold=True, on=TODAY, price_cents=8_999_999, decision_no="柳决3", by=cast.ma_jun)

    assert verbs(asset)[-1] == "collective.sell_asset_low"


def test_a_count_keeps_what_it_found_otherwise(cast, books):
    kept, lost = granary(cast, books), granary(cast, books, name="旧水泵", class_key="machine")

    found = assets.count_assets(
        books, {kept.number: {"status": "idle"}, "野地": {"name": "无证小屋"}}, on=TODAY, by=cast.ma_jun
    )

    assert [(d.number, d.what) for d in found] == [
        (lost.number, "missing"),
        (kept.number, "status"),
        ("野地", "surplus"),
    ]
    kept.refresh_from_db(), lost.refresh_from_db()
    assert (kept.counted_on, lost.counted_on) == (TODAY, None)
    assert "闲置" in AssetEvent.objects.get(asset=kept, kind="counted").note
    assert verbs(f"collective.accountset:{books.pk}")[-1] == "collective.count_assets"
    with pytest.raises(NotAllowed):
        assets.count_assets(books, {}, on=TODAY, by=cast.li_xiao)


def test_a_month_of_depreciation_is_drafted_for_review_and_counts_when_posted(cast, books):
    from huilian.areas.watch.collective.queries.things import assets_of, net_cents

    asset = granary(cast, books)
    road = granary(cast, books, name="村西水泥路", class_key="infrastructure", original_cents=2_400_000)

    voucher = proposing.draft_depreciation(books, 202605, by=cast.ma_jun)

    assert (voucher.state, voucher.total_cents, voucher.kind) == ("draft", 120_000, "transfer")
    sides = {line.account.code: line.debit_cents for line in voucher.lines.all() if line.debit_cents}
    assert sides == {"513-07": 100_000, "514-02": 20_000}
    assert {line.party for line in voucher.lines.filter(credit_cents__gt=0)} == {asset.number, road.number}
    seen = assets_of(cast.ma_jun).get(pk=asset.pk)
    assert net_cents(seen) == 12_000_000
    with pytest.raises(Conflict):
        proposing.draft_depreciation(books, 202605, by=cast.ma_jun)
    vouchers.post(marked(cast, voucher), by=cast.ma_jun)
    assert net_cents(assets_of(cast.ma_jun).get(pk=asset.pk)) == 11_900_000
    assert "collective.draft_depreciation" in verbs(f"collective.accountset:{books.pk}")


def test_a_depreciation_that_was_thrown_away_or_reversed_can_be_drafted_again(cast, books):
    granary(cast, books)
    first = proposing.draft_depreciation(books, 202605, by=cast.ma_jun)
    vouchers.discard(first, by=cast.ma_jun)
    assert not AssetEvent.objects.filter(kind="depreciated").exists()

    second = vouchers.post(marked(cast, proposing.draft_depreciation(books, 202605, by=cast.ma_jun)), by=cast.ma_jun)[0]
    vouchers.reverse(second, reason="科目写错了", by=cast.tang_yun)
    third = proposing.draft_depreciation(books, 202605, by=cast.ma_jun)

    assert third.total_cents == 100_000 and Voucher.objects.filter(source="depreciation").count() == 2


def test_no_voucher_is_made_of_nothing_or_for_a_month_to_come(cast, books):
    assert proposing.draft_depreciation(books, 202605, by=cast.ma_jun) is None
    with pytest.raises(Invalid):
        proposing.draft_depreciation(books, 202607, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        proposing.draft_depreciation(books, 202605, by=cast.li_xiao)


def test_things_follow_the_books_of_a_merged_village(cast, books):
    from huilian.areas.watch.collective.models import Member, Share
    from huilian.areas.watch.collective.services import sets

    from .things import households, lease

    other = opened(cast, unit=cast.dongwan_cooperative, opening=())
    asset = granary(cast, books)
    lease(cast, books, asset=asset)
    households(cast, books, "1")
    Share.objects.create(set=other, household="H1", holder="东湾户", shares=2)

    sets.merge_sets(books, other, date(2026, 6, 17), by=SYSTEM)

    asset.refresh_from_db()
    assert asset.set == other and other.contracts.count() == 1
    assert sorted(Share.objects.filter(set=other).values_list("household", flat=True)) == ["H1", "柳河村-H1"]
    assert Member.objects.get().household == "柳河村-H1"
    other.refresh_from_db()
    assert other.members == 1


def test_what_changes_is_screened_soon(cast, books):
    from huilian.engine.screening.models import Outbox

    before = Outbox.objects.filter(village_code=books.village_code).count()
    granary(cast, books)

    assert Outbox.objects.filter(village_code=books.village_code).count() == before + 1
