"""Forms of a work on paper and the board at its site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.documents.attachments import MIME
from huilian.engine.documents.services import bytes_of

from .. import papers, reading
from ..queries.pages import public_works
from ..queries.reach import works_of


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MIME[kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=kind != "pdf", filename=f"{name}.{kind}")
    return response


@require_safe
@needs("works.see")
def paper(request: HttpRequest, number: str, kind: str, ending: str) -> HttpResponse:
    """A form of the work as PDF, or as Word: changes, acceptance, payments, the whole file."""
    work = get_object_or_404(works_of(request.user), number=number)
    if kind not in papers.FORMS or ending not in ("pdf", "docx"):
        raise Http404
    form = papers.FORMS[kind](work)
    return _file(bytes_of(form, ending), ending, f"{number}{form.title}")


@require_safe
@needs("works.see")
def board(request: HttpRequest, number: str) -> HttpResponse:
    """The board at the site (A3), with the code that leads to the public page."""
    work = get_object_or_404(public_works().filter(pk__in=works_of(request.user).order_by()), number=number)
    return _file(bytes_of(papers.board_of(work, request.build_absolute_uri("/")), "pdf"), "pdf", f"{number}工地公示牌")


@require_safe
@needs("works.propose")
def empty_items(request: HttpRequest) -> HttpResponse:
    """The table of a budget to fill in."""
    return _file(reading.empty_sheet(), "xlsx", "预算清单")
