"""What the pages of things show: assets, contracts with rent that is late, debts, members; in the books of 柳河村."""

from datetime import date, timedelta
from decimal import Decimal


def tell(people) -> dict[str, str]:
    from huilian.areas.watch.collective.models import AccountSet
    from huilian.areas.watch.collective.services import assets, contracts, debts, members
    from huilian.foundation.now import today

    books, by, day = AccountSet.objects.get(unit=people.liuhe_cooperative), people.ma_jun, today()
    store = assets.register_asset(
        set=books, name="老粮库", class_key="building", original_cents=12_000_000, life_months=240,
        acquired_on=date(day.year - 6, 3, 1), location="村东头", by=by,
    )  # fmt: skip
    assets.register_asset(set=books, name="东坡四荒地", class_key="land", land_kind="四荒地", area_mu=120, by=by)
    contract = contracts.draft_contract(
        set=books, title="老粮库租赁合同", direction="income", kind="lease", asset=store, party="柳河食品厂",
        signed_on=day - timedelta(days=400), starts_on=day - timedelta(days=390), ends_on=day + timedelta(days=40),
        cycle="half", yearly_cents=1_200_000, mode="open", decision_no="柳决〔2025〕8号", by=by,
    )  # fmt: skip
    contracts.activate(contract, by=by)
    debts.enter_debt(
        set=books, direction="borrowed", counterpart="安澜农商银行", counterpart_kind="bank",
        principal_cents=10_000_000, rate_bp=400, began_on=day - timedelta(days=500), by=by,
    )  # fmt: skip
    home = {"set": books, "household": "1", "decision_no": "柳决〔2020〕1号", "by": by}
    members.join(name="张小明", is_head=True, joined_on=date(2020, 5, 1), **home)
    members.set_up_share(holder="张小明", shares=Decimal(3), **home)
    return {"store": str(store.pk), "lease": str(contract.pk)}
