"""The same papers as Word files, for offices that draft further. Fonts are named, not shipped: Word has them there."""

import io

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from huilian.foundation.now import now

from .forms import Booklet, CaseSheet, Form, Report, SupervisionNotice, day, heading_level
from .pdf import drawings_png

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
RED = RGBColor(0xD9, 0, 0)
BODY = Pt(16)  # 3号
SMALL, WIDE = Pt(12), Pt(24)
PITCH = Mm(225 / 22)  # a line: 22 of them fill the type area
CENTRE, RIGHT, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def render_docx(form: Form) -> bytes:
    """`form` as .docx in the layout of GB/T 9704-2012."""
    paper = Document()
    if isinstance(form, SupervisionNotice):
        _notice(paper, form)
    elif isinstance(form, CaseSheet):
        _sheet(paper, form)
    elif isinstance(form, Report):
        _report(paper, form)
    elif isinstance(form, Booklet):
        _booklet(paper, form)
    else:
        raise TypeError(f"no layout for {type(form).__name__}")
    paper.core_properties.title = form.title
    paper.core_properties.author = getattr(form, "sender", "")
    paper.core_properties.created = now().replace(tzinfo=None)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper: Paper, *, top, bottom, left, right) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = left, right
    section.footer_distance = Length(bottom - Mm(7) - Pt(14))  # the number stands 7 mm under the type area
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(PITCH.pt * 20)))
    paper.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        for piece in ("— ", "PAGE", " —"):
            run = line.add_run("" if piece == "PAGE" else piece)
            _font(run, "宋体", Pt(14))
            if piece == "PAGE":
                _field(run, piece)


def _no_gaps(paragraph: Paragraph) -> None:
    """No automatic gaps between Chinese and figures: the standard's 28 characters a line leave no room for them."""
    spacing = paragraph._p.pPr.find(qn("w:spacing"))
    for name in ("autoSpaceDE", "autoSpaceDN"):
        off = OxmlElement(f"w:{name}")
        off.set(qn("w:val"), "0")
        spacing.addprevious(off)


def _field(run, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = instruction
        run._r.append(part)


def _font(run, name: str, size, colour: RGBColor | None = None) -> None:
    run.font.name, run.font.size = LATIN, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if colour is not None:
        run.font.color.rgb = colour


def _line(
    paper, text: str = "", *, font: str = FANG, size=BODY, align=LEFT, indent: float = 0, colour=None, pitch=PITCH
) -> Paragraph:
    """A paragraph on the line grid; `indent` is the first line's, in characters."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    form.first_line_indent = Length(int(size * indent))
    form.widow_control = False
    _no_gaps(paragraph)
    if text:
        _font(paragraph.add_run(text), font, size, colour)
    return paragraph


def _border(paragraph: Paragraph, side: str, eighths: int, colour: str = "000000", space: int = 1) -> None:
    """A line along a paragraph; `eighths` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        # The schema wants borders before tabs, spacing, indents and alignment.
        following = [qn(f"w:{n}") for n in ("tabs", "autoSpaceDE", "spacing", "ind", "jc", "rPr")]
        spot = next((i for i, node in enumerate(properties) if node.tag in following), len(properties))
        properties.insert(spot, borders)
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)


