"""「代理记账」 The agency's day: what waits in every village, and vouchers handed on many at once."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.foundation.errors import NotAllowed
from huilian.foundation.now import today

from ..queries import agency
from ..queries.bank import sets_visible_to
from ..services import entry as services

PAGE, ROWS = 60, 100
ACTS = {  # what is done with many vouchers: (permission, label, icon, service)
    "submit": ("collective.enter", "send", services.submit_many),
    "review": ("collective.review", "badge-check", services.review_many),
    "post": ("collective.enter", "book-open", services.post_many),
    "discard": ("collective.enter", "trash-2", services.discard_many),
}


def _labels() -> dict[str, str]:
    return {
        "submit": _("Hand over for review"),
        "review": _("Reviewed and right"),
        "post": pgettext("voucher", "Post"),
        "discard": _("Throw away"),
    }


@needs("collective.enter")
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Every village, the one with most to do first; `?q=` narrows by name, `?all=1` shows those where nothing waits."""
    wanted = request.GET.get("q", "").strip()[:40]
    found = [d for d in agency.desks(request.user, today()) if wanted in d.set.name or wanted in d.set.place.name]
    waiting = [d for d in found if d.waits or d.kept]
    shown = found if request.GET.get("all") or not waiting else waiting
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": wanted, "all": len(found), "waiting": len(waiting), "shown": len(shown)}
    return render(request, "collective/agency/desks.html", context)


@needs("collective.see")
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Vouchers that are not posted; the chosen ones are handed on, each for itself, and each says what became of it."""
    state = request.GET.get("state", "")
    state = state if state in ("draft", "submitted") else ""
    books = request.GET.get("set", "")
    key = int(books) if books.isdecimal() and len(books) < 10 else None
    results = None
    if request.method == "POST":
        results = _carry_out(request)
    rows = agency.waiting_vouchers(request.user, state, key)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    labels = _labels()
    context = {
        "page": page,
        "state": state,
        "books": sets_visible_to(request.user).filter(pk=key).first() if key else None,
        "acts": [
            {"name": "act", "value": name, "label": labels[name], "icon": icon}
            for name, (action, icon, _service) in ACTS.items()
            if may(request.user, action)
        ],
        "results": results,
        "done": sum(r.done for r in results) if results else 0,
        "refused": [r for r in results if not r.done] if results else [],
        "enters": may(request.user, "collective.enter"),
    }
    return render(request, "collective/agency/waiting.html", context)


def _carry_out(request: HttpRequest) -> list:
    action, _icon, service = ACTS.get(request.POST.get("act", ""), (None, None, None))
    if service is None:
        return []
    if not may(request.user, action):
        raise NotAllowed(_("This is not for your post."))
    keys = [int(k) for k in request.POST.getlist("ids") if k.isdecimal() and len(k) < 18][:ROWS]
    return service(list(agency.waiting_vouchers(request.user).filter(pk__in=keys)), by=request.user)
