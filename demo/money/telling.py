"""Brings the villages' books into the product by its own import: sets, vouchers, bank statements, months, property."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from huilian.areas.watch.collective.models import Account, AccountSet, BankAccount, Voucher
from huilian.areas.watch.collective.rules.statements import Entry
from huilian.areas.watch.collective.services import bank, budget, bulk, closing, importing_things, sets
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import moment, today

from . import plants, year
from .economy import YUAN, Bargain, Hands, Thing, Village, firms, village
from .year import Fact

BUDGET = {  # yuan a year: more than any of these villages spends
    "501-02": 260_000, "503": 190_000, "513-01": 190_000, "513-02": 40_000, "513-06": 220_000, "513-99": 60_000,
    "514-01": 90_000, "514-02": 160_000, "514-04": 30_000,
}  # fmt: skip


@dataclass
class Books:
    """The villages whose books are told, and their sets; `facts` and `vouchers` stand in the same order."""

    villages: list[Village]
    sets: dict[int, AccountSet] = field(default_factory=dict)  # by code of the village
    accounts: dict[int, BankAccount] = field(default_factory=dict)
    facts: dict[int, list[Fact]] = field(default_factory=dict)
    vouchers: dict[int, list[Voucher]] = field(default_factory=dict)
    truth: list[plants.Truth] = field(default_factory=list)


def invent(county, *, seed: int, towns: Sequence[str] = ()) -> Books:
    """Invent the economy of every village (of `towns` only, where given), with what is planted in it."""
    rnd, now = Random(seed), today()
    market = firms(rnd, county.place.name)
    people = _people()
    made = []
    for town_name, places in county.villages.items():
        if towns and town_name not in towns:
            continue
        agency = county.units[f"{town_name}三资代理中心"]
        for place in places:
            cooperative, hands = _hands(place, agency, people)
            made.append(
                village(place, county.towns[town_name], cooperative, agency, hands, market, now, seed + int(place.code))
            )
    books = Books(made)
    books.truth = plants.sow(made)
    return books


def _people() -> dict[tuple[int, str], Person]:
    """Who sits where: (unit, post) → person."""
    rows = Appointment.objects.filter(ends_on=None).select_related("person", "post")
    return {(row.post.unit_id, row.post.name): row.person for row in rows}


def _hands(place, agency: Unit, people: dict) -> tuple[Unit, Hands]:
    bodies = {unit.kind: unit for unit in place.units.all()}
    committee = bodies.get(Unit.Kind.VILLAGE_COMMITTEE) or bodies[Unit.Kind.COMMUNITY]
    return bodies[Unit.Kind.COOPERATIVE], Hands(
        accountant=people[committee.pk, "报账员"],
        head=people[committee.pk, "书记、主任"],
        supervisor=people[bodies[Unit.Kind.SUPERVISION_COMMITTEE].pk, "主任"],
        bookkeeper=people[agency.pk, "代理会计"],
        reviewer=people[agency.pk, "主任"],
    )


@transaction.atomic
def open_books(books: Books, *, since: Callable[[Village], date], step: Callable[[int], None]) -> int:
    """Open the sets and take over what was booked up to today's date of the story. Gives the vouchers."""
    for v in books.villages:
        first = since(v)
        books.sets[v.code] = sets.open_books(
            v.cooperative, starts_on=first, agency=v.agency, opening=v.opening, by=SYSTEM, population=v.population,
            members=round(v.population * 0.86),
        )  # fmt: skip
        books.facts[v.code] = plants.planted_facts(v, year.facts(v, first, v.today))
    _bank_accounts(books)
    return _enter(books, step) + _close(books)


@transaction.atomic
def go_on(books: Books, *, step: Callable[[int], None]) -> int:
    """Take over what was booked since, the bank's statements, and the property. Gives the vouchers."""
    count = _enter(books, step)
    _statements(books)
    _property(books)
    _close(books)
    _budgets(books)
    return count


def _budgets(books: Books) -> None:
    """The villages of the long story decided a budget in January; the others have not entered theirs."""
    decided = date(today().year, 1, 15)
    for v in books.villages:
        accounts = books.sets[v.code]
        if accounts.starts_on > decided:
            continue
        lines = [(code, cents * YUAN, "") for code, cents in BUDGET.items()]
        number = f"JY{v.place.code[6:]}-{decided:%Y}-01"
        budget.save_budget(accounts, decided.year, lines, decision_no=number, decided_on=decided, by=SYSTEM)


