"""Months handed in and sealed, years closed, books handed over when a village merges."""

import hashlib
from datetime import date, datetime

import pytest

from huilian.areas.watch.collective.models import Month, Voucher, Year
from huilian.areas.watch.collective.queries.balances import balances, party_balances, trial_balance
from huilian.areas.watch.collective.services import months, sets, vouchers
from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import CHINA, frozen

from .books import JUNE, closed, entered, marked, opened, posted

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 12, 9, tzinfo=CHINA)


@pytest.fixture
def books(stage):
    with frozen(JUNE):
        yield stage.world


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


def test_the_village_hands_in_a_month_once(cast, books):
    row = months.hand_in(books, 202605, by=cast.li_xiao)

    assert row.submitted_by == cast.person("li_xiao") and told("hand_in") == 1
    with pytest.raises(Conflict):
        months.hand_in(books, 202605, by=cast.li_xiao)
    with pytest.raises(NotAllowed):
        months.hand_in(books, 202604, by=cast.ma_jun)
    for wrong in (202512, 202607, 202613):
        with pytest.raises(Invalid):
            months.hand_in(books, wrong, by=cast.li_xiao)
    assert told("hand_in") == 1


def test_a_month_is_sealed_over_the_digests_of_its_vouchers(cast, books):
    one = posted(cast, books, date(2026, 1, 3), "收租金", ("102", 100), ("501-02", -100))
    two = posted(cast, books, date(2026, 1, 5), "收租金", ("102", 300), ("501-02", -300))

    closed(cast, books, 202601)

    row = Month.objects.get(month=202601)
    opening = Voucher.objects.get(number=0)
    expected = "\n".join([opening.digest, one.digest, two.digest]).encode()
    assert row.digest == hashlib.sha256(expected).hexdigest()
    assert (row.vouchers, books.closed_month, told("close_month")) == (3, 202601, 1)


def test_what_keeps_a_month_open_is_said_and_nothing_is_closed(cast, books):
    months.hand_in(books, 202602, by=cast.li_xiao)
    with pytest.raises(Invalid, match="2026-01"):
        months.close_month(books, 202602, by=cast.tang_yun)
    with pytest.raises(Invalid):  # not handed in
        months.close_month(books, 202601, by=cast.tang_yun)
    months.hand_in(books, 202601, by=cast.li_xiao)
    with pytest.raises(NotAllowed):
        months.close_month(books, 202601, by=cast.ma_jun)
    entered(cast, books, date(2026, 1, 3), "收租金", ("102", 100), ("501-02", -100))
    with pytest.raises(Invalid, match="1"):
        months.close_month(books, 202601, by=cast.tang_yun)

    books.refresh_from_db()
    assert books.closed_month == 0 and told("close_month") == 0


def test_a_month_that_is_not_over_stays_open(cast, books):
    closed(cast, books, 202601, 202602, 202603, 202604, 202605)
    months.hand_in(books, 202606, by=cast.li_xiao)

    with pytest.raises(Invalid, match="2026-06"):
        months.close_month(books, 202606, by=cast.tang_yun)
    with pytest.raises(Conflict):
        months.close_month(books, 202605, by=cast.tang_yun)


def test_overdrawn_funds_and_negative_cash_keep_a_month_open(cast, books):
    spent = posted(
        cast,
        books,
        date(2026, 1, 3),
        "路灯工程",
        ("241", 700, "路灯"),
        ("102", -700),
        payee="安装队",
        payee_kind="firm",
    )
    months.hand_in(books, 202601, by=cast.li_xiao)
    with pytest.raises(Invalid, match="241"):
        months.close_month(books, 202601, by=cast.tang_yun)
    posted(cast, books, date(2026, 1, 4), "专项资金", ("102", 700), ("241", -700, "路灯"))
    posted(cast, books, date(2026, 1, 5), "文具", ("513-02", 50_100), ("101", -50_100))
    with pytest.raises(Invalid, match=r"1\.00"):
        months.close_month(books, 202601, by=cast.tang_yun)
    assert spent.number == 1 and told("close_month") == 0


def a_year(cast, books):
    with frozen(NEXT_YEAR):
        posted(cast, books, date(2026, 2, 3), "收租金", ("102", 600_000), ("501-02", -600_000))
        posted(cast, books, date(2026, 3, 3), "办公费", ("513-02", 100_000), ("102", -100_000))
        posted(cast, books, date(2026, 8, 3), "保洁费", ("514-01", 50_000), ("102", -50_000))
        posted(cast, books, date(2026, 11, 3), "提取公积公益金", ("322-01", 90_000), ("311-02", -90_000))
        closed(cast, books, *range(202601, 202612))
        months.hand_in(books, 202612, by=cast.li_xiao)


