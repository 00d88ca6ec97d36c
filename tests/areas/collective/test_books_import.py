"""Workbooks of vouchers as offices send them: read, refused row by row, entered all or not at all."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from huilian.areas.watch.collective.models import Voucher
from huilian.areas.watch.collective.queries.balances import balances, party_balances, trial_balance
from huilian.areas.watch.collective.services import vouchers
from huilian.areas.watch.collective.services.importing import FaultyFile, import_file, look, match_columns
from huilian.engine import sheets
from huilian.engine.trail.models import Event
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen

from .books import JUNE

pytestmark = pytest.mark.django_db
HEADINGS = ("日期", "凭证字号", "摘要", "科目编码", "借方金额", "贷方金额", "往来单位", "收款人", "附件数", "发票号码")
KINDS = ("date", "text", "text", "text", "money", "money", "text", "text", "integer", "text")
ROWS = [
    (date(2026, 3, 5), "记-1", "收食品厂租金", "102", Decimal("1200.10"), None, None, "柳河食品厂", 1, None),
    (None, None, None, "501.02", None, Decimal("1200.10"), None, None, None, None),
    (date(2026, 3, 6), "记-2", "买纸和笔", "51302", Decimal("80"), None, None, "文具店", 2, "26001122"),
    (None, None, "笔", "513-02", Decimal("20"), None, None, None, None, None),
    (None, None, None, "101", None, Decimal("100"), None, None, None, None),
    (date(2026, 4, 6), "记-1", "应收张三水费", "113", Decimal("15"), None, "张三", None, None, None),
    (None, None, None, "501-03", None, Decimal("15"), None, None, None, None),
]


@pytest.fixture
def books(stage):
    with frozen(JUNE):
        yield stage.world


def workbook(rows=ROWS, headings=HEADINGS):
    columns = [sheets.Column(h, h, k) for h, k in zip(headings, KINDS, strict=True)]
    return sheets.write(columns, rows, "凭证")


def told(verb):
    return Event.objects.filter(verb=f"collective.{verb}").count()


def test_a_file_is_looked_at_before_anything_is_entered(cast, books):
    looked = look(workbook(), books, by=cast.ma_jun)

    assert (looked.lines, looked.vouchers, looked.total, looked.faults) == (7, 3, 131_510, [])
    assert Voucher.objects.count() == 1


def test_vouchers_of_a_file_wait_for_review_like_any_other(cast, books):
    found = import_file(workbook(), books, name="三月.xlsx", by=cast.ma_jun)

    assert [v.state for v in found] == ["submitted"] * 3 and balances(books, 202606)["102"].closing == 9_000_000
    second = Voucher.objects.get(summary="买纸和笔")
    assert (second.kind, second.method, second.total_cents, second.attachments) == ("payment", "cash", 10_000, 2)
    assert [line.summary for line in second.lines.all()] == ["", "笔", ""]
    assert second.invoices.get().number == "26001122"
    first = Voucher.objects.get(summary="收食品厂租金")
    vouchers.review(first, by=cast.tang_yun)
    assert vouchers.post(first, by=cast.ma_jun)[0].number == 1
    assert told("enter_file") == 1


def test_books_of_another_system_are_taken_over_as_posted(cast, books):
    import_file(workbook(), books, history=True, by=cast.tang_yun)

    assert balances(books, 202606)["102"].closing == 9_120_010
    assert party_balances(books, ["113"])["113", "张三"] == 31_500
    assert trial_balance(books, 202601, 202606).balances
    assert told("import_vouchers") == 1


def test_the_same_file_comes_in_once_and_who_may_not_brings_none(cast, books):
    with pytest.raises(NotAllowed):
        import_file(workbook(), books, by=cast.li_xiao)
    with pytest.raises(NotAllowed):
        import_file(workbook(), books, history=True, by=cast.ma_jun)
    with pytest.raises(NotAllowed):
        look(workbook(), books, by=cast.li_xiao)
    content = workbook()
    import_file(content, books, by=cast.ma_jun)

    with pytest.raises(Conflict):
        import_file(content, books, by=cast.ma_jun)
    assert Voucher.objects.count() == 4 and told("enter_file") == 1


def wrong(at, column, value):
    rows = [list(row) for row in ROWS]
    rows[at][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "cell", "said"),
    [
        (wrong(1, 3, "999"), "D", "999"),
        (wrong(1, 3, "501"), "D", "501"),
        (wrong(1, 3, None), "D", ""),
        (wrong(1, 5, Decimal("1200.00")), "", "0.10"),
        (wrong(0, 4, "￥12块"), "E", "12"),
        (wrong(0, 0, date(2026, 7, 1)), "", "2026-07-01"),
        (wrong(0, 0, None), "A", ""),
        (wrong(2, 2, None), "C", ""),
        (wrong(5, 0, date(2026, 3, 9)), "B", "记-1"),
        (wrong(5, 6, None), "", "113"),
        (wrong(3, 5, Decimal("20")), "E", ""),
        (wrong(0, 1, None), "B", ""),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nothing_is_entered(cast, books, rows, cell, said):
    with pytest.raises(FaultyFile) as refused:
        import_file(workbook(rows), books, by=cast.ma_jun)

    assert any(f.letter == cell and said in str(f) for f in refused.value.faults), refused.value.faults
    assert Voucher.objects.count() == 1 and told("enter_file") == 0


def test_strange_headings_are_matched_once_and_remembered(cast, books):
    strange = ("RQ", "PZH", "ZY", "KM", "JF", "DF", "WL", "SKR", "FJ", "FP")
    looked = look(workbook(headings=strange), books, by=cast.ma_jun)
    assert set(looked.missing) == {"date", "number", "summary", "code", "debit", "credit"}
    with pytest.raises(Invalid):
        import_file(workbook(headings=strange), books, by=cast.ma_jun)
    keys = ("date", "number", "summary", "code", "debit", "credit", "party")
    with pytest.raises(NotAllowed):
        match_columns(looked.headings, dict(zip(keys, strange, strict=False)), by=cast.li_xiao)
    with pytest.raises(Invalid):
        match_columns(looked.headings, {"date": "RQ"}, by=cast.ma_jun)
    with pytest.raises(Invalid):
        match_columns(looked.headings, {"date": "RQ", "number": "RQ"}, by=cast.ma_jun)

    match_columns(looked.headings, dict(zip(keys, strange, strict=False)), by=cast.ma_jun)

    assert look(workbook(headings=strange), books, by=cast.ma_jun).vouchers == 3
    assert len(import_file(workbook(headings=strange), books, by=cast.ma_jun)) == 3


def test_a_file_without_a_voucher_or_that_is_none_is_refused(cast, books):
    for content in (workbook([]), b"not a table", b""):
        with pytest.raises(Invalid):
            import_file(content, books, by=cast.ma_jun)


def test_a_process_killed_half_way_leaves_nothing_half_done(tmp_path):
    """Two real processes die by SIGKILL: one importing a file, one closing a year. The books are as they were."""
    script = Path(__file__).with_name("killed.py")
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"HUILIAN_HOME": str(tmp_path)}

    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=env, timeout=300)

    assert ran.returncode == 0, ran.stderr[-2000:]
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["import killed"] == said["close killed"] == -9
    assert said["reached before the kill"] == ["import", "close"]
    assert said["vouchers after the killed import"] == 1 and said["balances after the killed import"] == "unchanged"
    assert said["carry vouchers after the killed close"] == 0 and said["years after the killed close"] == 0
    assert said["carry vouchers after closing again"] == 2 and said["result"] == 120_010 - 10_000 + 1_500
