"""Programmes with their questions and promises; what the media found, until its outcome is published."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.trail.queries import actor_name, history_of, sentence
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from . import forms_media as forms
from . import services
from .models import MediaItem
from .reporting import media

PAGE = 15


@require_safe
@needs("case.see")
def programmes(request: HttpRequest) -> HttpResponse:
    """「政风行风热线节目」 The plan, and promises that are overdue on top."""
    late = list(media.overdue_promises(request.user)[:20])
    found = media.programmes_of(request.user).annotate(
        asked=Count("orders", distinct=True),
        given=Count("promises", distinct=True),
        kept=Count("promises", filter=Q(promises__kept_at__isnull=False), distinct=True),
    )
    context = {
        "page": Paginator(found.order_by("-airs_at", "-pk"), PAGE).get_page(request.GET.get("page")),
        "late": _with_clocks(late),
        "counted": media.counted(request.user),
        "edits": may(request.user, "hotline.media"),
        "now": now(),
    }
    return render(request, "hotline/media/programmes.html", context)


def _with_clocks(promises) -> list[dict]:
    faces = clock_faces([p.clock for p in promises])
    return [{"promise": p, "clock": faces[p.clock_id]} for p in promises]


def _told(subject) -> list[dict]:
    """What was done, newest first."""
    events = reversed(history_of(subject))
    return [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in events]


@require_safe
@needs("case.see")
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: who asked what, what was promised, what came of it."""
    found = get_object_or_404(media.programmes_of(request.user), pk=pk)
    mine = units_of(request.user)
    edits = may(request.user, "hotline.media")
    orders = found.orders.filter(case__in=cases_visible_to(request.user)).select_related("case__unit", "case__clock")
    promises = _with_clocks(list(found.promises.select_related("unit", "clock", "order__case")))
    for row in promises:
        row["may_keep"] = not row["promise"].kept_at and (edits or row["promise"].unit_id in mine)
    context = {
        "programme": found,
        "orders": list(orders),
        "promises": promises,
        "edits": edits and found.airs_at <= now(),
        "events": _told(found),
    }
    return render(request, "hotline/media/programme.html", context)


@require_safe
@needs("case.see")
def items(request: HttpRequest) -> HttpResponse:
    """「媒体监督件」 What the media found, by stage."""
    seen = media.items_of(request.user)
    counts = {row["stage"]: row["n"] for row in seen.order_by().values("stage").annotate(n=Count("pk"))}
    chosen = request.GET.get("stage", "")
    chosen = chosen if chosen in MediaItem.Stage.values else ""
    rows = seen.filter(stage=chosen) if chosen else seen
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    faces = clock_faces([i.clock for i in page.object_list if i.clock_id])
    here = reverse("hotline-media")
    tabs = [
        {"href": here, "label": _("All"), "count": sum(counts.values()), "icon": "newspaper", "current": not chosen}
    ]
    icons = {"investigating": "search", "supervised": "siren", "rectified": "circle-check", "published": "megaphone"}
    tabs += [
        {
            "href": f"{here}?stage={stage.value}",
            "label": stage.label,
            "count": counts.get(stage.value, 0),
            "icon": icons[stage.value],
            "current": chosen == stage.value,
        }
        for stage in MediaItem.Stage
    ]
    context = {
        "page": page,
        "rows": [{"item": i, "clock": faces.get(i.clock_id)} for i in page.object_list],
        "tabs": tabs,
        "edits": may(request.user, "hotline.media"),
    }
    return render(request, "hotline/media/items.html", context)


@require_safe
@needs("case.see")
def item(request: HttpRequest, number: str) -> HttpResponse:
    """One item through its four stages."""
    found = get_object_or_404(media.items_of(request.user), number=number)
    user = request.user
    acts = [key for key, (stage, allowed, *_rest) in ITEM_ACTS.items() if found.stage == stage and allowed(user, found)]
    context = {
        "item": found,
        "clock": clock_faces([found.clock])[found.clock_id] if found.clock_id else None,
        "stages": [
            {"stage": stage, "done": at is not None, "at": at, "now": found.stage == stage.value}
            for stage, at in zip(
                MediaItem.Stage,
                (found.found_at, found.supervised_at, found.rectified_at, found.published_at),
                strict=True,
            )
        ],
        "acts": [{"key": key, "label": ITEM_ACTS[key][2]()} for key in acts],
        "events": _told(found),
    }
    return render(request, "hotline/media/item.html", context)


