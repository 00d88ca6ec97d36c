"""Doors where something begins, and every act with a form on a row that is no case."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.look.forms import act_page
from huilian.foundation.errors import NotAllowed, Refused

from .. import forms, services
from ..acts import THINGS
from ..queries import reach

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@needs("petitions.take")
def take(request: HttpRequest) -> HttpResponse:
    """Register a petition; number and code are shown once, for the slip of the petitioner."""
    form = forms.TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        people, title, place = given.pop("name"), given.pop("title"), given.pop("place")
        try:
            taken = services.take_in(title, given, place=place, petitioners=people, by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return render(request, "petitions/taken.html", {"taken": taken, "number": taken.petition.case.number})
    words = {"form": form, "title": _("Register a petition"), "back": reverse("petitions-home"), "tips": tips_address()}
    return render(request, "petitions/take.html", words, status=422 if form.errors else 200)


def tips_address() -> str:
    """Where charges against officials are taken in, on this desk."""
    try:
        return reverse("tips-take")
    except NoReverseMatch:
        return ""


@both
@never_cache
@needs("petitions.reveal")
def people(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks for the purpose; POST shows who handed it in and has written down who opened it."""
    petition = get_object_or_404(reach.visible_petitions(request.user), case__number=number)
    form, found = forms.PurposeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = services.reveal(petition, purpose=form.cleaned_data["purpose"], by=request.user)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("purpose", str(refused))
    words = {"form": form, "found": found, "number": number, "title": _("Who handed it in")}
    return render(request, "petitions/people.html", words, status=422 if form.errors else 200)


@both
@needs()
def act(request: HttpRequest, kind: str, key: int, verb: str) -> HttpResponse:
    """One act on one row that the person sees."""
    thing = THINGS.get(kind)
    if thing is None or verb not in thing.acts:
        raise Http404
    doing = thing.acts[verb]
    row = get_object_or_404(thing.visible(request.user), pk=key)
    form = doing.form(request.POST if request.method == "POST" else None, row=row, user=request.user)
    page = thing.page(row)
    return _act(request, form, doing.title, lambda data: doing.run(row, data, request.user), lambda made: page, page)


@both
@needs("petitions.receive")
def slot(request: HttpRequest) -> HttpResponse:
    form = forms.SlotForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Set up a reception"), lambda data: services.save_slot(None, data, by=request.user),
        lambda made: reverse("petitions-slot", args=[made.pk]), reverse("petitions-slots"),
    )  # fmt: skip


@both
@needs("petitions.opinion")
def opinion(request: HttpRequest) -> HttpResponse:
    return _act(
        request, forms.MatterForm(request.POST or None), _("Note public opinion"),
        lambda data: services.note_matter(data.pop("title"), **data, by=request.user),
        lambda made: reverse("desk-case", args=[made.case.number]), reverse("petitions-opinions"),
    )  # fmt: skip


@both
@needs("petitions.opinion")
def shifts(request: HttpRequest) -> HttpResponse:
    return _act(
        request, forms.ShiftsForm(request.POST or None, user=request.user), _("Enter shifts"),
        lambda data: services.save_shifts(*data.values(), by=request.user),
        lambda made: reverse("petitions-opinions"), reverse("petitions-opinions"),
    )  # fmt: skip


@both
@needs("petitions.paper")
def paper(request: HttpRequest) -> HttpResponse:
    return _act(
        request, forms.PaperForm(request.POST or None), _("Draft a paper of supervision"),
        lambda data: services.draft_paper(data.pop("kind"), **data, by=request.user),
        lambda made: reverse("desk-case", args=[made.case.number]), reverse("petitions-papers"),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, back: str) -> HttpResponse:
    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    return act_page(request, form, run, then, "petitions/form.html", {"title": title, "back": back})
