"""Taking in, video visits, approvals of a head, numbers."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, require
from huilian.engine.look.text import say
from huilian.engine.vault.models import Box
from huilian.engine.vault.uploads import hidden
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.cleaning import LIMITS
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from .. import forms, services
from ..models import Copy, Tip, Visit
from ..queries import figures as numbers
from ..services.intake import cleaned, is_pledged
from .desk import both, form_page, told

YEAR = timedelta(days=365)
MEGABYTES = LIMITS["film"] + 10  # of everything that comes at once


@hidden(MEGABYTES)
@sensitive_post_parameters()
@both
@needs("tips.take")
def take(request: HttpRequest, visit: int | None = None) -> HttpResponse:
    """Type in a letter, a visit, a call, or what was said in a video visit."""
    held = get_object_or_404(Visit, pk=visit, officer=request.user) if visit else None
    form = forms.TakeForm(request.POST or None, request.FILES or None, video=held is not None)
    if form.is_valid():
        try:
            said = form.said()
            said["files"] = cleaned(said["files"])
            if held:
                taken = services.record_visit(held, **said, by=request.user)
            else:
                taken = services.take_in(**said, by=request.user)
        except Refused as refused:
            told(form, refused)
        else:
            return render(request, "tips/taken.html", {"taken": taken})
    words = {"pledged": is_pledged(request.user), "sealed": True}
    return form_page(request, form, _("Take a tip in"), **words)


@require_POST
@needs("tips.take")
def pledge(request: HttpRequest) -> HttpResponse:
    services.pledge(by=request.user)
    messages.success(request, _("Signed: you keep secret who calls and what they say."))
    return redirect("tips-take")


@both
@needs("tips.take")
def visits(request: HttpRequest) -> HttpResponse:
    """One's times for video visits, and a new one."""
    form = forms.VisitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.offer_visit(**form.cleaned_data, by=request.user)
        except Refused as refused:
            told(form, refused)
        else:
            return redirect("tips-visits")
    mine = Visit.objects.filter(officer=request.user, starts_at__gte=now() - timedelta(days=30)).select_related("room")
    subjects = {visit.subject: visit.pk for visit in mine}
    noted = {subjects[s] for s in Box.objects.filter(subject__in=subjects).values_list("subject", flat=True)}
    words = {"form": form, "visits": mine, "noted": noted, "now": now()}
    return render(request, "tips/visits.html", words, status=422 if form.errors else 200)


@require_POST
@needs("tips.take")
@needs_key
def visit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """What a booked visit will be about; shown once, in this answer only."""
    visit = get_object_or_404(Visit.objects.select_related("room"), pk=pk, officer=request.user)
    purpose = request.POST.get("purpose", "")
    text = services.read_note(visit, purpose=purpose, token=token_of(request), by=request.user)
    return render(request, "tips/visit_note.html", {"visit": visit, "text": text})


@require_POST
@needs("tips.take")
def missed(request: HttpRequest, pk: int) -> HttpResponse:
    services.miss_visit(get_object_or_404(Visit, pk=pk, officer=request.user), by=request.user)
    return redirect("tips-visits")


@require_safe
@needs("tips.approve")
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for a head: numbers and reasons, nothing of what is reported."""
    petitions, copies = numbers.waiting_for_approval(request.user)
    return render(request, "tips/approvals.html", {"petitions": petitions, "copies": copies})


@require_POST
@needs("tips.approve")
def decide(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """A head's yes or no."""
    agreed = request.POST.get("agreed") == "yes"
    petitions, copies = numbers.waiting_for_approval(request.user)
    if what == "copy":
        services.allow_copy(get_object_or_404(copies, pk=pk), allowed=agreed, by=request.user)
    else:
        note = request.POST.get("note", "")
        services.decide_petition(get_object_or_404(petitions, pk=pk), agreed=agreed, note=note, by=request.user)
    messages.success(request, _("Decided."))
    return redirect("tips-approvals")


@both
@needs("tips.figures")
def figures(request: HttpRequest) -> HttpResponse:
    """Numbers only; and the watcher's planted tips."""
    since = now() - YEAR
    form = forms.PlantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "tips.watch")
        if form.is_valid():
            try:
                services.plant(text=form.cleaned_data["text"], by=request.user)
            except Refused as refused:
                told(form, refused)
            else:
                messages.success(request, _("Planted."))
                return redirect("tips-figures")
    names = ("channel", "named", "level", "field", "micro")
    words = {
        "tables": [(Tip._meta.get_field(name).verbose_name, numbers.by_field(name, since)) for name in names],
        "kept": numbers.clocks_kept(since),
        "few": numbers.FEW,
        "copied": may(request.user, "tips.copy") and [
            (tip, say(tip.case.definition.step(tip.case.step).name))
            for tip in numbers.sent_to_case_managers(request.user)[:200]
        ],
        "looks": may(request.user, "tips.watch") and numbers.looks_per_officer(since),
        "form": form if may(request.user, "tips.watch") else None,
        "copies": Copy.objects.filter(made_at__gte=since).count(),
    }  # fmt: skip
    return render(request, "tips/figures.html", words, status=422 if form.errors else 200)
