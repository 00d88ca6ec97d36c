"""Documents of Word, Excel and PowerPoint without who wrote, changed and remarked. What was changed stays to be seen.

ECMA-376 (ISO/IEC 29500). Gone are the properties, custom data, printers, signatures; emptied are authors and times of
changes and remarks, numbers of editing sessions (rsid), paths of the computer. Links to elsewhere point nowhere, except
those one clicks: a picture loaded from outside would tell its owner who opens the letter.
"""

import posixpath
import re
import zipfile
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import unquote

from lxml import etree

from ..errors import Invalid
from ..wording import _
from .pictures import without_notes

MOST_PARTS, MOST_BYTES = 5000, 400 << 20
_DROPPED = re.compile(
    r"(docProps|docMetadata|customXml|_xmlsignatures|package|xl/revisions|ppt/changesInfos|[a-z]+/printerSettings)/"
    r"|word/(people|commentsExtensible)\.xml|ppt/revisionInfo\.xml|word/_rels/people"
)
_PICTURES = re.compile(r"\.(jpe?g|png|gif|bmp|emf|wmf)$", re.I)
_TEXTS = re.compile(r"\.(xml|rels|vml)$", re.I)
_EMPTIED = {"author", "initials", "userName", "displayName", "userId", "providerId", "lastModifiedBy"}
_TIMES = {"date", "dateUtc", "dt", "dT", "created", "modified"}
_ELEMENTS = {"rsids", "docId", "docVars", "mailMerge", "attachedTemplate", "absPath", "revisionPtr", "fileSharing",
             "userShapesPath", "removePersonalInformation"}  # fmt: skip
_CLICKED = re.compile(r"(https?|mailto|tel):", re.I)
_NOBODY, _NEVER = "Author", "2000-01-01T00:00:00Z"  # as Word writes it when asked to forget who wrote
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R_ID = re.compile(r"\{http://[^}]*/relationships\}id$")


def clean_office(file: BinaryIO, name: str, *, inside: bool = False) -> BytesIO:
    """The document, written anew. Raises Invalid where it is damaged or holds what cannot be cleaned."""
    kept = BytesIO()
    try:
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
            parts = [p for p in old.infolist() if not p.is_dir()]
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_BYTES:
                raise ValueError("a document beyond all measure")
            for part in parts:
                if not _DROPPED.match(part.filename):
                    entry = zipfile.ZipInfo(part.filename)  # without the times and the system of the old
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(entry, _part(part.filename, old.read(part), name, inside))
    except (ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as bad:
        raise Invalid(
            _("“%(name)s” is damaged or has a password, so nobody could open it. Save it again without.", name=name)
        ) from bad
    kept.seek(0)
    return kept


def _part(path: str, content: bytes, name: str, inside: bool) -> bytes:
    if _PICTURES.search(path):
        return without_notes(content)
    if _TEXTS.search(path):
        return _xml(path, content)
    if path.endswith((".docx", ".xlsx", ".pptx")) and not inside:
        return clean_office(BytesIO(content), name, inside=True).getvalue()
    if path.endswith((".odttf", ".fntdata")):  # fonts
        return content
    raise Invalid(
        _("“%(name)s” holds something inside that cannot be cleaned. Save it as PDF and hand in that.", name=name)
    )


def _xml(path: str, content: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as bad:
        raise ValueError(path) from bad
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type in an office document")
    if path.endswith(".rels"):
        _relations(path, root)
    elif path == "[Content_Types].xml":
        for each in list(root):
            if _DROPPED.match(each.get("PartName", "").lstrip("/")):
                root.remove(each)
    else:
        _scrub(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations(path: str, root: Any) -> None:
    owner = posixpath.dirname(posixpath.dirname(path))
    for each in list(root.iter(_RELATIONS)):
        target = each.get("Target", "")
        if each.get("TargetMode") == "External":
            if not (each.get("Type", "").endswith("/hyperlink") and _CLICKED.match(target)):
                each.set("Target", "about:blank")
        elif _DROPPED.match(posixpath.normpath(posixpath.join("/", owner, unquote(target))).lstrip("/")):
            root.remove(each)


def _scrub(root: Any) -> None:
    names = "|".join(re.escape(a.text) for a in root.iter("{*}author") if a.text)  # of remarks in Excel
    for each in list(root.iter(etree.Element)):
        kind = etree.QName(each).localname
        if kind in _ELEMENTS and each.getparent() is not None:
            each.getparent().remove(each)
            continue
        if kind == "author" and each.text:
            each.text = _NOBODY
        elif kind == "t" and names and each.text:  # which begins them with the name
            each.text = re.sub(rf"^({names})[:：]\s*", "", each.text)
        for key in list(each.attrib):
            local = etree.QName(key).localname
            if local.startswith("rsid") or (kind == "pageSetup" and _R_ID.search(key)):
                del each.attrib[key]
            elif local in _EMPTIED or (local == "name" and kind in ("cmAuthor", "author")):
                each.set(key, _NOBODY)
            elif local in _TIMES and re.match(r"\d{4}-\d\d-\d\dT", each.get(key)):
                each.set(key, _NEVER)
            elif local == "descr" and re.search(r"[\\/]|\.\w{3,4}$", each.get(key)):  # where the picture lay
                each.set(key, "")