def _form(request, form, act, *, title, submit, back, done):
    """A form page: on a refusal the sentence stands on top and nothing is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            address = act(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, done)
            return redirect(address)
    context = {"form": form, "title": title, "submit": submit, "cancel": back}
    return render(request, "hotline/media/form.html", context, status=422 if form.errors else 200)


both = require_http_methods(["GET", "HEAD", "POST"])


@both
@needs("hotline.media")
def add_programme(request: HttpRequest) -> HttpResponse:
    def act(data):
        return reverse("hotline-programme", args=[services.schedule_programme(**data, by=request.user).pk])

    return _form(
        request,
        forms.ProgrammeForm(request.POST or None),
        act,
        title=_("Plan a programme"),
        submit=_("Put into the plan"),
        back=reverse("hotline-programmes"),
        done=_("The programme is in the plan."),
    )


@both
@needs("hotline.media")
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(media.programmes_of(request.user), pk=pk)
    here = reverse("hotline-programme", args=[pk])

    def act(data):
        services.take_question(found, **data, by=request.user)
        return here

    return _form(
        request,
        forms.QuestionForm(request.POST or None),
        act,
        title=_("Take a caller's question"),
        submit=_("Take the question"),
        back=here,
        done=_("The question is now a matter of the hotline."),
    )


@both
@needs("hotline.media")
def add_promise(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(media.programmes_of(request.user), pk=pk)
    here = reverse("hotline-programme", args=[pk])

    def act(data):
        services.note_promise(found, **data, by=request.user)
        return here

    return _form(
        request,
        forms.PromiseForm(request.POST or None, programme=found),
        act,
        title=_("Note a promise"),
        submit=_("Note the promise"),
        back=here,
        done=_("The promise is noted; its time runs from the broadcast."),
    )


@both
@needs("case.see")
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(media.promises_of(request.user), pk=pk)
    here = reverse("hotline-programme", args=[found.programme_id])

    def act(data):
        services.keep_promise(found, **data, by=request.user)
        return here

    return _form(
        request,
        forms.ProofForm(request.POST or None),
        act,
        title=_("Note as kept"),
        submit=_("Note as kept"),
        back=here,
        done=_("The promise is noted as kept."),
    )


@both
@needs("hotline.media")
def add_item(request: HttpRequest) -> HttpResponse:
    def act(data):
        data.pop("number")
        return reverse("hotline-media-item", args=[services.open_media_item(**data, by=request.user).number])

    return _form(
        request,
        forms.ItemForm(request.POST or None),
        act,
        title=_("Enter a media item"),
        submit=_("Enter the item"),
        back=reverse("hotline-media"),
        done=_("The item is entered."),
    )


def _edits(user, item) -> bool:
    return may(user, "hotline.media")


def _supervises(user, item) -> bool:
    return may(user, "hotline.media") and may(user, "case.supervise")


def _puts_right(user, item) -> bool:
    return may(user, "hotline.media") or item.unit_id in units_of(user)


ITEM_ACTS = {  # key: (stage, who is offered it, label, form, service)
    "supervise": (
        "investigating",
        _supervises,
        lambda: _("Demand rectification"),
        forms.DemandForm,
        services.demand_rectification,
    ),
    "rectify": (
        "supervised",
        _puts_right,
        lambda: _("Report what was put right"),
        forms.RectificationForm,
        services.rectify,
    ),
    "publish": (
        "rectified",
        _edits,
        lambda: _("Note the published outcome"),
        forms.OutcomeForm,
        services.publish_outcome,
    ),
}


@both
@needs("case.see")
def act_on_item(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One step of an item."""
    if key not in ITEM_ACTS:
        raise Http404
    found = get_object_or_404(media.items_of(request.user), number=number)
    _stage, _allowed, label, form, service = ITEM_ACTS[key]
    here = reverse("hotline-media-item", args=[number])

    def act(data):
        service(found, **data, by=request.user)
        return here

    words = label()
    return _form(
        request, form(request.POST or None), act, title=words, submit=words, back=here, done=_("Done and recorded.")
    )
