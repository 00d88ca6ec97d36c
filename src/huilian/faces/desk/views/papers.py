"""Papers of a case: the case sheet is made when it is asked for; a notice is kept with the case it concerns."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.queries import require
from huilian.engine.documents import services
from huilian.engine.documents.pdf import render_pdf
from huilian.engine.procedures.models import Supervision

from ..papers import notice_of, sheet_of, supervision_sheet
from .cases import find_case

TYPES = ("pdf", "docx")


@require_safe
@login_required
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """「办理单」 as PDF."""
    case = find_case(number, request.user)
    response = HttpResponse(render_pdf(sheet_of(case)), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{case.number} 办理单.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def supervision(request: HttpRequest, number: str) -> HttpResponse:
    """「督办单」 as PDF, for whoever sees the case."""
    found = Supervision.objects.select_related("case", "unit", "clock", "issued_by", "replied_by")
    one = found.filter(number=number).first()
    if one is None:
        raise Http404
    find_case(one.case.number, request.user)
    form = supervision_sheet(one)
    response = HttpResponse(render_pdf(form), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{number} {form.title}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """「督办通知」 as PDF or for Word; kept among the papers of the case."""
    supervision = Supervision.objects.select_related("case", "unit", "clock", "issued_by").filter(number=number).first()
    as_type = request.POST.get("type", "pdf")
    if supervision is None or as_type not in TYPES:
        raise Http404
    case = find_case(supervision.case.number, request.user)
    require(request.user, "case.supervise")
    form = notice_of(supervision, by=request.user)
    made = services.make(form, case, kind="desk.notice", by=request.user, as_type=as_type, number=form.issue_number)
    messages.success(request, _("“%(name)s” was made; it stands among the papers of the case.") % {"name": made.name})
    return redirect("desk-case", case.number)
