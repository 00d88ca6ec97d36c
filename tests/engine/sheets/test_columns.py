"""Rows to records, with faults a clerk can act on."""

from datetime import date
from decimal import Decimal

import pytest

from huilian.engine.sheets import Column, parse, read
from huilian.engine.sheets.columns import known
from huilian.foundation.errors import Invalid

from . import make

COLUMNS = [
    Column("number", "编号", "code", aliases=("工单号",), required=True),
    Column("day", "受理日期", "date", required=True),
    Column("amount", "金额", "money"),
    Column("kind", "类别", "choice", choices={"咨询": "ask", "投诉": "complain"}),
    Column("text", "内容", max_length=10),
]
HEAD = ["工单号", "受理日期", "金额（元）", "类别", "内容", "多出来的列"]


def parsed(rows, prepare=None, unique=("number",), head=HEAD):
    return parse(read(make.xlsx([head, *rows], prepare), known=known(COLUMNS)), COLUMNS, unique=unique)


def test_rows_become_records_by_heading_whatever_the_order_or_the_extra_columns():
    result = parsed([["A1", "2026-11-22", "1,200", "投诉", "灯不亮😀", "x"]])

    assert result.ok and result.unknown == ("多出来的列",)
    (record,) = result.records
    assert record.row == 2
    assert record.values == {
        "number": "A1",
        "day": date(2026, 11, 22),
        "amount": Decimal("1200.00"),
        "kind": "complain",
        "text": "灯不亮😀",
    }


def test_every_fault_has_row_column_and_what_to_do_and_good_rows_are_kept():
    result = parsed(
        [
            ["A1", "2026-02-30", 1, "咨询", "a"],
            ["", "2026-11-22", "很多", "求助", "一二三四五六七八九十十一"],
            ["A3", "2026-11-22", 1, "咨询", "ok"],
        ]
    )

    assert [r.row for r in result.records] == [4]
    assert [(f.row, f.letter, f.column) for f in result.faults] == [
        (2, "B", "受理日期"),
        (3, "A", "编号"),
        (3, "C", "金额"),
        (3, "D", "类别"),
        (3, "E", "内容"),
    ]
    assert result.faulty == 2
    assert "咨询、投诉" in result.faults[3].message
    assert str(result.faults[0]).startswith("B2 受理日期：")


def test_a_row_twice_names_the_first():
    result = parsed([["A1", "2026-11-22"], ["A2", "2026-11-22"], ["A1", "2026-11-23"]])

    (fault,) = result.faults
    assert (fault.row, fault.letter) == (4, "A")
    assert "2" in fault.message


def test_totals_and_signatures_under_the_table_are_left_out_and_told():
    result = parsed([["A1", "2026-11-22", 5], [], ["合  计", None, 5], ["制表人：李晓"]])

    assert result.ok and len(result.records) == 1
    assert [row for row, _text in result.skipped] == [4, 5]


def test_merged_rows_are_faults_not_empty_values():
    result = parsed([["A1", "2026-11-22"], ["A2", None]], lambda s: s.merge_cells("B2:B3"))

    assert {(f.row, f.letter) for f in result.faults} == {(2, "B"), (3, "B")}
    assert "B2:B3" in result.faults[0].message


def test_a_formula_gives_its_value_never_its_text_and_one_never_calculated_is_told():
    result = parsed([["=CONCATENATE(1,2)", "2026-11-22"]])  # openpyxl writes no value beside the formula

    (fault,) = result.faults
    assert "A2" in str(fault) and "公式" in fault.message

    counted = make.with_part(
        make.xlsx([HEAD, ["=1+1", "2026-11-22"]]),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"),
    )
    result = parse(read(counted, known=known(COLUMNS)), COLUMNS)
    assert [r.values["number"] for r in result.records] == ["2"]


def test_an_error_of_excel_is_not_a_value():
    result = parsed([["A1", "2026-11-22", None, None, "#N/A"], ["A2", "2026-11-22", "=1/0"]])

    assert [(f.letter, f.row) for f in result.faults] == [("E", 2), ("C", 3)]
    assert "#N/A" in result.faults[0].message


def test_a_missing_heading_or_one_twice_stops_everything():
    with pytest.raises(Invalid, match="受理日期"):
        parsed([["A1"]], head=["编号"])
    with pytest.raises(Invalid, match="A"):
        parsed([["A1", "A1", "2026-11-22"]], head=["编号", "工单号", "受理日期"])
