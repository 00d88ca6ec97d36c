"""Bank accounts, statements read whole or not at all, matches, and the reconciliation statement."""

import io
from datetime import date

import pytest

from huilian.areas.watch.collective.models import Account, BankAccount, BankLine, BankStatement
from huilian.areas.watch.collective.queries.bank import proposed, reconcile
from huilian.areas.watch.collective.rules.statements import Entry
from huilian.areas.watch.collective.schedule import match_bank_entries
from huilian.areas.watch.collective.services import bank, matching, sets, vouchers
from huilian.engine.registers.models import ColumnMapping
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now

from .books import JUNE, posted

pytestmark = pytest.mark.django_db
HEAD = "交易日期,摘要,收入金额,支出金额,账户余额,对方户名,对方账号\n"
ROWS = [
    '2026-06-01,租金,"¥1,200.00",,"91,200.00",柳河食品厂,6228001',
    "2026-06-02,保洁,,800.00,90400.00,安澜保洁部,6228002",
    "2026-06-05,结息,12.34,,90412.34,,",
]


@pytest.fixture(autouse=True)
def _june():
    with frozen(JUNE):
        yield


@pytest.fixture
def account(cast, books):
    return basic(cast, books)


def basic(cast, books, number="6217 0000 1111 2222", **more):
    values = {
        "set": books,
        "number": number,
        "bank": "安澜农商银行",
        "holder": books.name,
        "kind": "basic",
        "account": Account.objects.get(set=None, code="102"),
        "opened_on": date(2024, 1, 1),
        **more,
    }
    return bank.save_bank_account(None, values, by=cast.ma_jun)


def file(*rows, head=HEAD):
    return io.BytesIO((head + "\n".join(rows)).encode())


def read(cast, account, *rows, head=HEAD, name="六月.csv", mapping=None):
    return bank.import_statement(account, file(*rows, head=head), name, by=cast.ma_jun, mapping=mapping)


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


# Accounts


def test_an_account_is_entered_and_its_number_tidied(account):
    assert account.number == "6217000011112222" and told("bank_account") == 1


def test_a_second_basic_account_is_refused(cast, books, account):
    sub = sets.add_account(books, "102", "专户存款", by=cast.ma_jun)

    with pytest.raises(Invalid) as refused:
        basic(cast, books, "6217000011113333", account=sub)
    assert refused.value.field == "kind"
    with pytest.raises(Invalid) as refused:
        basic(cast, books, "6217000011113333", account=sub, kind="special")
    assert refused.value.field == "purpose"
    assert BankAccount.objects.count() == 1

    basic(cast, books, "6217000011113333", account=sub, kind="special", purpose="征地补偿专户")
    assert BankAccount.objects.count() == 2


def test_two_bank_accounts_never_share_an_account_of_the_books(cast, books, account):
    with pytest.raises(Invalid) as refused:
        basic(cast, books, "6217000011113333", kind="special", purpose="专户")

    assert refused.value.field == "account"


def test_only_the_towns_bookkeeper_keeps_bank_accounts(cast, books):
    for user in (cast.li_xiao, cast.sun_yan, cast.jiang_hong):
        with pytest.raises(NotAllowed):
            bank.save_bank_account(None, {"set": books, "number": "62170000"}, by=user)
    assert not BankAccount.objects.exists() and not told("bank_account")


def test_a_countys_list_of_accounts_is_taken_over_at_once(cast, books):
    row = BankAccount(
        set=books,
        number="6217 0000 9999",
        bank="安澜农商银行",
        holder=books.name,
        account=Account.objects.get(set=None, code="102"),
    )

    bank.register_bank_accounts([row], by=SYSTEM)

    assert BankAccount.objects.get().number == "621700009999" and told("bank_account") == 1
    with pytest.raises(Invalid):
        bank.register_bank_accounts([BankAccount(set=books, number="12", account=row.account)], by=SYSTEM)


# Statements


def test_a_statement_with_currency_signs_and_commas_is_read(cast, account):
    outcome = read(cast, account, *ROWS)

    statement = outcome.statement
    assert (statement.opening_cents, statement.closing_cents, statement.lines_count) == (9_000_000, 9_041_234, 3)
    assert [ln.amount_cents for ln in statement.lines.all()] == [120_000, -80_000, 1_234]
    assert told("bank_statement") == 1


def test_an_amount_in_words_is_refused_with_its_row_and_nothing_is_kept(cast, account):
    with pytest.raises(bank.FaultyStatement) as refused:
        read(cast, account, "2026-06-01,租金,¥壹仟,,91200.00,柳河食品厂,", *ROWS[1:])

    assert [(f.row, f.letter) for f in refused.value.faults] == [(2, "C")]
    assert not BankStatement.objects.exists() and not told("bank_statement")


