"""「单位清单」 One unit: lists in force, posts, reading, self-check, starting a case; figures; the booklet."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Place, Unit
from huilian.engine.directory.queries import standing
from huilian.engine.documents.pdf import render_pdf
from huilian.engine.documents.word import render_docx
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import kinds
from huilian.engine.sheets import Column, write
from huilian.foundation.errors import Refused

from .. import forms, papers, services
from ..models import Family, SelfCheck, StandardPoint
from ..queries import lists, shown
from .lists import SEE, both

PER_PAGE = 24
OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX, DOCX = f"{OFFICE}.spreadsheetml.sheet", f"{OFFICE}.wordprocessingml.document"


def mine(request: HttpRequest):
    """Units that stand under lists and that one works in."""
    return list(lists.units_with_lists().filter(pk__in=units_of(request.user)).select_related("place"))


def unit_for(request: HttpRequest, pk: int) -> Unit:
    units = scope(lists.units_with_lists(), request.user, unit="pk", action=SEE)
    return get_object_or_404(units.select_related("place__parent"), pk=pk)


@require_safe
@needs(SEE)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The three lists that count for a unit today, each post with its duties and powers, reading and self-checks."""
    found = unit_for(request, pk)
    held = lists.lists_of(found)
    person = getattr(request.user, "person", None)
    words = {
        "unit": found,
        "lists": held,
        "posts": shown.posts_of(held),
        "works_here": found.pk in units_of(request.user),
        "signed": bool(held) and person is not None and person.pk in shown.signers_of(found, held),
        "checks": SelfCheck.objects.filter(unit=found).select_related("checked_by")[:6],
        "standards": StandardPoint.Standard.choices,
    }
    return render(request, "powers/unit.html", words)


@require_POST
@needs(SEE)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign having read the lists."""
    found = unit_for(request, pk)
    try:
        services.sign(found, by=request.user)
        messages.success(request, _("Signed. Thank you for reading."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("powers-unit", found.pk)


@require_safe
@needs(SEE)
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    """Post → duties → powers as a spreadsheet (S3-05)."""
    found = unit_for(request, pk)
    rows = [
        [
            row.post,
            "\n".join(item.label for item in row.duties),
            "\n".join(str(item) for item in row.powers),
            "\n".join(dict.fromkeys(line for item in row.powers for line in shown.basis_lines(item))),
        ]
        for row in shown.posts_of(lists.lists_of(found))
    ]
    named = {"post": _("Post"), "duties": _("Duties"), "powers": _("Powers"), "basis": _("Basis of the powers")}
    columns = [Column(key, heading, width=30) for key, heading in named.items()]
    title = _("Posts, duties and powers of %(unit)s") % {"unit": found.name}
    return _file(write(columns, rows, title), XLSX, f"{title}.xlsx")


@require_safe
@needs(SEE)
def booklet(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """「三清单及流程图册」 The lists of a unit with their flow charts, to print."""
    found = unit_for(request, pk)
    address = request.build_absolute_uri(reverse("portal-powers-of", args=[found.pk]))
    book = papers.booklet_of(found, address)
    if form == "docx":
        return _file(render_docx(book), DOCX, f"{book.title}.docx")
    return _file(render_pdf(book), "application/pdf", f"{book.title}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@both
@needs("powers.run")
def check(request: HttpRequest, pk: int, standard: str) -> HttpResponse:
    """A unit looks at itself by one standard."""
    found = unit_for(request, pk)
    points = list(StandardPoint.objects.filter(standard=standard))
    if not points:
        raise Http404
    form = forms.CheckForm(request.POST or None, points=points)
    if request.method == "POST" and form.is_valid():
        try:
            services.check_self(found, standard, form.marks(), by=request.user)
            return redirect("powers-unit", found.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    title = f"{found} · {StandardPoint.Standard(standard).label}"
    default = any(point.origin == "default" for point in points)
    back = reverse("powers-unit", args=[found.pk])
    words = {"form": form, "title": title, "submit": _("Keep the self-check"), "cancel": back, "default": default}
    return render(request, "powers/form.html", words, status=422 if form.errors else 200)


@require_safe
@needs("powers.run")
def choose(request: HttpRequest) -> HttpResponse:
    """Which power is to be used: those of one's own units, by search."""
    text = request.GET.get("q", "").strip()
    page = Paginator(shown.startable(mine(request), text), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "powers/choose.html", {"page": page, "q": text})


@both
@needs("powers.run")
def start(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Start a case of a power."""
    found = get_object_or_404(lists.units_with_lists().filter(pk__in=units_of(request.user)), pk=pk)
    item = lists.item_of(found, code)
    form = forms.StartForm(request.POST or None)
    if item:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        try:
            noted = services.start(found, code, **form.cleaned_data, by=request.user)
            return redirect("desk-case", noted.case.number)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    words = {
        "form": form, "unit": found, "code": code.upper(), "item": item, "told": shown.told(item) if item else [],
        "stops": [x for x in lists.items_of(found, Family.NEGATIVE) if x.hard_stop],
    }  # fmt: skip
    return render(request, "powers/start.html", words, status=422 if form.errors else 200)


@require_safe
@needs(SEE)
def figures(request: HttpRequest) -> HttpResponse:
    """Reading, use and self-checks by unit; cases that cite a power by kind."""
    towns = scope(
        Place.objects.filter(standing(), level=Place.Level.TOWNSHIP), request.user, place="pk", unit=None, action=SEE
    ).order_by("path")
    town = towns.filter(code=request.GET.get("town", "")).first()
    rows = shown.figures_of(request.user, town)
    words = {
        "towns": towns,
        "town": town,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "people": sum(row.people for row in rows),
        "signed": sum(row.signed for row in rows),
        "off_list": sum(row.off_list for row in rows),
        "citing": [(kinds()[c.kind].name if c.kind in kinds() else c.kind, c) for c in shown.citing_of(request.user)],
    }
    return render(request, "powers/figures.html", words)
