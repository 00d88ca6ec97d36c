"""What a village books, month by month: the ordinary life of its money, before anything is planted."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from huilian.foundation.now import moment

from .economy import YUAN, Village, years_later

SMALL_THINGS = ("打印纸", "文件夹", "茶叶杯具", "硒鼓", "档案盒")
ABOVE = 10_000 * YUAN  # needs a decision of the members' representatives


@dataclass(frozen=True)
class Fact:
    """One voucher to be: what happened, on which day, with which papers. Amounts in cents."""

    on: date
    kind: str
    method: str
    summary: str
    lines: tuple[tuple[str, int, int, str], ...]  # account, debit, credit, other party
    payee: str = ""
    payee_kind: str = ""
    payee_account: str = ""
    papers: tuple[tuple[str, str, str, int], ...] = ()  # kind, number, seller, cents
    decision_no: str = ""
    decided_on: date | None = None
    contract_no: str = ""
    fund: str = ""
    approved_days: int = 1  # before the payment; negative: after it
    stamped: bool = True
    entered_days: int = 2  # after the day itself
    bank_name: str = ""  # the bank's name for the other side, when it is another
    bank_days: int = 0
    in_bank: bool = True  # whether the bank knows of it
    more: dict = field(default_factory=dict)

    @property
    def cents(self) -> int:
        return sum(debit for _account, debit, _credit, _party in self.lines)

    def changed(self, **values) -> "Fact":
        return replace(self, **values)


def spend(on: date, account: str, cents: int, summary: str, payee: str, *, cash: bool = False, **more) -> Fact:
    """Money goes out for `summary`."""
    money = "101" if cash else "102"
    return Fact(
        on,
        "payment",
        "cash" if cash else "bank",
        summary,
        ((account, cents, 0, ""), (money, 0, cents, "")),
        payee=payee,
        **more,
    )


def receive(
    on: date, account: str, cents: int, summary: str, payer: str, *, cash: bool = False, party: str = "", **more
) -> Fact:
    """Money comes in."""
    money = "101" if cash else "102"
    return Fact(
        on,
        "receipt",
        "cash" if cash else "bank",
        summary,
        ((money, cents, 0, ""), (account, 0, cents, party)),
        payee=payer,
        **more,
    )


def months(first: date, last: date) -> Iterator[date]:
    """The first day of every month from the one of `first` to the one of `last`."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def facts(v: Village, since: date, until: date) -> list[Fact]:
    """Everything booked from `since` up to and with `until`, by day."""
    made: list[Fact] = []
    for month in months(since, until):
        made += _month(v, month)
    made += rents(v, since)
    return _with_cash(v, sorted((f for f in made if since <= f.on <= until), key=lambda f: f.on))


def _with_cash(v: Village, made: list[Fact]) -> list[Fact]:
    """Cash is fetched from the bank when the till runs low, and never more than a village may keep overnight."""
    till = next((cents for code, cents, _party in v.opening if code == "101"), 0)
    found = []
    for fact in made:
        moved = sum(debit - credit for code, debit, credit, _party in fact.lines if code == "101")
        if till + moved < 100 * YUAN:
            cents = 600 * YUAN
            found.append(
                Fact(
                    fact.on,
                    "payment",
                    "bank",
                    "提取备用金",
                    (("101", cents, 0, ""), ("102", 0, cents, "")),
                    payee=v.cooperative.name,
                    payee_kind="public",
                    bank_name="现金支取",
                )
            )
            till += cents
        found.append(fact)
        till += moved
    return found