def test_a_year_ends_in_its_result_and_the_balances_run_on(cast, books):
    a_year(cast, books)
    with frozen(NEXT_YEAR):
        with pytest.raises(Invalid):
            months.close_month(books, 202612, by=cast.tang_yun)
        with pytest.raises(NotAllowed):
            months.close_year(books, 2026, by=cast.ma_jun)

        year = months.close_year(books, 2026, by=cast.tang_yun)

        assert year.result_cents == 450_000
        january = balances(books, 202701)
        assert all(s.closing == 0 for c, s in january.items() if c[:3] in ("321", "501", "513", "514"))
        assert january["322-01"].closing == 0
        assert january["322-02"].closing == -(2_000_000 + 450_000 - 90_000)
        assert january["102"].opening == 9_450_000
        assert trial_balance(books, 202701, 202701).balances
        carried = Voucher.objects.filter(kind="carry")
        assert [v.date for v in carried] == [date(2026, 12, 31)] * 2
        books.refresh_from_db()
        assert (books.closed_month, books.closed_year, told("close_year")) == (202612, 2026, 1)


def test_closing_a_year_twice_is_closing_it_once(cast, books):
    a_year(cast, books)
    with frozen(NEXT_YEAR):
        first = months.close_year(books, 2026, by=cast.tang_yun)
        again = months.close_year(books, 2026, by=cast.tang_yun)

    assert first.pk == again.pk and Voucher.objects.filter(kind="carry").count() == 2
    assert told("close_year") == 1


def test_a_year_with_nothing_in_it_closes_without_vouchers(cast):
    with frozen(NEXT_YEAR):
        books = opened(cast, opening=())
        closed(cast, books, *range(202601, 202613))

    assert Year.objects.get().result_cents == 0 and not Voucher.objects.exists()


@pytest.fixture
def neighbour(cast, books):
    unit = Unit.objects.create(name="山前村股份经济合作社", kind="cooperative", place=cast.shanqian)
    opening = [("102", 40_000), ("113", 5_000, "王五"), ("301", -45_000)]
    return sets.open_books(unit, starts_on=date(2026, 1, 1), agency=cast.qingshi_agency, opening=opening, by=SYSTEM)


def test_a_village_merged_in_mid_year_hands_over_all_it_stood_at(cast, books, neighbour):
    own = sets.add_account(neighbour, "102", "水库专户", by=cast.ma_jun)
    posted(cast, neighbour, date(2026, 3, 2), "收水费", (own.code, 9_000), ("501-03", -9_000))
    posted(cast, neighbour, date(2026, 4, 2), "计提办公费", ("513-02", 1_000), ("213", -1_000))

    here, there = sets.merge_sets(neighbour, books, date(2026, 5, 31), by=cast.tang_yun)

    neighbour.refresh_from_db()
    assert all(s.closing == 0 for s in balances(neighbour, 202605).values())
    assert (neighbour.merged_into, neighbour.closed_on, neighbour.closed_month) == (books, date(2026, 5, 31), 202605)
    assert Month.objects.filter(set=neighbour, closed_at__isnull=False).count() == 5
    after = balances(books, 202605)
    assert after["102"].closing == 9_000_000 + 40_000
    assert next(s.closing for s in after.values() if s.account.name == "水库专户") == 9_000
    assert after["501-03"].closing == -9_000 and after["513-02"].closing == 1_000
    assert party_balances(books, ["113"])["113", "王五"] == 5_000
    assert trial_balance(books, 202601, 202606).balances
    assert here.total_cents == there.total_cents
    assert told("merge") == told("take_over") == 1
    with pytest.raises(Invalid):
        entered(cast, neighbour, date(2026, 6, 1), "收租金", ("102", 100), ("501-02", -100))


def test_a_village_is_not_merged_while_something_waits_or_by_who_may_not(cast, books, neighbour):
    waiting = entered(cast, neighbour, date(2026, 5, 2), "收水费", ("102", 9_000), ("501-03", -9_000))

    with pytest.raises(Invalid, match="1"):
        sets.merge_sets(neighbour, books, date(2026, 5, 31), by=cast.tang_yun)
    with pytest.raises(NotAllowed):
        sets.merge_sets(neighbour, books, date(2026, 5, 31), by=cast.ma_jun)
    vouchers.post(marked(cast, waiting), by=cast.ma_jun)
    with pytest.raises(Invalid, match="2026-05-02"):
        sets.merge_sets(neighbour, books, date(2026, 4, 30), by=cast.tang_yun)
    with pytest.raises(Invalid):
        sets.merge_sets(books, books, date(2026, 5, 31), by=cast.tang_yun)

    neighbour.refresh_from_db()
    assert neighbour.closed_on is None and told("merge") == 0
