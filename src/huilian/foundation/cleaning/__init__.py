"""What somebody hands in, without what their device wrote about them: who, where, when, with what.

    cleaned = clean(file, "IMG_2026.jpg")      # file: seekable; nothing is written to disk
    vault.seal_file(subject, "file-1", cleaned.file, …)

Pictures are encoded anew; documents and PDF are written anew; films and sounds stay bit for bit, their notes emptied.
What cannot be cleaned is refused with how to hand it in otherwise: a promise that holds for most files only is none.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from ..errors import Invalid
from ..filetypes import kind_of
from ..wording import Wording, _
from .films import Broken, clean_mp3, clean_mp4, clean_wav
from .office import clean_office
from .pdf import clean_pdf
from .pictures import FORMATS, plain_photo
from .texts import as_utf8

# Megabytes. A film of a telephone has about 1.5 MB a second, in 1080p.
LIMITS: Mapping[str, int] = {"picture": 40, "document": 50, "text": 10, "sound": 100, "film": 300}
_SORTS = {
    **dict.fromkeys(FORMATS, "picture"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "pdf"), "document"),
    "text": "text",
    **dict.fromkeys(("mp3", "m4a", "wav"), "sound"),
    "mp4": "film",
}
ENDINGS = {"text": "txt"}
_OTHERWISE: Mapping[str, Wording] = {
    "heic": _("Take a screenshot of the picture, or set the camera to “most compatible” (JPEG), and hand in that."),
    "archive": _("Hand in the files inside one by one."),
    "executable": _("Programs are not taken. Photograph the screen and hand in that."),
    "script": _("Programs are not taken. Photograph the screen and hand in that."),
    "empty": _("It is empty. Choose the file again."),
    "broken": _("It is damaged. Save it again and hand in that."),
    "encrypted": _("It has a password. Save it again without."),
    **dict.fromkeys(("doc", "xls", "ppt", "rtf", "odt", "ods", "xlsb", "html", "xml"), _("Save it as PDF.")),
    **dict.fromkeys(("docx+macros", "xlsx+macros"), _("Save it without macros, or as PDF.")),
    **dict.fromkeys(("ogg", "flac"), _("Save the sound as MP3 or M4A.")),
    **dict.fromkeys(("webm", "avi"), _("Save the film as MP4.")),
}
_ANYHOW = _("Photograph it, or print it and bring or post it on paper.")


@dataclass(frozen=True)
class Cleaned:
    """`file` at its start; `kind` such as "jpg"; `ending` without the dot. The old name is not kept: it may tell."""

    file: BinaryIO
    kind: str
    ending: str


def clean(file: BinaryIO, name: str, limits: Mapping[str, int] = LIMITS) -> Cleaned:
    """Clean `file`, or raise Invalid with one sentence: what is wrong with it and how to hand it in otherwise."""
    size, kind = file.seek(0, io.SEEK_END), kind_of(file)
    sort = _SORTS.get(kind)
    if sort is None:
        otherwise = _OTHERWISE.get(kind, _ANYHOW)
        raise Invalid(
            _("“%(name)s” cannot be cleaned of what may betray you. %(otherwise)s", name=name, otherwise=otherwise)
        )
    if size > limits[sort] << 20:
        raise Invalid(too_large(name, size, limits[sort]))
    return Cleaned(_cleaned(file, name, kind), kind, ENDINGS.get(kind, kind))


def too_large(name: str, size: int, megabytes: int) -> Wording:
    return _(
        "“%(name)s” has %(size)s MB; at most %(limit)s MB can be handed in. Split it, or bring it on a disk.",
        name=name,
        size=-(-size >> 20),
        limit=megabytes,
    )


def _cleaned(file: BinaryIO, name: str, kind: str) -> BinaryIO:
    if kind in FORMATS:
        return plain_photo(file, name, kind)
    if kind == "pdf":
        return clean_pdf(file, name)
    if kind in ("docx", "xlsx", "pptx"):
        return clean_office(file, name)
    try:
        if kind == "text":
            file.seek(0)
            return as_utf8(file)
        return {"mp3": clean_mp3, "wav": clean_wav}.get(kind, clean_mp4)(file)
    except UnicodeError as bad:
        otherwise = _("Its encoding is not known here. Save it as UTF-8.")
        raise Invalid(
            _("“%(name)s” cannot be cleaned of what may betray you. %(otherwise)s", name=name, otherwise=otherwise)
        ) from bad
    except Broken as bad:
        raise Invalid(
            _("“%(name)s” cannot be cleaned of what may betray you. %(otherwise)s", name=name, otherwise=_ANYHOW)
        ) from bad
