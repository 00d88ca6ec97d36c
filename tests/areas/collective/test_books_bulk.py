"""Books of the past taken over and closed in bulk: the same books come of it as by hand."""

from datetime import date, datetime

import pytest

from huilian.areas.watch.collective.models import Month, Voucher, Year
from huilian.areas.watch.collective.queries.balances import balances, trial_balance
from huilian.areas.watch.collective.services.bulk import Given, import_vouchers
from huilian.areas.watch.collective.services.closing import Closing, close_months_bulk
from huilian.engine.directory.models import Unit
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import CHINA, frozen
from tests.stage import once

from .books import closed, opened, posted

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 2, 12, 9, tzinfo=CHINA)
ROWS = (
    (date(2026, 2, 3), "收租金", (("102", 600_000), ("501-02", -600_000))),
    (date(2026, 3, 3), "办公费", (("513-02", 100_000), ("102", -100_000))),
    (date(2026, 3, 2), "借给周记", (("112", 40_000, "周记"), ("102", -40_000))),
    (date(2026, 11, 3), "提取公积公益金", (("322-01", 90_000), ("311-02", -90_000))),
)


_told, stage, cast = once(opened, at=NEXT_YEAR)


@pytest.fixture
def books(stage):
    with frozen(NEXT_YEAR):
        yield stage.world


def given(books, **more):
    return [Given(books, day, summary, lines, **more) for day, summary, lines in ROWS]


def handed_in(books, month, day=date(2027, 1, 4)):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
    return Closing(books, month, at, None, at)


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


def test_vouchers_are_taken_over_with_the_persons_and_days_that_stand_on_them(cast, books):
    head, at = cast.person("liu_changgui"), datetime(2026, 2, 4, 8, tzinfo=CHINA)

    found = import_vouchers(given(books, approved=(head.pk, at), values={"payee": "柳 河（食品）厂"}), by=cast.tang_yun)

    assert [(v.month, v.number) for v in found] == [(202602, 1), (202603, 1), (202603, 2), (202611, 1)]
    first = Voucher.objects.get(pk=found[0].pk)
    assert (first.approved_by, first.approved_at, first.stamped_at) == (head, at, None)
    assert (first.kind, first.method, first.total_cents, first.payee_norm) == ("receipt", "bank", 600_000, "柳河食品厂")
    assert balances(books, 202612)["102"].closing == 9_000_000 + 600_000 - 140_000
    assert trial_balance(books, 202601, 202612).balances
    assert told("import_vouchers") == 1


def test_one_wrong_voucher_among_many_leaves_nothing_behind(cast, books):
    rows = [*given(books), Given(books, date(2026, 4, 1), "错账", (("102", 5), ("501-02", -4)), row=7)]

    with pytest.raises(Invalid, match="错账") as wrong:
        import_vouchers(rows, by=SYSTEM)

    assert wrong.value.row == 7
    assert Voucher.objects.exclude(number=0).count() == 0 and told("import_vouchers") == 0


def test_who_may_not_close_books_takes_none_over(cast, books):
    with pytest.raises(NotAllowed):
        import_vouchers(given(books), by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        close_months_bulk([handed_in(books, 202601)], by=cast.ma_jun)
    assert books.vouchers.count() == 1 and not Month.objects.exists()


def test_in_bulk_and_by_hand_the_same_books_and_seals_come_of_it(cast, books):
    unit = Unit.objects.create(name="山前村股份经济合作社", kind="cooperative", place=cast.shanqian)
    other = opened(cast, unit=unit)
    import_vouchers(given(other), by=SYSTEM)
    close_months_bulk([handed_in(other, m) for m in range(202601, 202613)], by=cast.tang_yun)
    for day, summary, lines in sorted(ROWS):
        posted(cast, books, day, summary, *lines, decision_no="1")
    closed(cast, books, *range(202601, 202613))

    other.refresh_from_db()
    assert (other.closed_month, other.closed_year) == (202612, 2026)
    stand = [{c: s.closing for c, s in balances(b, 202701).items()} for b in (books, other)]
    assert stand[0] == stand[1] and stand[0]["322-02"] == -(2_000_000 + 500_000 - 90_000)
    mine, theirs = (list(Month.objects.filter(set=b).order_by("month")) for b in (books, other))
    assert [m.vouchers for m in mine] == [m.vouchers for m in theirs]
    results = [Year.objects.get(set=b) for b in (books, other)]
    assert results[0].result_cents == results[1].result_cents == 500_000
    assert all(len(y.digest) == 64 for y in results) and told("close_months") == 1


def test_several_years_are_closed_one_after_the_other(cast):
    with frozen(NEXT_YEAR):
        books = opened(cast, starts_on=date(2025, 1, 1))
        rows = [Given(books, date(y, 3, 3), "收租金", (("102", 1_000), ("501-02", -1_000))) for y in (2025, 2026)]
        import_vouchers(rows, by=SYSTEM)

        close_months_bulk([handed_in(books, y * 100 + m) for y in (2025, 2026) for m in range(1, 13)], by=SYSTEM)

    assert [y.result_cents for y in Year.objects.order_by("year")] == [1_000, 1_000]
    assert balances(books, 202701)["322-02"].closing == -2_002_000


@pytest.mark.parametrize("which", [[202602], [202601, 202603], [202601, 202602, 202702]])
def test_a_gap_or_a_month_that_is_not_over_closes_nothing(cast, books, which):
    with pytest.raises(Invalid):
        close_months_bulk([handed_in(books, m) for m in which], by=SYSTEM)
    assert not Month.objects.exists() and told("close_months") == 0


def test_cash_below_nothing_closes_nothing(cast, books):
    import_vouchers([Given(books, date(2026, 1, 2), "文具", (("513-02", 50_100), ("101", -50_100)))], by=SYSTEM)

    with pytest.raises(Invalid, match=r"1\.00"):
        close_months_bulk([handed_in(books, 202601)], by=SYSTEM)
