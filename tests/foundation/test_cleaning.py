"""Nothing of the person who handed it in is left in a file, wherever programs had put it; what the file shows stays."""

import struct
import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin

from huilian.foundation.cleaning import LIMITS, clean
from huilian.foundation.cleaning.texts import as_utf8
from huilian.foundation.errors import Invalid
from huilian.foundation.hidden import PIECE, Hidden

WHO = "许小满"  # whom no byte may name
DEVICE = "Phone of Xu"
TEXTS = (WHO.encode(), WHO.encode("utf-16-be"), WHO.encode("utf-16-le"), DEVICE.encode())
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def told(content: bytes) -> list[bytes]:
    """What of the person is found in a file, its packed parts opened."""
    found = [text for text in TEXTS if text in content]
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            for part in parts.infolist():
                found += [text for text in TEXTS if text in part.filename.encode()] + told(parts.read(part))
    return found


def cleaned(content: bytes, name: str = "证据") -> bytes:
    return clean(BytesIO(content), name).file.read()


def photo(form: str = "JPEG") -> bytes:
    picture = Image.new("RGB", (60, 40), "white")
    noted, kept = picture.getexif(), BytesIO()
    noted[0x010F], noted[0x8298] = DEVICE, DEVICE
    noted.get_ifd(0x8825)[1] = "N"
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Author", WHO)
    picture.save(kept, form, exif=noted, comment=WHO.encode(), **({"pnginfo": notes} if form == "PNG" else {}))
    return kept.getvalue()


def with_parts(content: bytes, parts: dict[str, str | bytes], also: dict[str, tuple[str, str]] | None = None) -> bytes:
    """An office document with parts added, and words of present ones replaced."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if also and name in also:
                part = part.replace(*(word.encode() for word in also[name]))
            new.writestr(name, part)
        for name, part in parts.items():
            new.writestr(name, part)
    return kept.getvalue()


def letter() -> bytes:
    """A Word document with an author, a remark, tracked changes, a photograph and where that lay."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = WHO
    run = document.add_paragraph("村里把补贴发给了").add_run("不该得的人")
    document.add_comment(run, text="见第三页", author=WHO, initials=WHO)
    document.add_picture(BytesIO(photo()))
    kept = BytesIO()
    document.save(kept)
    change = (
        f'<w:p {W} w:rsidR="00AB12CD"><w:ins w:id="9" w:author="{WHO}" w:date="2026-11-20T08:00:00Z"><w:r>'
        f'<w:t>后来补写的</w:t></w:r></w:ins><w:del w:id="10" w:author="{WHO}" w:date="2026-11-20T08:00:00Z"><w:r>'
        "<w:delText>删去的</w:delText></w:r></w:del></w:p>"
    )
    people = f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{WHO}</w15:people>'
    return with_parts(
        kept.getvalue(),
        {"word/people.xml": people, "customXml/item9.xml": f"<a>{WHO}</a>"},
        {"word/document.xml": ("<w:sectPr", change.replace(f" {W}", "") + "<w:sectPr")},
    )


def test_a_word_document_keeps_its_text_and_what_was_changed_but_not_who():
    assert told(letter())

    plain = cleaned(letter())

    assert not told(plain)
    with zipfile.ZipFile(BytesIO(plain)) as parts:
        text = parts.read("word/document.xml").decode()
    assert "后来补写的" in text and "删去的" in text and "rsid" not in text and "2026-11-20" not in text
    document = docx.Document(BytesIO(plain))
    assert document.paragraphs[0].text == "村里把补贴发给了不该得的人"
    assert [remark.text for remark in document.comments] == ["见第三页"] and len(document.inline_shapes) == 1


def test_an_excel_sheet_keeps_its_remarks_but_not_their_author():
    book = openpyxl.Workbook()
    book.properties.creator = WHO
    book.active["A1"] = "青苗补偿"
    book.active["A1"].comment = Comment(f"{WHO}:\n与合同不符", WHO)
    kept = BytesIO()
    book.save(kept)
    content = with_parts(kept.getvalue(), {"xl/printerSettings/printerSettings1.bin": DEVICE})
    assert told(content)

    plain = cleaned(content)

    assert not told(plain)
    sheet = openpyxl.load_workbook(BytesIO(plain)).active
    assert sheet["A1"].value == "青苗补偿" and "与合同不符" in sheet["A1"].comment.text