def _month(v: Village, month: date) -> Iterator[Fact]:
    rnd, day = v.rnd, _days(v.rnd, month)
    label = f"{month:%Y}年{month.month}月"
    pay = day(5, 10)
    yield Fact(
        pay, "transfer", "none", f"计提{label}村干部误工补贴",
        (("513-01", v.allowance, 0, ""), ("213", 0, v.allowance, "")), papers=(("list", "", "", v.allowance),),
    )  # fmt: skip
    yield spend(
        pay + timedelta(days=1), "213", v.allowance, f"发放{label}村干部误工补贴", "村干部（签领表）",
       
        papers=(("list", "", "", v.allowance),), **_decided(v, v.allowance, month),
    )  # fmt: skip
    yield _bill(v, day(3, 8), "514-01", v.cleaning, f"{label}保洁费", "保洁费", contract_no=f"FW{v.place.code[6:]}-01")
    power = round(rnd.uniform(380, 1450) * YUAN)
    yield spend(
        day(12, 18), "514-02", power, f"{label}路灯、排灌电费", "安澜县供电公司", payee_kind="public",
        papers=(("invoice", _invoice(rnd), "安澜县供电公司", power),),
    )  # fmt: skip
    for _i in range(rnd.choice((1, 1, 2, 2, 3))):
        # Small things in the village's own shop: now and then in cash, never near the limit of 1,000 yuan.
        cents = round(rnd.uniform(45, 460) * YUAN)
        yield _bill(v, day(2, 27), "513-02", cents, f"购{rnd.choice(SMALL_THINGS)}",
                    "办公用品", cash=cents < 250 * YUAN)  # fmt: skip
    if rnd.random() < 0.55:
        cents = round(rnd.uniform(600, 7_400) / 10) * 10 * YUAN + rnd.randrange(0, 900)
        what = rnd.choice(("维修村部门窗", "疏通下水道", "修补村道", "更换水泵", "修缮文化广场"))
        yield _bill(v, day(4, 26), "513-06", _away_from_tiers(cents), what, "零星维修")
    if rnd.random() < 0.45:
        cents = round(rnd.uniform(300, 3_900)) * YUAN + rnd.randrange(0, 90)
        yield _bill(
            v, day(4, 26), "514-02", _away_from_tiers(cents), rnd.choice(("更换路灯", "购路灯配件")), "路灯配件"
        )
    if rnd.random() < 0.5:
        hands, cents = rnd.randrange(2, 7), rnd.randrange(2, 8) * 12_000
        yield spend(day(6, 25), "514-02", hands * cents, f"清沟、割草用工{hands}人", "村民用工（签领表）",
                    papers=(("list", "", "", hands * cents),))  # fmt: skip
    if rnd.random() < 0.3:
        yield _bill(v, day(4, 26), "513-99", round(rnd.uniform(150, 1500)) * YUAN + 30, "印制公开材料", "公开栏印制")
    if month.month in (1, 9):
        cents = rnd.randrange(12, 40) * 20_000
        yield spend(day(10, 26), "514-04", cents, "慰问困难户、老党员", "困难户（签领表）",
                    papers=(("list", "", "", cents),), **_decided(v, cents, month))  # fmt: skip
    if month.month in (3, 6, 9, 12):
        yield receive(day(15, 24), "503", v.grant, f"{label}村级运转经费", "安澜县财政局", payee_kind="public",
                      papers=(("receipt", _invoice(rnd), "", v.grant),))  # fmt: skip
        interest = round(rnd.uniform(60, 480) * YUAN)
        yield receive(day(21, 21), "504", interest, "银行结息", "安澜农商银行", payee_kind="firm")
    if rnd.random() < 0.04:
        yield from _works(v, day(3, 12), label)


