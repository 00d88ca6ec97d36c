"""Sets of books: opened with their balances, given accounts of their own, and handed over when a village merges."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place, Unit
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Account, AccountSet, Voucher
from ..queries.balances import balances, party_balances
from ..queries.chart import Chart, chart_of
from ..rules import vouchers as rules
from ..rules.months import month_of, months_between, next_month, word, year_of
from .acting import allow
from .booking import book
from .handing_over import things_follow
from .months import seal_month
from .posting import enter_posted, put_in_books
from .writing import in_chinese, lock_sets, write_lines

OWN_NUMBERS = range(50, 99)  # sub-accounts of one set; those below belong to the county
Opening = tuple[str, int] | tuple[str, int, str]  # (code, cents with debit positive, whom or what it concerns)


def subject(set: AccountSet) -> str:
    return f"collective.accountset:{set.pk}"


@transaction.atomic
def open_books(
    unit: Unit,
    *,
    starts_on: date,
    agency: Unit | None = None,
    opening: Iterable[Opening] = (),
    by,
    population: int = 0,
    members: int = 0,
) -> AccountSet:
    """Begin the books of an organisation on the first day of a month, with what its accounts stand at.

    The opening balances are one voucher, number 0 of the first month; they balance, or nothing is opened.
    """
    require(by, "collective.catalogue")
    if starts_on.day != 1:
        raise Invalid(_("Books begin on the first day of a month."), field="starts_on")
    if AccountSet.objects.filter(unit=unit).exists():
        raise Conflict(_("%(unit)s has books already.") % {"unit": unit})
    place = unit.place
    if place.level != Place.Level.VILLAGE:
        raise Invalid(_("%(unit)s does not lie in a village.") % {"unit": unit}, field="unit")
    accounts = AccountSet.objects.create(
        unit=unit,
        place=place,
        township=place.parent,
        village_code=int(place.code),
        name=unit.name,
        mode=AccountSet.Mode.AGENCY if agency else AccountSet.Mode.OWN,
        agency=agency,
        starts_on=starts_on,
        population=population,
        members=members,
    )
    data = {"from": word(month_of(starts_on))}
    record("collective.open_books", subject(accounts), by=by, data=data, place=place)
    rows = list(opening)
    if rows:
        enter_opening(accounts, rows, chart_of(accounts))
    return accounts


def enter_opening(accounts: AccountSet, rows: Sequence[Opening], chart: Chart) -> Voucher:
    """Write the balances with which the books begin. Refused where there are some, or the two sides differ."""
    if Voucher.objects.filter(set=accounts, kind=Voucher.Kind.OPENING).exists():
        raise Conflict(_("These books have their opening balances already."))
    if accounts.closed_month:
        raise Invalid(_("A month of these books is closed, so their opening balances stay as they are."))
    entries = []
    for at, (code, cents, *rest) in enumerate(rows, 1):
        account = chart.account(code, row=at)
        if account.number // (1 if account.number < 1000 else 100) > 500:
            raise Invalid(
                _("%(account)s is an account of income or expense: it begins every year with nothing.")
                % {"account": account},
                field="opening",
                row=at,
            )
        if cents:
            party = rest[0] if rest else ""
            entries.append(rules.Entry(account.code, max(cents, 0), max(-cents, 0), party, "", account.kept))
    total = rules.check_entries(entries)
    voucher = Voucher(
        set=accounts,
        month=month_of(accounts.starts_on),
        date=accounts.starts_on,
        kind=Voucher.Kind.OPENING,
        summary=in_chinese(gettext_lazy("Opening balances")),
        total_cents=total,
        entered_at=now(),
    )
    put_in_books(voucher, entries, 0, now())
    voucher.save()
    write_lines(voucher, entries, chart)
    starts: dict[int, int] = {}
    for entry in entries:
        key = chart.by_code[entry.code].pk
        starts[key] = starts.get(key, 0) + entry.debit - entry.credit
    book(accounts, [], starts)
    return voucher


@transaction.atomic
def add_opening(accounts: AccountSet, rows: Sequence[Opening], *, by) -> Voucher:
    """Enter the opening balances of books that were opened without."""
    accounts = lock_sets([accounts.pk])[0]
    allow(by, "collective.close", accounts)
    voucher = enter_opening(accounts, rows, chart_of(accounts))
    data = {"cents": voucher.total_cents, "lines": len(rows)}
    record("collective.add_opening", subject(accounts), by=by, data=data, place=accounts.place)
    return voucher


@transaction.atomic
def add_account(accounts: AccountSet, parent: Account | str, name: str, *, name_en: str = "", by) -> Account:
    """Give a set a sub-account of its own below one of the 42; the next free code is given."""
    allow(by, "collective.enter", accounts)
    accounts = lock_sets([accounts.pk])[0]
    return _own_account(accounts, parent, name, by, name_en=name_en)


def _own_account(accounts: AccountSet, parent: Account | str, name: str, by, *, name_en: str = "", kept="") -> Account:
    chart = chart_of(accounts)
    above = chart.find(parent if isinstance(parent, str) else parent.code)
    if above is None or above.parent_id:
        raise Invalid(_("A sub-account stands below one of the accounts of the chart, such as 102."), field="parent")
    name = name.strip()
    if not name:
        raise Invalid(_("Write the name of the sub-account."), field="name")
    below = [a for a in chart.accounts if a.parent_id == above.pk]
    if any(a.name == name for a in below):
        raise Conflict(_("%(parent)s has a sub-account %(name)s already.") % {"parent": above, "name": name})
    taken = {a.number for a in below}
    number = next((above.number * 100 + n for n in OWN_NUMBERS if above.number * 100 + n not in taken), None)
    if number is None:
        raise Invalid(_("%(parent)s has no free code left below it.") % {"parent": above})
    account = Account.objects.create(
        set=accounts,
        parent=above,
        code=f"{above.code}-{number % 100:02d}",
        number=number,
        name=name,
        name_en=name_en,
        element=above.element,
        side=above.side,
        kept=kept or above.kept,
        origin="county",
    )
    record("collective.add_account", subject(accounts), by=by, data={"account": account.code}, place=accounts.place)
    return account


@transaction.atomic
def merge_sets(old: AccountSet, into: AccountSet, on: date, *, by) -> tuple[Voucher, Voucher]:
    """Hand the books of a merged village over: all it stood at, by one voucher here and one there, dated `on`.

    Income and expense of the year so far go along. The old books end on that day and are sealed. Raises Invalid where
    vouchers still wait, were posted after that day, or the month is sealed in the receiving books.
    """
    if old.pk == into.pk:
        raise Invalid(_("Books cannot be handed over to themselves."))
    locked = {s.pk: s for s in lock_sets([old.pk, into.pk])}
    old, into = locked[old.pk], locked[into.pk]
    person = allow(by, "collective.close", old)
    allow(by, "collective.close", into)
    month = month_of(on)
    _may_end(old, on)
    chart, target = chart_of(old), chart_of(into)
    entries = _all_it_stands_at(old, month, chart)
    there = [
        rules.Entry(_same_account(e.code, chart, target, into, by), e.debit, e.credit, e.party, "", e.kept, e.party_key)
        for e in entries
    ]
    here = [rules.Entry(e.code, e.credit, e.debit, e.party, "", e.kept, e.party_key) for e in entries]

    def voucher(set: AccountSet, kind: str, summary: str) -> Voucher:
        return Voucher(
            set=set, date=on, kind=kind, summary=summary, prepared_by=person, prepared_at=now(), entered_at=now(),
            source="merge",
        )  # fmt: skip

    made = []
    if entries:
        gone = in_chinese(gettext_lazy("Handed over to %(set)s"), set=into)
        come = in_chinese(gettext_lazy("Taken over from %(set)s"), set=old)
        made = [
            enter_posted(voucher(old, Voucher.Kind.CARRY, gone), here, chart),
            enter_posted(voucher(into, Voucher.Kind.TRANSFER, come), there, chart_of(into)),
        ]
    for open_month in months_between(_first_open(old), month):
        seal_month(old, open_month, person)
    old.closed_on, old.merged_into, old.closed_month = on, into, month
    old.save(update_fields=["closed_on", "merged_into", "closed_month"])
    moved = things_follow(old, into)
    data = {"day": on.isoformat(), "into": into.name, "from": old.name, **moved}
    record("collective.merge", subject(old), by=by, data=data, place=old.place)
    record("collective.take_over", subject(into), by=by, data=data, place=into.place)
    return tuple(made)


def _first_open(set: AccountSet) -> int:
    return next_month(set.closed_month) if set.closed_month else month_of(set.starts_on)


def _may_end(old: AccountSet, on: date) -> None:
    if old.closed_on:
        raise Conflict(_("These books ended on %(day)s.") % {"day": old.closed_on})
    waiting = Voucher.objects.filter(set=old).exclude(state=Voucher.State.POSTED).count()
    if waiting:
        raise Invalid(_("%(count)d vouchers of these books are not posted. Post them or throw them away.") % {
            "count": waiting
        })  # fmt: skip
    behind = year_of(_first_open(old))
    if behind < on.year:
        raise Invalid(_("Close the year %(year)d of these books first.") % {"year": behind})
    later = Voucher.objects.filter(set=old, date__gt=on).order_by("-date").first()
    if later:
        raise Invalid(_("A voucher of these books is dated %(day)s, after the day they end.") % {"day": later.date})


def _all_it_stands_at(old: AccountSet, month: int, chart: Chart) -> list[rules.Entry]:
    """Every balance, by party where the account is kept by one; as lines on the side on which it stands."""
    standing = {code: s.closing for code, s in balances(old, month).items() if s.closing}
    apart = [code for code in standing if chart.by_code[code].kept]
    parties = party_balances(old, [a.code for a in chart.accounts if a.kept])
    rows = [(code, "", cents) for code, cents in standing.items() if code not in apart]
    rows += [(code, party, cents) for (code, party), cents in parties.items()]
    return [
        rules.Entry(code, max(cents, 0), max(-cents, 0), party, "", chart.by_code[code].kept)
        for code, party, cents in sorted(rows)
    ]


def _same_account(code: str, chart: Chart, target: Chart, into: AccountSet, by) -> str:
    """The account of the receiving books for `code`: the county's own, or one of the same name, made where missing."""
    account = chart.by_code[code]
    if account.set_id is None:
        return code
    for other in target.accounts:
        if other.set_id == into.pk and other.code[:3] == code[:3] and other.name == account.name:
            return other.code
    made = _own_account(into, account.code[:3], account.name, by, name_en=account.name_en, kept=account.kept)
    target.accounts.append(made)
    target.by_code[made.code] = made
    return made.code
