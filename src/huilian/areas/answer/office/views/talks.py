"""Places and talks at a glance, one talk closed and open, one place."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.engine.vault.queries import looks_into
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from .. import services
from ..acts import buttons
from ..forms import PurposeForm
from ..models import Item, Limit, Talk
from ..queries import reach, states

PER_PAGE, EVENTS = 25, 40
STAGES = (Item.List.BEFORE, Item.List.DURING, Item.List.AFTER)


@require_safe
@needs(reach.SEE)
def home(request: HttpRequest) -> HttpResponse:
    """Talks to come and the latest ones; places with what is not in order there."""
    user = request.user
    talks = reach.visible_to(user)
    wanted = request.GET.get("state", "live")
    if wanted == "live":
        talks = talks.filter(state__in=Talk.LIVE).order_by("begins_at", "pk")
    elif wanted in Talk.State.values:
        talks = talks.filter(state=wanted)
    words = {
        "page": Paginator(talks, PER_PAGE).get_page(request.GET.get("page")),
        "states": Talk.State.choices, "state": wanted, "rooms": reach.visible_rooms(user).filter(is_active=True)[:100],
        "may_book": may(user, "office.book"), "late": now() - timedelta(hours=1),
    }  # fmt: skip
    return render(request, "office/home.html", words)


@require_safe
@needs(reach.SEE)
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a talk without opening it: place, hours, checks, signatures, warnings."""
    user = request.user
    found = get_object_or_404(reach.visible_to(user).prefetch_related("marks__by"), number=number)
    names = {limit.key: limit for limit in Limit.objects.all()}
    warned = states.warnings_of(found) if found.state == "inside" else []
    events = history_of(found).reverse()[:EVENTS]
    words = {
        "talk": found,
        "acts": buttons("talk", found, user),
        "warnings": [(names.get("night_from" if w.code == "night" else w.code), w) for w in warned],
        "stages": [(stage, states.table(stage, talk=found)) for stage in STAGES],
        "may_check": user == found.guard and found.state in ("agreed", "inside", "ended"),
        "handovers": [
            (h, buttons("handover", h, user)) for h in found.handovers.select_related("giver", "taker", "talk")
        ],
        "incidents": [
            (i, buttons("incident", i, user)) for i in found.incidents.select_related("by", "closed_by", "talk")
        ],
        "marks": [m for m in found.marks.all() if m.kind != "warned"],
        "looks": looks_into(found.subject)[:20],
        "entries": [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in events],
    }
    return render(request, "office/talk.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(reach.SEE)
@needs_key
def opened(request: HttpRequest, number: str) -> HttpResponse:
    """Who is talked to and the plan, for a stated purpose; shown once, in the answer to this form."""
    found = get_object_or_404(reach.visible_to(request.user), number=number)
    form, parts = PurposeForm(request.POST or None, row=found, user=request.user), None
    if request.method == "POST" and form.is_valid():
        try:
            parts = services.open_talk(found, **form.cleaned_data, token=token_of(request), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
    words = {"talk": found, "form": form, "content": (parts or {}).get("content"), "opened": parts is not None,
             "notes": [words["text"] for part, words in (parts or {}).items() if part != "content"]}  # fmt: skip
    return render(request, "office/opened.html", words, status=422 if form.is_bound and form.errors else 200)


@require_safe
@needs(reach.SEE)
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: its standard item by item with photographs, its equipment, its talks."""
    user = request.user
    found = get_object_or_404(reach.visible_rooms(user), pk=pk)
    words = {
        "room": found,
        "rows": states.table("room", room=found),
        "equipment": found.equipment.all(),
        "talks": reach.visible_to(user).filter(room=found, state__in=Talk.LIVE).order_by("begins_at")[:PER_PAGE],
        "may_keep": may(user, "office.keep"),
    }
    return render(request, "office/room.html", words)