def test_slides_forget_who_remarked_and_pictures_from_outside_are_not_fetched():
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as parts:
        parts.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        parts.writestr("ppt/presentation.xml", "<p/>")
        parts.writestr("ppt/commentAuthors.xml", f'<l><cmAuthor name="{WHO}" initials="{WHO}"/></l>')
        parts.writestr(
            "ppt/slides/_rels/slide1.xml.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="a" Type="{kinds}/image" TargetMode="External" '
            f'Target="https://evil.example/{DEVICE}.png"/><Relationship Id="b" Type="{kinds}/hyperlink" '
            f'TargetMode="External" Target="https://news.example/1"/></Relationships>',
        )

    plain = cleaned(kept.getvalue())

    assert not told(plain)
    with zipfile.ZipFile(BytesIO(plain)) as parts:
        text = parts.read("ppt/slides/_rels/slide1.xml.rels").decode()
    assert "evil" not in text and "https://news.example/1" in text


def test_a_pdf_forgets_its_author_its_earlier_versions_and_its_programs():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    image = pikepdf.Stream(pdf, photo())
    image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 60, "/Height": 40})
    image.update({"/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode})
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(image)))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=WHO, M="D:2026")
    note.Contents = "看这里"
    pdf.pages[0].Annots = pikepdf.Array([note])
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{DEVICE}')")
    pdf.docinfo["/Author"] = WHO
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [WHO]
    kept = BytesIO()
    pdf.save(kept, compress_streams=False)
    raw = kept.getvalue()
    assert told(raw)

    plain = cleaned(raw + f"\n% {WHO}\n".encode())

    again = pikepdf.open(BytesIO(plain))
    assert len(again.pages) == 1 and not again.docinfo and "/Metadata" not in again.Root
    assert str(again.pages[0].Annots[0].Contents) == "看这里" and "/T" not in again.pages[0].Annots[0]
    assert "/OpenAction" not in again.Root
    picture = again.pages[0].Resources.XObject.I.read_raw_bytes()
    assert Image.open(BytesIO(picture)).size == (60, 40) and not told(picture) and not told(plain)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_forgets_place_and_camera(form):
    assert told(photo(form))

    plain = cleaned(photo(form))

    assert not told(plain) and not Image.open(BytesIO(plain)).getexif()


# Films