def _works(v: Village, on: date, label: str) -> Iterator[Fact]:
    """A small project paid by a grant: the money comes in, the work is done, the thing is handed over."""
    rnd = v.rnd
    cents = rnd.randrange(12_000, 46_000, 100) * YUAN
    what = rnd.choice(("村道硬化", "机井配套", "桥涵修缮", "路灯安装", "污水管网"))
    fund = f"{label}{what}项目"
    firm = v.firms["零星维修"]
    yield receive(on, "241", cents, f"收到{what}项目资金", "安澜县财政局", payee_kind="public", fund=fund, party=fund,
                  papers=(("receipt", _invoice(rnd), "", cents),))  # fmt: skip
    paid = on + timedelta(days=rnd.randrange(25, 55))
    yield spend(paid, "153", cents, f"支付{what}工程款", firm, payee_kind="firm", fund=fund,
                contract_no=f"GC{v.place.code[6:]}-{on:%y%m}", papers=(("invoice", _invoice(rnd), firm, cents),),
                **_decided(v, cents, on))  # fmt: skip
    yield Fact(paid + timedelta(days=6), "transfer", "none", f"{what}验收入账",
               (("151-04", cents, 0, ""), ("153", 0, cents, "")), fund=fund)  # fmt: skip
    yield Fact(paid + timedelta(days=6), "transfer", "none", f"{what}项目资金转公积公益金",
               (("241", cents, 0, fund), ("311-03", 0, cents, "")), fund=fund)  # fmt: skip


def rents(v: Village, since: date) -> Iterator[Fact]:
    """What the tenants paid, as the schedule says; the days are those that the contract's settlements carry."""
    for bargain in v.bargains:
        for due, cents in schedule(bargain):
            if due >= since and (paid := paid_on(v, bargain, due)):
                yield receive(paid, "501-02", cents, f"收{bargain.title[:-2]}{due:%Y}年租金", bargain.party,
                              payee_kind="person", contract_no=bargain.number, more={"due": due},
                              papers=(("receipt", f"SJ{v.place.code[9:]}{due:%y%m%d}", "", cents),))  # fmt: skip


def schedule(bargain) -> list[tuple[date, int]]:
    """The days on which rent falls due: the day of the start, every year, or everything at once."""
    if bargain.more.get("cycle") == "once":
        return [(bargain.starts_on, bargain.yearly * (bargain.ends_on.year - bargain.starts_on.year))]
    made, year = [], bargain.starts_on.year
    while (due := years_later(bargain.starts_on, year - bargain.starts_on.year)) <= bargain.ends_on:
        made.append((due, bargain.yearly))
        year += 1
    return made


def paid_on(v: Village, bargain, due: date) -> date | None:
    """When one year's rent came in: within the fortnight, except where the tenant has stopped paying."""
    if bargain.arrears and due >= v.today - timedelta(days=bargain.arrears):
        return None
    day = due + timedelta(days=Random(f"{bargain.number}{due}").randrange(0, 11))
    return day if day <= v.today else None


def _bill(v: Village, on: date, account: str, cents: int, summary: str, purpose: str, *, cash=False, **more) -> Fact:
    firm = v.firms[purpose]
    return spend(
        on, account, cents, summary, firm, cash=cash, payee_kind="firm",
        papers=(("invoice", _invoice(v.rnd), firm, cents),), **{**_decided(v, cents, on), **more},
    )  # fmt: skip


def _decided(v: Village, cents: int, on: date) -> dict:
    """The decision behind a large payment: taken two to five weeks before."""
    if cents < ABOVE:
        return {}
    decided = on.replace(day=1) - timedelta(days=v.rnd.randrange(5, 25))
    return {"decision_no": f"JY{v.place.code[6:]}-{decided:%Y%m}-{v.rnd.randrange(1, 9)}", "decided_on": decided}


def _away_from_tiers(cents: int) -> int:
    """Honest amounts are seldom just under a tier; those that are come as plants."""
    for tier in (2_000 * YUAN, 10_000 * YUAN):
        if tier * 0.8 <= cents <= tier:
            return round(cents * 0.7)
    return cents


def _invoice(rnd: Random) -> str:
    return f"26{rnd.randrange(10**18):018d}"


def _days(rnd: Random, month: date):
    def day(first: int, last: int) -> date:
        found = month + timedelta(days=rnd.randrange(first, last + 1) - 1)
        if found.weekday() >= 5 and last - first > 3:  # mostly on working days
            found += timedelta(days=2) if found.day < 26 else timedelta(days=-2)
        return found

    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return moment(datetime(day.year, day.month, day.day, hour, minute))