def _notice(paper: Paper, form: SupervisionNotice) -> None:
    _page(paper, top=Mm(37), bottom=Mm(35), left=Mm(28), right=Mm(26))
    marks = [mark for mark in (form.copy_number, form.urgency) if mark] or [""]
    for mark in marks:
        _line(paper, mark, font=HEI)
    # The head begins 35 mm below the upper edge of the type area and stays on one line.
    head = f"{form.sender}文件"
    size = min(44, int(152 / 25.4 * 72 / len(head)))
    line = _line(paper, head, font=SONG, size=Pt(size), align=CENTRE, colour=RED, pitch=Pt(size * 1.3))
    line.paragraph_format.space_before = Length(Mm(35) - PITCH * len(marks))
    _line(paper)
    number = _line(paper, form.issue_number, align=CENTRE)
    _border(number, "bottom", 14, "D90000", space=9)  # 0.6 mm thick, 4 mm under the number
    _line(paper)
    _line(paper)
    _line(paper, form.title, font=SONG, size=Pt(22), align=CENTRE, pitch=Pt(36))
    _line(paper)
    _line(paper, form.addressee.rstrip("：:") + "：")
    for text in form.paragraphs:
        _line(paper, text, font=(FANG, HEI, KAI)[heading_level(text)], align=BOTH, indent=2)
    if form.attachments:
        _line(paper)
        for i, name in enumerate(form.attachments):
            mark = f"{i + 1}." if len(form.attachments) > 1 else ""
            line = _line(paper, f"{'附件：' if i == 0 else ''}{mark}{name}")
            line.paragraph_format.left_indent = Length(BODY * 5)
            line.paragraph_format.first_line_indent = Length(-BODY * 3 if i == 0 else 0)
    _line(paper)
    _line(paper)
    # 署名 centred on the date, the date four characters in; two characters at least for a long name.
    date_wide, name_wide = _width(day(form.signed_on)), _width(form.sender)
    inset = max(4 + date_wide / 2 - name_wide / 2, 2)
    for text, wide in ((form.sender, name_wide), (day(form.signed_on), date_wide)):
        line = _line(paper, text, align=RIGHT)
        line.paragraph_format.right_indent = Length(int(BODY * (inset + (name_wide - wide) / 2)))
        line.paragraph_format.keep_with_next = text == form.sender
    if form.contact:
        _line(paper, f"（{form.contact}）", indent=2)
    _imprint(paper, form)


def _width(text: str) -> float:
    """The width of `text` in characters of the body; Latin letters and figures count half."""
    return sum(0.5 if ord(c) < 0x2000 else 1 for c in text)


def _imprint(paper: Paper, form: SupervisionNotice) -> None:
    """版记: copies, printing unit and day between lines, 4号, in a table at the foot of the last page."""
    rows = [f"抄送：{'，'.join(form.copies_to)}。"] if form.copies_to else []
    rows.append(f"{form.printed_by or form.sender}\t{day(form.printed_on or form.signed_on)}印发")
    table = paper.add_table(rows=len(rows), cols=1)
    table.autofit = False
    for i, text in enumerate(rows):
        cell = table.cell(i, 0)
        cell.width = Mm(156)
        _lines_of(cell, top=8 if i == 0 else 6, bottom=8 if i == len(rows) - 1 else 6)
        first = cell.paragraphs[0]
        line = _line(cell, text, size=Pt(14), pitch=Pt(22))
        first._p.getparent().remove(first._p)
        line.paragraph_format.keep_with_next = i < len(rows) - 1  # the lines stay on one page
        inset = Pt(14) - Mm(1.9)  # a cell has a margin of its own
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = inset
        line.paragraph_format.tab_stops.add_tab_stop(Length(Mm(156) - Mm(3.8) - inset), WD_TAB_ALIGNMENT.RIGHT)
    place = OxmlElement("w:tblpPr")
    for key, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "left"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{key}"), value)
    style = table._tbl.tblPr.find(qn("w:tblStyle"))
    if style is not None:
        style.addnext(place)
    else:
        table._tbl.tblPr.insert(0, place)
    # A document ends with a paragraph; this one takes next to no room.
    _line(paper, size=Pt(1), pitch=Pt(1))


