"""The pages: what waits, figures of townships, receptions, matters led by leaders, public opinion, papers, campaign."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.procedures.models import State
from huilian.foundation.masking import mask_name
from huilian.foundation.now import now, today

from .. import rules
from ..acts import buttons
from ..models import Contest, Petition, Shift
from ..queries import figures, reach

PER_PAGE, FEW, WINDOW = 25, 12, 90


def _page(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


@require_safe
@needs(reach.SEE)
def home(request: HttpRequest) -> HttpResponse:
    """What waits at this desk, the townships' figures, answers of the last quarter."""
    user = request.user
    seen = reach.visible_petitions(user)
    waiting = seen.filter(case__state=State.OPEN).exclude(case__step__in=["answered", "reviewed"])
    over = seen.filter(case__step="answered", ask_until__lt=today())
    page = _page(request, waiting.order_by("-case__colour", "case__due_on", "pk"))
    words = {
        "page": page,
        "over": list(over.order_by("ask_until")[:FEW]),
        "years": figures.years_of(reach.townships(user), today().year),
        "answered": figures.answered_in(seen, today() - timedelta(WINDOW), today()),
        "window": WINDOW,
        "group": rules.GROUP,
        "may_take": may(user, "petitions.take"),
        "fields": Petition._meta.get_field("field").choices,
    }
    return render(request, "petitions/home.html", words)


@require_safe
@needs(reach.SEE)
def slots(request: HttpRequest) -> HttpResponse:
    """Receptions to come and past ones; what leaders decided and is not done yet."""
    found = reach.visible_slots(request.user)
    to_do = reach.visible_visits(request.user).filter(state="met").order_by("due_on")
    words = {
        "coming": list(found.filter(ends_at__gte=now()).order_by("starts_at")[:FEW]),
        "page": _page(request, found.filter(ends_at__lt=now())),
        "to_do": list(to_do[:FEW]),
        "today": today(),
        "may_set": may(request.user, "petitions.receive"),
    }
    return render(request, "petitions/slots.html", words)


@require_safe
@needs(reach.SEE)
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    """One reception: the queue in its order; names only for those who hold the reception."""
    found = get_object_or_404(reach.visible_slots(request.user), pk=pk)
    receives = may(request.user, "petitions.receive")
    visits = [
        (v, v.name if receives else mask_name(v.name), buttons("visit", v, request.user))
        for v in found.visits.select_related("unit", "slot", "petition__case")
    ]
    words = {"slot": found, "visits": visits, "acts": buttons("slot", found, request.user), "today": today()}
    return render(request, "petitions/slot.html", words)


@require_safe
@needs()
def led(request: HttpRequest) -> HttpResponse:
    """Matters led by leaders, those of the reader first."""
    rows = reach.visible_charges(request.user)
    return render(request, "petitions/led.html", {"page": _page(request, rows), "today": today()})


@require_safe
@needs(reach.SEE)
def opinions(request: HttpRequest) -> HttpResponse:
    """Public opinion that is not answered yet, the rest, and who is on duty."""
    found = reach.visible_matters(request.user)
    shifts = Shift.objects.filter(on__gte=today()).select_related("unit", "person", "leader").order_by("on")
    words = {
        "page": _page(request, found.order_by("-case__state", "-case__colour", "-pk")),
        "shifts": list(shifts[:FEW]),
        "may_note": may(request.user, "petitions.opinion"),
    }
    return render(request, "petitions/opinions.html", words)


@require_safe
@needs(reach.SEE)
def papers(request: HttpRequest) -> HttpResponse:
    words = {
        "page": _page(request, reach.visible_papers(request.user)),
        "may_draft": may(request.user, "petitions.paper"),
    }
    return render(request, "petitions/papers.html", words)


@require_safe
@needs(reach.SEE)
def contest(request: HttpRequest) -> HttpResponse:
    """The campaign of the year: criteria, entries, visits that skipped a level by month and township."""
    user = request.user
    found = Contest.objects.first()
    year = found.year if found else today().year
    entries = reach.visible_entries(user).filter(contest=found) if found else []
    words = {
        "contest": found,
        "criteria": found.criteria.splitlines() if found else [],
        "entries": [(entry, buttons("entry", entry, user)) for entry in entries],
        "acts": buttons("contest", found, user) if found else [],
        "months": [(p, sum(m), m) for p, m in figures.skips_by_month(reach.townships(user), year)],
        "numbers": range(1, 13),
        "year": year,
    }
    return render(request, "petitions/contest.html", words)
