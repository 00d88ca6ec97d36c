"""Reading what offices send, and refusing in one sentence what cannot be a table."""

import io
import zipfile

import pytest
from openpyxl.styles import Font

from huilian.engine.sheets import Column, Limits, read
from huilian.engine.sheets.columns import known
from huilian.foundation.errors import Invalid

from . import make

COLUMNS = [Column("number", "编号", aliases=("工单号",)), Column("day", "受理日期", "date"), Column("text", "诉求内容")]
NAMES = known(COLUMNS)
ROWS = [["编号", "受理日期", "诉求内容"], ["A1", "2026-11-22", "路灯不亮"], ["A2", "2026-11-23", "自来水浑浊"]]


def refusal(content: bytes, **options) -> str:
    with pytest.raises(Invalid) as caught:
        list(read(content, known=NAMES, **options).rows)
    return str(caught.value)


def test_headings_are_found_below_titles_and_rows_keep_excels_numbers():
    content = make.xlsx([["安澜县热线工单"], ["单位：", "热线办"], [], *ROWS])

    sheet = read(content, known=NAMES)

    assert sheet.heading_row == 4
    assert sheet.headings == ("编号", "受理日期", "诉求内容")
    assert [(n, cells[0]) for n, cells in sheet.rows] == [(5, "A1"), (6, "A2")]


def test_numbers_count_empty_rows_and_columns_before_the_table():
    def shift(sheet):
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)

    sheet = read(make.xlsx(ROWS, shift), known=NAMES)

    assert sheet.heading_row == 3
    assert sheet.headings[0] == ""
    assert next(iter(sheet.rows)) == (4, ["", "A1", "2026-11-22", "路灯不亮"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_in_the_encodings_of_offices(encoding, delimiter):
    content = "\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding)

    sheet = read(content, known=NAMES)

    assert [c for _n, c in sheet.rows] == ROWS[1:]


def test_a_long_number_in_a_text_file_stays_exact_and_a_quoted_line_break_keeps_the_count():
    content = '编号,受理日期,诉求内容\n="001234567890123456",2026-11-22,"两\n行"\nB,2026-11-22,后\n'.encode()

    rows = list(read(content, known=NAMES).rows)

    assert rows[0] == (2, ["001234567890123456", "2026-11-22", "两\n行"])
    assert rows[1][0] == 4


def test_a_file_without_the_headings_says_what_was_expected_and_what_was_found():
    said = refusal(make.xlsx([["姓名", "电话"], ["张三", "1"]]))

    assert "编号" in said and "姓名" in said


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b"MZ\x90\0" + b"\0" * 300, "程序"),
        (b"\x7fELF" + b"\0" * 300, "程序"),
        (b"%PDF-1.7\n" + b"x" * 50, "pdf"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"PK\x03\x04" + b"\0" * 200, "损坏"),
        (b"\xff\xfe\x00", "无法"),
    ],
    ids=["empty", "windows program", "linux program", "pdf", "web page named xls", "cut zip", "half a character"],
)
def test_what_is_no_spreadsheet_is_named(content, word):
    assert word in refusal(content)


def test_a_damaged_workbook_is_refused_without_a_stack_trace():
    broken = make.with_part(make.xlsx(ROWS), "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])

    assert "损坏" in refusal(broken)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    content = make.xlsx(ROWS) + b"\0" * (2 << 20)

    assert "1 MB" in refusal(content, limits=Limits(megabytes=1))


def test_a_zip_that_unpacks_to_far_more_is_refused():
    out = io.BytesIO(make.xlsx(ROWS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (30 << 20))

    assert "远大于" in refusal(out.getvalue(), limits=Limits(unpacked_megabytes=20))


@pytest.mark.parametrize("cell", [b'r="XFD1048576"', b"r='XFD1048576'", b's="1" r="B1048576"', b'r="ZZ99999"'])
def test_a_cell_far_away_does_not_make_a_table_of_billions(cell):
    def add(data: bytes) -> bytes:
        return data.replace(b"</sheetData>", b"<row><c " + cell + b' t="n"><v>1</v></c></row></sheetData>')

    said = refusal(make.with_part(make.xlsx(ROWS), "xl/worksheets/sheet1.xml", add))

    assert "最多" in said


def test_formats_far_below_the_table_do_no_harm():
    def paint(sheet):
        sheet.cell(row=900_000, column=1).font = Font(bold=True)

    assert len(list(read(make.xlsx(ROWS, paint), known=NAMES).rows)) == 2


def test_too_many_rows_are_refused():
    content = make.xlsx([ROWS[0], *([ROWS[1]] * 100)])

    assert "行" in refusal(content, limits=Limits(rows=20))
    csv = "\n".join(["编号,受理日期,诉求内容", *(["1,2,3"] * 100)]).encode()
    assert "行" in refusal(csv, limits=Limits(rows=20))


def test_merged_headings_are_refused_with_their_place_but_a_merged_title_is_fine():
    title = make.xlsx([["标题"], *ROWS], lambda s: s.merge_cells("A1:C1"))
    assert read(title, known=NAMES).heading_row == 2

    two_storeys = make.xlsx([ROWS[0], ["", "", ""], *ROWS[1:]], lambda s: s.merge_cells("A1:A2"))
    assert "A1:A2" in refusal(two_storeys)


def test_a_named_sheet_is_taken_and_hidden_ones_are_passed_over():
    def hide(sheet):
        sheet.sheet_state = "hidden"
        second = sheet.parent.create_sheet("十一月")
        for row in ROWS:
            second.append(row)

    content = make.xlsx([["x"]], hide)

    assert read(content, known=NAMES).name == "十一月"
    assert "十一月" in refusal(content, sheet="十二月")


def test_an_opendocument_sheet_is_read_and_its_empty_rows_below_do_no_harm():
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    below = f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'

    sheet = read(make.ods("".join(map(make.ods_row, ROWS)) + below), known=NAMES)

    assert [c for _n, c in sheet.rows] == ROWS[1:]


def test_an_opendocument_row_repeated_a_million_times_is_refused():
    content = make.ods(make.ods_row(ROWS[0]) + make.ods_row(ROWS[1], repeated=1_000_000))

    assert "最多" in refusal(content)


def test_a_column_of_errors_on_one_sheet_is_not_taken_for_one_on_another():
    def second(sheet):
        other = sheet.parent.create_sheet("二")
        for row in (*ROWS, ["#N/A", "#N/A", "#N/A"]):
            other.append(row)

    content = make.xlsx(ROWS, second)

    assert read(content, known=NAMES).marks == {}
    assert read(content, known=NAMES, sheet="二").marks == {(4, c): "#N/A" for c in (1, 2, 3)}
