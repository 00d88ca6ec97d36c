"""The monthly report on the desk, the rows behind its figures, and its workbook and papers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.documents.services import bytes_of
from huilian.engine.sheets import Column, Page, write, write_book
from huilian.engine.tiles.period import month_of
from huilian.foundation.now import moment

from . import services
from .reporting import figures, tables
from .reporting.monthly import Report

PAGE = 25
MOST_ROWS = 20_000
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@needs("hotline.report")
def report(request: HttpRequest) -> HttpResponse:
    """「热线月报」 Every number leads to its rows."""
    month = month_of(request.GET.get("month", ""))
    found = Report(request.user, month)
    context = {
        "report": found,
        "month": month,
        "may_see_rows": True,
        "title": tables.title(found),
        "as_of": tables.as_of(found),
        "score_note": tables.score_note(),
        "received": [
            (_("By source"), _("Source"), "source", found.by_source),
            (_("By topic"), _("Topic"), "topic", found.by_topic),
            (_("By class"), _("Class"), "class", found.by_class),
        ],
    }
    return render(request, "hotline/report/report.html", context)


def _file(request: HttpRequest, content: bytes, name: str, as_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[as_type])
    from urllib.parse import quote

    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{as_type}"
    return response


@require_safe
@needs("hotline.report")
def download(request: HttpRequest, as_type: str) -> HttpResponse:
    """The report as a workbook, a Word file or a PDF; it is recorded who took it."""
    if as_type not in TYPES:
        raise Http404
    found = Report(request.user, month_of(request.GET.get("month", "")))
    if as_type == "xlsx":
        note = tables.as_of(found)
        pages = [
            Page(s.title, s.as_columns(), s.rows, f"{note} · {s.note}" if s.note else note)
            for s in tables.sheets(found)
        ]
        content = write_book(pages)
    else:
        content = bytes_of(tables.paper(found), as_type)
    services.note_report(found.month.key, as_type, by=request.user)
    return _file(request, content, tables.title(found), as_type)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in (*figures.BY, "unit") if request.GET.get(name)}


@require_safe
@needs("hotline.report")
def rows(request: HttpRequest) -> HttpResponse:
    """The matters behind one number."""
    month = month_of(request.GET.get("month", ""))
    what = request.GET.get("what", "received")
    if what not in figures.FIGURES:
        raise Http404
    found = figures.rows(request.user, what, month, _chosen(request))
    if request.GET.get("as") == "xlsx":
        return _rows_workbook(request, found, month, what)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    orders = list(page.object_list)
    faces = clock_faces([o.case.clock for o in orders if o.case.clock_id])
    query = request.GET.copy()
    query.pop("page", None)
    query["as"] = "xlsx"
    context = {
        "month": month,
        "label": figures.FIGURES[what].label,
        "page": page,
        "orders": [{"order": o, "case": o.case, "clock": faces.get(o.case.clock_id)} for o in orders],
        "export": query.urlencode(),
    }
    return render(request, "hotline/report/rows.html", context)


def _rows_workbook(request, found, month, what) -> HttpResponse:
    columns = [
        Column("number", _("Number"), "code"),
        Column("title", _("Matter"), width=44),
        Column("source", _("Source")),
        Column("topic", _("Topic")),
        Column("township", _("Township")),
        Column("unit", _("Unit"), width=26),
        Column("state", _("State")),
        Column("received", _("Received"), "datetime"),
        Column("due", _("Due"), "date"),
        Column("answered", _("Answered"), "datetime"),
        Column("closed", _("Closed"), "datetime"),
        Column("solved", _("Solved")),
        Column("satisfaction", _("Grade"), "integer"),
    ]
    lines = (
        [
            o.case.number,
            o.case.title,
            str(o.channel),
            o.topic,
            str(o.case.township or ""),
            o.case.unit.name if o.case.unit_id else "",
            o.case.get_state_display(),
            moment(o.case.received_at),
            o.case.clock.due_on if o.case.clock_id else None,
            o.answered_at and moment(o.answered_at),
            o.case.closed_at and moment(o.case.closed_at),
            o.get_solved_display(),
            o.satisfaction,
        ]
        for o in found[:MOST_ROWS].iterator(chunk_size=2000)
    )
    name = f"{figures.FIGURES[what].label} {month.key}"
    content = write(columns, lines, name)
    services.note_report(month.key, f"{what}.xlsx", by=request.user)
    return _file(request, content, name, "xlsx")
