"""What may be handed in: decided by the content of the file, never by its name."""

import hashlib
import io
import re
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from huilian.foundation.errors import Invalid
from huilian.foundation.filetypes import kind_of

ACCEPTED = frozenset({"pdf", "jpg", "png", "docx", "xlsx", "mp3", "m4a", "wav", "mp4"})
MEGABYTES = 20
ENDINGS = {"jpg": (".jpg", ".jpeg"), "text": (".txt", ".csv")}  # others: "." and the kind
MIME = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
}
_UNFIT = re.compile(r'[\x00-\x1f\x7f"<>|:*?/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')


def check(
    file: BinaryIO, name: str, *, accepted: frozenset[str] = ACCEPTED, megabytes: int = MEGABYTES
) -> tuple[str, int, str]:
    """(kind, size in bytes, SHA-256) of an upload that may be kept. Raises Invalid with one sentence otherwise."""
    size = file.seek(0, io.SEEK_END)
    shown = tidy_name(name)
    if size > megabytes << 20:  # first of all: a large file is not even looked into
        raise Invalid(
            _("“%(name)s” has %(size)s MB; at most %(limit)d MB can be handed in. Make it smaller or split it.")
            % {"name": shown, "size": f"{size / (1 << 20):.1f}", "limit": megabytes}
        )
    kind = kind_of(file)
    if kind not in accepted:
        raise Invalid(_refusal(kind, shown, accepted))
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return kind, size, digest


def _refusal(kind: str, name: str, accepted: frozenset[str]) -> str:
    allowed = "、".join(sorted(accepted))
    if kind in ("executable", "script"):
        return _(
            "“%(name)s” is a program, whatever its name says. It has not been kept. Accepted are: %(allowed)s."
        ) % {
            "name": name,
            "allowed": allowed,
        }
    if kind == "empty":
        return _("“%(name)s” is empty. Choose the file again.") % {"name": name}
    if kind in ("broken", "encrypted"):
        return _("“%(name)s” is damaged or has a password, so nobody could open it. Save it again without.") % {
            "name": name
        }
    if kind.endswith("+macros"):
        return _("“%(name)s” contains macros. Save it without macros, as .docx or .xlsx, and hand in that.") % {
            "name": name
        }
    return _("“%(name)s” is not of an accepted type; by its content it is: %(kind)s. Accepted are: %(allowed)s.") % {
        "name": name,
        "kind": kind if kind != "unknown" else _("not known"),
        "allowed": allowed,
    }


def tidy_name(name: str) -> str:
    """The name without folders, control characters and marks that turn text round; never empty, 120 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = _UNFIT.sub("_", last).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:110] or 'file'}.{ending}"
    return clean[:120] or "file"


def honest_name(name: str, kind: str) -> str:
    """`name` with the ending of what the file is: 合同.exe that is a PDF becomes 合同.exe.pdf."""
    clean = tidy_name(name)
    endings = ENDINGS.get(kind, (f".{kind}",))
    return clean if clean.lower().endswith(endings) else clean + endings[0]