def box(kind: bytes, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(handler: bytes, places: list[int], sizes: list[int]) -> bytes:
    table = box(
        b"stbl",
        box(b"stsd", bytes(8)),
        box(b"stsz", bytes(8), struct.pack(">I", len(sizes)), *(struct.pack(">I", s) for s in sizes)),
        box(b"stsc", bytes(4), struct.pack(">4I", 1, 1, 1, 1)),
        box(b"stco", bytes(4), struct.pack(">I", len(places)), *(struct.pack(">I", p) for p in places)),
    )
    named = box(b"hdlr", bytes(8), handler, bytes(12), DEVICE.encode() + b"\0")
    return box(
        b"trak",
        box(b"tkhd", bytes(4), b"\xe5" * 8, bytes(72)),
        box(b"mdia", box(b"mdhd", bytes(4), b"\xe5" * 8, bytes(12)), named, box(b"minf", table)),
        box(b"udta", box(b"name", WHO.encode())),
    )


def film_around(length: int) -> tuple[bytes, bytes]:
    """An MP4 as a telephone writes it, before and after its picture of so many bytes: the place in boxes, and a track
    of movements among the samples."""
    head, moves = box(b"ftyp", b"mp42", bytes(4), b"mp42"), DEVICE.encode()
    first = len(head) + 8
    behind = first + length
    moov = box(
        b"moov",
        box(b"mvhd", bytes(4), b"\xe5" * 8, bytes(88)),
        track(b"vide", [first], [length]),
        track(b"meta", [behind, behind + len(moves)], [len(moves)] * 2),
        box(b"meta", WHO.encode()),
        box(b"udta", box(b"\xa9xyz", f"+34.5+118.7 {WHO}".encode())),
    )
    opening = struct.pack(">I4s", 8 + length + 2 * len(moves), b"mdat")
    return head + opening, moves * 2 + moov + box(b"uuid", WHO.encode())


def film(picture: bytes = b"FRAME" * 40) -> bytes:
    return picture.join(film_around(len(picture)))


def test_a_film_keeps_its_pictures_where_they_are_and_nothing_of_place_or_device():
    assert told(film())

    plain = cleaned(film())

    assert not told(plain) and b"\xe5" * 8 not in plain and b"118.7" not in plain
    assert len(plain) == len(film()) and plain.index(b"FRAME") == film().index(b"FRAME")
    assert plain.count(b"FRAME") == 40 and plain.count(b"vide") == 1 and b"meta" not in plain


def test_a_film_of_two_hundred_megabytes_takes_little_memory_and_is_never_on_disk_in_clear():
    piece, times = b"FRAME" * 13107, 3200
    before, after = film_around(len(piece) * times)

    tracemalloc.start()
    with Hidden() as hidden:
        hidden.write(before)
        for _ in range(times):
            hidden.write(piece)
        hidden.write(after)
        plain = clean(hidden, "村道施工.mp4").file
        frames = sum(block.count(b"FRAME") for block in iter(lambda: plain.read(len(before) + 5 * 200_000), b""))
        peak = tracemalloc.get_traced_memory()[1]
        hidden._file.seek(0)
        on_disk = hidden._file.read(1 << 20)
    tracemalloc.stop()

    assert frames > 0.999 * 13107 * times and peak < 8 << 20
    assert b"FRAME" not in on_disk and b"ftyp" not in on_disk


def test_a_film_that_is_too_large_is_refused_before_it_is_looked_into():
    with pytest.raises(Invalid, match="at most 0 MB"):
        clean(BytesIO(film()), "村道施工.mp4", {**LIMITS, "film": 0})


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_film_that_was_tampered_with_is_refused_or_cleaned_never_a_crash(junk, at):
    whole = film()
    torn = whole[:at] + junk + whole[at + len(junk) :]
    with suppress(Invalid):
        clean(BytesIO(torn), "x").file.read()


# Sounds


def test_sounds_lose_their_tags_and_keep_every_byte_of_sound():
    sound = b"\xff\xfb\x90\x44" + b"SOUND" * 300
    tag = WHO.encode()
    head = b"ID3\x04\0\0" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag
    ape = tag + struct.pack("<8sIIII8x", b"APETAGEX", 2000, len(tag) + 32, 1, 0)

    assert cleaned(head + sound + ape + b"TAG" + tag.ljust(125)) == sound

    pcm = b"SOUND" * 101  # an odd length
    parts = [(b"fmt ", bytes(16)), (b"LIST", tag), (b"data", pcm), (b"bext", tag)]
    body = b"".join(kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in parts)
    plain = cleaned(b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body)
    assert not told(plain) and pcm in plain and struct.unpack("<I", plain[4:8])[0] == len(plain) - 8


# Texts


TEXT = "我是本村村民，反映村主任把集体的鱼塘低价租给亲戚，租金三年没有入账。\r\n请查。"
OLD = "我是本村村民，反映村主任把集體的魚塘低價租給親戚，租金三年沒有入帳。\r\n請查。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_in_another_encoding_is_read_as_it_was_written(encoding):
    assert cleaned(TEXT.encode(encoding)).decode() == TEXT


def test_a_text_from_across_the_strait_is_read_as_it_was_written():
    assert cleaned(OLD.encode("big5")).decode() == OLD and cleaned(OLD.encode("gb18030")).decode() == OLD


@given(st.text(st.sampled_from(sorted(set(OLD) - set("\r\n"))), min_size=12), st.sampled_from(["big5", "utf-8"]))
def test_any_words_of_a_letter_keep_their_characters(text, encoding):
    assert as_utf8(BytesIO(text.encode(encoding))).read().decode() == text


# Refused, and how else


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(40), "most compatible"),
        (b"MZ" + bytes(40), "Photograph the screen"),
        (b"Rar!\x1a\x07" + bytes(40), "one by one"),
        (b"{\\rtf1 hello}", "PDF"),
        (b"\x1a\x45\xdf\xa3" + bytes(40), "MP4"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"\0\1\2\3" * 20, "bring or post"),
        (b"ID3\x04\0\0\0\0\0\0nothing", "bring or post"),
    ],
)
def test_what_cannot_be_cleaned_is_refused_with_another_way(content, how):
    with pytest.raises(Invalid, match=how):
        clean(BytesIO(content), "证据")


def test_a_document_with_another_file_inside_is_refused():
    with pytest.raises(Invalid, match="cannot be cleaned"):
        cleaned(with_parts(letter(), {"word/embeddings/oleObject1.bin": b"x"}))
    pdf, kept = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.attachments["a.txt"] = WHO.encode()
    pdf.save(kept)
    with pytest.raises(Invalid, match="one by one"):
        cleaned(kept.getvalue())


# The file that is never on disk in clear


@given(st.lists(st.binary(max_size=PIECE + 9), max_size=4), st.integers(0, 3 * PIECE), st.integers(0, 3 * PIECE))
def test_a_hidden_file_reads_as_it_was_written(parts, at, length):
    whole = b"".join(parts)
    with Hidden() as hidden:
        for part in parts:
            hidden.write(part)
        hidden.seek(at)
        got = b"".join(iter(lambda: hidden.read(max(1, min(length, 4096))), b""))
    assert got == whole[at:]
