"""Papers as PDF or Word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.documents.services import bytes_of
from huilian.foundation.now import today

from .. import papers, services
from ..queries import figures as counts
from ..queries import reach

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _file(made, form: str) -> HttpResponse:
    answer = HttpResponse(bytes_of(made, form), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(False, f"{made.title}.{form}")
    return answer


@require_safe
@never_cache
@needs(reach.SEE)
def paper(request: HttpRequest, number: str, key: str, form: str) -> HttpResponse:
    """A paper of a petition, which opens the names and records that, or a paper of supervision."""
    if form not in TYPES:
        raise Http404
    if key == "supervision":
        found = get_object_or_404(reach.visible_papers(request.user), case__number=number)
        return _file(papers.supervision_paper(found), form)
    petition = get_object_or_404(reach.visible_petitions(request.user), case__number=number)
    names = dict(papers.papers_of(petition))
    if key not in names:
        raise Http404
    people = services.reveal(petition, purpose=f"打印{names[key]}", by=request.user)
    return _file(papers.written(petition, key, people), form)


@require_safe
@needs(reach.SEE)
def figures(request: HttpRequest, form: str) -> HttpResponse:
    """Figures of the townships of this year."""
    if form not in TYPES:
        raise Http404
    year = today().year
    return _file(papers.colours_report(counts.years_of(reach.townships(request.user), year), year), form)
