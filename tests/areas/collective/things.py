"""Assets, contracts and members for tests, in the books of 柳河村."""

from datetime import date
from decimal import Decimal

from huilian.areas.watch.collective.services import assets, contracts, members
from huilian.foundation.codes import identity_check_digit

FORGE = {
    "name": "老粮库",
    "class_key": "building",
    "original_cents": 12_000_000,
    "life_months": 120,
    "acquired_on": date(2024, 3, 10),
    "voucher_no": "202403-5",
}
RENT = {
    "title": "老粮库租赁合同",
    "direction": "income",
    "kind": "lease",
    "party": "柳河食品厂",
    "signed_on": date(2025, 12, 20),
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2028, 12, 31),
    "cycle": "half",
    "yearly_cents": 1_200_000,
    "mode": "open",
    "decision_no": "柳决〔2025〕8号",
    "decided_on": date(2025, 12, 10),
}


def granary(cast, books, **more):
    return assets.register_asset(set=books, by=cast.ma_jun, **{**FORGE, **more})


def lease(cast, books, *, running=True, **more):
    contract = contracts.draft_contract(set=books, by=cast.ma_jun, **{**RENT, **more})
    return contracts.activate(contract, by=cast.ma_jun) if running else contract


def identity(serial: int, born: str = "19700101") -> str:
    """An identity number that is right in itself, of an area in GB/T 2260."""
    first = f"110101{born}{serial:03d}"
    return first + identity_check_digit(first)


def households(cast, books, *shares: str):
    """Households H1, H2 … each with a head and the given shares."""
    found = []
    for n, held in enumerate(shares, 1):
        members.join(
            set=books,
            household=f"H{n}",
            name=f"户主{n}",
            identity_number=identity(n),
            is_head=True,
            joined_on=date(2020, 5, 1),
            decision_no="柳决〔2020〕1号",
            by=cast.ma_jun,
        )
        found.append(
            members.set_up_share(
                set=books,
                household=f"H{n}",
                holder=f"户主{n}",
                shares=Decimal(held),
                decision_no="柳决〔2020〕2号",
                published_on=date(2020, 5, 20),
                on=date(2020, 5, 20),
                by=cast.ma_jun,
            )
        )
    return found
