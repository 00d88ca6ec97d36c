"""Papers: measures of the standard, text as data, Word files that can be edited."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from docx import Document as Paper
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from huilian.engine.documents.forms import CaseSheet, Opinion, SupervisionNotice, heading_level
from huilian.engine.documents.pdf import missing_fonts, render_pdf
from huilian.engine.documents.word import render_docx

NOTICE = SupervisionNotice(
    sender="安澜县民生热线中心",
    code="安热督",
    year=2026,
    serial=12,
    title="关于限期办结柳河村安全饮水诉求的督办通知",
    addressee="青石镇人民政府",
    paragraphs=(
        "你单位承办的办件已超期6个工作日。",
        "一、督办事项",
        "请核实停水原因。",
        "（一）限期办结",
        "2026年11月27日前办结。",
    ),
    signed_on=date(2026, 11, 2),
    attachments=("群众诉求工单", "系统预警记录"),
    copies_to=("县水利局",),
    urgency="特急",
)
SHEET = CaseSheet(
    title="办理单",
    number="HX20261103-0017",
    facts=(("受理渠道", "电话"), ("所属地区", "柳河村"), ("类别", "供水")),
    matter="自来水浑浊。",
    opinions=(Opinion("拟办意见", "转办。", "周慧", date(2026, 11, 3)), Opinion("办理结果")),
)
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")


def text_of(pdf: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_the_issue_number_has_hexagonal_brackets_and_no_leading_zero():
    assert NOTICE.issue_number == "安热督〔2026〕12号"


def test_headings_are_known_by_their_numerals():
    assert [heading_level(p) for p in NOTICE.paragraphs] == [0, 1, 0, 2, 0]
    assert heading_level("一、" + "长" * 40) == 0


def test_the_fonts_come_with_the_product():
    assert missing_fonts() == []


@needs_poppler
def test_a_page_has_22_lines_of_28_characters():
    pages = text_of(render_pdf(replace(NOTICE, paragraphs=("国" * 28 * 60,)))).split("\f")

    lines = [line for line in pages[1].splitlines() if "国" in line]
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


@needs_poppler
def test_every_part_of_a_notice_is_on_paper():
    text = text_of(render_pdf(NOTICE), "-layout")

    for part in (
        "安澜县民生热线中心文件",
        "安热督〔2026〕12号",
        NOTICE.title,
        "青石镇人民政府：",
        "附件：",
        "群众诉求工单",
        "2026年11月2日",
        "抄送：县水利局。",
        "印发",
        "特急",
        "— 1 —",
    ):
        assert part.replace(" ", "") in text.replace(" ", ""), part


def test_a_case_sheet_is_one_page_of_pdf():
    assert render_pdf(SHEET).startswith(b"%PDF-1.7")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from('#[]{}$*_`@<>\\"/=+-~国a\n')))
def test_no_text_is_read_as_markup(text):
    assert render_pdf(replace(NOTICE, title=text or "x", paragraphs=(text,), addressee=text)).startswith(b"%PDF")


def test_a_word_file_has_the_measures_and_the_fonts_of_the_standard():
    paper = Paper(io.BytesIO(render_docx(NOTICE)))

    section = paper.sections[0]
    assert [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin] == [
        pytest.approx(Mm(n), abs=700) for n in (37, 35, 28, 26)
    ]
    texts = [p.text for p in paper.paragraphs]
    assert NOTICE.title in texts and "安澜县民生热线中心文件" in texts
    body = next(p for p in paper.paragraphs if p.text == NOTICE.paragraphs[0])
    assert body.runs[0].font.size.pt == 16
    assert 'w:eastAsia="仿宋_GB2312"' in body._p.xml
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


def test_a_case_sheet_in_word_has_its_boxes():
    paper = Paper(io.BytesIO(render_docx(SHEET)))

    (table,) = paper.tables
    assert [row.cells[0].text for row in table.rows] == ["受理渠道", "类别", "事项内容", "拟办意见", "办理结果"]
    assert "周慧" in table.rows[3].cells[1].text
