"""Files of a matter."""

from django.db.models import QuerySet

from huilian.engine.trail.rules import subject_key

from .models import Attachment, Document


def documents_of(subject) -> QuerySet[Document]:
    """Papers made for `subject`, in order."""
    kind, ident = subject_key(subject)
    return Document.objects.filter(subject_kind=kind, subject_id=ident)


def attachments_of(subject, kind: str | None = None) -> QuerySet[Attachment]:
    """Files handed in for `subject`, in order; only those of `kind` when given."""
    subject_kind, ident = subject_key(subject)
    found = Attachment.objects.filter(subject_kind=subject_kind, subject_id=ident)
    return found.filter(kind=kind) if kind else found
