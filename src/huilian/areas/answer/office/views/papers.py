"""Papers as Word or PDF. Those that name the person are made from the opened boxes, and the look is written down."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.documents.services import bytes_of
from huilian.engine.vault.web import needs_key, token_of

from .. import papers, services
from ..acts import THINGS
from ..queries import reach

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _row(user, known: dict, kind: str, key: str, form: str):
    if kind not in known or form not in TYPES or (known[kind][0] == "room" and not key.isdigit()):
        raise Http404
    thing, make = known[kind]
    if thing == "room":
        return get_object_or_404(reach.visible_rooms(user), pk=key), make
    return get_object_or_404(THINGS[thing].visible(user), number=key), make


@require_safe
@needs(reach.SEE)
def paper(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """「谈话场所使用登记、安全检查表、交接单」"""
    row, make = _row(request.user, papers.OPEN, kind, key, form)
    return _download(make(row), form)


@require_safe
@needs(reach.SEE)
@needs_key
def sealed(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """「安全预案、事故报告」"""
    row, make = _row(request.user, papers.SEALED, kind, key, form)
    talk = row if kind == "plan" else row.talk
    purpose = str(_("printing a paper of the talk"))
    opened = services.open_talk(talk, purpose=purpose, token=token_of(request), by=request.user)
    return _download(make(row, opened), form)


def _download(made, form: str) -> HttpResponse:
    answer = HttpResponse(bytes_of(made, form), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{made.title}.{form}")
    answer["Cache-Control"] = "no-store"
    return answer