def test_the_same_file_is_read_once(cast, account):
    read(cast, account, *ROWS)

    with pytest.raises(Conflict) as refused:
        read(cast, account, *ROWS)

    assert "2026-06-18" in str(refused.value) and BankStatement.objects.count() == 1


def test_a_statement_with_a_gap_is_refused(cast, account):
    read(cast, account, *ROWS)

    with pytest.raises(bank.FaultyStatement) as refused:
        read(cast, account, "2026-06-10,手续费,,10.00,80402.34,,")

    assert "90,412.34" in str(refused.value.faults[0]) and BankStatement.objects.count() == 1


def test_rows_that_were_read_already_are_refused(cast, account):
    read(cast, account, *ROWS)

    with pytest.raises(bank.FaultyStatement) as refused:
        read(cast, account, ROWS[1], ROWS[2], "2026-06-08,手续费,,10.00,90402.34,,")

    assert refused.value.faults[0].row == 2 and BankLine.objects.count() == 3


def test_a_row_left_out_breaks_the_running_balance(cast, account):
    with pytest.raises(bank.FaultyStatement) as refused:
        read(cast, account, ROWS[0], ROWS[2])

    assert [(f.row, f.letter) for f in refused.value.faults] == [(3, "E")]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("交易时间,交易金额,余额\n", ["2026-06-01 09:00:00,1200,91200", "2026-06-02 10:00:00,-800,90400"]),
        ("日期,借贷标志,发生额,余额\n", ["2026-06-02,借,800,90400", "2026-06-01,贷,1200,91200"]),
        ("记账日期,借方发生额,贷方发生额,余额\n", ["20260601,0.00,1200,91200", "20260602,800,0.00,90400"]),
    ],
)
def test_the_shapes_of_several_banks_are_understood(cast, account, head, rows):
    read(cast, account, *rows, head=head)

    assert list(BankLine.objects.values_list("amount_cents", flat=True)) == [120_000, -80_000]


def test_unknown_headings_are_mapped_once_and_remembered(cast, account):
    head = "甲,乙,丙\n"
    with pytest.raises(bank.FaultyStatement) as refused:
        read(cast, account, "2026-06-01,1200,91200", head=head)
    assert refused.value.reading.missing == ("date", "balance", "paid_in", "paid_out")

    read(cast, account, "2026-06-01,1200,91200", head=head, mapping={"date": "甲", "amount": "乙", "balance": "丙"})
    read(cast, account, "2026-06-02,-800,90400", head=head)

    assert BankLine.objects.count() == 2 and ColumnMapping.objects.count() == 1