def _enter(books: Books, step: Callable[[int], None]) -> int:
    """The vouchers that are not entered yet and have happened, one township after the other."""
    count = 0
    for town in _by_town(books.villages):
        rows = []
        for v in town:
            known = len(books.vouchers.setdefault(v.code, []))
            rows += [_given(v, books.sets[v.code], f) for f in books.facts[v.code][known:] if f.on < today()]
        batch = f"{town[0].town.code}-{today():%Y%m%d}"
        # The import gives them by set and day, and facts stand by day: so both stand in the same order.
        codes = {books.sets[v.code].pk: v.code for v in town}
        for voucher in bulk.import_vouchers(rows, by=SYSTEM, source="旧账", batch=batch):
            books.vouchers[codes[voucher.set_id]].append(voucher)
        step(len(rows))
        count += len(rows)
    return count


def _by_town(villages: Iterable[Village]) -> list[list[Village]]:
    towns: dict[str, list[Village]] = defaultdict(list)
    for v in villages:
        towns[v.town.code].append(v)
    return list(towns.values())


def _given(v: Village, accounts: AccountSet, fact: Fact) -> bulk.Given:
    """A fact as the import takes it: who did what when, before and after the day."""
    entered = year.at(min(fact.on + timedelta(days=fact.entered_days), today()), 9, 30)
    approved = year.at(fact.on - timedelta(days=fact.approved_days), 15)
    paid = fact.kind != "transfer"
    values = {
        "payee": fact.payee,
        "payee_kind": fact.payee_kind,
        "payee_account": fact.payee_account,
        "paid_on": fact.on if paid else None,
        "decision_no": fact.decision_no,
        "decided_on": fact.decided_on,
        "contract_no": fact.contract_no,
        "fund": fact.fund,
        "handler": v.hands.accountant.name,
        "handled_by_id": v.hands.accountant.pk,
        "attachments": max(1, len(fact.papers)),
        **fact.more.get("values", {}),
    }
    needs_approval = fact.kind == "payment" and fact.approved_days is not None
    hands = fact.more.get("hands", {})
    person = {
        name: hands.get(name, getattr(v.hands, name)) for name in ("bookkeeper", "reviewer", "head", "supervisor")
    }
    return bulk.Given(
        accounts,
        fact.on,
        fact.summary,
        tuple((account, debit - credit, party) for account, debit, credit, party in fact.lines),
        fact.kind,
        values,
        [
            {"kind": kind, "number": number, "seller": seller, "date": fact.on, "amount_cents": cents}
            for kind, number, seller, cents in fact.papers
        ],
        prepared=(person["bookkeeper"].pk, entered),
        reviewed=(person["reviewer"].pk, entered + timedelta(hours=3)),
        approved=(person["head"].pk, approved) if needs_approval and person["head"] else bulk.NOBODY,
        stamped=(person["supervisor"].pk, year.at(fact.on - timedelta(days=1), 16))
        if fact.stamped and fact.kind == "payment"
        else bulk.NOBODY,
        entered_at=entered,
        posted_at=entered + timedelta(hours=5),
    )


def _bank_accounts(books: Books) -> None:
    account = Account.objects.get(set=None, code="102")
    rows = []
    for v in books.villages:
        basic = BankAccount(
            set=books.sets[v.code], number=v.account_number, bank=f"安澜农商银行{v.town.name}支行",
            holder=v.cooperative.name, kind=BankAccount.Kind.BASIC, account=account,
            opened_on=books.sets[v.code].starts_on - timedelta(days=900),
        )  # fmt: skip
        books.accounts[v.code] = basic
        rows.append(basic)
    bank.register_bank_accounts(rows, by=SYSTEM)


def _statements(books: Books) -> None:
    """What the bank says: every transfer, a day later now and then, with its running balance."""
    given = []
    for v in books.villages:
        rnd, entries, vouchers = Random(v.code), [], {}
        moves = []
        for fact, voucher in zip(books.facts[v.code], books.vouchers[v.code], strict=False):
            cents = sum(d - c for account, d, c, _party in fact.lines if account == "102")
            if cents and fact.in_bank:
                day = min(fact.on + timedelta(days=fact.bank_days or rnd.choice((0, 0, 0, 1))), v.today)
                moves.append((day, cents, fact.bank_name or fact.payee, fact.payee_account, fact.summary, voucher))
        moves += plants.bank_only(v)
        balance = next((cents for code, cents, _party in v.opening if code == "102"), 0)
        for row, (day, cents, name, number, summary, voucher) in enumerate(sorted(moves, key=lambda m: m[0]), 1):
            balance += cents
            entries.append(Entry(row, day, cents, balance, name, number, summary[:40], f"{day:%y%m%d}{row:05d}"))
            if voucher is not None:
                vouchers[row] = voucher
        if entries:
            name = f"{v.name}对账单.csv"
            given.append(bank.GivenStatement(books.accounts[v.code], entries, _evening(), name, vouchers))
    bank.import_statements(given, by=SYSTEM)


