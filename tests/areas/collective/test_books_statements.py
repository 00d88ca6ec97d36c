"""Statements and ledgers, and the invariants that hold whatever is entered."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huilian.areas.watch.collective.models import Budget, BudgetLine, Line, Voucher
from huilian.areas.watch.collective.queries import ledgers, public, reports, statements
from huilian.areas.watch.collective.queries.balances import balances, party_balances, spans, trial_balance
from huilian.areas.watch.collective.queries.chart import chart_of
from huilian.areas.watch.collective.services import months, sets, vouchers
from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from tests.stage import once

from .books import closed, lines, opened, posted

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 2, 12, 9, tzinfo=CHINA)


_told, stage, cast = once(opened, at=NEXT_YEAR)


@pytest.fixture
def books(stage):
    with frozen(NEXT_YEAR):
        yield stage.world


@pytest.fixture
def busy(cast, books):
    """The fixtures of a village's year, each as the rules of 2023 book it."""
    posted(cast, books, date(2026, 1, 5), "收租金", ("102", 300_000), ("501-02", -300_000), payee="柳河食品厂")
    posted(cast, books, date(2026, 1, 9), "应收租金", ("112", 40_000, "周记"), ("501-02", -40_000))
    posted(cast, books, date(2026, 2, 1), "运转补助", ("102", 500_000), ("503", -500_000))
    posted(cast, books, date(2026, 2, 3), "路灯专款", ("102", 150_000), ("241", -150_000, "路灯"))
    posted(cast, books, date(2026, 3, 1), "路灯工程", ("153", 150_000), ("102", -150_000), payee="安装队")
    posted(
        cast, books, date(2026, 4, 1), "路灯验收",
        ("151-04", 150_000), ("153", -150_000), ("241", 150_000, "路灯"), ("311-03", -150_000),
    )  # fmt: skip
    posted(cast, books, date(2026, 4, 2), "一事一议", ("113", 60_000, "张三"), ("231", -60_000, "水渠"))
    posted(cast, books, date(2026, 4, 3), "收筹资", ("101", 20_000), ("113", -20_000, "张三"))
    posted(cast, books, date(2026, 5, 2), "误工补贴", ("513-01", 70_000), ("213", -70_000))
    posted(cast, books, date(2026, 5, 3), "办公", ("513-02", 10_000), ("102", -10_000), payee="文具店")
    posted(cast, books, date(2026, 5, 4), "保洁", ("514-01", 25_000), ("101", -25_000), payee="保洁部")
    posted(cast, books, date(2026, 5, 5), "折旧", ("511", 12_000), ("152", -12_000))
    posted(cast, books, date(2026, 10, 5), "提取", ("322-01", 90_000), ("311-02", -90_000))
    posted(cast, books, date(2026, 10, 6), "分配", ("322-01", 50_000), ("113", -50_000, "李四"))
    return books


def test_the_balance_sheet_line_by_line(busy):
    sheet = statements.balance_sheet(busy, 202605)

    value = sheet.value
    assert value("money") == 50_000 + 9_000_000 + 300_000 + 500_000 + 20_000 - 10_000 - 25_000
    assert value("receivables") == 240_000 + 30_000 + 60_000 - 20_000  # 112, and 张三 on 113
    assert value("payables") == 10_000  # 李四 on 113
    assert value("fixed_cost") == 20_150_000 and value("fixed_worn") == 2_012_000
    assert value("fixed_net") == 18_138_000
    assert (value("labour"), value("levies"), value("earmarked"), value("works")) == (70_000, 60_000, 0, 0)
    assert value("reserve") == 10_420_000
    assert value("assets") == value("claims")
    assert (value("money", 1), value("receivables", 1), value("payables", 1)) == (9_050_000, 230_000, 10_000)
    assert value("assets", 1) == value("claims", 1)


