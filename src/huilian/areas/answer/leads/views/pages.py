"""The pages: the library, one lead closed and open, meetings, stock-taking, figures."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.models import Clock
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.engine.vault.queries import looks_into
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from .. import forms, services
from ..acts import buttons
from ..models import Lead, Task, Term
from ..models.lead import Field
from ..papers import list_of_evidence
from ..queries import figures as counted
from ..queries import links, reach
from ..rules import SUGGESTED, WEIGHTS
from .doors import found_or_refused
from .papers import TYPES, download

PER_PAGE, EVENTS = 25, 40


def _page(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _limits(subjects: list[str]) -> dict[str, list]:
    """Running limits by subject, as (name, face)."""
    names = {term.key: str(term) for term in Term.objects.all()}
    running = list(Clock.objects.filter(subject__in=subjects).exclude(state=Clock.State.STOPPED).order_by("due_on"))
    faces, found = clock_faces(running), {}
    for clock in running:
        found.setdefault(clock.subject, []).append((names.get(clock.kind, clock.kind), faces[clock.pk]))
    return found


@require_safe
@needs(reach.SEE)
def home(request: HttpRequest) -> HttpResponse:
    """Leads of one's teams with what is due; tasks of meetings that are open."""
    leads = reach.visible_to(request.user)
    wanted = request.GET.get("state", "open")
    if wanted == "open":
        leads = leads.exclude(state__in=("closed", "moved"))
    elif wanted in Lead.State.values:
        leads = leads.filter(state=wanted)
    if (field := request.GET.get("field", "")) in dict(Field):
        leads = leads.filter(field=field)
    if number := request.GET.get("q", "").strip():
        leads = leads.filter(Q(number__icontains=number) | Q(source_number=number))
    page = _page(request, leads)
    limits = _limits([f"leads.lead:{lead.number}" for lead in page])
    words = {
        "page": page,
        "rows": [(lead, limits.get(f"leads.lead:{lead.number}", [])) for lead in page],
        "tasks": [
            (task, buttons("task", task, request.user))
            for task in Task.objects.filter(user=request.user, done_on=None).select_related("item__lead")
        ],
        "states": [("open", ""), *Lead.State.choices], "state": wanted, "fields": Field, "field": field, "q": number,
        "may_register": may(request.user, "leads.register"),
    }  # fmt: skip
    return render(request, "leads/home.html", words)


