"""My tasks, all cases: the list with its lamps, filter, saved views, pager; its workbook; the search box."""

import tempfile
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.look.counting import MOST
from huilian.engine.look.levels import NAMES
from huilian.engine.procedures.models import Case
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.procedures.worklists import LEVELS
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from .. import exporting, services
from ..lists import ALERTS, CASES, SOURCES, TASKS, Worklist
from ..models import SavedView
from ..rows import WITH, rows_of
from .batch import offered_acts

PAGE = 12  # rows that fit a screen of 900 pixels


class Counted(Paginator):
    """A paginator that is told how many rows there are, and fetches only its page."""

    def __init__(self, worklist: Worklist, per_page: int):
        self.worklist = worklist
        super().__init__([], per_page)

    @cached_property
    def count(self) -> int:
        return min(self.worklist.count, MOST)

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        cases = self.worklist.cut(start, min(start + self.per_page, self.count), *WITH)
        return self._get_page(rows_of(cases, case_address), number, self)


def case_address(case: Case) -> str:
    return reverse("desk-case", args=[case.number])


@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """「我的待办」 What lies with me."""
    return _list(request, TASKS)


@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """「全部办件」 Every case I may see."""
    return _list(request, CASES)


@require_safe
@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """「预警」 Alerts that are handled as cases, by group of rules, village, colour, age and amount."""
    return _list(request, ALERTS)


def _list(request: HttpRequest, source) -> HttpResponse:
    worklist = Worklist(source, request.user, request.GET)
    query = request.GET.urlencode()
    home = reverse(source.url_name)
    views = list(SavedView.objects.filter(user=request.user, page=source.key))
    page = Counted(worklist, PAGE).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "home": home,
        "worklist": worklist,
        "page": page,
        "tabs": _tabs(request, worklist, home),
        "views": [{"view": v, "href": f"{home}?{v.query}", "current": v.query == _kept(request)} for v in views],
        "acts": offered_acts(request.user, source.kind) if page.object_list and worklist.state == "open" else [],
        "many": worklist.count > MOST,
        "most": MOST,
        "export": f"{reverse('desk-export', args=[source.key])}{'?' if query else ''}{query}",
        "query": query,
    }
    swap = request.htmx and request.htmx.target == "worklist"
    response = render(request, "desk/worklist.html" if swap else "desk/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _kept(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for key in services.PASSING:
        kept.pop(key, None)
    return kept.urlencode()


def _tabs(request: HttpRequest, worklist: Worklist, home: str) -> list[dict]:
    if worklist.state != "open":
        return []

    def tab(chosen: str, label, **look) -> dict:
        query = request.GET.copy()
        for key in ("page", "level"):
            query.pop(key, None)
        if chosen:
            query["level"] = chosen
        address = f"{home}?{query.urlencode()}" if query else home
        n = worklist.lamps[chosen or "all"]
        number = f"{MOST:,}+" if n > MOST else n
        return {"href": address, "label": label, "count": number, "current": worklist.level == chosen, **look}

    return [tab("", _("All")), *(tab(level, NAMES[level], level=level) for level in LEVELS)]


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The box in the top bar: a number leads straight to its case, words to the list of all cases."""
    words = request.GET.get("q", "").strip()
    if words and cases_visible_to(request.user).filter(number__iexact=words).exists():
        return redirect("desk-case", words.upper())
    return redirect(f"{reverse('desk-cases')}?{urlencode({'q': words, 'state': 'any'})}")


@require_safe
@login_required
def export(request: HttpRequest, key: str) -> HttpResponse:
    """The same rows as a workbook. It is written into the trail who took which rows out."""
    if key not in SOURCES:
        raise Http404
    worklist = Worklist(SOURCES[key], request.user, request.GET)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    rows = exporting.write(worklist, file)
    services.note_export(key, request.GET.urlencode(), rows, by=request.user)
    file.seek(0)
    name = f"{worklist.source.title} {now():%Y%m%d-%H%M}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=exporting.XLSX)


@require_POST
@login_required
def save_view(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the filter as it stands under a name."""
    if key not in SOURCES:
        raise Http404
    query = request.POST.get("query", "")
    try:
        view = services.save_view(key, request.POST.get("name", ""), query, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse(SOURCES[key].url_name)}?{query}")
    messages.success(request, _("“%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{reverse(SOURCES[key].url_name)}?{view.query}")


@require_POST
@login_required
def remove_view(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Forget a saved view."""
    if key not in SOURCES:
        raise Http404
    services.remove_view(pk, by=request.user)
    return redirect(SOURCES[key].url_name)
