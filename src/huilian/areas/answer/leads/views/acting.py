"""Every act with a form: one page for acts on a row, and the doors where something new begins."""

from datetime import datetime, time

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huilian.engine.access.decorators import needs
from huilian.engine.access.queries import may, require
from huilian.engine.look.forms import act_page
from huilian.engine.vault.web import needs_key, token_of
from huilian.foundation.errors import Refused
from huilian.foundation.now import CHINA, now, today

from .. import forms, hooks, services
from ..acts import THINGS
from ..models import Lead
from ..queries import reach
from .doors import found_or_refused

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@needs()
@needs_key
def act(request: HttpRequest, kind: str, key: str, verb: str) -> HttpResponse:
    """One act on one row that the person sees."""
    thing = THINGS.get(kind)
    if thing is None or verb not in thing.acts or (thing.key == "pk" and not key.isdigit()):
        raise Http404
    doing, user = thing.acts[verb], request.user
    row = found_or_refused(thing.visible(user), user, kind, **{thing.key: key})
    if not any(may(user, action) for action in doing.actions):
        require(user, doing.actions[0])
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = doing.form(*given, row=row, user=user)
    back = thing.page(row)
    return _act(
        request, form, doing.title, lambda data: doing.run(row, data, token_of(request), user),
        lambda made: reverse("leads-home") if verb == "step-back" else back, back,
    )  # fmt: skip


@both
@needs("leads.register")
@needs_key
def enter(request: HttpRequest) -> HttpResponse:
    """Register a lead; `source` and `number` let the area it comes from fill in what it knows."""
    given, token = hooks.Given(), token_of(request)
    source, number = request.GET.get("source", ""), request.GET.get("number", "").strip()
    if source in hooks.sources and number:
        try:
            given = hooks.sources[source](number, token=token, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
    known = {"source": source, "source_number": number, "unit": given.unit, "place": given.place,
             "field": given.field, "naming": given.naming, "summary": given.summary}  # fmt: skip
    form = forms.RegisterForm(request.POST or None, initial=known, user=request.user)

    def run(data):
        received = data.pop("received_on")
        person = {key: data.pop(key) for key in ("name", "identity", "post")}
        facts = {key: data.pop(key) for key in ("happened", "where")} | {"amount": data.pop("money")}
        at = now() if received == today() else datetime.combine(received, time(12), CHINA)
        people = [*given.persons, *([person] if person["name"] else [])]
        with transaction.atomic():
            made = services.register(
                **data, received_at=at, persons=people, facts=facts, files=given.files(), token=token, by=request.user
            )
            given.registered(made, request.user)
        return made

    known_to = [(code, label) for code, label in Lead.Source.choices if code in hooks.sources]
    return _act(
        request, form, _("Register a lead"), run, lambda made: _after(made, request.user), reverse("desk-home"),
        sources=[] if given.summary else known_to,
    )  # fmt: skip


def _after(lead: Lead, user) -> str:
    """The lead's page for who may see it: who hands one over need not be of its team."""
    seen = reach.visible_to(user).filter(pk=lead.pk).exists()
    return reverse("leads-lead", args=[lead.number]) if seen else reverse("desk-home")


@both
@needs("leads.keep")
def meet(request: HttpRequest) -> HttpResponse:
    """Begin the minutes of a meeting."""
    form = forms.MeetingForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Hold a meeting"), lambda data: services.hold_meeting(**data, by=request.user),
        lambda made: reverse("leads-meeting", args=[made.number]), reverse("leads-meetings"),
    )  # fmt: skip


@both
@needs("leads.keep")
def take_stock(request: HttpRequest) -> HttpResponse:
    """Begin a stock-taking."""
    form = forms.StocktakeForm(request.POST or None, user=request.user)
    return _act(
        request, form, _("Take stock"), lambda data: services.take_stock(**data, by=request.user),
        lambda made: reverse("leads-stocktake", args=[made.number]), reverse("leads-stock"),
    )  # fmt: skip


def _act(request: HttpRequest, form, title, run, target, back: str, **more) -> HttpResponse:
    def then(made) -> HttpResponse:
        messages.success(request, _("Entered."))
        return redirect(target(made))

    return act_page(request, form, run, then, "leads/form.html", {"title": title, "back": back, **more})