@require_safe
@needs(reach.SEE)
def lead(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a lead without opening it: codes, limits, who, when, how far."""
    user = request.user
    found = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    letters = list(found.letters.select_related("to"))
    limits = _limits([f"leads.lead:{number}", *(f"leads.letter:{letter.number}" for letter in letters)])
    score = found.scores.first()
    events = history_of(found).reverse()[:EVENTS]
    words = {
        "lead": found,
        "limits": limits.get(f"leads.lead:{number}", []),
        "acts": buttons("lead", found, user),
        "score": score,
        "factors": [(forms.FACTORS[key], score.points[key], most) for key, most in WEIGHTS.items()] if score else [],
        "scores": list(found.scores.select_related("by")),
        "stale": bool(score and found.notes.filter(kind="fact", at__gt=score.at).exists()),
        "suggested": dict(found.proposals.model.Way.choices)[SUGGESTED[score.grade]] if score else "",
        "members": found.members.select_related("user"),
        "proposals": found.proposals.select_related("by").prefetch_related("decisions__by"),
        "inquiries": found.inquiries.all(),
        "verifications": found.verifications.prefetch_related("signatures__user"),
        "handovers": found.handovers.select_related("giver", "taker"),
        "letters": [
            (letter, limits.get(f"leads.letter:{letter.number}", []), buttons("letter", letter, user))
            for letter in letters
        ],
        "outcomes": found.outcomes.select_related("sanction"),
        "repeats": links.likely_repeats(found, user) if not found.repeat_of_id else [],
        "linked": links.links_of(found, user),
        "evidence": [(e, buttons("evidence", e, user)) for e in found.evidence.select_related("keeper")],
        "papers": found.papers.select_related("by"),
        "notes": found.notes.select_related("by"),
        "looks": looks_into(found.subject)[:20],
        "entries": [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in events],
    }
    return render(request, "leads/lead.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(reach.SEE)
@needs_key
def opened(request: HttpRequest, number: str) -> HttpResponse:
    """What it says, for a stated purpose; shown once, in the answer to this form."""
    user = request.user
    found = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    form, content, notes = forms.OpenForm(request.POST or None, row=found, user=user), None, []
    if request.method == "POST" and form.is_valid():
        try:
            purpose = form.cleaned_data["purpose"]
            content, notes = services.open_lead(found, purpose=purpose, token=token_of(request), by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
    words = {"lead": found, "form": form, "content": content, "notes": notes}
    return render(request, "leads/opened.html", words, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(reach.SEE)
@needs_key
def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """The list of evidence with names, for a stated purpose: on the page, or as 「证据目录」 to print."""
    user = request.user
    found = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    form, pieces = forms.OpenForm(request.POST or None, row=found, user=user), None
    if request.method == "POST" and form.is_valid():
        try:
            purpose = form.cleaned_data["purpose"]
            pieces = services.open_evidence(found, purpose=purpose, token=token_of(request), by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if request.POST.get("as") in TYPES:
                return download(list_of_evidence(found, pieces), "证据目录", request.POST["as"])
    words = {"lead": found, "form": form, "pieces": pieces}
    return render(request, "leads/evidence.html", words, status=422 if form.is_bound and form.errors else 200)


@require_safe
@needs(reach.SEE)
@needs_key
def evidence_file(request: HttpRequest, number: str, no: int, n: int) -> StreamingHttpResponse:
    """A sealed file of a piece of evidence, opened piece by piece."""
    user = request.user
    found = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    row = get_object_or_404(found.evidence, no=no)
    purpose = str(_("reading a piece of evidence"))
    name, pieces = services.open_evidence_file(row, n, purpose=purpose, token=token_of(request), by=user)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@require_safe
@needs(reach.SEE)
@needs_key
def attachment(request: HttpRequest, number: str, n: int) -> StreamingHttpResponse:
    """A sealed attachment, opened piece by piece while it is sent."""
    user = request.user
    found = found_or_refused(reach.visible_to(user), user, "lead", number=number)
    purpose = str(_("reading an attachment"))
    name, pieces = services.open_attachment(found, n, purpose=purpose, token=token_of(request), by=user)
    answer = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@require_safe
@needs(reach.SEE)
def meetings(request: HttpRequest) -> HttpResponse:
    page = _page(request, reach.visible_meetings(request.user))
    return render(request, "leads/meetings.html", {"page": page, "may_keep": may(request.user, "leads.keep")})


@require_safe
@needs(reach.SEE)
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting: who was there, leads in reach with their tasks."""
    user = request.user
    found = found_or_refused(reach.visible_meetings(user), user, "meeting", number=number)
    items = found.items.filter(lead__in=reach.visible_to(user).order_by()).select_related("lead", "meeting")
    rows = [
        (item, buttons("item", item, user), list(item.tasks.select_related("user")))
        for item in items.prefetch_related("tasks")
    ]
    words = {
        "meeting": found, "rows": rows, "hidden": found.items.count() - len(rows), "present": found.present.all(),
        "acts": buttons("meeting", found, user) if may(user, "leads.keep") else [],
    }  # fmt: skip
    return render(request, "leads/meeting.html", words)


@require_safe
@needs(reach.SEE)
def stock(request: HttpRequest) -> HttpResponse:
    rounds = _page(request, reach.visible_stock(request.user))
    words = {
        "page": rounds,
        "rows": [(found, counted.progress_of(found)) for found in rounds],
        "may_keep": may(request.user, "leads.keep"),
    }
    return render(request, "leads/stock.html", words)


@require_safe
@needs(reach.SEE)
def stocktake(request: HttpRequest, number: str) -> HttpResponse:
    """One round: how far it is, and the leads in reach."""
    user = request.user
    found = found_or_refused(reach.visible_stock(user), user, "stocktake", number=number)
    page = _page(request, reach.stock_items(found, user))
    words = {
        "stocktake": found, "progress": counted.progress_of(found), "page": page,
        "rows": [(item, buttons("stock", item, user)) for item in page], "late": found.due_on < today(),
    }  # fmt: skip
    return render(request, "leads/stocktake.html", words)


@require_safe
@needs("leads.figures")
def figures(request: HttpRequest) -> HttpResponse:
    """Numbers only. Case managers also see how many leads each handler holds."""
    this = today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 2012 <= int(asked) <= this else this
    leads = counted.leads_of(year)
    words = {
        "year": year, "years": range(this, 2016, -1), "funnel": counted.funnel(year),
        "tables": [
            (Lead._meta.get_field(name).verbose_name, counted.by(leads, name))
            for name in ("source", "field", "micro", "discipline", "rank", "state")
        ],
        "towns": counted.by_town(leads), "forms": counted.by_form(year), "in_time": counted.in_time(year),
        "handlers": counted.stock_of_handlers(reach.visible_to(request.user), today())
        if may(request.user, "leads.keep") else [],
    }  # fmt: skip
    return render(request, "leads/figures.html", words)
