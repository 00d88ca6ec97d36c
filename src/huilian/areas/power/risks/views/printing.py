"""Papers as PDF or Word."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Post, Unit
from huilian.engine.documents.services import bytes_of

from .. import papers
from ..queries import reach

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NUMBERED = {
    "directory": (reach.visible_directories, papers.directory_paper),
    "disposal": (reach.visible_disposals, papers.disposal_paper),
    "report": (reach.visible_reports, papers.report_paper),
}


@require_safe
@needs(reach.SEE)
def paper(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """A numbered paper, or the form of a post, a section (of any of its points) or a unit."""
    if form not in TYPES:
        raise Http404
    made = _made(request.user, kind, key)
    answer = HttpResponse(bytes_of(made, form), content_type=TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(False, f"{made.title}.{form}")
    return answer


def _made(user, kind: str, key: str):
    if kind in NUMBERED:
        visible, write = NUMBERED[kind]
        found = get_object_or_404(visible(user), number=key)
        if kind == "disposal" and (found.decided_on is None or found.state == "refused"):
            raise Http404  # no paper before somebody else has agreed
        return write(found)
    if kind == "section":
        point = get_object_or_404(reach.visible_points(user).exclude(section=""), number=key)
        return papers.section_form(point.unit, point.section)
    if kind not in ("post", "unit") or not key.isdigit():
        raise Http404
    units = scope(Unit.objects.all(), user, place="place", unit="pk", action=reach.SEE)
    if kind == "unit":
        return papers.unit_form(get_object_or_404(units, pk=key))
    return papers.post_form(get_object_or_404(Post.objects.filter(unit__in=units.order_by()), pk=key))
