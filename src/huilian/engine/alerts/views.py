"""Papers of an alert: its notice, the order to rectify, the evidence pack; several at once; the table of results."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import require
from huilian.engine.documents.pdf import render_pdf
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.sheets import Column, write
from huilian.foundation.now import now

from . import packs, papers, results
from .models import Alert, Rectification
from .queries import alerts_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100  # notices in one file


@require_safe
@login_required
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """「预警通知书」 as PDF."""
    alert = _find(request.user, number)
    require(request.user, "alert.pack")
    return _download(render_pdf(papers.alert_notice(alert, by=request.user)), f"{number} 预警通知书.pdf")


@require_POST
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of the chosen alerts, one after the other for the printer. `ids` are cases, as lists choose them."""
    require(request.user, "alert.pack")
    ids = [int(pk) for pk in request.POST.getlist("ids")[:MOST] if pk.isdecimal() and len(pk) < 19]
    seen = cases_visible_to(request.user).filter(pk__in=ids).values("pk")
    chosen = Alert.objects.filter(case__in=seen).select_related(*WITH).order_by("-level", "pk")
    sheets = [papers.on_paper(papers.alert_notice(alert, by=request.user)) for alert in chosen]
    if not sheets:
        raise Http404
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return render(request, "alerts/notices.html", {"sheets": sheets, "back": back if safe else ""})


@require_safe
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """「限期整改通知书」 as PDF."""
    row = Rectification.objects.select_related("alert__unit").filter(pk=pk).first()
    if row is None:
        raise Http404
    _find(request.user, row.alert.number)
    require(request.user, "alert.pack")
    return _download(
        render_pdf(papers.rectification_notice(row, by=request.user)), f"{row.alert.number} 限期整改通知书.pdf"
    )


@require_POST
@login_required
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """「证据包」 The signed file. It is written into the trail who took it."""
    alert = _find(request.user, number)
    data = packs.make_pack(alert, by=request.user)
    return _download(data, f"{number} 证据包.zip", "application/zip")


@require_safe
@needs("case.see")
def results_page(request: HttpRequest) -> HttpResponse:
    """「模型成效表」 What came of each rule: raised, true, untrue, errors in data, money, appeals, precision."""
    rows = results.rows_for(request.user)
    if request.GET.get("as") == "xlsx":
        data = write(_columns(), [results.cells(row) for row in rows], _("Results of the rules"))
        return _download(data, f"{_('Results of the rules')} {now():%Y%m%d}.xlsx", XLSX)
    return render(request, "alerts/results.html", {"rows": rows, "total": results.total(rows)})


def _columns() -> list[Column]:
    return [Column(key, heading, kind or "text") for key, heading, kind in results.columns()]


WITH = ("unit", "place", "case__clock", "case__procedure")


def _find(user, number: str) -> Alert:
    alert = alerts_visible_to(user).select_related(*WITH).filter(number=number).first()
    if alert is None:
        raise Http404
    return alert


def _download(data: bytes, name: str, as_type: str = "application/pdf") -> HttpResponse:
    response = HttpResponse(data, content_type=as_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
