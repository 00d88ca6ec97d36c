"""Papers as PDF, set by typst with the fonts of a wheel: nothing of the machine is needed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import segno
import typst
from django.conf import settings

from huilian.foundation.now import now

from .forms import (
    Board,
    Booklet,
    CaseSheet,
    Envelope,
    Envelopes,
    Form,
    Report,
    SigningSheet,
    Slips,
    SupervisionNotice,
    day,
    heading_level,
    post_code,
)

LAYOUTS = Path(__file__).parent / "layouts"
FONT_WHEEL = "pylopdf_fonts_zh_cn"  # Noto Serif SC and Noto Sans SC, SIL Open Font License 1.1
STANDARD = "a-2b"  # PDF/A, as archives want (GB/T 18894, 电子文件归档与电子档案管理规范)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The wheel's fonts, those an office has put into HOME/fonts (方正小标宋, 仿宋_GB2312), then the machine's."""
    folders = []
    spec = find_spec(FONT_WHEEL)
    if spec and spec.origin:
        folders.append(Path(spec.origin).parent)
    own = Path(settings.HOME) / "fonts"
    if own.is_dir():
        folders.append(own)
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)


def missing_fonts() -> list[str]:
    """Families that must be there for Chinese to print at all and are not; for `huilian doctor`."""
    return sorted({"Noto Serif SC", "Noto Sans SC"} - set(_fonts().families()))


def render_pdf(form: Form) -> bytes:
    """`form` as PDF/A on A4. What people wrote is handed over as data, so none of it is read as mark-up."""
    layout, values = _values(form)
    return typst.compile(
        LAYOUTS / layout,
        root=LAYOUTS,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        pdf_standards=STANDARD,
        timestamp=now().astimezone(UTC).replace(microsecond=0),
    )


def drawings_png(drawings: Sequence[str], *, ppi: float = 144) -> list[bytes]:
    """Drawings (SVG) as pictures, for papers that hold no SVG: each a page of its own, all set at once."""
    if not drawings:
        return []
    made = typst.compile(
        LAYOUTS / "drawings.typ",
        root=LAYOUTS,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(list(drawings), ensure_ascii=False)},
        format="png",
        ppi=ppi,
    )
    return made if isinstance(made, list) else [made]


def _values(form: Form) -> tuple[str, dict]:
    if isinstance(form, SupervisionNotice):
        return "notice.typ", {
            "sender": form.sender,
            "issue_number": form.issue_number,
            "title": form.title,
            "addressee": form.addressee.rstrip("：:"),
            "paragraphs": [{"text": p, "level": heading_level(p)} for p in form.paragraphs],
            "signed_on": day(form.signed_on),
            "attachments": list(form.attachments),
            "copies_to": list(form.copies_to),
            "contact": form.contact,
            "urgency": form.urgency,
            "copy_number": form.copy_number,
            "printed_by": form.printed_by or form.sender,
            "printed_on": day(form.printed_on or form.signed_on),
        }
    if isinstance(form, CaseSheet):
        return "sheet.typ", {
            "title": form.title,
            "number": form.number,
            "facts": [[label, value] for label, value in form.facts],
            "matter": form.matter,
            "matter_heading": form.matter_heading,
            "opinions": [
                {"heading": o.heading, "text": o.text, "signed_by": o.signed_by, "signed_on": day(o.signed_on)}
                for o in form.opinions
            ],
            "foot": form.foot,
        }
    if isinstance(form, Report):
        return "report.typ", {
            "title": form.title,
            "sender": form.sender,
            "note": form.note,
            "paragraphs": list(form.paragraphs),
            "tables": [
                {"title": t.title, "headings": list(t.headings), "rows": [list(r) for r in t.rows], "note": t.note}
                for t in form.tables
            ],
            "made_on": day(form.made_on),
        }
    if isinstance(form, Board):
        return "board.typ", {
            "title": form.title,
            "sender": form.sender,
            "paragraphs": list(form.paragraphs),
            "tables": [
                {"title": t.title, "headings": list(t.headings), "rows": [list(r) for r in t.rows], "note": t.note}
                for t in form.tables
            ],
            "code": _qr(form.address),
            "foot": form.foot,
            "made_on": day(form.made_on),
        }
    if isinstance(form, Booklet):
        return "booklet.typ", {
            "title": form.title,
            "sender": form.sender,
            "note": form.note,
            "chapters": [
                {
                    "title": title,
                    "entries": [asdict(entry) for entry in entries],
                }
                for title, entries in form.chapters
            ],
            "steps_heading": form.steps_heading,
            "code": _qr(form.address),
            "made_on": day(form.made_on),
        }
    if isinstance(form, SigningSheet):
        return "signing.typ", {
            "title": form.title,
            "sender": form.sender,
            "note": form.note,
            "headings": list(form.headings),
            "pages": [{"code": _qr(code), "rows": [list(row) for row in rows]} for code, rows in form.pages],
            "foot": form.foot,
        }
    if isinstance(form, Slips):
        return "slips.typ", {
            "title": form.title,
            "sender": form.sender,
            "letter": list(form.letter),
            "slips": [asdict(slip) | {"code": _qr(slip.code)} for slip in form.slips],
        }
    if isinstance(form, Envelopes):
        return "envelopes.typ", {
            "title": form.title,
            "sender": form.sender,
            "envelopes": [_envelope(envelope) for envelope in form.envelopes],
        }
    raise TypeError(f"no layout for {type(form).__name__}")


def _envelope(envelope: Envelope) -> dict:
    to_address, to_code = post_code(envelope.to_address)
    from_address, from_code = post_code(envelope.from_address)
    placed = {"to_address": to_address, "to_code": to_code, "from_address": from_address, "from_code": from_code}
    return asdict(envelope) | placed | {"code": _qr(envelope.code) if envelope.code else ""}


def _qr(text: str) -> str:
    return segno.make(text, error="m", micro=False).svg_inline(border=2, light="white")
