"""Written workbooks: no formulas, real dates, printable; and what is written can be read."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huilian.engine.sheets import Column, parse, read, template, write, write_faults
from huilian.engine.sheets.columns import known

from . import make

COLUMNS = [
    Column("number", "编号", "code"),
    Column("day", "日期", "date"),
    Column("at", "时间", "datetime"),
    Column("amount", "金额", "money"),
    Column("kind", "类别", "choice", choices={"咨询": "ask", "投诉": "complain"}),
    Column("text", "内容"),
]
ROW = {
    "number": "11010519491231002X",
    "day": date(2026, 11, 22),
    "at": datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
    "amount": Decimal("1234.50"),
    "kind": "ask",
    "text": "你好😀",
}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "=HYPERLINK(", "http://", "＝"])
def test_no_text_becomes_a_formula_or_a_link(start):
    content = write(COLUMNS, [{**ROW, "text": start + "1+1", "number": start + "2"}])

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    for cell in sheet[2]:
        assert cell.data_type != "f"
        assert cell.hyperlink is None
    assert sheet["F2"].value == (start + "1+1").strip()


def test_a_workbook_is_ready_to_print_and_to_filter():
    content = write(COLUMNS, [ROW], "热线工单台账", note="安澜县热线办")

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == "热线工单台账"
    assert [c.value for c in sheet[3]] == ["编号", "日期", "时间", "金额", "类别", "内容"]
    assert sheet["B4"].value == datetime(2026, 11, 22)
    assert sheet["C4"].value == datetime(2026, 11, 22, 9, 30)
    assert sheet["D4"].value == 1234.5
    assert sheet["E4"].value == "咨询"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:F4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet["A4"].border.left.style == "thin"


def test_what_is_written_is_read_back_the_same():
    content = write(COLUMNS, [ROW, {"number": "2"}], "题")

    result = parse(read(content, known=known(COLUMNS)), COLUMNS)

    assert result.ok
    assert result.records[0].values == ROW
    assert result.records[1].values == {**dict.fromkeys(ROW), "number": "2"}


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"], exclude_characters="_"),
        min_size=1,
    )
)
def test_any_text_comes_back(text):
    result = parse(read(write(COLUMNS[-1:], [[text], ["x"]], "题"), known=known(COLUMNS[-1:])), COLUMNS[-1:])

    assert [r.values["text"] for r in result.records if r.row == 3] == [text] or text.startswith("#")


def test_faulty_rows_come_back_as_they_were_with_what_to_do():
    content = make.xlsx([["编号", "日期"], ["A1", "2026-02-30"], ["A2", "2026-11-22"], [3, "明天"]])
    sheet = read(content, known=known(COLUMNS))
    faults = parse(sheet, COLUMNS).faults

    again = read(content, known=known(COLUMNS))
    rows = make.cells(write_faults(again.headings, again.rows, faults, "导入问题"))

    assert rows[0][0] == "导入问题"
    assert [r[0] for r in rows[2:]] == [2, 4]
    assert [r[2:] for r in rows[2:]] == [["A1", "2026-02-30"], [3, "明天"]]
    assert "日期" in rows[2][1]


def test_the_template_reads_as_a_table_and_offers_the_choices():
    content = template(COLUMNS, "导入模板")

    assert read(content, known=known(COLUMNS)).heading_row == 3
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"咨询,投诉"'
    assert sheet.column_dimensions["A"].width >= 12
