"""A PDF without who wrote it, when and with what, and without what would act by itself when somebody opens it."""

from io import BytesIO
from typing import Any, BinaryIO

import pikepdf

from ..errors import Invalid
from ..wording import _
from .pictures import without_notes

_NOTES = ("/Metadata", "/PieceInfo", "/LastModified", "/CreationDate", "/ModDate", "/AA", "/OpenAction", "/Thumb")
_SIGNER = ("/Contents", "/Cert", "/Name", "/Location", "/Reason", "/ContactInfo", "/M")
_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}


def clean_pdf(file: BinaryIO, name: str) -> BytesIO:
    """The pages as they look. Written anew, so that earlier versions of it inside the file are gone as well.

    Raises Invalid where it holds other files, has a password or is damaged.
    """
    try:
        with pikepdf.open(file) as pdf:
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for each in pdf.objects:
                _clean(each, name)
            kept = BytesIO()
            pdf.save(kept, deterministic_id=True, fix_metadata_version=False)
    except (pikepdf.PasswordError, pikepdf.PdfError, ValueError, RecursionError) as bad:
        raise Invalid(
            _("“%(name)s” is damaged or has a password, so nobody could open it. Save it again without.", name=name)
        ) from bad
    kept.seek(0)
    return kept


def _clean(each: Any, name: str) -> None:
    """An object, and what stands in it directly; what it refers to has its own turn."""
    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        _scrub(each, name)
        inner = [each[key] for key in each.keys()]  # noqa: SIM118  no mapping
    else:
        inner = list(each) if isinstance(each, pikepdf.Array) else []
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _clean(value, name)


def _scrub(each: Any, name: str) -> None:
    if "/EF" in each or "/EmbeddedFiles" in each:
        raise Invalid(_("“%(name)s” holds other files inside. Hand them in one by one.", name=name))
    for key in _NOTES:
        if key in each:
            del each[key]
    if "/JavaScript" in each:  # the list of programs of the document
        del each["/JavaScript"]
    if str(each.get("/S", "")) in _ACTS:
        each["/S"] = pikepdf.Name("/None")
    if "/Rect" in each and str(each.get("/Subtype", "")) != "/Widget":  # a remark; a field's /T is its name
        for key in ("/T", "/M", "/NM"):
            if key in each:
                del each[key]
    if str(each.get("/Type", "")) == "/Sig" or "/ByteRange" in each:
        for key in _SIGNER:
            if key in each:
                del each[key]
    if isinstance(each, pikepdf.Stream) and each.get("/Filter") in (pikepdf.Name.DCTDecode, [pikepdf.Name.DCTDecode]):
        each.write(without_notes(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
