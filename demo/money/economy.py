"""What a village of 安澜县 owns, lets, gets and spends: invented, but of the sizes found in such counties.

Contracts in arrears and contracts over the land term come as often as in the clean-up of 平和 (2,614 contracts, of
which 570 in arrears and 107 over the term): see `ARREARS` and `OVER_TERM`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from huilian.engine.directory.models import Person, Place, Unit

from .. import names

ARREARS, OVER_TERM = 570 / 2614, 107 / 2614
UNFILED, IDLE, UNCOUNTED = 0.03, 0.03, 0.04
YUAN = 100

TRADES = (  # what the county's small firms do, and what a village calls the expense
    ("保洁服务", "保洁费"), ("建筑工程", "零星维修"), ("办公用品", "办公用品"), ("园林绿化", "绿化养护"),
    ("广告印务", "公开栏印制"), ("五金机电", "路灯配件"), ("农资", "农资"), ("劳务服务", "劳务费"),
)  # fmt: skip
FIRM_WORDS = [
    "恒泰",
    "顺达",
    "兴农",
    "瑞丰",
    "宏远",
    "安顺",
    "万和",
    "聚源",
    "民生",
    "新禾",
    "广源",
    "大成",
    "同心",
    "益民",
    "长青",
    "昌盛",
    "宝丰",
    "佳合",
    "诚信",
    "金穗",
]

LET = (  # what is let: name, class, is a resource, kind of land, mu from-to, yuan a year for the whole or for a mu
    ("沿街门面房", "building", False, "", None, (9_000, 36_000)),
    ("旧校舍", "building", False, "", None, (7_000, 24_000)),
    ("粮食仓库", "building", False, "", None, (6_000, 18_000)),
    ("养殖鱼塘", "resource", True, "水面", (12, 60), (430, 560)),
    ("机动地", "resource", True, "耕地", (20, 120), (600, 760)),
    ("果园", "resource", True, "园地", (15, 80), (500, 640)),
    ("林地", "resource", True, "林地", (30, 160), (170, 210)),
    ("荒滩地", "resource", True, "四荒", (20, 90), (130, 160)),
    ("光伏屋顶", "building", False, "", None, (8_000, 30_000)),
)
OWN = (  # what the village uses itself: name, class, yuan from-to
    ("村党群服务中心", "building", (380_000, 1_200_000)),
    ("文化广场", "welfare", (80_000, 260_000)),
    ("农村饮水管网", "infrastructure", (150_000, 600_000)),
    ("路灯", "infrastructure", (40_000, 160_000)),
    ("办公设备", "machine", (12_000, 60_000)),
)
ASSET_ACCOUNT = {
    "building": "151-01", "machine": "151-02", "infrastructure": "151-04", "welfare": "151-05", "resource": "151-99",
}  # fmt: skip


@dataclass
class Hands:
    """Who stands behind the vouchers of one village."""

    accountant: Person  # hands the papers in
    head: Person  # approves
    supervisor: Person  # stamps
    bookkeeper: Person  # prepares, at the town's agency
    reviewer: Person  # reviews, at the town's agency


@dataclass
class Thing:
    """One asset or parcel."""

    number: str
    name: str
    class_key: str
    is_resource: bool
    land_kind: str
    area_mu: float | None
    original: int  # cents
    acquired_on: date
    status: str
    status_since: date
    counted_on: date | None
    more: dict = field(default_factory=dict)  # what a plant changes


@dataclass
class Bargain:
    """One contract. `arrears`: the tenant has stopped paying so many days before today."""

    number: str
    thing: Thing | None
    title: str
    kind: str
    party: str
    signed_on: date
    starts_on: date
    ends_on: date
    yearly: int  # cents
    mode: str
    decision_no: str
    decided_on: date | None
    deal_no: str = ""
    arrears: int = 0
    more: dict = field(default_factory=dict)


@dataclass
class Village:
    """One village and its money."""

    place: Place
    town: Place
    cooperative: Unit
    agency: Unit
    hands: Hands
    rnd: Random
    population: int
    households: int
    firms: dict[str, str]  # what for → the firm that village uses
    people: list[str]  # villagers who are paid now and then
    account_number: str
    opening: list[tuple[str, int, str]]  # account, cents with debit positive, other party
    things: list[Thing]
    bargains: list[Bargain]
    allowance: int  # to the officials, a month
    grant: int  # to run the village, a quarter
    cleaning: int  # a month
    today: date
    plants: Sequence[dict] = ()

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def code(self) -> int:
        return int(self.place.code)


def firms(rnd: Random, county: str) -> dict[str, list[str]]:
    """The small firms that the county's villages deal with, by what they are paid for."""
    made: dict[str, list[str]] = {}
    words = [a + b for a in ("安澜", county[:2]) for b in FIRM_WORDS]
    for trade, purpose in TRADES:
        made[purpose] = [f"{word}{trade}有限公司" for word in dict.fromkeys(rnd.sample(words, 14))]
    return made