def _evening() -> datetime:
    return year.at(today(), 8)


def _property(books: Books) -> None:
    """Cards, contracts with what was paid under them, debts."""
    cards, places = [], []
    for v in books.villages:
        for thing in v.things:
            cards.append(_card(books.sets[v.code], thing))
            places.append(thing)
    assets = {
        id(thing): asset for thing, asset in zip(places, importing_things.import_assets(cards, by=SYSTEM), strict=True)
    }
    rows = []
    for v in books.villages:
        paid = {
            (fact.contract_no, fact.more.get("due")): (fact.on, voucher)
            for fact, voucher in zip(books.facts[v.code], books.vouchers[v.code], strict=False)
            if fact.contract_no and fact.kind == "receipt"
        }
        rows += [_contract(v, books.sets[v.code], bargain, assets, paid) for bargain in v.bargains]
    importing_things.import_contracts(rows, by=SYSTEM)
    debts = [row for v in books.villages for row in plants.debts(v, books.sets[v.code])]
    if debts:
        importing_things.import_debts(debts, by=SYSTEM)


def _card(accounts: AccountSet, thing: Thing) -> dict:
    return {
        "set": accounts,
        "number": thing.number,
        "name": thing.name,
        "class_key": thing.class_key,
        "is_resource": thing.is_resource,
        "land_kind": thing.land_kind,
        "area_mu": thing.area_mu,
        "measured_mu": thing.area_mu,
        "original_cents": thing.original,
        "acquired_on": thing.acquired_on,
        "status": thing.status,
        "status_since": thing.status_since,
        "counted_on": thing.counted_on,
        **thing.more,
    }


def _contract(v: Village, accounts: AccountSet, bargain: Bargain, assets: dict, paid: dict) -> dict:
    receipts = []
    for position, (due, cents) in enumerate(year.schedule(bargain), 1):
        day = year.paid_on(v, bargain, due)
        if day:
            voucher = paid.get((bargain.number, due), (None, None))[1]
            receipts.append((position, cents, day, bargain.more.get("payer", bargain.party), voucher))
    thing = bargain.thing
    row = {
        "set": accounts,
        "number": bargain.number,
        "title": bargain.title,
        "direction": "income",
        "kind": bargain.kind,
        "asset": assets[id(thing)] if thing else None,
        "party": bargain.party,
        "signed_on": bargain.signed_on,
        "starts_on": bargain.starts_on,
        "ends_on": bargain.ends_on,
        "cycle": "year",
        "yearly_cents": bargain.yearly,
        "total_cents": sum(cents for _due, cents in year.schedule(bargain)),
        "area_mu": thing.area_mu if thing else None,
        "mode": bargain.mode,
        "decision_no": bargain.decision_no,
        "decided_on": bargain.decided_on,
        "deal_no": bargain.deal_no,
        "published_on": bargain.signed_on + timedelta(days=4),
        "filed_on": bargain.signed_on + timedelta(days=6),
        "has_scan": True,
        "has_repricing": True,
        "paid": receipts,
    }
    row.update({key: value for key, value in bargain.more.items() if key != "payer"})
    return row


def _close(books: Books) -> int:
    """Months are handed in and closed in the first days of the next; this month's stay open."""
    rows = []
    for v in books.villages:
        rnd, s = Random(v.code + 7), books.sets[v.code]
        s.refresh_from_db(fields=["closed_month"])
        months = list(year.months(s.starts_on, v.today))[:-1]
        late = plants.late_closing(v)
        for month in months[: len(months) - late] if late else months:
            after = (month + timedelta(days=32)).replace(day=1)
            handed = year.at(after + timedelta(days=rnd.randrange(2, 9)), 10)
            closed = year.at(after + timedelta(days=rnd.randrange(9, 13)), 16)
            if closed > moment(_evening()):
                break
            if month.year * 100 + month.month <= s.closed_month:
                continue
            rows.append(
                closing.Closing(
                    s, month.year * 100 + month.month, handed, v.hands.accountant.pk, closed, v.hands.reviewer.pk
                )
            )
    closing.close_months_bulk(rows, by=SYSTEM)
    return 0
