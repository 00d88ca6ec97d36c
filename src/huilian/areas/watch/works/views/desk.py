"""Works at a glance, a new one, one with its eight stages and its money, its budget, the scores."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Unit
from huilian.foundation.errors import NotAllowed, Refused

from .. import forms, panels, reading, services
from ..queries import pages
from ..queries import scores as figures
from ..queries.reach import works_of

both = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 20
OWNERS = ("village_committee", "community", "cooperative")
LINE = ("trade", "name", "spec", "measure", "quantity", "price_cents", "length_m", "width_m", "depth_m")


def _refused(form, refused: Refused) -> None:
    """The sentence at its field; a refusal of the post itself is a page of its own."""
    if isinstance(refused, NotAllowed):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@require_safe
@needs("works.see")
def home(request: HttpRequest) -> HttpResponse:
    """The works in reach, by stage; purchases beside them."""
    bought = request.GET.get("of") == "purchases"
    rows = works_of(request.user).filter(limit_class__is_purchase=bought)
    asked = request.GET.get("stage", "")
    shown = rows.filter(stage__in=pages.EIGHT[int(asked)][1]) if asked in "01234567" and asked else rows
    words = {
        "page": Paginator(shown.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "counts": list(enumerate(pages.by_stage(rows))),
        "stage": asked,
        "bought": bought,
        "may_propose": may(request.user, "works.propose"),
    }
    return render(request, "works/home.html", words)


@both
@needs("works.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """A new work or purchase; what blocks it is said at its field."""
    units = scope(Unit.objects.filter(kind__in=OWNERS, valid_to=None), request.user, unit=None, action="works.propose")
    form = forms.ProposeForm(request.POST or None, units=units.order_by("kind", "name"))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = services.propose(values.pop("unit"), values.pop("limit_class"), values, by=request.user)
        except Refused as refused:
            _refused(form, refused)
        else:
            messages.success(request, _("%(number)s is proposed.") % {"number": made.number})
            return redirect("works-project", made.number)
    words = {"form": form, "title": _("Propose a work or purchase"), "submit": _("Propose it")}
    return render(request, "works/form.html", words, status=422 if form.errors else 200)


@require_safe
@needs("works.see")
def project(request: HttpRequest, number: str) -> HttpResponse:
    """One work: eight stages, its money, what happened."""
    work = get_object_or_404(works_of(request.user).select_related("overseer", "township"), number=number)
    shell = type("File", (), {"work": work})
    words = {
        **panels.money(shell, request.user),
        **panels.facts(shell, request.user),
        "stages": pages.stages(work),
        "public": pages.public_works().filter(pk=work.pk).exists(),
    }
    return render(request, "works/project.html", words)


@both
@needs("works.propose")
def items(request: HttpRequest, number: str) -> HttpResponse:
    """The budget line by line: one more, one less, or all of them from a spreadsheet."""
    work = get_object_or_404(works_of(request.user, "works.propose"), number=number)
    rows = [{name: getattr(item, name) for name in LINE} for item in work.items.all()]
    sent = request.method == "POST"
    line = forms.ItemForm(request.POST if "add" in request.POST else None)
    sheet = forms.SheetOfItemsForm(*((request.POST, request.FILES) if "upload" in request.POST else ()))
    form = sheet if "upload" in request.POST else line
    gone = request.POST.get("remove", "")
    if sent and (gone.isdigit() or form.is_valid()):
        try:
            services.set_items(work, _lines(rows, gone, form), by=request.user)
        except Refused as refused:
            if gone:
                messages.error(request, str(refused))
            else:
                _refused(form, refused)
        else:
            return redirect("works-items", number)
    words = {"work": work, "items": list(work.items.all()), "line": line, "sheet": sheet}
    return render(request, "works/items.html", words, status=422 if sent and form.errors else 200)


def _lines(rows: list[dict], gone: str, form) -> list[dict]:
    """The lines of the budget after what was sent."""
    if gone:
        return [row for n, row in enumerate(rows, 1) if n != int(gone)]
    if isinstance(form, forms.SheetOfItemsForm):
        return reading.read(form.cleaned_data["file"])
    return [*rows, {name: form.cleaned_data[name] for name in LINE}]


@require_safe
@needs("works.see")
def scores(request: HttpRequest) -> HttpResponse:
    """What settled works, their builders and those who watched the sites score."""
    rows = works_of(request.user)
    words = {
        "works": rows.filter(score__isnull=False).order_by("score", "-pk")[:50],
        "firms": figures.firms(rows),
        "overseers": figures.overseers(rows),
    }
    return render(request, "works/scores.html", words)