def test_the_statement_of_results_line_by_line(cast, busy):
    budget = Budget.objects.create(set=busy, year=2026, decision_no="1", decided_on=date(2026, 1, 1))
    chart = chart_of(busy)
    for code, cents in (("501-02", 400_000), ("513-01", 80_000)):
        BudgetLine.objects.create(budget=budget, account=chart.by_code[code], amount_cents=cents)

    of = statements.income_statement(busy, month=202605)

    assert of.columns == ("month", "year", "last_year", "budget")
    assert [of.value("operating_income", c) for c in range(4)] == [0, 340_000, 0, 400_000]
    assert [of.value("administration", c) for c in range(4)] == [80_000, 80_000, 0, 80_000]
    assert of.value("running") == 10_000
    assert of.value("operating_result", 1) == 340_000 - 12_000 - 80_000
    assert of.value("net_result", 1) == 340_000 - 92_000 + 500_000 - 25_000


def test_distribution_is_told_by_who_received_it_before_and_after_the_year_is_closed(cast, busy):
    def told():
        of = statements.income_statement(busy, year=2026)
        keys = ("net_result", "brought_forward", "to_reserve", "to_members", "otherwise", "undistributed")
        return [of.value(k) for k in keys]

    before = told()
    sheet = statements.balance_sheet(busy, 202612).value("undistributed")
    closed(cast, busy, *range(202601, 202613))

    assert before == [723_000, 2_000_000, 90_000, 50_000, 0, 2_583_000] == told()
    assert sheet == 2_583_000 == statements.balance_sheet(busy, 202612).value("undistributed")
    assert statements.income_statement(busy, year=2027).value("net_result", 1) == 723_000


def test_the_ledgers_end_where_the_balances_stand(busy):
    for general in ledgers.general_ledger(busy, 2026):
        code = general.account.code
        stand = sum(s.closing for c, s in balances(busy, 202612).items() if c[:3] == code)
        assert (general.rows[-1].balance if general.rows else general.opening) == stand, code
        assert ledgers.detail_ledger(busy, code).closing == stand, code


def test_a_detailed_ledger_can_be_of_one_household_and_one_span(busy):
    whole = ledgers.detail_ledger(busy, "113", party="张三")
    april = ledgers.detail_ledger(busy, "113", party="张三", first=202604, last=202604)

    assert (whole.opening, whole.closing) == (30_000, 70_000)
    assert [(r.debit, r.credit, r.balance) for r in april.rows] == [(60_000, 0, 90_000), (0, 20_000, 70_000)]
    with pytest.raises(LookupError):
        ledgers.detail_ledger(busy, "999")


def test_what_villagers_see_adds_up_to_what_cash_and_bank_moved(cast, busy):
    voucher = Voucher.objects.get(summary="办公")
    with frozen(datetime(2026, 5, 30, 9, tzinfo=CHINA)):
        vouchers.reverse(voucher, reason="重复报销", by=cast.tang_yun)

    rows = public.public_lines(busy, 202605)
    totals = public.month_totals(busy, 202605)

    assert [(r.summary, r.in_cents, r.out_cents) for r in rows] == [
        ("办公", 0, 10_000), ("保洁", 0, 25_000), ("办公", 0, -10_000),
    ]  # fmt: skip
    assert rows[0].category == "管理费用 · 办公费" and rows[0].approver == "刘长贵" and rows[0].is_reversed
    assert (totals.in_cents, totals.out_cents, totals.lines) == (0, 25_000, 3)
    assert totals.closing_cents == totals.opening_cents + totals.in_cents - totals.out_cents
    assert totals.moved_cents == 0


def test_facts_about_vouchers_say_who_acted(cast, busy):
    voucher = Voucher.objects.get(summary="保洁")

    facts = public.voucher_facts([voucher.pk, 0])[voucher.pk]

    assert facts["unit"] == cast.liuhe_cooperative and len(facts["persons"]) == 4
    assert facts["village_code"] == int(cast.liuhe.code)


def test_the_monthly_report_of_a_township_says_what_every_set_stands_at(cast, busy):
    unit = Unit.objects.create(name="山前村股份经济合作社", kind="cooperative", place=cast.shanqian)
    sets.open_books(unit, starts_on=date(2026, 5, 1), opening=[("102", 700), ("301", -700)], by=SYSTEM)
    closed(cast, busy, 202601)

    rows = reports.monthly_report(cast.qingshi, 202605, cast.tang_yun)
    [township] = reports.by_township(cast.county, 202605)

    own = next(r for r in rows if r.key == busy.pk)
    sheet = statements.balance_sheet(busy, 202605)
    assert own.money == sheet.value("money")
    assert (own.income, own.expense, own.year_income, own.year_expense) == (0, 117_000, 840_000, 117_000)
    assert (own.vouchers, own.waiting, own.closed) == (4, 0, 0)
    assert (township.sets, township.money) == (2, own.money + 700)
    assert reports.monthly_report(None, 202605, cast.sun_yan) == []
    assert reports.monthly_report(None, 202601)[0].closed == 1


