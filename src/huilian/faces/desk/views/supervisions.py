"""「督办」 Supervisions: those still unanswered first, the most pressing on top."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huilian.engine.access.queries import require
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.look.counting import MOST, counts_up_to
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Supervision
from huilian.engine.procedures.queries import cases_visible_to

PAGE = 12


def supervisions_visible_to(user) -> QuerySet[Supervision]:
    """Supervisions of the cases `user` may see."""
    return Supervision.objects.filter(case__in=cases_visible_to(user))


def to_answer(user) -> QuerySet[Supervision]:
    """Those that a unit of `user` has still to answer."""
    return Supervision.objects.filter(replied_at=None, unit__in=units_of(user), case__state="open")


@require_safe
@login_required
def supervisions(request: HttpRequest) -> HttpResponse:
    """The list in three tabs: for us to answer, open, answered."""
    user = request.user
    require(user, "case.see")
    seen = supervisions_visible_to(user)
    tabs = {
        "mine": (_("For us to answer"), "bell", to_answer(user)),
        "open": (_("Not answered yet"), "siren", seen.filter(replied_at=None)),
        "done": (_("Answered"), "check", seen.exclude(replied_at=None)),
    }
    counts = dict(zip(tabs, counts_up_to([rows for _words, _icon, rows in tabs.values()]), strict=True))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in tabs else ("mine" if counts["mine"] else "open")
    rows = tabs[chosen][2].select_related("case", "unit", "clock", "issued_by")
    rows = rows.order_by("-replied_at") if chosen == "done" else rows.order_by(F("clock__due_at").asc(), "-level")
    pages = Paginator(rows, PAGE)
    pages.count = min(counts[chosen], MOST)  # known already
    page = pages.get_page(request.GET.get("page"))
    found = list(page.object_list)
    faces = clock_faces([s.clock for s in found if s.clock_id])
    here = reverse("desk-supervisions")
    context = {
        "page": page,
        "rows": [{"s": s, "clock": faces.get(s.clock_id)} for s in found],
        "chosen": chosen,
        "tabs": [
            {"href": f"{here}?show={k}", "label": words, "icon": icon, "count": counts[k], "current": k == chosen}
            for k, (words, icon, _rows) in tabs.items()
        ],
    }
    response = render(request, "desk/supervisions.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
