"""「三清单」 The lists: which are in force, drafts in work, one list with what can be done to it, one item."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import standing
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from .. import forms, services
from ..models import Body, Family, PowerItem, PowerList
from ..queries import lists, shown

both = require_http_methods(["GET", "HEAD", "POST"])
SEE, WRITE = "powers.see", "powers.write"
ACTS = {  # what is offered in which state: form, service, who may, words on the button
    "consult": (forms.ConsultForm, services.consult, WRITE, ("draft",), _("Lay it open for opinions")),
    "approve": (forms.ApproveForm, services.approve, "powers.approve", ("consulting",), _("Approve it")),
    "publish": (forms.PublishForm, services.publish, "powers.publish", ("approved",), _("Publish it")),
    "discard": (forms.DiscardForm, services.discard, WRITE, lists.WORKING, _("Throw the draft away")),
    "opinion": (forms.OpinionForm, services.add_opinion, SEE, ("consulting",), _("Enter an opinion")),
}


@require_safe
@needs(SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Lists in force by kind of body, own lists of townships and units, drafts in work."""
    seen = lists.with_counts(lists.lists_visible_to(request.user))
    valid = list(seen.filter(lists.valid_on(today())).order_by("body", "owner_key"))
    own = sorted((x for x in valid if x.owner_key), key=lambda x: (x.body, x.owner_key, list(Family).index(x.family)))
    table = [
        (
            body,
            [
                next((x for x in valid if not x.owner_key and (x.body, x.family) == (body.value, f)), None)
                for f in Family
            ],
        )
        for body in Body
    ]
    words = {
        "table": table,
        "families": list(Family),
        "own": own,
        "work": seen.filter(state__in=lists.WORKING).order_by("-drafted_at"),
        "units": scope(lists.units_with_lists(), request.user, unit="pk", action=SEE).order_by("place__path", "kind")[
            :40
        ],
        "may_write": may(request.user, WRITE),
    }
    return render(request, "powers/overview.html", words)


@both
@needs(WRITE)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft: the template, a township's set, or a unit's own list."""
    user = request.user
    units = scope(lists.units_with_lists(), user, unit="pk", action=WRITE).order_by("place__path", "name")
    towns = scope(
        Place.objects.filter(standing(), level=Place.Level.TOWNSHIP), user, place="pk", unit=None, action=WRITE
    )
    whole = lists.reaches(user, WRITE, unit=None, township=None)
    form = forms.BeginForm(request.POST or None, units=units, towns=towns, template=whole)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.begin(given["body"], given["family"], **form.owner_given(), by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("powers-list", made.pk)
    words = {
        "form": form,
        "title": _("Draft a list"),
        "submit": _("Begin the draft"),
        "cancel": reverse("powers-lists"),
    }
    return render(request, "powers/form.html", words, status=422 if form.errors else 200)


def visible(request: HttpRequest, pk: int) -> PowerList:
    return get_object_or_404(lists.lists_visible_to(request.user), pk=pk)


@both
@needs(SEE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its items, what differs from what it was made from, opinions, and the act that comes next."""
    listing = visible(request, pk)
    acts, faulty = [], False
    for key, (form_of, service, action, states, label) in ACTS.items():
        if listing.state not in states or not (action == SEE or lists.holds(request.user, action, listing)):
            continue
        bound = request.method == "POST" and request.POST.get("act") == key
        form = form_of(request.POST if bound else None, auto_id=f"{key}_%s")
        if key == "publish" and not bound:
            form.initial["starts_on"] = today()
        if bound and form.is_valid():
            try:
                service(listing, **form.cleaned_data, by=request.user)
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(request, _("Done: %(act)s.") % {"act": label})
                return redirect("powers-list", listing.pk)
        faulty |= bound and bool(form.errors)
        acts.append((key, label, form))
    words = {
        "listing": listing,
        "items": listing.items.order_by("code"),
        "acts": acts,
        "changes": shown.differences(listing),
        "opinions": listing.opinions.select_related("answered_by"),
        "answer_form": forms.AnswerForm(auto_id=False),
        "events": [
            {"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in reversed(list(history_of(listing)[:60]))
        ],
        "may_write": lists.holds(request.user, WRITE, listing) and listing.state in ("draft", "consulting"),
    }
    return render(request, "powers/list.html", words, status=422 if faulty else 200)


@require_POST
@needs(WRITE)
def answer(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Answer one opinion."""
    listing = visible(request, pk)
    found = get_object_or_404(listing.opinions, pk=opinion)
    form = forms.AnswerForm(request.POST)
    try:
        if form.is_valid():
            services.answer_opinion(found, **form.cleaned_data, by=request.user)
        else:
            messages.error(request, _("Say what becomes of the opinion, and why."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("powers-list", listing.pk)


@require_safe
@needs(SEE)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The inner view of an item: everything, with risk points and what the supervision station looks at."""
    found = get_object_or_404(PowerItem.objects.select_related("listing__unit__place", "listing__township"), pk=pk)
    listing = visible(request, found.listing_id)
    words = {
        "item": found,
        "listing": listing,
        "told": shown.told(found),
        "basis": shown.basis_lines(found),
        "chart": shown.chart_of_item(found),
        "flow": shown.procedure_of(found),
        "may_write": lists.holds(request.user, WRITE, listing) and listing.state in ("draft", "consulting"),
    }
    return render(request, "powers/item.html", words)


@both
@needs(WRITE)
def edit(request: HttpRequest, pk: int, item: int | None = None) -> HttpResponse:
    """Add an item to a draft, change it, or strike it out."""
    listing = visible(request, pk)
    if listing.state not in ("draft", "consulting"):
        raise Http404
    row = get_object_or_404(listing.items, pk=item) if item else None
    form = forms.ItemForm(request.POST or None, family=listing.family, item=row)
    revision = int(request.POST.get("revision") or listing.revision)
    if request.method == "POST":
        try:
            if "strike" in request.POST and row:
                services.strike_item(row, by=request.user, expected=revision)
                return redirect("powers-list", listing.pk)
            if form.is_valid():
                services.save_item(listing, row, form.cleaned_data, by=request.user, expected=revision)
                return redirect("powers-list", listing.pk)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    words = {"form": form, "listing": listing, "row": row, "revision": revision}
    return render(request, "powers/edit.html", words, status=422 if form.errors else 200)
