"""「公开待办」 What must be published, what waits for a check, what happened, what was withdrawn, and the township."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import standing
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from .. import rules, services
from ..forms import EventForm, ReasonForm
from ..models import Kind
from ..queries import desk, shown
from ..summary import period_name

PER_PAGE = 15
MONTHS_SHOWN = 12
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs("disclosure.see")
def duties(request: HttpRequest) -> HttpResponse:
    """Duties of the places one answers for, the most urgent first."""
    which, affairs = request.GET.get("which", "open"), request.GET.get("affairs", "")
    if which not in ("open", "late", "board", "done"):
        raise Http404
    affairs = affairs if affairs in dict(shown.affairs()) else ""
    user, home, day = request.user, reverse("disclosure-duties"), today()
    page = Paginator(desk.duties_of(user, which=which, affairs=affairs), PER_PAGE).get_page(request.GET.get("page"))
    counts = {key: desk.duties_of(user, which=key).count() for key in ("open", "late", "board")}
    tabs = [
        _tab(home, "open", _("To be published"), counts["open"], which, icon="list-checks"),
        _tab(home, "late", _("Overdue"), counts["late"], which, level="red"),
        _tab(home, "board", _("Not on the board yet"), counts["board"], which, level="yellow"),
        _tab(home, "done", _("Complete"), "", which, level="ok"),
    ]
    rows = [
        {
            "duty": duty,
            "level": rules.level(duty.due_on, duty.met_on, day),
            "period": "" if duty.matter else period_name(duty.period),
            "late": (day - duty.due_on).days if duty.met_on is None else 0,
            "left": (duty.due_on - day).days,
        }
        for duty in page.object_list
    ]
    waiting = list(desk.items_to_check(user)[:10])
    words = {
        "page": page,
        "rows": rows,
        "tabs": tabs,
        "affairs": affairs,
        "kinds": shown.affairs(),
        "which": which,
        "waiting": waiting,
        "may_draft": may(user, "disclosure.draft"),
    }
    return render(request, "disclosure/duties.html", words)


def _tab(home, key, label, count, which, **more) -> dict:
    href = home if key == "open" else f"{home}?which={key}"
    return {"href": href, "label": label, "count": count, "current": which == key, **more}


def duty_for(request: HttpRequest, pk: int):
    return get_object_or_404(desk.visible_duties(request.user), pk=pk)


@both
@needs("disclosure.see")
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: leads to its item, begins it, or is excused by the township."""
    found = duty_for(request, pk)
    item = found.items.exclude(state__in=("replaced", "withdrawn")).order_by("-version").first()
    if item is not None:
        return redirect("disclosure-item", item.number)
    form = ReasonForm(request.POST if "excuse" in request.POST else None)
    fault = ""
    if request.method == "POST":
        try:
            if "excuse" in request.POST:
                if form.is_valid():
                    services.excuse(found, form.cleaned_data["reason"], by=request.user)
                    messages.success(request, _("Noted. The reason is public."))
                    return redirect("disclosure-duties")
            else:
                item = services.draft(found, by=request.user)
                return redirect("disclosure-item-edit" if not item.source else "disclosure-item", item.number)
        except Refused as refused:
            fault = str(refused)
    words = {
        "duty": found,
        "level": rules.level(found.due_on, found.met_on, today()),
        "period": "" if found.matter else period_name(found.period),
        "withdrawn": list(found.items.filter(state="withdrawn")),
        "may_draft": desk.may_draft_here(request.user, found.place),
        "may_excuse": may(request.user, "disclosure.oversee"),
        "form": form,
        "fault": fault,
    }
    return render(request, "disclosure/duty.html", words, status=422 if fault or form.errors else 200)


@both
@needs("disclosure.draft")
def event(request: HttpRequest) -> HttpResponse:
    """Something happened that must be published."""
    villages = Place.objects.filter(standing(), level=Place.Level.VILLAGE)
    places = scope(villages, request.user, place="pk", unit=None, action="disclosure.draft").order_by("path")
    form = EventForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.add_event(given["kind"], given["place"], given["matter"], on=given["on"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("disclosure-duty", made.pk)
    words = {
        "form": form,
        "title": _("Something to be published"),
        "submit": _("Put on the list"),
        "cancel": reverse("disclosure-duties"),
    }
    return render(request, "disclosure/form.html", words, status=422 if form.errors else 200)


@require_safe
@needs("disclosure.oversee")
def township(request: HttpRequest) -> HttpResponse:
    """Villages by the last twelve months of one kind."""
    towns = scope(
        Place.objects.filter(standing(), level=Place.Level.TOWNSHIP),
        request.user,
        place="pk",
        unit=None,
        action="disclosure.oversee",
    ).order_by("path")
    town = towns.filter(code=request.GET.get("town", "")).first() or towns.first()
    kinds = [k for k in shown.catalogue() if k.cycle in rules.MONTHS]
    kind = next((k for k in kinds if k.key == request.GET.get("kind")), kinds[0] if kinds else None)
    if town is None or kind is None:
        raise Http404
    periods = _last_periods(kind)
    names = [period_name(p.key) for p in periods]
    rows = desk.matrix(town, kind, [p.key for p in periods])
    words = {
        "towns": towns,
        "town": town,
        "kinds": kinds,
        "kind": kind,
        "periods": names,
        "rows": [(place, list(zip(names, cells, strict=True))) for place, cells in rows],
    }
    return render(request, "disclosure/township.html", words)


def _last_periods(kind: Kind) -> list[rules.Period]:
    """The newest periods whose duty runs already, oldest first."""
    day, count = today(), MONTHS_SHOWN // rules.MONTHS[kind.cycle] or 1
    opened = rules.opened(kind.cycle, kind.counted_from, day - timedelta(days=400), day)
    return opened[-count:]


@require_safe
@needs("disclosure.see")
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Everything that was withdrawn, with its reason."""
    page = Paginator(desk.withdrawals(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "disclosure/withdrawals.html", {"page": page})
