"""The page of notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import queries, services

PAGE = 30


@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """Unread notices first of all, everything on the second tab."""
    everything = request.GET.get("show") == "all"
    unread = queries.unread_count(request.user)
    here = reverse("desk-notices")
    rows = queries.notices_of(request.user, unread=not everything)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "everything": everything,
        "unread": unread,
        "tabs": [
            {"href": here, "label": _("Unread"), "count": unread, "icon": "bell", "current": not everything},
            {
                "href": f"{here}?show=all",
                "label": _("All notices"),
                "count": queries.notices_of(request.user).count(),
                "icon": "inbox",
                "current": everything,
            },
        ],
    }
    return render(request, "inbox/notices.html", context)


@require_safe
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it is read and go where it leads. Opening twice changes nothing, so a link may do it."""
    notice = services.mark_read(request.user, pk)
    if notice is None:
        raise Http404
    return redirect(notice.link or f"{reverse('desk-notices')}?show=all")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    services.mark_all_read(request.user)
    return redirect("desk-notices")