def test_the_last_statement_can_be_taken_back_and_no_other(cast, account):
    first = read(cast, account, ROWS[0]).statement
    second = read(cast, account, ROWS[1]).statement

    with pytest.raises(Conflict):
        bank.withdraw_statement(first, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        bank.withdraw_statement(second, by=cast.li_xiao)
    assert BankStatement.objects.count() == 2

    bank.withdraw_statement(second, by=cast.ma_jun)
    assert BankStatement.objects.get() == first and told("bank_withdraw") == 1


def test_statements_come_as_values_under_the_same_checks(cast, books, account):
    rent = posted(cast, books, date(2026, 6, 1), "租金", ("102", 500), ("501-02", -500))
    entries = [Entry(1, date(2026, 6, 1), 500, 9_000_500), Entry(2, date(2026, 6, 2), -200, 9_000_300)]
    given = bank.GivenStatement(account, entries, at=now(), vouchers={1: rent})

    (made,) = bank.import_statements([given], by=SYSTEM)

    assert BankLine.objects.get(position=1).voucher == rent and made.closing_cents == 9_000_300
    assert told("bank_statements") == 1
    with pytest.raises(Invalid):
        bank.import_statements([given], by=SYSTEM)
    with pytest.raises(NotAllowed):
        bank.import_statements([given], by=cast.li_xiao)
    assert BankStatement.objects.count() == 1


# Matches


@pytest.fixture
def spent(cast, books):
    return posted(
        cast, books, date(2026, 6, 1), "六月保洁费", ("514-01", 80_000), ("102", -80_000), payee="安澜保洁部",
        payee_kind="firm",
    )  # fmt: skip


def test_what_is_beyond_doubt_is_matched_while_reading(cast, account, spent):
    outcome = read(cast, account, *ROWS)

    assert outcome.matched == 1
    line = BankLine.objects.get(amount_cents=-80_000)
    assert line.voucher == spent and line.how == "rule"


def test_a_match_by_hand_must_have_equal_sums(cast, books, account, spent):
    read(cast, account, ROWS[0])
    line = BankLine.objects.get()

    with pytest.raises(Invalid) as refused:
        matching.match([line], [spent], by=cast.ma_jun)

    assert "2,000.00" in str(refused.value)
    line.refresh_from_db()
    assert line.voucher is None and not told("bank_match")


def test_one_entry_may_pay_several_vouchers_and_is_let_go_whole(cast, books, account):
    one = posted(cast, books, date(2026, 6, 1), "租金一", ("102", 70_000), ("501-02", -70_000), payee="甲")
    two = posted(cast, books, date(2026, 6, 1), "租金二", ("102", 50_000), ("501-02", -50_000), payee="乙")
    read(cast, account, ROWS[0])
    line = BankLine.objects.get()

    found = proposed([line], account)[line.pk][0]
    assert {v.pk for v in found.vouchers} == {one.pk, two.pk}
    matching.match([line], found.vouchers, by=cast.ma_jun)
    assert reconcile(account, date(2026, 6, 1)).open_items == 0

    matching.unmatch(line, by=cast.ma_jun)
    line.refresh_from_db()
    assert line.voucher is None and not line.also.exists() and told("bank_unmatch") == 1
    with pytest.raises(Conflict):
        matching.unmatch(line, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        matching.unmatch(line, by=cast.tang_yun)


def test_many_entries_may_make_up_one_voucher(cast, books, account):
    wages = posted(cast, books, date(2026, 6, 1), "误工补贴", ("513-01", 50_000), ("102", -50_000))
    read(
        cast, account,
        "2026-06-01,工资,,300.00,89700.00,张三,1", "2026-06-01,工资,,200.00,89500.00,李四,2",
    )  # fmt: skip

    matching.match(list(BankLine.objects.all()), [wages], by=cast.ma_jun)

    assert BankLine.objects.filter(voucher=wages).count() == 2
    assert reconcile(account).open_items == 0 and reconcile(account).difference == 0


def test_a_voucher_is_matched_once(cast, books, account, spent):
    read(cast, account, *ROWS, "2026-06-06,保洁,,800.00,89612.34,别家,")
    other = BankLine.objects.filter(amount_cents=-80_000, voucher=None).get()

    with pytest.raises(Conflict):
        matching.match([other], [spent], by=cast.ma_jun)


def test_a_reversed_voucher_lets_its_entry_go(cast, books, account, spent):
    read(cast, account, *ROWS)
    vouchers.reverse(spent, reason="金额记错", by=cast.tang_yun)

    matching.match_open(account, by=cast.ma_jun)

    assert BankLine.objects.get(amount_cents=-80_000).voucher is None
    assert reconcile(account).difference == 0


def test_every_night_entries_find_the_vouchers_posted_since(cast, books, account):
    read(cast, account, *ROWS)
    late = posted(cast, books, date(2026, 6, 2), "保洁费", ("513-02", 80_000), ("102", -80_000), payee="安澜保洁部")

    found = match_bank_entries()

    assert found == 1 and BankLine.objects.get(amount_cents=-80_000).voucher == late
    assert matching.match_all_open(by=SYSTEM) == 0
    with pytest.raises(NotAllowed):
        matching.match_all_open(by=cast.li_xiao)
    assert Event.objects.filter(verb="collective.bank_match_open").count() == 1


def test_the_reconciliation_names_open_items_on_both_sides(cast, books, account, spent):
    posted(cast, books, date(2026, 6, 4), "办公费", ("513-02", 30_000), ("102", -30_000), payee="文具店")
    read(cast, account, *ROWS)

    found = reconcile(account, date(2026, 6, 5))

    assert (found.bank_balance, found.book_balance) == (9_041_234, 8_890_000)
    assert [ln.amount_cents for ln in found.received] == [120_000, 1_234] and not found.paid
    assert [v.moved for v in found.booked_out] == [-30_000] and not found.booked_in
    assert found.adjusted_bank == found.adjusted_book == 9_011_234 and found.difference == 0


def test_what_the_bank_moved_after_the_day_is_open_on_that_day(cast, books, account):
    late = posted(cast, books, date(2026, 6, 1), "办公费", ("513-02", 30_000), ("102", -30_000), payee="文具店")
    read(cast, account, "2026-06-03,办公,,300.00,89700.00,文具店,")
    assert BankLine.objects.get().voucher == late

    assert [v.pk for v in reconcile(account, date(2026, 6, 2)).booked_out] == [late.pk]
    assert reconcile(account, date(2026, 6, 3)).open_items == 0