def village(
    place: Place, town: Place, cooperative: Unit, agency: Unit, hands: Hands, market: dict, today: date, seed: int
) -> Village:
    """Invent one village's economy. The same seed gives the same."""
    rnd = Random(seed)
    population = rnd.randrange(900, 4200)
    made = Village(
        place=place,
        town=town,
        cooperative=cooperative,
        agency=agency,
        hands=hands,
        rnd=rnd,
        population=population,
        households=round(population / 3.4),
        firms={purpose: rnd.choice(found) for purpose, found in market.items()},
        people=[names.person(rnd) for _i in range(12)],
        account_number=f"9999{place.code}{rnd.randrange(10**4):04d}",
        opening=[],
        things=[],
        bargains=[],
        allowance=rnd.randrange(7_200, 13_800, 100) * YUAN,
        grant=rnd.randrange(18_000, 42_000, 500) * YUAN,
        cleaning=rnd.randrange(2_200, 5_900, 50) * YUAN,
        today=today,
    )
    _things(made, today)
    _bargains(made, today)
    _opening(made)
    return made


def _things(v: Village, today: date) -> None:
    rnd, count = v.rnd, 0

    def number() -> str:
        nonlocal count
        count += 1
        return f"ZC{v.place.code[6:]}{count:03d}"

    def counted() -> date | None:
        return today - timedelta(days=rnd.randrange(380, 700) if rnd.random() < UNCOUNTED else rnd.randrange(20, 330))

    for name, kind, (low, high) in OWN:
        bought = today - timedelta(days=rnd.randrange(500, 3600))
        value = rnd.randrange(low, high, 100) * YUAN
        v.things.append(Thing(number(), name, kind, False, "", None, value, bought, "in_use", bought, counted()))
    for name, kind, resource, land, mu, _price in rnd.sample(LET, rnd.randrange(4, 8)):
        bought = today - timedelta(days=rnd.randrange(1500, 5000))
        area = round(rnd.uniform(*mu), 1) if mu else None
        value = 0 if resource else rnd.randrange(60_000, 420_000, 100) * YUAN
        v.things.append(Thing(number(), name, kind, resource, land, area, value, bought, "let", bought, counted()))


def _bargains(v: Village, today: date) -> None:
    rnd, prices, count = v.rnd, {row[0]: row[5] for row in LET}, 0
    for thing in [t for t in v.things if t.status == "let"]:
        if rnd.random() < IDLE:
            thing.status, thing.status_since = "idle", today - timedelta(days=rnd.randrange(95, 420))
            continue
        count += 1
        arrears = rnd.choice((25, 40, 75, 100, 130)) if rnd.random() < ARREARS else 0
        # A tenant in arrears let the last anniversary pass; the others have theirs at any time of the year.
        last = today - timedelta(days=arrears) if arrears else today - timedelta(days=rnd.randrange(20, 364))
        starts = years_later(last, -rnd.randrange(1 if arrears else 0, 4))
        signed = starts - timedelta(days=rnd.randrange(3, 15))
        years = rnd.choice((5, 8, 10)) if not thing.is_resource else rnd.choice((5, 8, 10, 15))
        more = {}
        if thing.is_resource and rnd.random() < OVER_TERM / 0.6:  # of all contracts about six in ten are of land
            more["land_term_ends"] = years_later(starts, years - 2)
        elif thing.is_resource:
            more["land_term_ends"] = years_later(starts, years + rnd.randrange(1, 12))
        if rnd.random() < UNFILED:
            more["filed_on"] = None
        price = rnd.uniform(*prices[thing.name])
        yearly = round(price * (thing.area_mu or 1) / 10) * 10 * YUAN
        total = yearly * years
        traded = total >= 50_000 * YUAN
        v.bargains.append(
            Bargain(
                number=f"HT{v.place.code[6:]}-{signed:%Y}-{count:02d}",
                thing=thing,
                title=f"{thing.name}{'承包' if thing.is_resource else '租赁'}合同",
                kind="contracting" if thing.is_resource else "lease",
                party=names.person(rnd),
                signed_on=signed,
                starts_on=starts,
                ends_on=years_later(starts, years) - timedelta(days=1),
                yearly=yearly,
                mode="exchange" if traded else "open",
                decision_no=f"JY{v.place.code[6:]}-{signed:%Y}-{count:02d}",
                decided_on=signed - timedelta(days=rnd.randrange(8, 30)),
                deal_no=f"CQ{signed:%Y%m%d}{v.place.code[9:]}{count:02d}" if traded else "",
                arrears=arrears,
                more=more,
            )
        )


def _opening(v: Village) -> None:
    """Balances on the first day, which balance: what is owned less what is owed is the capital and the reserve."""
    rnd = v.rnd
    fixed = sum(t.original for t in v.things)
    worn = round(fixed * rnd.uniform(0.1, 0.35))
    bank = rnd.randrange(180_000, 900_000, 10) * YUAN
    cash = rnd.randrange(200, 1_500, 10) * YUAN
    owed = rnd.randrange(0, 60_000, 100) * YUAN if rnd.random() < 0.5 else 0
    reserve = rnd.randrange(60_000, 260_000, 100) * YUAN
    kept = rnd.randrange(20_000, 140_000, 100) * YUAN
    made = {("101", ""): cash, ("102", ""): bank}
    for thing in v.things:
        code = ASSET_ACCOUNT[thing.class_key]
        made[code, ""] = made.get((code, ""), 0) + thing.original
    made |= {("152", ""): -worn, ("211", v.firms["零星维修"]): -owed, ("311-01", ""): -reserve, ("322-02", ""): -kept}
    made["301", ""] = -sum(made.values())
    v.opening = [(code, cents, party) for (code, party), cents in made.items() if cents]


def years_later(day: date, count: int) -> date:
    try:
        return day.replace(year=day.year + count)
    except ValueError:  # 29 February
        return day.replace(year=day.year + count, day=28)