def _lines_of(cell, **sides: int) -> None:
    """Lines along a cell, in eighths of a point."""
    borders = OxmlElement("w:tcBorders")
    for side, eighths in sides.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _sheet(paper: Paper, form: CaseSheet) -> None:
    _page(paper, top=Mm(25), bottom=Mm(22), left=Mm(25), right=Mm(22))
    _line(paper, form.title, font=SONG, size=Pt(22), align=CENTRE, pitch=Pt(36))
    _line(paper, f"编号：{form.number}", size=Pt(12), align=RIGHT, pitch=Pt(24))
    facts = list(form.facts)
    pairs = [facts[i : i + 2] for i in range(0, len(facts), 2)]
    table = paper.add_table(rows=0, cols=4, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for pair in pairs:
        cells = table.add_row().cells
        for i, (label, value) in enumerate(pair):
            _cell(cells[2 * i], label, HEI, CENTRE)
            _cell(cells[2 * i + 1], value)
    _wide(table, form.matter_heading, form.matter)
    for opinion in form.opinions:
        signed = f"签名：{opinion.signed_by or '　　　　'}　{day(opinion.signed_on) or '　　年　　月　　日'}"
        _wide(table, opinion.heading, opinion.text, signed)
    table.autofit = False
    for column, width in enumerate((Mm(24), Mm(57.5), Mm(24), Mm(57.5))):
        table.columns[column].width = width
        for cell in table.columns[column].cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if cell.grid_span == 1:
                cell.width = width
    if form.foot:
        _line(paper, form.foot, size=Pt(10.5), pitch=Pt(18))


def _report(paper: Paper, form: Report) -> None:
    _page(paper, top=Mm(25), bottom=Mm(22), left=Mm(22), right=Mm(20))
    _line(paper, form.title, font=SONG, size=Pt(20), align=CENTRE, pitch=Pt(34))
    _line(paper, form.note, font=KAI, size=Pt(12), align=CENTRE, pitch=Pt(24))
    for text in form.paragraphs:
        _line(paper, text, size=Pt(12), align=BOTH, indent=2, pitch=Pt(22))
    for data in form.tables:
        head = _line(paper, data.title, font=HEI, size=Pt(12), pitch=Pt(28))
        head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(8), True
        table = paper.add_table(rows=0, cols=len(data.headings), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        size = Pt(8) if len(data.headings) > 8 else Pt(9.5)
        for number, row in enumerate((data.headings, *data.rows)):
            cells = table.add_row().cells
            for i, text in enumerate(row):
                align = CENTRE if number == 0 else LEFT if i == 0 else RIGHT
                _cell(cells[i], text, HEI if number == 0 else FANG, align, size=size, pitch=size * 1.5)
        repeat = OxmlElement("w:tblHeader")  # the headings stand on every page
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        if data.note:
            _line(paper, data.note, size=Pt(9), pitch=Pt(16))
    _line(paper)
    for text in (form.sender, day(form.made_on)):
        _line(paper, text, size=Pt(12), align=RIGHT, pitch=Pt(24))


def _booklet(paper: Paper, form: Booklet) -> None:
    _page(paper, top=Mm(25), bottom=Mm(22), left=Mm(22), right=Mm(20))
    for text, font, size in ((form.title, SONG, Pt(22)), (form.note, KAI, Pt(12)), (form.sender, FANG, Pt(14))):
        _line(paper, text, font=font, size=size, align=CENTRE, pitch=Length(int(size * 1.8)))
    entries = [entry for _title, chapter in form.chapters for entry in chapter]
    pictures = iter(drawings_png([entry.drawing for entry in entries if entry.drawing]))
    for title, chapter in form.chapters:
        head = _line(paper, title, font=HEI, size=Pt(18), pitch=Pt(36))
        head.paragraph_format.page_break_before = True
        for entry in chapter:
            head = _line(paper, entry.title, font=HEI, size=Pt(13), pitch=Pt(30))
            head.paragraph_format.keep_with_next = True
            table = paper.add_table(rows=0, cols=2, style="Table Grid")
            steps = [(form.steps_heading, " → ".join(entry.steps))] if entry.steps else []
            for name, value in (*entry.facts, *steps):
                cells = table.add_row().cells
                for cell, text, font, width in ((cells[0], name, HEI, Mm(30)), (cells[1], value, FANG, Mm(138))):
                    cell.width = width
                    _cell(cell, text, font, LEFT, size=Pt(10), pitch=Pt(15))
            if entry.drawing:
                spot = paper.add_paragraph()
                spot.alignment = CENTRE
                picture = spot.add_run().add_picture(io.BytesIO(next(pictures)), height=Mm(150))
                if picture.width > Mm(160):
                    picture.height, picture.width = round(picture.height * Mm(160) / picture.width), Mm(160)


def _wide(table, label: str, text: str, signed: str = "") -> None:
    cells = table.add_row().cells
    _cell(cells[0], label, HEI, CENTRE)
    merged = cells[1].merge(cells[3])
    _cell(merged, text, indent=2)
    if signed:
        if not text:
            _line(merged, size=Pt(12), pitch=Pt(30))
        _line(merged, signed, size=Pt(12), align=RIGHT, pitch=Pt(24))


def _cell(cell, text: str, font: str = FANG, align=LEFT, indent: float = 0, size=SMALL, pitch=WIDE) -> None:
    first = cell.paragraphs[0]
    first._p.getparent().remove(first._p)
    for part in text.split("\n") or [""]:
        _line(cell, part, font=font, size=size, align=align, indent=indent, pitch=Length(int(pitch)))
