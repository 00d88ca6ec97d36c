"""What a file is, by its content. The ending of a name is only a claim."""

import zipfile
from typing import BinaryIO

_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"#!", "script"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
    (b"ID3", "mp3"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"\x1a\x45\xdf\xa3", "webm"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_NAMES = (  # names of streams in an OLE file, stored as UTF-16
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("EncryptedPackage", "encrypted"),
)
HEAD = 4096


def kind_of(file: BinaryIO) -> str:
    """A short name such as "pdf", "jpg", "xlsx", "executable", "html", "text" or "unknown"; "empty" for no bytes.

    `file` must be seekable; its position is set back to the start.
    """
    file.seek(0)
    head = file.read(HEAD)
    try:
        return _kind(head, file)
    finally:
        file.seek(0)


def _kind(head: bytes, file: BinaryIO) -> str:
    if not head:
        return "empty"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    if head[:4] == b"RIFF":
        return {b"WAVE": "wav", b"WEBP": "webp", b"AVI ": "avi"}.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return _mp4_kind(head[8:12])
    for start, kind in _HEADS:
        if head.startswith(start):
            return kind
    # An MPEG audio frame: eleven set bits, then a layer and a rate that exist.
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE4) and head[2] & 0xF0 not in (0xF0, 0):
        return "mp3"
    return _text_kind(head)


def _mp4_kind(brand: bytes) -> str:
    if brand.startswith((b"M4A", b"M4B")):
        return "m4a"
    if brand.startswith((b"hei", b"mif1", b"avif")):
        return "heic"
    return "mp4"


def _zip_kind(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return {
                    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
                    b"application/vnd.oasis.opendocument.text": "odt",
                }.get(archive.read("mimetype").strip(), "archive")
            for part, kind in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx")):
                if part in names:
                    return kind + "+macros" if any(n.endswith("vbaProject.bin") for n in names) else kind
            return "pptx" if "ppt/presentation.xml" in names else "archive"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return "broken"


def _ole_kind(file: BinaryIO) -> str:
    file.seek(0)
    content = file.read()  # limits on the size of uploads are checked before
    for name, kind in _DIRECTORY_NAMES:
        if (name + "\0").encode("utf-16-le") in content:
            return kind
    return "unknown"


def _text_kind(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if b"\0" in head:
        return "unknown"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<head", b"<script")):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in start else "xml"
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4 or len(head) < HEAD:  # a character may be cut at the end of the head
                continue
        return "text"
    return "unknown"
