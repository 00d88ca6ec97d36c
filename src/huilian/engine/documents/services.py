"""Keeping papers and uploads, and reading them."""

import hashlib
from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.trail.actors import as_actor
from huilian.engine.trail.rules import subject_key
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import now

from . import attachments
from .forms import Form
from .kinds import kind_called
from .models import Attachment, Document, StoredFile
from .pdf import render_pdf
from .word import render_docx

SHOWN = 16  # hexadecimal digits of the digest in a history


def make(form: Form, subject, *, kind: str, by, as_type: str = "pdf", number: str = "") -> Document:
    """Write `form` as "pdf" or "docx" and keep it with `subject`. Raises UnknownKind when no app declares `kind`."""
    return keep(bytes_of(form, as_type), form.title, subject, kind=kind, by=by, as_type=as_type, number=number)


def bytes_of(form: Form, as_type: str) -> bytes:
    """`form` as "pdf" or "docx", without keeping it."""
    return {"pdf": render_pdf, "docx": render_docx}[as_type](form)


def keep(
    content: bytes, title: str, subject, *, kind: str, by, as_type: str, number: str = "", name: str = ""
) -> Document:
    """Keep a paper made elsewhere (a workbook, a report) with `subject`."""
    kind_called(kind)
    name = attachments.honest_name(name or title, as_type)
    digest = hashlib.sha256(content).hexdigest()
    return _store(
        Document, "make", ContentFile(content), name, subject, kind, by, as_type, len(content), digest, number=number
    )


def attach(
    upload: BinaryIO,
    name: str,
    subject,
    *,
    kind: str,
    by,
    accepted: frozenset[str] = attachments.ACCEPTED,
    megabytes: int = attachments.MEGABYTES,
) -> Attachment:
    """Keep an upload with `subject`. `by` is a user or an Actor (a citizen). Raises Invalid."""
    kind_called(kind)
    found, size, digest = attachments.check(upload, name, accepted=accepted, megabytes=megabytes)
    name = attachments.honest_name(name, found)
    return _store(Attachment, "attach", File(upload), name, subject, kind, by, found, size, digest)


def _store(model, act, content, name, subject, kind, by, type_, size, digest, **more):
    subject_kind, subject_id = subject_key(subject)
    moment = now()
    path = f"{model.__name__.lower()}s/{moment:%Y/%m}/{uuid4().hex}.{type_}"
    with transaction.atomic():
        kept = model.objects.create(
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            name=name,
            type=type_,
            size=size,
            sha256=digest,
            file=default_storage.save(path, content),
            made_at=moment,
            made_by=as_actor(by).label[:128],
            **more,
        )
        record(f"documents.{act}", subject, by=by, data={"name": name, "digest": digest[:SHOWN], "file": kept.pk})
    return kept


def read(stored: StoredFile, *, by) -> BinaryIO:
    """The content for a signed-in person. Raises NotAllowed, and Invalid when the file is no longer what was kept."""
    kind = kind_called(stored.kind)
    if not kind.may_read(by, stored):
        raise NotAllowed(_("This file belongs to a matter that your posts do not reach. Ask the unit that handles it."))
    content = open_checked(stored)
    if kind.record_reads:
        with transaction.atomic():
            subject = f"{stored.subject_kind}:{stored.subject_id}"
            record("documents.read", subject, by=by, data={"name": stored.name, "file": stored.pk})
    return content


def open_checked(stored: StoredFile) -> BinaryIO:
    """The content after its digest was compared; the caller has checked that it may be read."""
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Invalid(_("The file is no longer in the store. Tell the system administrator.")) from error
    if hashlib.file_digest(content, "sha256").hexdigest() != stored.sha256:
        content.close()
        raise Invalid(_("The file in the store is not the one that was kept. Tell the system administrator."))
    content.seek(0)
    return content
