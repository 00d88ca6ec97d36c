"""Downloads."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from huilian.foundation.errors import NotAllowed, Refused

from . import services
from .attachments import MIME
from .models import Attachment, Document, StoredFile

STORED = {"document": Document, "attachment": Attachment}


@require_GET
@login_required
def download(request: HttpRequest, store: str, pk: int) -> HttpResponse:
    """A paper or an attachment, for those whom its kind allows."""
    stored = get_object_or_404(STORED[store], pk=pk)
    try:
        content = services.read(stored, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return answer(stored, content)


def answer(stored: StoredFile, content) -> FileResponse:
    """The file under its Chinese name. It is always saved, never shown inside a page of ours."""
    response = FileResponse(
        content,
        as_attachment=True,
        filename=stored.name,
        content_type=MIME.get(stored.type, "application/octet-stream"),
    )
    response["Cache-Control"] = "private, no-store"
    return response
