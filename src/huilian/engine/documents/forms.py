"""The papers the product writes, as plain values. Words that the standard fixes stay Chinese in every language.

Layout: GB/T 9704-2012 党政机关公文格式, in force 2012-07-01. Kinds of papers: 党政机关公文处理工作条例 (2012), §8.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class SupervisionNotice:
    """「督办通知」 A notice (通知) by which a unit is told to settle a matter by a day, sealed by the supervising unit.

    `sender` is the full name of the unit; the red head adds 文件. `code` is the unit's character for issue numbers.
    `paragraphs` are the body; a paragraph that begins with 一、 is set as a heading in 黑体, with （一） in 楷体.
    """

    sender: str
    code: str
    year: int
    serial: int
    title: str
    addressee: str
    paragraphs: Sequence[str]
    signed_on: date
    attachments: Sequence[str] = ()
    copies_to: Sequence[str] = ()
    contact: str = ""
    urgency: str = ""  # 特急, 加急 or nothing
    copy_number: str = ""  # six digits, on secret papers only
    printed_by: str = ""
    printed_on: date | None = None

    @property
    def issue_number(self) -> str:
        """发文字号: hexagonal brackets, full year, serial without leading zeros and without 第 (§7.2.5)."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True)
class Opinion:
    """「意见栏」 One box of a case sheet: whose opinion, the text, who signed and when."""

    heading: str
    text: str = ""
    signed_by: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class CaseSheet:
    """「办理单」 One matter on one page: facts in pairs, the matter, and a box for each opinion down to the result."""

    title: str
    number: str
    facts: Sequence[tuple[str, str]]
    matter: str
    opinions: Sequence[Opinion] = field(default_factory=tuple)
    foot: str = ""
    matter_heading: str = "事项内容"


@dataclass(frozen=True)
class Table:
    """A table of a report: the first column holds names, the others figures."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """「统计报告」 A report of figures: a few sentences, then tables, in the language of whoever takes it."""

    title: str
    sender: str
    note: str  # which stretch of time, as of when
    paragraphs: Sequence[str]
    tables: Sequence[Table]
    made_on: date


@dataclass(frozen=True)
class Board:
    """「公开榜」 A village's notice board on A3, landscape: sentences, tables, and a code that leads to `address`."""

    title: str
    sender: str
    paragraphs: Sequence[str]
    tables: Sequence[Table]
    address: str
    foot: str
    made_on: date


@dataclass(frozen=True)
class SigningSheet:
    """「签到表」 Names with room to sign on A4; every page carries a code that tells a scan where it belongs."""

    title: str
    sender: str
    note: str
    headings: Sequence[str]
    pages: Sequence[tuple[str, Sequence[Sequence[str]]]]  # what the code says, rows of the page
    foot: str
    made_on: date


@dataclass(frozen=True)
class Entry:
    """One matter of a booklet: facts in pairs, the steps in words, and a drawing of them."""

    title: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[str] = ()
    drawing: str = ""  # SVG with styles of its own


@dataclass(frozen=True)
class Booklet:
    """「图册」 A book of lists with flow charts on A4: chapters, in each one matter after another."""

    title: str
    sender: str
    note: str
    chapters: Sequence[tuple[str, Sequence[Entry]]]
    steps_heading: str
    address: str
    made_on: date


@dataclass(frozen=True)
class Slip:
    """One slip: facts in pairs, questions with boxes to tick, empty lines to write on, and what its code says."""

    title: str
    number: str
    code: str
    facts: Sequence[tuple[str, str]] = ()
    questions: Sequence[str] = ()
    answers: Sequence[str] = ()
    lines: int = 0
    foot: str = ""


@dataclass(frozen=True)
class Slips:
    """「单页票证」 Certificates, reply cards: half a page of A4 each, to be cut apart. `letter`: a page before them."""

    title: str
    sender: str
    slips: Sequence[Slip]
    letter: Sequence[str] = ()


@dataclass(frozen=True)
class Envelope:
    """One envelope. `address` may hold a post code of six digits; `code` and `number` stand on those counted when they
    come back."""

    to_address: str
    to_name: str
    from_address: str = ""
    from_name: str = ""
    postage: str = "贴邮票处"
    code: str = ""
    number: str = ""


@dataclass(frozen=True)
class Envelopes:
    """「信封」 Envelopes of size DL, one a page (GB/T 1416-2003 信封)."""

    title: str
    sender: str
    envelopes: Sequence[Envelope]


Form = SupervisionNotice | CaseSheet | Report | Board | Booklet | SigningSheet | Slips | Envelopes


def post_code(address: str) -> tuple[str, str]:
    """The address without its post code, and the post code; "" where it holds none."""
    found = re.search(r"(?<!\d)\d{6}(?!\d)", address)
    return (address.replace(found[0], "").strip(" ，,"), found[0]) if found else (address, "")


def day(value: date | None) -> str:
    """成文日期: Arabic figures, full year, no leading zeros (§7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def heading_level(paragraph: str) -> int:
    """1 for 一、…, 2 for （一）…, else 0. Only short paragraphs are headings (§7.3.3)."""
    if len(paragraph) > 28 or not paragraph:
        return 0
    numerals = "一二三四五六七八九十"
    if paragraph[0] in numerals and "、" in paragraph[1:4]:
        return 1
    return 2 if paragraph[0] == "（" and paragraph[1:2] in numerals and "）" in paragraph[2:5] else 0