CODES = (
    "101",
    "102",
    "112",
    "113",
    "121",
    "151-01",
    "213",
    "241",
    "301",
    "311-02",
    "501-01",
    "503",
    "513-02",
    "514-01",
)
PARTIES = ("张三", "李四", "王五")
LINE = st.tuples(st.sampled_from(CODES), st.integers(-500_000, 500_000).filter(bool), st.sampled_from(PARTIES))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entered=st.lists(
        st.tuples(st.integers(1, 12), st.integers(1, 28), st.lists(LINE, min_size=1, max_size=5)), max_size=8
    ),
    wrong=st.integers(0, 7),
)
def test_whatever_is_posted_the_books_hold_together(books, entered, wrong):
    from django.db import transaction

    with transaction.atomic():
        made = []
        for month, day, rows in entered:
            gap = -sum(cents for _c, cents, _p in rows)
            rows = [*rows, ("211", gap, "张三")] if gap else [*rows, ("211", 5, "张三"), ("212", -5, "")]
            made.append(
                vouchers.draft(books, {"date": date(2026, month, day), "summary": "甲"}, lines(*rows), by=SYSTEM)
            )
        for voucher in made:
            for act in (vouchers.submit, vouchers.review, vouchers.approve, vouchers.stamp):
                act(voucher, by=SYSTEM)
        Voucher.objects.filter(number=None).update(decision_no="1")
        vouchers.post(made, by=SYSTEM)
        if wrong < len(made):
            vouchers.reverse(made[wrong], reason="凭证有误", by=SYSTEM)

        for month in (202601, 202607, 202612, 202702):
            holds_together(books, month)
        for month in range(202601, 202612):
            months.seal_month(books, month, None)
        books.closed_month = 202611
        books.save()
        months.hand_in(books, 202612, by=SYSTEM)
        if all(balances(books, 202612).get(c) is None or ok(books, c) for c in ("101", "241")):
            result = statements.income_statement(books, year=2026)
            months.close_year(books, 2026, by=SYSTEM)
            assert statements.income_statement(books, year=2026).sections == result.sections
            stand = balances(books, 202612)
            assert all(s.closing == 0 for c, s in stand.items() if c[0] == "5" or c in ("321", "322-01"))
            assert stand["322-02"].closing == -result.value("undistributed")
            holds_together(books, 202612)
            holds_together(books, 202702)
        transaction.set_rollback(True)
    books.refresh_from_db()


def ok(books, code):
    closing = balances(books, 202612)[code].closing
    return closing >= 0 if code == "101" else closing <= 0


def holds_together(books, month):
    table = trial_balance(books, 202601, month)
    assert table.balances and sum(r.closing for r in table.rows if r.level == 1) == 0
    sheet = statements.balance_sheet(books, month)
    assert sheet.value("assets") == sheet.value("claims")
    assert sheet.value("assets", 1) == sheet.value("claims", 1)
    households = sum(party_balances(books, ["113"], upto=month).values())
    stand = spans(books, month, month)
    assert households == stand["113"].closing
    by_lines = {}
    for code, debit, credit in Line.objects.filter(voucher__month__lte=month, voucher__state="posted").values_list(
        "account__code", "debit_cents", "credit_cents"
    ):
        by_lines[code] = by_lines.get(code, 0) + debit - credit
    assert by_lines == {c: s.closing for c, s in stand.items() if c in by_lines}
    totals = public.month_totals(books, month)
    seen = public.public_lines(books, month)
    assert totals.in_cents - totals.out_cents == totals.closing_cents - totals.opening_cents
    assert sum(r.in_cents - r.out_cents for r in seen) == totals.closing_cents - totals.opening_cents
